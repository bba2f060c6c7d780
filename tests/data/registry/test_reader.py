"""Reading a registry: every trap of SQLite and PostgreSQL, both ways of reading, never a write."""

import logging
import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from datetime import date, datetime

import adbc_driver_manager
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from data.registry import contract
from data.registry.connection import RegistryError, open_adbc, open_engine, registry_url
from data.registry.conversion import typed
from data.registry.inspection import survey
from data.registry.reader import _readers, stage
from data.registry.staging import WRONG
from every_day import every_day


def make(url, *statements):
    """A database made by these statements, with an empty table for each other contract table."""
    engine = create_engine(registry_url(url), poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    made = {statement.split()[2].split("(")[0] for statement in statements}
    others = [table for name, table in contract.TABLES.items() if name not in made]
    contract.metadata.create_all(engine, tables=others)
    return url


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path / 'registry.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request):
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


def read(url, table, folder, *, fast):
    files = dict(stage(url, survey(url), folder / f"fast {fast}", fast=fast))
    return pl.scan_parquet(files[table] / "*.parquet").collect()


def both_ways(url, table, folder):
    """The table as read, after the two ways of reading were found equal."""
    fast, portable = (read(url, table, folder, fast=fast) for fast in (True, False))
    assert_frame_equal(fast, portable)
    return fast


def values(declared, *texts):
    """Values in a contract type; "wrong" for what the type cannot hold."""
    read_values, wrong = typed(pl.Series(texts, dtype=pl.String), declared)
    return ["wrong" if bad else value for value, bad in zip(read_values, wrong, strict=True)]


def test_dates():
    """“How values are read”."""
    assert values("date", "2026-03-02", None, "2026-03-02 09:30:00", " 2026-03-02 ") == [
        date(2026, 3, 2),
        None,
        date(2026, 3, 2),
        date(2026, 3, 2),
    ]
    unreadable = ["2026-13-45", "2026-02-30", "-infinity", "12026-01-01", "abc", "7", "20260302"]
    assert values("date", *unreadable, "0044-03-15 BC", "0000-01-01") == ["wrong"] * 9


@pytest.mark.parametrize("declared", ["date", "timestamp"])
def test_years_are_1900_to_2100_and_have_four_digits(declared):
    two_digits = ["26-03-02", "126-03-02", "0026-03-02", "26-03-02 09:30:00"]
    too_far = ["1899-12-29", "2101-01-01", "2999-12-31", "1066-10-14"]
    assert values(declared, *two_digits, *too_far) == ["wrong"] * 8
    first, last = values(declared, "1900-01-02", "2100-12-31")
    assert (first.year, last.year) == (1900, 2100)


@pytest.mark.parametrize("declared", ["date", "timestamp"])
def test_zero_dates_blanks_and_days_without_end_are_none(declared):
    zeros = ["0000-00-00", "0000-00-00 00:00:00", "0000/00/00", "00000000", "0", "0001-01-01"]
    zeros += ["1899-12-30", "1899-12-31 00:00:00"]
    endless = [
        "9999-12-31",
        "9999-12-31 23:59:59",
        "9999-12-31T23:59:59Z",
        "9999-01-01",
        "infinity",
    ]
    blank = ["", "  ", "　", "\ufeff", "NULL", r"\N", "-"]
    assert values(declared, *zeros, *endless, *blank) == [None] * 20


def test_timestamps_of_every_spelling():
    assert values(
        "timestamp",
        "2026-03-02 09:30:00",
        "2026-03-02T09:30:00",
        "2026-03-02 09:30:00.250",
        "2026-03-02T09:30:00.123456789",
        "2026-03-02 09:30",
        "2026-03-02T01:30:00Z",
        "2026-03-02 09:30:00+08",
        "2026-03-02",
    ) == [
        datetime(2026, 3, 2, 9, 30),
        datetime(2026, 3, 2, 9, 30),
        datetime(2026, 3, 2, 9, 30, 0, 250_000),
        datetime(2026, 3, 2, 9, 30, 0, 123_456),
        datetime(2026, 3, 2, 9, 30),
        datetime(2026, 3, 2, 9, 30),
        datetime(2026, 3, 2, 9, 30),
        datetime(2026, 3, 2),
    ]
    unreadable = ["2026-03-02 25:00:00", "不详", "--001-01-01 00:00:00", "2026-03-02 23:59:60"]
    assert values("timestamp", *unreadable) == ["wrong"] * 4


def test_whole_numbers():
    assert values("integer", "12", " 12", "12.0", "-3", "true", "１２") == [12, 12, 12, -3, 1, 12]
    assert values("integer", "12.5", "abc", "NaN", "2147483648") == ["wrong"] * 4
    assert values("integer", "", " ", "　", "\ufeff", "null") == [None] * 5
    assert values("smallint", "32767", "32768", "-32768", "-32769") == [
        32767,
        "wrong",
        -32768,
        "wrong",
    ]


def test_money_is_whole_fen_and_half_a_fen_goes_up():
    money = values("decimal(14,2)", "0.1234", "1.005", "2.675", "0.285", "-1.005", "12")
    assert money == [12, 101, 268, 29, -101, 1200]
    assert values("decimal(14,2)", "999999999999.99", "123456789012.345") == [
        99999999999999,
        12345678901235,
    ]
    assert values("decimal(14,2)", "NaN", "Infinity", "1,000", "1000000000000") == ["wrong"] * 4
    assert values("decimal(14,2)", "", "　", "N/A", " 3.10 ") == [None, None, None, 310]


def test_numbers_are_finite():
    assert (
        values("double", "104.9212345678901", "nan", "inf", "x")
        == [104.9212345678901] + ["wrong"] * 3
    )


def test_postgres_is_read_by_adbc(postgres_url, tmp_path, caplog):
    make(postgres_url)
    with caplog.at_level(logging.WARNING):
        both_ways(postgres_url, "person", tmp_path)
    assert "ADBC" not in caplog.text


def spelt(url, tmp_path, **columns):
    """A table of spells, its key beginning with a number, with these texts in it, as read."""
    rows = range(len(next(iter(columns.values()))))
    types = ", ".join(
        f"{each.name} {'varchar(40)' if each.name in columns else each.info['type']}"
        for each in contract.TABLES["identification_spell"].columns
    )
    engine = create_engine(registry_url(make(url, f"CREATE TABLE identification_spell ({types})")))
    cells = [{"spell_id": f"s{i:02}"} | {c: texts[i] for c, texts in columns.items()} for i in rows]
    with engine.begin() as connection:
        names = ["spell_id", *columns]
        into = f"INSERT INTO identification_spell ({', '.join(names)})"
        connection.execute(text(f"{into} VALUES ({', '.join(f':{n}' for n in names)})"), cells)
    engine.dispose()
    frame = both_ways(url, "identification_spell", tmp_path).sort("spell_id")
    return frame.select(*columns, WRONG).rows()


def test_blank_keys_are_null_and_spaces_around_them_go(any_url, tmp_path):
    blank = ["", " ", "　", "\ufeff", " \u00a0\t", "NULL", "-", "0", "000"]
    written = ["h1 ", "　h1", "\ufeffh1", "h1\r\n", "ｈ１", "h1", "h-1", "01"]
    assert spelt(any_url, tmp_path, household_key=blank + written) == [
        *[(None, 0)] * 9,
        *[("h1", 0)] * 6,
        ("h-1", 0),
        ("01", 0),
    ]


def test_region_codes_are_cut_to_their_level(any_url, tmp_path):
    codes = {
        "621202": "621202",
        "621202.0": "621202",
        "621202.00": "621202",
        "６２１２０２": "621202",
        "621202000": "621202",
        "621202000000": "621202",
        "621202101000": "621202101",
        "621202101000.0": "621202101",
        " 621202101 ": "621202101",
        "621202101003": "621202101003",
        "621200000000": "621200",
        "000000": None,
        "": None,
        "62120210": "62120210",
        "6.21202E5": "6.21202E5",
    }
    rows = spelt(any_url, tmp_path, region_code=list(codes))
    assert rows == [(code, 0) for code in codes.values()]


def test_days_that_mean_none(any_url, tmp_path):
    """1 January 1900 is an unknown day, but for a spell that holds since ever."""
    texts = ["0000-00-00", "9999-12-31", "1900-01-01", "26-03-02", "2026-03-02", " "]
    since = date(1900, 1, 1)
    from_bit, to_bit = (
        1 << list(contract.polars_schema("identification_spell")).index(each)
        for each in ("valid_from", "valid_to")
    )
    assert spelt(any_url, tmp_path, valid_from=texts, valid_to=texts) == [
        (None, None, 0),
        (None, None, 0),
        (since, None, 0),
        (None, None, from_bit | to_bit),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (None, None, 0),
    ]


def test_postgres_types_read_alike_both_ways(postgres_url, tmp_path):
    """Columns of another type than the contract's, typed by the database."""
    make(
        postgres_url,
        "CREATE TABLE identification_spell (spell_id bigint, person_key uuid, household_key"
        " char(32), category_code char(32), sub_code boolean, region_code double precision,"
        " residence_type text, valid_from timestamptz, valid_to date, end_reason real,"
        " application_id numeric(20,2))",
        """
        INSERT INTO identification_spell VALUES
        (1, '00000000-0000-0000-0000-000000000001', 'h1', 'dibao', true, 621202, E'urban\t',
         '1900-01-01 00:00:00', '9999-12-31', 1.5, 12),
        (2, '00000000-0000-0000-0000-000000000002', '', ' ', false, 621202001003, '',
         '9999-12-31 23:59:59+00', 'infinity', 7, 12.5),
        (3, '00000000-0000-0000-0000-000000000003', '0', 'tekun', NULL, 621202101000, 'rural',
         '2026-03-02 20:00:00+00', '0001-01-01', 0.25, NULL)
        """,
    )
    key = "00000000-0000-0000-0000-00000000000"
    since, third = date(1900, 1, 1), date(2026, 3, 3)
    assert both_ways(postgres_url, "identification_spell", tmp_path).rows() == [
        ("1", f"{key}1", "h1", "dibao", "true", "621202", "urban", since, None, "1.5", "12", 0),
        ("2", f"{key}2", None, None, "false", "621202001003", None, None, None, "7", "12.50", 0),
        ("3", f"{key}3", None, "tekun", None, "621202101", "rural", third, None, "0.25", None, 0),
    ]


def test_a_file_made_by_an_import_of_csv(sqlite_url, tmp_path):
    """Every column a text, every empty cell an empty text."""
    names = list(contract.polars_schema("region"))
    make(
        sqlite_url,
        f"CREATE TABLE region ({', '.join(f'{name} TEXT' for name in names)})",
        """
        INSERT INTO region VALUES
        ('621200000000', '', 'city', '陇南市　', '', '', ''),
        ('621202000000', '621200000000', 'county', ' 武都区', '1', '104.92', '33.4')
        """,
    )
    assert both_ways(sqlite_url, "region", tmp_path).rows() == [
        ("621200", None, "city", "陇南市", None, None, None, 0),
        ("621202", "621200", "county", "武都区", 1, 104.92, 33.4, 0),
    ]


def test_empty_tables_have_the_types_of_the_contract(any_url, tmp_path):
    make(any_url)
    frame = both_ways(any_url, "emergency_case", tmp_path)
    assert frame.schema == {**contract.polars_schema("emergency_case"), WRONG: pl.UInt32}
    assert frame.is_empty()


SPELLS = """
    CREATE TABLE benefit_spell (
        spell_id varchar(32), person_key varchar(32), household_key varchar(32),
        programme_code varchar(32), region_code varchar(32), valid_from date, valid_to date,
        monthly_amount numeric(14,4), end_reason varchar(32), grace_until date,
        secret_name varchar(32))
"""


def test_a_column_that_begins_with_nulls_and_numerics_that_begin_whole(any_url, tmp_path):
    numbers = "SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 70000"
    make(
        any_url,
        SPELLS,
        f"""
        INSERT INTO benefit_spell (spell_id, monthly_amount)
        WITH RECURSIVE numbers AS ({numbers}) SELECT CAST(n AS varchar(9)), 5 FROM numbers
        """,
        """
        INSERT INTO benefit_spell VALUES
        ('last', 'p', 'h', 'P0801', '621202001', '2026-01-05', '2026-02-05', 0.1234, 'death',
         '2026-03-05', 'never read')
        """,
    )
    frame = both_ways(any_url, "benefit_spell", tmp_path).filter(spell_id="last")
    days = [date(2026, 1, 5), date(2026, 2, 5)]
    assert frame.rows() == [
        ("last", "p", "h", "P0801", "621202001", *days, 12, "death", date(2026, 3, 5), 0)
    ]


def test_only_contract_columns_are_read(any_url, tmp_path):
    make(any_url, SPELLS)
    assert "secret_name" not in both_ways(any_url, "benefit_spell", tmp_path).columns


def test_a_view_serves_as_a_table(any_url, tmp_path):
    make(
        any_url,
        "CREATE TABLE people (id varchar(40), gender integer, born varchar(10))",
        "INSERT INTO people VALUES ('a', 1, '1990-05-01')",
        """
        CREATE VIEW person AS SELECT id AS person_key, born AS birth_month,
        CASE gender WHEN 1 THEN 'male' END AS sex, NULL AS death_date FROM people
        """,
    )
    frame = both_ways(any_url, "person", tmp_path)
    assert frame.rows() == [("a", "male", date(1990, 5, 1), None, 0)]


def test_sqlite_holds_anything_in_any_column(sqlite_url, tmp_path):
    make(
        sqlite_url,
        "CREATE TABLE fund_ledger (programme_code varchar(32), region_code varchar(32),"
        " period_month date, allocated decimal(14,2), disbursed decimal(14,2),"
        " paid_persons integer)",
        """
        INSERT INTO fund_ledger VALUES
        ('ok', 621202, '2026-01-01', 1.005, '7.10', '12'),
        ('text', '621202', 'abc', 'abc', 0.29, 'abc'),
        ('half', '621202', 20260101, 1e300, 1234567.89, 12.5)
        """,
    )
    assert both_ways(sqlite_url, "fund_ledger", tmp_path).rows() == [
        ("ok", "621202", date(2026, 1, 1), 101, 710, 12, 0),
        ("text", "621202", None, None, 29, None, 0b101100),
        ("half", "621202", None, None, 123456789, None, 0b101100),
    ]


def test_money_as_a_number_is_money_as_sqlite_writes_it():
    yuan = [0.285, 1.005, -1.005, 2.675, 0.1 + 0.2, 123456789012.345, 999999999999.995, 1e300]
    yuan += [
        (fen + 0.5 + near) / 100 for fen in range(0, 10**13, 10**9) for near in (-0.06, 0, 1e-3)
    ]
    numbers, texts = pl.Series(yuan), pl.Series([f"{each:.15g}" for each in yuan])
    for as_number, as_text in zip(
        typed(numbers, "decimal(14,2)"), typed(texts, "decimal(14,2)"), strict=True
    ):
        assert as_number.equals(as_text)


@pytest.mark.parametrize(
    "foreign", every_day(["'x'", "12.5", "x'6162'", "2147483648"], ["12.5", "2147483648"])
)
def test_a_foreign_value_after_many_sends_its_column_through_text(
    sqlite_url, tmp_path, caplog, foreign
):
    make(
        sqlite_url,
        "CREATE TABLE fund_ledger (programme_code text, region_code text, period_month date,"
        " allocated decimal(14,2), disbursed decimal(14,2), paid_persons)",
        """
        INSERT INTO fund_ledger WITH RECURSIVE numbers AS
        (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 70000)
        SELECT 'P0801', n, '2026-01-01', n + 0.285, n, n FROM numbers
        """,
        f"INSERT INTO fund_ledger VALUES ('last', '1', '2026-01-01', 1.005, 2, {foreign})",
    )
    with caplog.at_level(logging.WARNING):
        frame = both_ways(sqlite_url, "fund_ledger", tmp_path)
    assert frame.head(1).rows() == [("P0801", "1", date(2026, 1, 1), 129, 100, 1, 0)]
    assert frame.tail(1).rows() == [("last", "1", date(2026, 1, 1), 101, 200, None, 0b100000)]
    assert "ADBC cannot read" not in caplog.text


@pytest.mark.parametrize("rows_before", [0, 70_000])
def test_a_table_that_adbc_cannot_read_is_read_the_portable_way(
    sqlite_url, tmp_path, caplog, rows_before
):
    make(
        sqlite_url,
        "CREATE TABLE region (region_code, parent_code, region_level, region_name, sort_order,"
        " longitude double, latitude double)",
        f"""
        INSERT INTO region (region_code, longitude, latitude)
        WITH RECURSIVE numbers AS
        (SELECT 1 AS n WHERE {rows_before} UNION ALL SELECT n + 1 FROM numbers WHERE n < 70000)
        SELECT n, 104.5, 33.5 FROM numbers
        """,
        "INSERT INTO region VALUES ('621202', '621200', 'county', '武都区', 1, 104.92, 'abc')",
    )
    with caplog.at_level(logging.WARNING):
        frame = both_ways(sqlite_url, "region", tmp_path)
    assert frame.height == rows_before + 1
    assert frame.tail(1).rows() == [
        ("621202", "621200", "county", "武都区", 1, 104.92, None, 0b1000000)
    ]
    assert "ADBC cannot read region" in caplog.text


def test_postgres_dates_without_end_and_numbers_that_are_none(postgres_url, tmp_path):
    make(
        postgres_url,
        "CREATE TABLE fund_ledger (programme_code text, region_code text, period_month date,"
        " allocated numeric, disbursed double precision, paid_persons numeric)",
        """
        INSERT INTO fund_ledger VALUES
        ('a', '621202', 'infinity', 'NaN', 'NaN', 12),
        ('b', '621202', '20000-01-01', 10.005, 0.29, 12.5),
        ('c', '621202', '-infinity', 1, 1, 1)
        """,
    )
    assert both_ways(postgres_url, "fund_ledger", tmp_path).rows() == [
        ("a", "621202", None, None, None, 12, 0b011000),
        ("b", "621202", None, 1001, 29, None, 0b100100),
        ("c", "621202", None, 100, 100, 1, 0b000100),
    ]


def test_postgres_times_with_a_zone_are_local(postgres_url, tmp_path):
    make(
        postgres_url,
        "CREATE TABLE match_run (run_id uuid, period_month date, dept_code text,"
        " dataset_code text, run_at timestamptz, input_count bigint, hit_count smallint,"
        " warning_count boolean)",
        """
        INSERT INTO match_run VALUES ('00000000-0000-0000-0000-000000000001', '2026-03-01',
        'health', '大病', '2026-03-02 20:30:00.5+00', 5, 4, true)
        """,
    )
    [row] = both_ways(postgres_url, "match_run", tmp_path).rows()
    assert row[4:] == (datetime(2026, 3, 3, 4, 30, 0, 500_000), 5, 4, 1, 0)


def test_sqlite_cannot_be_written(sqlite_url):
    make(sqlite_url)
    with (
        open_engine(registry_url(sqlite_url)).connect() as connection,
        pytest.raises(DatabaseError, match="readonly"),
    ):
        connection.execute(text("INSERT INTO person (person_key) VALUES ('x')"))
    with open_adbc(registry_url(sqlite_url)) as adbc, adbc.cursor() as cursor:  # noqa: SIM117
        with pytest.raises(adbc_driver_manager.Error, match="readonly"):
            cursor.execute("INSERT INTO person (person_key) VALUES ('x')")


def test_postgres_cannot_be_written(postgres_url):
    make(postgres_url)
    engine = open_engine(registry_url(postgres_url))
    with engine.connect() as connection, pytest.raises(DatabaseError, match="read-only"):
        connection.execute(text("INSERT INTO person (person_key) VALUES ('x')"))
    engine.dispose()
    with open_adbc(registry_url(postgres_url)) as adbc, adbc.cursor() as cursor:  # noqa: SIM117
        with pytest.raises(adbc_driver_manager.Error, match="read-only"):
            cursor.execute("INSERT INTO person (person_key) VALUES ('x')")


@pytest.mark.parametrize("spelling", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_spelling_of_postgres_means_psycopg(spelling):
    assert registry_url(f"{spelling}://u@h/db").drivername == "postgresql+psycopg"


def test_a_registry_that_is_not_there_is_one_line_without_the_password(tmp_path):
    with pytest.raises(RegistryError) as refused:
        survey("postgresql://reader:geheim@127.0.0.1:1/registry")
    assert "geheim" not in str(refused.value)
    assert "\n" not in str(refused.value)
    with pytest.raises(RegistryError, match="没有这个文件"):
        survey(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(RegistryError, match="写法有误"):
        survey("no url")


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "text.db").write_text("no database " * 100)
    with pytest.raises(RegistryError, match="not a database"):
        survey(f"sqlite:///{tmp_path / 'text.db'}")


def test_the_file_is_not_touched(sqlite_url, tmp_path):
    make(sqlite_url)
    file = tmp_path / "registry.db"
    before = file.read_bytes()
    both_ways(sqlite_url, "person", tmp_path)
    assert file.read_bytes() == before
    sqlite3.connect(file).close()


WRITE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=0) as connection:
    connection.execute("INSERT INTO match_run (match_run_id) VALUES ('late')")
"""


@pytest.mark.parametrize(("mode", "readers"), [("delete", 2), ("wal", 1)])
def test_all_readers_of_a_file_see_the_same_whoever_writes(sqlite_url, mode, readers):
    file = registry_url(make(sqlite_url)).database
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.close()
    with ExitStack() as opened:
        both = _readers(opened, registry_url(sqlite_url), fast=True)
        # Another process: locks of a file hold between processes.
        subprocess.run([sys.executable, "-c", WRITE, file], stderr=subprocess.DEVNULL, check=False)
        for each in both:
            with each.adbc.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM match_run")
                assert cursor.fetchone() == (0,)
    assert len(both) == readers
