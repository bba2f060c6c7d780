"""Connections to the registry that cannot write.

SQLite files are opened with `mode=ro`, DuckDB's by `duckdb_files`; sessions of PostgreSQL and MySQL
begin read-only; to any other database only SELECT is ever sent.
"""

import os
import sqlite3
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from data import settings
from data.registry import mysql, postgres
from data.registry.errors import RegistryError as RegistryError
from data.registry.errors import RegistryTimeout as RegistryTimeout
from data.registry.masking import reason, shown_address

#: What the address of a registry begins with that the workers of a cluster read (`workers`).
CATALOGUE = "spark:"

#: Versions in the header of an SQLite file that has a write-ahead log.
WAL = b"\x02\x02"


def registry_url(text: str | URL) -> URL:
    """The address of the registry; every PostgreSQL means psycopg 3, every MySQL PyMySQL."""
    if str(text).startswith(CATALOGUE):
        raise RegistryError(
            f"{CATALOGUE} 开头的登记库由集群读取：python -m queries refresh --engine spark"
        )
    try:
        url = make_url(text)
    except (SQLAlchemyError, ValueError):
        # Not chained: what cannot be parsed may be a piece of a password.
        raise RegistryError(
            "登记库地址写法有误，应为 SQLAlchemy URL，如 sqlite:////路径/库.db"
        ) from None
    if url.username is not None and isinstance(text, str) and text.count("@") > 1:
        # The rest of the password would be taken for the host and shown.
        raise RegistryError("登记库地址写法有误：用户名、密码中的 @ 须写作 %40，其他特殊字符同理")
    if url.get_backend_name() in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    elif url.get_backend_name() in ("mysql", "mariadb"):
        url = url.set(drivername="mysql+pymysql")
    return url


def is_duckdb(url: URL) -> bool:
    """Whether DuckDB reads the address: a file of its own, or a folder of Parquet."""
    return url.get_backend_name() in ("duckdb", "parquet")


def failure(url: URL, what: str, error: Exception) -> RegistryError:
    """`what` failed at `url`, with the first line of the driver's reason; never the password."""
    return RegistryError(f"{what}（{shown_address(url)}）：{reason(url, error)}{_of_wal(url)}")


def _of_wal(url: URL) -> str:
    """What to do about an SQLite file with a write-ahead log in a folder that is not writable."""
    file = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not file.is_file():
        return ""
    with file.open("rb") as opened:
        is_wal = opened.read(20)[18:] == WAL
    if not is_wal or os.access(file.parent, os.W_OK):
        return ""
    return (
        f"。该文件为WAL模式，读取时也要写文件夹{file.parent}，而本账户不能写：请允许写入该文件夹，"
        "或由源系统执行 PRAGMA journal_mode=DELETE，或改读用 .backup 复制出的副本"
    )


def open_engine(url: URL) -> Engine:
    """An engine whose connections cannot write. RegistryError when nothing answers."""
    try:
        engine = _engine(url)
        engine.connect().close()
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise failure(url, "无法连接登记库", error) from error
    return engine


def _engine(url: URL) -> Engine:
    match url.get_backend_name():
        case "sqlite":
            address = _sqlite_address(url)
            return create_engine("sqlite://", creator=lambda: _open_sqlite(address))
        case "postgresql":
            return postgres.engine(url)
        case "mysql":
            return mysql.engine(url)
        case _:
            return create_engine(url)


def _sqlite_address(url: URL) -> str:
    if not url.database or not Path(url.database).is_file():
        raise OSError(f"没有这个文件 {url.database or ''}")
    return f"file:{quote(str(Path(url.database).resolve()))}?mode=ro"


def _open_sqlite(address: str) -> sqlite3.Connection:
    # Who waits longest for a lock is `watched`, which then says so.
    patience = 2 * settings.REGISTRY_TIMEOUT
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=patience)
    connection.text_factory = lambda text: text.decode(errors="replace")
    return connection


def open_adbc(url: URL):
    """A read-only ADBC connection, or None for a database without a driver here."""
    match url.get_backend_name():
        case "sqlite":
            driver, address = _driver("adbc_driver_sqlite"), _sqlite_address(url)
        case "postgresql":
            driver, address = _driver("adbc_driver_postgresql"), postgres.driver_address(url)
        case _:
            return None
    return driver and driver.connect(address)


def _driver(name: str) -> ModuleType | None:
    from importlib import import_module

    try:
        return import_module(f"{name}.dbapi")
    except ImportError:
        return None
