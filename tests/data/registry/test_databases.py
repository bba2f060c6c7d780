"""Every kind of registry gives the contract's types, and equal values from the same content."""

from datetime import date, datetime

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from data.demo.build import build
from data.demo.load import load
from data.demo.world import World
from data.registry import contract
from data.registry.connection import RegistryError, open_engine, registry_url
from data.registry.inspection import survey
from data.registry.reader import stage
from data.registry.staging import WRONG

READER = "board_reader"


@pytest.fixture(scope="module")
def tables():
    return build(World(persons=300, months=12))


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path / 'registry.db'}"


@pytest.fixture
def duckdb_url(tmp_path):
    return f"duckdb:///{tmp_path / 'registry.duckdb'}"


@pytest.fixture
def parquet_url(tmp_path):
    return f"parquet:///{tmp_path / 'registry'}"


def read(url, folder, *names, fast=True):
    """Tables as read, their rows in order."""
    files = dict(stage(url, survey(url), folder, fast=fast))
    frames = {name: pl.scan_parquet(files[name] / "*.parquet").collect() for name in names or files}
    return {name: frame.sort(frame.columns) for name, frame in frames.items()}


def run(url, *statements):
    engine = create_engine(registry_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def views(url):
    """The tables of a MariaDB database as views of another, which is all that an account may read."""
    there, board = make_url(url).database, f"{make_url(url).database}_platform"
    listed = [
        f"CREATE VIEW {board}.{table} AS SELECT * FROM {there}.{table}" for table in contract.TABLES
    ]
    grants = [f"GRANT SELECT ON {board}.{table} TO {READER}@localhost" for table in contract.TABLES]
    run(url, f"CREATE DATABASE {board}", *listed, f"CREATE USER {READER}@localhost", *grants)
    return make_url(url).set(username=READER, database=board).render_as_string(False)


@pytest.fixture
def reader_url(mariadb_url):
    """Views of a MariaDB database, and an account that may SELECT from them and do nothing else."""
    contract.metadata.create_all(create_engine(registry_url(mariadb_url), poolclass=NullPool))
    yield views(mariadb_url)
    board = f"{make_url(mariadb_url).database}_platform"
    run(mariadb_url, f"DROP DATABASE {board}", f"DROP USER {READER}@localhost")


@pytest.mark.parametrize("kind", ["sqlite", "mariadb", "duckdb", "parquet"])
def test_the_same_registry_is_the_same_in_every_kind(kind, tables, tmp_path, request, postgres_url):
    url = request.getfixturevalue(f"{kind}_url")
    for each in (postgres_url, url):
        load(tables, each)
    expected, found = (read(each, tmp_path / str(n)) for n, each in enumerate((postgres_url, url)))
    assert set(found) == set(expected) == set(contract.TABLES)
    for name, frame in expected.items():
        own = ~pl.col(contract.key_of(name)[0]).str.starts_with("ZX")  # texts for days, in SQLite
        assert frame.schema == {**contract.polars_schema(name), WRONG: pl.UInt32}
        assert_frame_equal(found[name].filter(own), frame)


def test_views_and_an_account_that_may_only_select(mariadb_url, reader_url, tables, tmp_path):
    load(tables, mariadb_url, replace=True)
    surveyed = survey(reader_url)
    assert surveyed.missing_tables == []
    assert surveyed.refusal() is None
    as_reader, as_owner = (read(url, tmp_path / url[-9:]) for url in (reader_url, mariadb_url))
    for name, frame in as_owner.items():
        assert_frame_equal(as_reader[name], frame)


def test_what_is_not_granted_is_missing_and_where_it_was_looked_for_is_said(
    reader_url, mariadb_url
):
    board = make_url(reader_url).database
    run(
        mariadb_url,
        *(
            f"REVOKE SELECT ON {board}.{each} FROM {READER}@localhost"
            for each in ("person", "warning")
        ),
    )
    surveyed = survey(reader_url)
    assert set(surveyed.missing_tables) == {"person", "warning"}
    assert f"查找处：数据库{board}，账户{READER}" in surveyed.refusal()


def test_a_view_that_fails_is_named(mariadb_url, reader_url, tmp_path):
    """Whether it fails for its rows, which reading tells, or stands on a table that is gone."""
    board, there = make_url(reader_url).database, make_url(mariadb_url).database
    others = [each.name for each in contract.TABLES["warning"].columns][1:]
    failing = (
        f"SELECT (SELECT 1 UNION SELECT 2) AS warning_id, {', '.join(others)} FROM {there}.warning"
    )
    insert = f"INSERT INTO {there}.warning (warning_id) VALUES ('w')"
    run(mariadb_url, insert, f"CREATE OR REPLACE VIEW {board}.warning AS {failing}")
    with pytest.raises(RegistryError, match=r"表或视图 warning 时出错.*more than 1 row"):
        read(reader_url, tmp_path)
    run(mariadb_url, f"DROP TABLE {there}.person")
    with pytest.raises(RegistryError, match=r"无法读取登记库的表结构.*person"):
        survey(reader_url)


def test_types_of_mysql(mariadb_url, tmp_path):
    """A view over a platform's own types: zero dates, enumerations, bits, moments with a fraction."""
    run(
        mariadb_url,
        "CREATE TABLE runs (id BINARY(16), month DATE NOT NULL, dept ENUM('health', '民政'), dataset"
        " CHAR(32), at DATETIME(6), input BIGINT UNSIGNED, hits TINYINT(1), warnings BIT(1))",
    )
    rows = """
        (x'00ff', '0000-00-00', 'health', '大病  ', '2026-03-02 09:30:00.250000', 5, 1, b'1'),
        (x'01ff', '2026-03-01', '民政', '', '0000-00-00 00:00:00', 7, 0, b'0'),
        (x'02ff', '9999-12-31', NULL, NULL, NULL, NULL, NULL, NULL)
    """
    engine = create_engine(registry_url(mariadb_url), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SET sql_mode = ''"))
        connection.exec_driver_sql(f"INSERT INTO runs VALUES {rows}")
    names = "run_id, period_month, dept_code, dataset_code, run_at, input_count, hit_count, warning_count"
    run(mariadb_url, f"CREATE VIEW match_run ({names}) AS SELECT * FROM runs")
    ids = [f"0{n}ff{'0' * 28}" for n in range(3)]
    assert read(mariadb_url, tmp_path, "match_run")["match_run"].rows() == [
        (ids[0], None, "health", "大病", datetime(2026, 3, 2, 9, 30, 0, 250_000), 5, 1, 1, 0),
        (ids[1], date(2026, 3, 1), "民政", None, None, 7, 0, 0, 0),
        (ids[2], None, None, None, None, None, None, None, 0),
    ]


def test_a_timestamp_of_mysql_is_of_china(mariadb_url, tmp_path):
    run(mariadb_url, "CREATE TABLE raised (raised_at TIMESTAMP(3) NULL)")
    engine = create_engine(registry_url(mariadb_url), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SET time_zone = '+00:00'"))
        connection.execute(text("INSERT INTO raised VALUES ('2026-03-01 23:00:00.5')"))
    others = ", ".join(
        f"NULL AS {c.name}" for c in contract.TABLES["warning"].columns if c.name != "raised_at"
    )
    run(
        mariadb_url,
        f"CREATE VIEW warning AS SELECT raised_at, {others} FROM raised",
    )
    frame = read(mariadb_url, tmp_path, "warning")["warning"]
    assert frame["raised_at"].to_list() == [datetime(2026, 3, 2, 7, 0, 0, 500_000)]


def test_mysql_cannot_be_written(mariadb_url):
    contract.metadata.create_all(create_engine(registry_url(mariadb_url), poolclass=NullPool))
    engine = open_engine(registry_url(mariadb_url))
    with (
        engine.connect() as connection,
        pytest.raises(DatabaseError, match="READ ONLY transaction"),
    ):
        connection.execute(text("INSERT INTO person (person_key) VALUES ('x')"))
    engine.dispose()


@pytest.mark.parametrize("spelling", ["mysql", "mariadb", "mysql+mysqldb", "mariadb+pymysql"])
def test_every_spelling_of_mysql_means_pymysql(spelling):
    assert registry_url(f"{spelling}://u@h/db").drivername == "mysql+pymysql"


@pytest.mark.parametrize(
    "name",
    ["KingbaseES V008R006C008B0014 on x64", "(openGauss 5.0.0 build a07d57c3) compiled at 2023"],
)
def test_a_postgres_of_another_name(name, tables, postgres_url, tmp_path):
    """The server's own version() is replaced; no server of that name was tried."""
    version = f"CREATE OR REPLACE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql AS $$SELECT '{name}'::text$$"
    run(postgres_url, version)
    load(tables, postgres_url)
    frames = read(postgres_url, tmp_path, "person", fast=False)
    assert frames["person"].height == tables["person"].height


def test_a_release_without_row_security(tables, postgres_url, tmp_path, monkeypatch):
    """openGauss names 9.2, where the question whether rows are hidden does not exist."""
    load(tables, postgres_url)
    monkeypatch.setattr("data.registry.postgres._release", lambda _: (9, 2))
    monkeypatch.setattr("data.registry.whereabouts.SECURED", text("SELECT no_such_function()"))
    frames = read(postgres_url, tmp_path, "person", fast=False)
    assert frames["person"].height == tables["person"].height


def test_types_of_duckdb(duckdb_url, tmp_path):
    types = "run_id UUID, PERIOD_MONTH DATE, dept_code ENUM('health'), dataset_code VARCHAR, run_at"
    with duckdb.connect(make_url(duckdb_url).database) as db:
        db.execute("SET TimeZone = 'UTC'")
        db.execute(
            f"CREATE TABLE runs ({types} TIMESTAMPTZ, input_count HUGEINT, hit_count DOUBLE, warning_count BOOLEAN)"
        )
        key = "00000000-0000-0000-0000-00000000000"
        db.execute(f"""INSERT INTO runs VALUES
            ('{key}1', 'infinity', 'health', ' 大病 ', '2026-03-02 20:30:00.5+00', 5, 4.0, true),
            ('{key}2', '-infinity', NULL, '', NULL, 5000000000, 4.5, false)""")
        db.execute("CREATE VIEW match_run AS SELECT * FROM runs")
    moment = datetime(2026, 3, 3, 4, 30, 0, 500_000)
    assert read(duckdb_url, tmp_path / "read", "match_run")["match_run"].rows() == [
        (f"{key}1", None, "health", "大病", moment, 5, 4, 1, 0),
        (f"{key}2", None, None, None, None, None, None, 0, 0b1100010),
    ]


def test_a_table_as_a_folder_of_parquet(parquet_url, tmp_path):
    folder = tmp_path / "registry" / "PERSON"
    folder.mkdir(parents=True)
    names = ["person_key", "sex", "birth_month", "death_date"]
    for key, born in (("a", "1990-05-01"), ("b", "0000-00-00")):
        row = pl.DataFrame([(key, "male", born, None)], names, orient="row")
        row.write_parquet(folder / f"{key}.parquet")
    (tmp_path / "registry" / "README.txt").write_text("not a table")
    assert read(parquet_url, tmp_path / "read", "person")["person"].rows() == [
        ("a", "male", date(1990, 5, 1), None, 0),
        ("b", "male", None, None, 0),
    ]
    assert "查找处：" in survey(parquet_url).refusal()


def test_a_file_of_duckdb_is_not_touched_and_what_is_none_is_said(
    duckdb_url, parquet_url, tables, tmp_path
):
    for url in (duckdb_url, parquet_url):
        with pytest.raises(RegistryError, match="没有这个文件"):
            survey(url)
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "person.parquet").write_bytes(b"no parquet")
    with pytest.raises(RegistryError, match=r"读取登记库的表 person 时出错.*person\.parquet"):
        survey(parquet_url)
    load(tables, duckdb_url)
    before = (tmp_path / "registry.duckdb").read_bytes()
    read(duckdb_url, tmp_path / "read")
    assert (tmp_path / "registry.duckdb").read_bytes() == before
