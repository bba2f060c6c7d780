"""Sessions of MySQL and MariaDB: they cannot write, and ask for no right but SELECT."""

from collections.abc import Collection

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    column,
    create_engine,
    event,
    select,
    table,
    text,
)

#: One frozen view of the database for a whole read, in China's time; the server waits for one who
#: is slow to take its rows.
SESSION = [
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET time_zone = '+08:00', net_write_timeout = 3600",
]

#: What reflection would ask by SHOW CREATE, which takes SHOW VIEW beside SELECT. A view that stands
#: on what is gone has no columns.
COLUMNS = text("""
    SELECT t.table_name, c.column_name FROM information_schema.tables t
    LEFT JOIN information_schema.columns c USING (table_schema, table_name)
    WHERE table_schema = database() ORDER BY c.ordinal_position
""")


def engine(url: URL) -> Engine:
    """An engine of read-only sessions whose values come as the server writes them."""
    made = create_engine(url, connect_args={"conv": _conversions()})
    event.listen(made, "connect", _begin)
    return made


def columns(connection: Connection, names: Collection[str]) -> dict[str, dict[str, str]]:
    """Which of these the account may read → lower-case column → its name in the database."""
    there: dict[str, dict[str, str]] = {}
    for name, column_name in connection.execute(COLUMNS):
        if name in names and column_name is None:
            # The server says why.
            connection.execute(select(column("*", is_literal=True)).select_from(table(name)))
        elif name in names:
            there.setdefault(name, {})[column_name.lower()] = column_name
    return there


def _conversions() -> dict:
    """Everything as text, so that dates such as 0000-00-00 arrive; a BIT is a number."""
    from pymysql.constants import FIELD_TYPE
    from pymysql.converters import conversions

    sent = {kind: convert for kind, convert in conversions.items() if not isinstance(kind, int)}
    return {**sent, FIELD_TYPE.BIT: lambda value: int.from_bytes(value)}


def _begin(connection, _record) -> None:
    with connection.cursor() as cursor:
        for statement in SESSION:
            cursor.execute(statement)
