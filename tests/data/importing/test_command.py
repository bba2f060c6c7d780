"""An import stores all or nothing, replaces its own batch alone and sends back what is refused."""

import hashlib
import hmac
import shutil
import sqlite3
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import create_engine, select

from data import audit, china, settings
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


def test_what_went_back_before_is_counted_as_wrong_in_what_was_submitted(imported):
    wrong = "时段号,人员,类别\ns1,a,低保对象\ns2,b,无此类别\ns3,c,甲类\n"
    right = "时段号,人员,类别\ns1,a,低保对象\ns2,b,特困人员\ns3,c,特困人员\n"
    better = wrong.replace("甲类", "特困人员")
    for text, code in ((wrong, 1), (wrong, 1), (better, 1), (right, 0)):
        assert imported("621202", "2026-03", {"identification_spell": text}) == code
    # Of two files that went back the worse one had 2 rows of 3 wrong.
    noted = "SELECT record_count, error_count, returned_times FROM data_submission"
    assert rows(noted) == [(3, 2, 2)]


def test_rows_of_another_county_are_refused(imported):
    text = "时段号,人员,类别,区划代码\ns1,a,低保对象,621202001\ns2,b,低保对象,621221001\n"
    files = {"identification_spell": text.replace("区划代码", "region_code")}
    assert imported("621202", "2026-03", files) == 1
    sheet = openpyxl.load_workbook("退回/退回_identification_spell.xlsx").active
    assert sheet["E3"].value == "region_code：不是本地区（621202）的区划代码"
    # The city's office sends lists of all counties, and nobody of another city.
    assert imported("621200", "2026-03", files) == 0
    assert imported("620502", "2026-03", files) == 1


def test_a_county_s_own_header_is_named_once_and_then_remembered(imported, tmp_path, capsys):
    (tmp_path / "map").mkdir()
    headers = tmp_path / "map" / "headers.csv"
    headers.write_text("table,column,header\nperson,person_key,人员编码\n", encoding="utf-8")
    files = {"person": "人员编码,性别,备注\na,男,x\n"}
    assert imported("621202", "2026-03", files) == 1
    assert imported("621202", "2026-03", files, "--headers", str(headers)) == 0
    said = capsys.readouterr().out
    assert said.startswith("person.csv：1条已导入；以下列不是登记库的列，未导入：备注（")
    assert imported("621202", "2026-04", {"person": "人员编码\nb\n"}) == 0
    assert rows(PERSONS) == [("a", "male"), ("b", None)]


def test_two_headers_of_one_column_are_refused(imported, capsys):
    assert imported("621202", "2026-03", {"person": "人员代理键,person_key\na,b\n"}) == 1
    assert "人员代理键、person_key是同一列，请只留一列" in capsys.readouterr().err


def test_every_import_is_in_the_audit_log_without_a_row_of_it(imported, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "AUDIT_DIR", tmp_path / "log")
    assert imported("621202", "2026-03", {"person": "人员代理键,性别\nkey-a,男\nkey-b,乙\n"}) == 1
    assert imported("621202", "2026-03", {"person": "人员代理键,性别\nkey-a,男\n"}) == 0
    today = china.today()
    noted = audit.read(tmp_path / "log", today, today).sort("at")
    assert noted["event"].to_list() == ["import", "import"]
    assert ["county: 621202" in each or "621202" in each for each in noted["options"]] == [True] * 2
    [file] = (tmp_path / "log").glob("*.jsonl")
    assert "key-a" not in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_old_workbook_is_read(imported, tmp_path):
    """LibreOffice writes the binary format of Excel 97."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice on this machine")
    Path("person.csv").write_text("人员代理键,性别,死亡日期\na,男,2024-01-05\n", encoding="utf-8")
    convert = ["--headless", "--convert-to", "xls", "--infilter=CSV:44,34,76", "person.csv"]
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/office", *convert],
        check=True,
        capture_output=True,
    )
    Path("person.xls").rename("person_旧.xls")
    where = ["--into", "sqlite:///r.db", "--county", "621202", "--month", "2026-03"]
    assert main(["import", "person_旧.xls", *where]) == 0
    assert rows("SELECT person_key, sex, death_date FROM person") == [("a", "male", "2024-01-05")]


def test_personal_data_is_shown_as_a_square_and_stored_nowhere(imported):
    text = f"人员代理键,性别,备注\na,男,{ID}\nb,甲,13800138000\n"
    assert imported("621202", "2026-03", {"person": text}) == 1
    assert rows("SELECT table_name, error_count FROM import_return") == [("person", 2)]
    assert ID.encode() not in Path("r.db").read_bytes()
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
    # Keys that differ in case alone are two.
    assert imported("621221", "2026-03", {"person": "人员代理键\nA\n"}, "--into", address) == 0
    engine = create_engine(registry_url(address))
    with engine.connect() as connection:
        policy = select(TABLES["programme_policy"].c.standard_amount)
        assert connection.execute(policy).scalars().all() == [Decimal("512.35")]
    engine.dispose()


def test_what_cannot_be_written_into_is_said_in_a_line(imported, capsys):
    files = {"person": "人员代理键\na\n"}
    assert imported("621202", "2026-03", files, "--into", "parquet:///x") == 1
    assert capsys.readouterr().err == "未导入：不能导入parquet，只能导入sqlite、postgresql、mysql\n"
