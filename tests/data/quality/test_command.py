"""`python -m data check`: what it prints, and with which exit code."""

import csv
import io
import json

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from data.__main__ import main
from data.quality import not_connected
from data.registry import contract


@pytest.fixture
def url(tmp_path):
    """The required tables: a city, twenty persons, one with an unknown sex; one orphan spell."""
    address = f"sqlite:///{tmp_path / 'registry.db'}"
    required = [contract.TABLES[name] for name in contract.REQUIRED]
    contract.metadata.create_all(create_engine(address, poolclass=NullPool), tables=required)
    run_sql(
        address,
        "INSERT INTO region (region_code, region_level, region_name)"
        " VALUES ('621200', 'city', '陇南市')",
    )
    people = ", ".join(f"('p{i}', 'male')" for i in range(2, 21))
    run_sql(address, f"INSERT INTO person (person_key, sex) VALUES ('p1', 'man'), {people}")
    run_sql(address, "INSERT INTO benefit_spell (spell_id, person_key) VALUES ('s1', 'nobody')")
    return address


def run_sql(url, statement):
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def check(capsys, *arguments):
    """Exit code and standard output of a check."""
    code = main(["check", *arguments])
    return code, capsys.readouterr().out


@pytest.mark.slow
def test_findings_alone_are_no_failure(url, capsys):
    code, out = check(capsys, "--url", url)
    assert code == 0
    assert "〔剔除〕 代码不在清单内 sex 1 行 例：p1 值：man（1）" in out
    assert "〔照计〕 引用无着落 person_key 1 行 例：s1" in out


def test_an_optional_table_is_named_with_what_it_disables(url, capsys):
    _, out = check(capsys, "--url", url)
    heading, line, advice = out[out.index("区划人口") :].splitlines()[:3]
    assert heading == "区划人口 region_population"
    assert line == "  〔未接入〕 缺少表"
    assert advice.endswith("指标无数据：I0102低收入人口占户籍人口比例")


def test_a_missing_required_table_or_column_is_a_failure(url, capsys):
    run_sql(url, "DROP TABLE warning")
    run_sql(url, "ALTER TABLE referral DROP COLUMN sent_at")
    code, out = check(capsys, "--url", url)
    assert code == 1
    assert "登记库不能载入。" in out
    assert "预警 warning\n  〔必需，不能载入〕 缺少表" in out
    assert "分类推送（转介） referral\n  〔必需，不能载入〕 缺少列 sent_at" in out


def test_a_registry_that_cannot_be_reached_is_a_failure(tmp_path, capsys):
    assert main(["check", "--url", f"sqlite:///{tmp_path / 'none.db'}"]) == 1
    assert "没有这个文件" in capsys.readouterr().err


def test_wrong_arguments_end_with_2():
    with pytest.raises(SystemExit) as ended:
        main(["check", "--format", "pdf"])
    assert ended.value.code == 2


@pytest.mark.slow
def test_csv_has_stable_columns(url, capsys):
    _, out = check(capsys, "--url", url, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    columns = ["table", "rule", "column", "rows", "examples", "treatment", "advice", "values"]
    assert list(rows[0]) == columns
    told = [row for row in rows if row["rows"] != "0" and row["rule"] != "no_value"]
    on_rows = [list(row.values())[:6] for row in told]
    assert on_rows == [
        ["person", "unknown_code", "sex", "1", "p1", "set_aside"],
        ["benefit_spell", "orphan_reference", "person_key", "1", "s1", "counted"],
    ]
    absent = {row["table"] for row in rows if row["treatment"] == "not_connected"}
    assert absent == set(contract.OPTIONAL)


def test_json_has_tables_findings_and_the_fingerprint(url, capsys):
    _, out = check(capsys, "--url", url, "--format", "json")
    report = json.loads(out)
    assert list(report) == ["fingerprint", "tables", "findings", "refused"]
    assert {"table": "person", "rows": 20, "set_aside": 1} in report["tables"]
    [finding] = [each for each in report["findings"] if each["rule"] == "unknown_code"]
    assert (finding["rows"], finding["examples"]) == (1, ["p1"])
    assert finding["values"] == ["man（1）"]
    assert report["refused"] == []


def test_what_no_city_looks_like_is_a_failure_with_its_share_and_values(url, capsys, caplog):
    run_sql(url, "UPDATE person SET sex = '男' WHERE person_key < 'p2'")
    run_sql(url, "UPDATE person SET birth_month = '85-03-12' WHERE person_key = 'p2'")
    code, out = check(capsys, "--url", url)
    assert code == 1
    assert "〔不予发布〕 人员（去标识化）（person）读入20行，剔除12行（60.0%），超过十分之一" in out
    assert "sex代码不在清单内11行（男（11））" in out
    assert "birth_month类型不符1行（99-99-99）" in out
    assert "person: 12 of 20 rows (60.0%) do not count" in caplog.text
    report = json.loads(check(capsys, "--url", url, "--format", "json")[1])
    assert [each["rule"] for each in report["refused"]] == ["lost_rows"]


def test_a_clean_registry_says_so(tmp_path, capsys):
    address = f"sqlite:///{tmp_path / 'clean.db'}"
    contract.metadata.create_all(create_engine(address, poolclass=NullPool))
    code, out = check(capsys, "--url", address)
    assert code == 0
    assert out.rstrip().endswith("没有发现问题。")


def test_it_says_when_nobody_of_dibao_is_in_residents_insurance(url, capsys):
    run_sql(
        url,
        "INSERT INTO identification_spell (spell_id, person_key, category_code, valid_from)"
        " VALUES ('s1', 'p2', 'dibao', '2026-01-01')",
    )
    assert "〔照计〕 低保对象均无参保情形 circumstance_code 1 行" in check(capsys, "--url", url)[1]
    run_sql(
        url,
        "INSERT INTO circumstance_spell (spell_id, person_key, circumstance_code, valid_from)"
        " VALUES ('c1', 'p2', 'resident_insurance', '2026-01-01')",
    )
    assert "低保对象均无参保情形" not in check(capsys, "--url", url)[1]


def test_every_optional_table_says_what_falls_away_without_it():
    assert [name for name in contract.OPTIONAL if not not_connected.disabled(name)] == []


def test_programmes_lose_their_evidence_or_every_rule():
    assert not_connected.lost_programmes("service_record") == ["P1101", "P1102", "P1103", "P1104"]
    by_policy = not_connected.lost_programmes("programme_policy")
    assert "P0912" not in by_policy  # its rule for 低保对象 names no policy
    assert by_policy == ["P1201", "P1202", "P1203", "P1204", "P1205"]
