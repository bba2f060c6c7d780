"""The command line: stable columns, one clear line and exit 2 for what cannot be answered."""

import csv
import io
import json
from datetime import date

import pytest

from data import settings
from data.audit import read, verify
from drawing import registry, snapshot_of
from queries.__main__ import main

D = date(2026, 10, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    frames = registry(
        identification_spell="""
            spell_id | person_key | category_code | region_code | residence_type | valid_from
            s1       | a          | dibao         | 621202001   | rural          | 2024-01-01
            s2       | b          | tekun         | 621221001   | rural          | 2024-01-01
        """,
        warning="""
            warning_id | direction | kind_code   | source_channel | region_code | raised_at
            w1         | entry     | income_drop | field_visit    | 621202001   | 2026-10-09 10:00:00
            w2         | exit      | death       | data_match     |             | 2026-10-30 10:00:00
        """,
        referral="""
            referral_id | region_code | to_dept   | programme_code | sent_at    | responded_at | returned_at
            r1          | 621202001   | education | P0921          | 2026-10-12 | 2026-10-15   |
            r2          | 621202001   | education | P0921          | 2026-10-12 |              | 2026-10-14
            r3          | 621221001   | housing   | P0933          | 2026-10-30 |              |
        """,
    )
    snapshot_of(frames, store, D)
    return str(store / "snapshot")


def rows(capsys, *arguments):
    assert main([str(a) for a in arguments]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        raise SystemExit(main([str(a) for a in arguments]))
    assert stop.value.code == 2
    return capsys.readouterr().err.strip().splitlines()[-1]


def test_indicators_print_one_line_a_figure(folder, capsys):
    found = rows(capsys, "indicators", "--snapshot", folder, "--as-of", D, "--id", "I0101", "I0201")
    assert found == [
        {
            "id": "I0101",
            "name": "低收入人口总数",
            "unit": "人",
            "group": "621200",
            "numerator": "2.0",
            "denominator": "",
            "value": "2.0",
            "lower": "",
            "upper": "",
            "status": "ok",
        },
        {
            "id": "I0201",
            "name": "需求推送签收率",
            "unit": "%",
            "group": "621200",
            "numerator": "0.0",
            "denominator": "3.0",
            "value": "0.0",
            "lower": "0.0",
            # Wilson for 0 of 3: z² ÷ (3 + z²).
            "upper": found[1]["upper"],
            "status": "ok",
        },
    ]
    assert float(found[1]["upper"]) == pytest.approx(56.1497, abs=1e-4)


def test_coverage_prints_every_programme(folder, capsys):
    found = rows(capsys, "coverage", "--snapshot", folder, "--as-of", D, "--by", "county")
    assert len(found) == 46 * 2
    assert list(found[0]) == [
        "programme_code",
        "group",
        "unit",
        "basis",
        "status",
        "eligible",
        "covered",
        "covered_eligible",
        "excluded",
        "pending",
        "gap",
        "beyond_rule",
        "rate",
        "paid_share",
    ]


def test_warnings_print_the_state_of_each(folder, capsys):
    # 2026-10-09 is a Friday after the holidays; 2026-10-10 a make-up working day.
    assert rows(capsys, "warnings", "--snapshot", folder, "--as-of", D, "--by", "county") == [
        {
            "group": "",
            "direction": "exit",
            "state": "unverified",
            "warnings": "1",
            "overdue": "0",
            "oldest_workdays": "0",
        },
        {
            "group": "621202",
            "direction": "entry",
            "state": "unverified",
            "warnings": "1",
            "overdue": "1",
            "oldest_workdays": "16",
        },
    ]


def test_response_prints_the_honest_median_and_the_others(folder, capsys):
    arguments = ("response", "--snapshot", folder, "--as-of", D, "--from", "2026-10-01")
    found = {row["group"]: row for row in rows(capsys, *arguments, "--by", "department")}
    education = found["education"]
    assert (education["referrals"], education["responded"], education["returned"]) == (
        "2",
        "1",
        "1",
    )
    assert (education["median"], education["closed_only_median"]) == ("3", "3")
    assert (found["housing"]["open"], found["housing"]["median"]) == ("1", "")
    curve = rows(capsys, *arguments, "--by", "city", "--curve")
    assert [(c["workdays"], c["at_risk"], c["responded"], c["censored"]) for c in curve] == [
        ("0", "3", "0", "1"),
        ("2", "2", "0", "1"),
        ("3", "1", "1", "0"),
    ]


def test_json_is_one_list(folder, capsys):
    assert main(["trend", "--snapshot", folder, "--id", "I0101", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["as_of"], row["value"], row["signal"]) == ("2026-10-31", 2.0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "2026-10-31", "--id", "I9999"), "unknown indicator I9999"),
        (("--as-of", "2026-09-30"), "2026-09-30 is not stored"),
        (("--as-of", "2026-10-31", "--from", "2026-11-01"), "lies after --as-of"),
        (("--as-of", "2026-10-31", "--period", "since_meeting"), "no meeting was held"),
        (("--as-of", "2026-10-31", "--id", "I0707", "--by", "category"), "cannot be grouped by"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_exit_2(folder, capsys, arguments, said):
    assert said in refused(capsys, "indicators", "--snapshot", folder, *arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("indicators", "--as-of", "yesterday"), "is not a day such as 2026-10-31"),
        (("indicators", "--as-of", str(D), "--period", "week"), "invalid choice: 'week'"),
        (("response", "--as-of", str(D)), "one of the arguments --from --period is required"),
        (
            ("response", "--as-of", str(D), "--from", str(D), "--period", "year"),
            "not allowed with argument",
        ),
    ],
)
def test_wrong_arguments_exit_2(folder, capsys, arguments, said):
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("period", "since"),
    [("month", "2026-10-01"), ("year", "2026-01-01"), ("twelve_months", "2025-11-01")],
)
@pytest.mark.parametrize("command", ["indicators", "response"])
def test_a_period_is_its_first_day(folder, capsys, command, period, since):
    asked = (command, "--snapshot", folder, "--as-of", D)
    assert rows(capsys, *asked, "--period", period) == rows(capsys, *asked, "--from", since)


def test_without_a_period_flows_are_of_the_month(folder, capsys):
    asked = ("indicators", "--snapshot", folder, "--as-of", D)
    assert rows(capsys, *asked) == rows(capsys, *asked, "--period", "month")


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "AUDIT_DIR", tmp_path / "audit")
    monkeypatch.setenv("SUDO_USER", "zhang")
    monkeypatch.setattr("data.audit.by_hand.account", lambda: "board")
    return tmp_path / "audit"


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("indicators", "--id", "I0101", "I0201"), {"by": "city", "id": "I0101 I0201"}),
        (("coverage", "--by", "county"), {"by": "county"}),
        (("warnings", "--by", "kind"), {"by": "kind"}),
        (("response", "--from", "2026-10-01"), {"by": "city", "since": "2026-10-01"}),
        (("trend", "--id", "I0101"), {"by": "city", "id": "I0101"}),
    ],
)
def test_an_answer_is_one_line_of_the_log(folder, log, arguments, options):
    name, *others = arguments
    assert main([name, "--snapshot", folder, "--as-of", str(D), *others]) == 0
    (entry,) = read(log).drop("at", "options").to_dicts()
    assert entry == {
        "account": "board",
        "unit": "命令行",
        "role": "office",
        "event": "export",
        "what": f"queries {name}",
        "as_of": "2026-10-31",
        **dict.fromkeys(
            ("compared", "region", "department", "category", "residence", "period", "source"), ""
        ),
    }
    told = json.loads(read(log)["options"].item())
    assert told == options | {"format": "csv", "sudo": "zhang"}
    assert verify(log) is None


def test_the_log_has_the_role_that_was_asked_for(stored, log):
    role = ("--role", "county", "--own-county", "621202")
    assert main(["coverage", "--snapshot", str(stored("empty")), "--as-of", str(D), *role]) == 0
    assert read(log)["role"].item() == "county"
    assert json.loads(read(log)["options"].item())["own_county"] == "621202"


def test_an_answer_that_cannot_be_noted_is_not_given(folder, log, capsys):
    log.write_text("no folder")
    assert main(["coverage", "--snapshot", folder, "--as-of", str(D)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "cannot be written" in told.err
    assert told.err.count("\n") == 1


def test_what_has_no_answer_is_not_noted(folder, log):
    assert main(["coverage", "--snapshot", folder, "--as-of", "2020-01-01"]) == 2
    assert not log.exists()
