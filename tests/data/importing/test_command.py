"""An import stores all or nothing, replaces its own batch alone and sends back what is refused."""

import hashlib
import hmac
import sqlite3
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import create_engine, select

from data.__main__ import main
from data.registry.connection import registry_url
from data.registry.contract import TABLES

ID = "11010519491231002X"  # the example of GB 11643


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Writes a CSV a table and imports them for a county and a month; the exit code."""
    monkeypatch.chdir(tmp_path)

    def run(county: str, month: str, files: dict[str, str], *options: str) -> int:
        for old in Path().glob("*.csv"):
            old.unlink()
        for name, text in files.items():
            Path(f"{name}.csv").write_text(text, encoding="utf-8")
        where = ["--into", "sqlite:///r.db", "--county", county, "--month", month]
        return main(["import", ".", *where, *options])

    return run


def rows(sql: str) -> list[tuple]:
    connection = sqlite3.connect("r.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


PERSONS = "SELECT person_key, sex FROM person ORDER BY 1"


def test_the_same_county_month_and_table_again_replaces_that_batch_alone(imported):
    assert imported("621202", "2026-03", {"person": "人员代理键,性别\na,男\nb,女\n"}) == 0
    assert imported("621202", "2026-04", {"person": "人员代理键,性别\nc,男\n"}) == 0
    assert imported("621221", "2026-03", {"person": "人员代理键,性别\nd,男\n"}) == 0
    assert imported("621202", "2026-03", {"person": "人员代理键,性别\na,女\n"}) == 0
    assert rows(PERSONS) == [("a", "female"), ("c", "male"), ("d", "male")]


def test_a_full_list_replaces_all_earlier_batches_of_the_county(imported):
    for county, month, key in (("621202", "2026-03", "a"), ("621221", "2026-03", "b")):
        assert imported(county, month, {"person": f"人员代理键,性别\n{key},男\n"}) == 0
    assert imported("621202", "2026-05", {"person": "人员代理键,性别\nz,男\n"}, "--full") == 0
    assert rows(PERSONS) == [("b", "male"), ("z", "male")]
    batches = "SELECT county_code, period_month, table_name, record_count FROM import_batch"
    assert sorted(rows(batches)) == [
        ("621202", "2026-05", "person", 1),
        ("621221", "2026-03", "person", 1),
    ]


def test_a_key_of_another_county_is_refused_and_nothing_is_stored(imported):
    assert imported("621202", "2026-03", {"person": "人员代理键\na\n"}) == 0
    files = {"region": "区划代码,名称\n621221,成县\n", "person": "人员代理键\nb\na\n"}
    assert imported("621221", "2026-03", files) == 1
    assert rows("SELECT person_key FROM person") == [("a",)]
    assert rows("SELECT * FROM region") == []
    sheet = openpyxl.load_workbook("退回/退回_person.xlsx").active
    assert [cell.value for cell in sheet[3]] == ["a", "人员代理键：此键已由621202在2026-03报送"]


def test_a_row_that_no_import_wrote_is_not_replaced(imported):
    assert imported("621202", "2026-03", {"person": "人员代理键\na\n"}) == 0
    connection = sqlite3.connect("r.db", isolation_level=None)
    connection.execute("INSERT INTO person (person_key) VALUES ('x')")
    connection.close()
    assert imported("621202", "2026-03", {"person": "人员代理键\nx\n"}) == 1
    assert rows("SELECT person_key FROM person") == [("a",), ("x",)]


def test_keys_of_several_columns_are_replaced_too(imported):
    text = "项目代码,县区代码,类别,生效日,标准（元）\nP0801,621202,不限类别,2026/1/1,{}\n"
    for amount in ("500", "512.35"):
        files = {"programme_policy": text.format(amount)}
        assert imported("621202", "2026-03", files) == 0
    assert rows("SELECT category_code, valid_from, standard_amount FROM programme_policy") == [
        ("any", "2026-01-01", 512.35)
    ]


def test_a_list_of_the_register_is_noted_as_submitted(imported):
    files = {"identification_spell": "时段号,人员,类别\ns1,a,低保对象\ns2,b,特困人员\n"}
    assert imported("621202", "2026-03", files) == 0
    assert imported("621202", "2026-03", files) == 0
    noted = "SELECT region_code, dataset_code, period_month, record_count FROM data_submission"
    assert rows(noted) == [("621202", "low_income_registry", "2026-03-01", 2)]


def test_personal_data_is_shown_as_a_square_and_stored_nowhere(imported):
    text = f"人员代理键,性别,备注\na,男,{ID}\nb,甲,13800138000\n"
    assert imported("621202", "2026-03", {"person": text}) == 1
    assert not Path("r.db").exists()
    sheet = openpyxl.load_workbook("退回/退回_person.xlsx").active
    assert [[cell.value for cell in row] for row in sheet] == [
        ["人员代理键", "性别", "备注", "退回原因"],
        ["a", "男", "■", "备注：疑似居民身份证号"],
        ["b", "甲", "■", "备注：疑似手机号"],
    ]


def test_a_file_without_a_header_row_shows_nothing_of_its_first_row(imported):
    assert imported("621202", "2026-03", {"person": f"a,{ID}\nb,女\n"}) == 1
    sheet = openpyxl.load_workbook("退回/退回_person.xlsx").active
    assert [[cell.value for cell in row] for row in sheet] == [
        ["a", "■", "■：列名疑似居民身份证号"],
        ["b", "■", ""],
    ]


def test_an_id_number_becomes_a_key_where_the_importer_has_its_secret(imported, monkeypatch):
    files = {"person": f"身份证号,性别\n{ID},男\n"}
    assert imported("621202", "2026-03", files) == 1
    monkeypatch.setenv("IMPORT_KEY", "secret")
    assert imported("621202", "2026-03", files) == 0
    key = hmac.new(b"secret", ID.encode(), hashlib.sha256).hexdigest()[:32]
    assert rows(PERSONS) == [(key, "male")]


def test_local_codes_are_translated(imported, tmp_path):
    (tmp_path / "map").mkdir()
    codes = tmp_path / "map" / "codes.csv"
    codes.write_text("table,column,local,code\nperson,sex,01,male\n", encoding="utf-8")
    files = {"person": "人员代理键,性别\na,01\n"}
    assert imported("621202", "2026-03", files, "--codes", str(codes)) == 0
    assert rows(PERSONS) == [("a", "male")]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["postgres_url", "mariadb_url"])
def test_servers_are_written_into_too(imported, kind, request):
    address = request.getfixturevalue(kind)
    text = "项目代码,县区代码,类别,生效日,标准（元）\nP0801,621202,不限类别,2026/1/1,{}\n"
    for amount in ("500", "512.35"):
        files = {"programme_policy": text.format(amount), "person": "人员代理键\na\n"}
        assert imported("621202", "2026-03", files, "--into", address) == 0
    assert imported("621221", "2026-03", {"person": "人员代理键\na\n"}, "--into", address) == 1
    engine = create_engine(registry_url(address))
    with engine.connect() as connection:
        policy = select(TABLES["programme_policy"].c.standard_amount)
        assert connection.execute(policy).scalars().all() == [Decimal("512.35")]
    engine.dispose()


def test_what_cannot_be_written_into_is_said_in_a_line(imported, capsys):
    files = {"person": "人员代理键\na\n"}
    assert imported("621202", "2026-03", files, "--into", "parquet:///x") == 1
    assert capsys.readouterr().err == "未导入：不能导入parquet，只能导入sqlite、postgresql、mysql\n"
