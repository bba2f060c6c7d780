"""Seasons in words, drawn: `docs/definitions.md`, “Eligible, covered, gap”."""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from exhibits.coverage import cascade, matrix, seasons
from exhibits.overview import headlines
from queries.answers.coverage import coverage, last_season
from queries.scope import Scope

FRAMES = registry(
    identification_spell="spell_id | person_key | category_code | region_code | residence_type | valid_from"
    + "".join(f"\ns{i} | p{i:02} | dibao | 621202001 | rural | 2024-01-01" for i in range(40)),
    programme_policy="""
        programme_code | region_code | category_code | in_scope | valid_from
        P1201          | 621202      | any           | 1        | 2020-01-01
    """,
    benefit_event="event_id | person_key | programme_code | occurred_on | period_code"
    + "".join(f"\ne{i} | p{i:02} | P1201 | 2025-11-{10 + i % 9} | 2025-2026" for i in range(35)),
    benefit_spell="spell_id | person_key | programme_code | valid_from"
    + "".join(f"\nb{i} | p{i:02} | P0801 | 2024-02-01" for i in range(38)),
)


@pytest.fixture(scope="module")
def on(tmp_path_factory):
    """The snapshot of a day."""
    return lambda day: snapshot_of(FRAMES, tmp_path_factory.mktemp("day"), day)


def heating(rows):
    return rows.filter(programme_code="P1201").row(0, named=True)


def test_while_it_is_paid_out(on):
    day = date(2025, 12, 31)
    said = seasons.paying(heating(coverage(on(day))), day)
    assert said == "发放期内，已发放87.50%，应于12月31日前发放完毕"
    finding = cascade.cascade(on(day), Scope(day), "firm").finding
    assert finding.endswith("取暖救助发放期内，已发放87.50%，应于12月31日前发放完毕。")


def test_off_season_the_season_that_ended_is_named_with_its_rate(on):
    day = date(2026, 10, 31)
    snapshot = on(day)
    said = seasons.over(heating(last_season(snapshot)))
    assert said == "非发放期（2025—2026采暖季已结束，覆盖率87.50%）"
    exhibit = cascade.cascade(snapshot, Scope(day), "firm")
    row = exhibit.table.filter(项目="取暖救助").row(0, named=True)
    assert (row["单位"], row["符合条件（人、户）"], row["说明"]) == ("户", 40, said)
    assert "取暖救助" not in exhibit.chart.data["label"].to_list()
    assert said in matrix.matrix(snapshot, Scope(day)).finding


def test_households_stand_beside_persons_and_both_are_to_be_verified(on):
    day = date(2026, 1, 31)
    snapshot = on(day)
    cards = {card.indicator.id: card for card in headlines.headlines(snapshot, Scope(day))}
    # Of dibao two persons, of heating five households.
    assert cards["I0890"].figure == "2人、5户"
    assert cards["I0890"].target == "按规则筛查、待核实；仅指在册人员"
    assert (cards["I0895"].figure, cards["I0895"].target) == ("1个", "未达标项目：取暖救助")
    finding = matrix.matrix(snapshot, Scope(day)).finding
    assert finding.startswith("全市应救未救2人、5户（按规则筛查、待核实；仅指在册人员），")
    assert "武都区取暖救助（5户）" in finding
