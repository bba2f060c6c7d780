"""Sessions of PostgreSQL, and of what speaks as it does under another name: they cannot write."""

from sqlalchemy import URL, Engine, create_engine, event, text

#: One frozen view of the database for a whole read; dates written as ISO; the users' time zone.
SESSION = (
    "-c default_transaction_read_only=on "
    "-c default_transaction_isolation=repeatable\\ read "
    "-c datestyle=ISO -c timezone=Asia/Shanghai"
)

#: Read as PostgreSQL writes them, which is what a cast to text gives too: Python cannot hold some
#: dates, and writes the others in its own way.
AS_TEXT = [
    *("date", "timestamp", "timestamptz", "time", "timetz", "interval"),
    *("float4", "float8", "numeric", "bytea", "json", "jsonb"),
]

#: The release whose language it speaks, such as 120001 or 90204; every derivative keeps it.
RELEASE = text("SELECT current_setting('server_version_num')")


def engine(url: URL) -> Engine:
    """An engine of read-only sessions, at repeatable read and in China's time."""
    made = create_engine(url, connect_args={"options": _options(url)})
    event.listen(made, "connect", _as_text)
    return by_release(made)


def by_release(made: Engine) -> Engine:
    """The engine, which takes a server for the release it names, whatever it calls itself."""
    # SQLAlchemy knows PostgreSQL by its name alone, which KingbaseES and openGauss do not bear.
    made.dialect._get_server_version_info = _release  # type: ignore
    return made


def driver_address(url: URL) -> str:
    """The address as ADBC's driver reads it."""
    from psycopg.conninfo import make_conninfo

    _, arguments = url.get_dialect()().create_connect_args(url)
    arguments.pop("context", None)
    return make_conninfo(**{**arguments, "options": _options(url)})


def _options(url: URL) -> str:
    given = url.query.get("options", "")
    return f"{given if isinstance(given, str) else ' '.join(given)} {SESSION}".strip()


def _release(connection) -> tuple[int, int]:
    number = int(connection.execute(RELEASE).scalar_one())
    return number // 10_000, number // 100 % 100


def _as_text(connection, _record) -> None:
    """psycopg raises on `infinity` and on years over 9999; as text they can be told apart."""
    from psycopg.types.string import TextLoader

    for name in AS_TEXT:
        connection.adapters.register_loader(name, TextLoader)
