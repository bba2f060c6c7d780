"""The rules of `eligibility_rules.csv`: a wrong one is refused with file, rule and text."""

import runpy
from pathlib import Path

import polars as pl
import pytest

from data.reference.eligibility_rules import read_rules, rules
from data.reference.files import ConfigurationError
from data.reference.rule_language import terms
from data.reference.rule_vocabulary import TERMS, Term
from edited_reference import rules_added
from pages.shared.sign_in import authentication_mode
from queries.__main__ import main
from queries.cubes.rules import TERMS as MEANT

ROOT = Path(__file__).parents[3]


def drawn(*rows):
    return pl.DataFrame(
        rows, schema=["rule_id", "programme_code", "gap_basis", "test_expr"], orient="row"
    )


def test_a_rule_is_read():
    assert read_rules(drawn(("L1", "P0801", "yes", "has('disability')"))) == [
        Term("has", ("disability",))
    ]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            ("L1", "P0801", "yes", "has('illness')"),
            "test_expr“has('illness')”：没有情形“illness”，见“'illness'”",
        ),
        (("L1", "P0801", "yes", None), "test_expr“”：不是条件式"),
        (("L1", "P0000", "yes", "lowincome()"), "programme_code“P0000”：没有这个项目"),
        (("L1", "P0801", "firm", "lowincome()"), "gap_basis“firm”：须为yes、suspect_list、no之一"),
        ((None, "P0801", "yes", "lowincome()"), "rule_id“”：规则须有编号"),
    ],
)
def test_a_wrong_rule_is_refused(rule, message):
    with pytest.raises(ConfigurationError) as refused:
        read_rules(drawn(("L0", "P0801", "yes", "lowincome()"), rule))
    assert f"eligibility_rules.csv，第3行，{message}" in str(refused.value)


def test_a_long_text_is_repeated_in_part():
    with pytest.raises(ConfigurationError) as refused:
        read_rules(drawn(("L1", "P0801", "yes", "(" * 10_000)))
    assert len(str(refused.value)) < 500


def test_the_fifty_rules_of_the_policy_can_be_read_and_every_term_has_a_meaning():
    assert len(rules()) == 50
    named = {term.name for rule in rules() for term in terms(rule.expression)}
    assert named <= set(MEANT)
    assert {*TERMS, "res", "adult", "child"} == set(MEANT)


def test_neither_a_refresh_nor_the_board_begins_with_a_wrong_rule(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(authentication_mode, "refusal", lambda address: "")
    with rules_added(tmp_path, ("L1", "P0801", "yes", "has_disability()")):
        assert main(["refresh", "--snapshot", str(tmp_path / "store")]) == 1
        said = (
            "eligibility_rules.csv，第52行，test_expr“has_disability()”：没有条件“has_disability”"
        )
        assert said in capsys.readouterr().err
        with pytest.raises(SystemExit, match=r"does not start: .*eligibility_rules.csv，第52行"):
            runpy.run_path(str(ROOT / "dashboard.py"))
    assert not (tmp_path / "store").exists()
