"""A rule added to the table, drawn: `docs/definitions.md`, “Eligible, covered, gap”."""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from edited_reference import replaced, rules_added, shipped
from queries.answers.coverage import coverage

D = date(2026, 10, 31)

FRAMES = registry(
    identification_spell="""
        spell_id | person_key | household_key | category_code | region_code | residence_type | valid_from
        s1       | a          | h1            | dibao_margin  | 621202001   | rural          | 2024-01-01
        s2       | b          | h1            | dibao_margin  | 621202001   | rural          | 2024-01-01
        s3       | c          | h2            | dibao_margin  | 621221001   | urban          | 2025-01-01
        s4       | d          | h3            | other         | 621221001   | urban          | 2025-01-01
    """,
    circumstance_spell="""
        spell_id | person_key | circumstance_code | attr1 | attr2    | valid_from
        c1       | b          | disability        | 4     | physical | 2025-01-01
        c2       | d          | disability        | 4     | physical | 2025-01-01
    """,
    benefit_spell="""
        spell_id | person_key | programme_code | valid_from
        b1       | a          | P0802          | 2025-02-01
    """,
    benefit_event="""
        event_id | person_key | programme_code | occurred_on
        e1       | c          | P0933          | 2026-04-01
        e2       | a          | P0933          | 2026-04-01
    """,
)


def figures(folder, programme, day=D):
    """basis, eligible, covered and eligible, gap of the city."""
    rows = coverage(snapshot_of(FRAMES, folder, day), "city").filter(programme_code=programme)
    return rows.select("basis", "eligible", "covered_eligible", "gap").row(0)


def test_a_local_rule_makes_eligible_whom_it_names(tmp_path):
    assert figures(tmp_path / "before", "P0802") == ("firm", 0, 0, 0)
    with rules_added(
        tmp_path, ("L0802", "P0802", "yes", "cat('dibao_margin') and hh_has('disability')")
    ):
        assert figures(tmp_path / "after", "P0802") == ("firm", 2, 1, 1)
    assert figures(tmp_path / "again", "P0802") == ("firm", 0, 0, 0)


@pytest.mark.parametrize(
    ("test_expr", "eligible"),
    [
        ("res == 'urban' and not has('disability')", 1),
        ("cat('other') or hh_has('disability')", 3),
        ("disability_type('physical', 'visual')", 2),
        ("not (cat('dibao_margin') or hh_has_severe_disability())", 1),
        ("in_assistance()", 1),
        # Nobody's birth is known.
        ("age >= 18", 0),
        ("not age >= 18", 4),
    ],
)
def test_every_join_of_terms(tmp_path, test_expr, eligible):
    with rules_added(tmp_path, ("L0802", "P0802", "yes", test_expr)):
        assert figures(tmp_path, "P0802")[1] == eligible


def test_a_firm_rule_replaces_the_suspected_ones_and_without_an_anchor_nobody_is_covered(tmp_path):
    """No rule that counts names `tekun_scattered` then."""
    rules = [(f"L{p}", p, "yes", "lowincome()") for p in ("P0931", "P0932", "P0933")]
    assert figures(tmp_path / "before", "P0933") == ("suspected", 0, 0, 0)
    with rules_added(tmp_path, *rules):
        assert figures(tmp_path / "after", "P0933") == ("firm", 3, 0, 3)


def test_evidence_after_the_start_of_a_circumstance_in_the_household(tmp_path):
    with rules_added(tmp_path, ("L0933", "P0933", "yes", "hh_has('disability') or res == 'urban'")):
        # c lives alone and has no disability: eligible by residence, without an anchor.
        assert figures(tmp_path, "P0933") == ("firm", 3, 1, 2)
    with rules_added(tmp_path / "2", ("L0933", "P0933", "yes", "hh_has('disability')")):
        assert figures(tmp_path / "2", "P0933") == ("firm", 2, 1, 1)


def test_a_rule_holds_from_its_day_until_its_last(tmp_path):
    # Both with disability in the household, from July on; nobody by the rule that ended then.
    ended = [
        row | ({"valid_to": "2026-07-01"} if row["rule_id"] == "R0802" else {})
        for row in shipped("eligibility_rules")
    ]
    local = dict.fromkeys(ended[0], "") | {
        "rule_id": "L0802",
        "programme_code": "P0802",
        "gap_basis": "suspect_list",
        "test_expr": "hh_has('disability') and cat('dibao_margin')",
        "valid_from": "2026-07-01",
    }
    with replaced(tmp_path, {"eligibility_rules": [*ended, local]}):
        june, july = date(2026, 6, 30), date(2026, 7, 1)
        assert figures(tmp_path / "june", "P0802", june) == ("firm", 0, 0, 0)
        assert figures(tmp_path / "july", "P0802", july) == ("suspected", 2, 1, 1)
