"""Sessions of MySQL and MariaDB: they cannot write, and ask for no right but SELECT."""

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

#: One frozen view of the database for a whole read, in China's time; the server waits for one who
#: is slow to take its rows.
SESSION = [
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET time_zone = '+08:00', net_write_timeout = 3600",
]

#: What reflection would ask by SHOW CREATE, which takes SHOW VIEW beside SELECT.
COLUMNS = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = database() ORDER BY ordinal_position
""")


def engine(url: URL) -> Engine:
    """An engine of read-only sessions whose values come as the server writes them."""
    made = create_engine(url, connect_args={"conv": _conversions()})
    event.listen(made, "connect", _begin)
    return made


def columns(connection: Connection) -> dict[str, dict[str, str]]:
    """Table or view that the account may read → lower-case column → its name in the database."""
    there: dict[str, dict[str, str]] = {}
    for table, column in connection.execute(COLUMNS):
        there.setdefault(table, {})[column.lower()] = column
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
