"""The change of a sum is over the programmes counted and past their `payout_due` on both days.

`docs/definitions.md`, “Uncertainty and signals”.
"""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from exhibits.coverage.overall import overall_words
from exhibits.overview.headlines import headlines
from exhibits.tasks.rows import tasks
from queries.answers.compared_sums import compared
from queries.answers.indicators import indicators
from queries.scope import Scope

#: a is paid, b from November on, c never, d never since the school year 2025-2026.
FRAMES = registry(
    identification_spell="""
        spell_id | person_key | category_code | region_code | residence_type | valid_from
        s1       | a          | dibao         | 621202001   | rural          | 2024-01-01
        s2       | b          | dibao         | 621202001   | rural          | 2024-01-01
        s3       | c          | dibao         | 621202002   | urban          | 2024-01-01
        s4       | d          | dibao         | 621221001   | rural          | 2024-01-01
    """,
    benefit_spell="""
        spell_id | person_key | programme_code | valid_from
        b1       | a          | P0801          | 2024-02-01
        b2       | b          | P0801          | 2026-11-15
        b3       | d          | P0801          | 2024-02-01
    """,
    circumstance_spell="""
        spell_id | person_key | circumstance_code | attr1      | valid_from
        k1       | a          | student           | senior_high | 2025-01-01
        k2       | d          | student           | senior_high | 2025-01-01
    """,
    programme_policy="""
        programme_code | region_code | category_code | in_scope | valid_from
        P1201          | 621202      | any           | 1        | 2020-01-01
    """,
    benefit_event="""
        event_id | person_key | programme_code | occurred_on | period_code
        e1       | a          | P0923          | 2025-12-10  | 2025-2026
        e2       | a          | P1201          | 2025-12-10  | 2025-2026
        e3       | a          | P1201          | 2026-11-10  | 2026-2027
    """,
)

DAYS = {
    day: date.fromisoformat(day)
    for day in ("2026-04-30", "2026-05-31", "2026-07-31", "2026-08-31", "2026-10-31", "2026-11-30")
}


@pytest.fixture(scope="module")
def on(tmp_path_factory):
    """Snapshots by day, all in one store."""
    folder = tmp_path_factory.mktemp("days")
    return {text: snapshot_of(FRAMES, folder, day) for text, day in DAYS.items()}


def whole(snapshot, indicator, by, group):
    return indicators(snapshot, by).filter(id=indicator, group=group)["value"][0]


SCHOOL = ["P0921", "P0922", "P0923", "P0924", "P0925"]


@pytest.mark.parametrize(
    ("now", "before", "indicator", "by", "group", "figures", "pair", "left"),
    [
        # Off season against in season: the school year has ended, and with it d's gap.
        ("2026-08-31", "2026-07-31", "I0890", "city", "621200", (2, 3), (2, 2), SCHOOL),
        ("2026-08-31", "2026-07-31", "I0890", "county", "621221", (0, 1), (0, 0), SCHOOL),
        ("2026-08-31", "2026-07-31", "I0890", "county", "621202", (2, 2), (2, 2), SCHOOL),
        # A day in November against one in October: nothing of heating and school is due yet.
        ("2026-11-30", "2026-10-31", "I0890", "city", "621200", (1, 2), (1, 2), SCHOOL),
        (
            *("2026-11-30", "2026-10-31", "I0891", "county", "621202"),
            # Of P0801 two of three against one; the heating that a has got stands in the 75 alone.
            *((75, 33.33), (66.67, 33.33), [*SCHOOL, "P1201"]),
        ),
        (
            *("2026-11-30", "2026-10-31", "I0891", "department", "civil_affairs"),
            *((80, 50), (75, 50), ["P1201"]),
        ),
        # A group of which nothing is left, and one that has no season.
        ("2026-08-31", "2026-07-31", "I0890", "task_row", "9-2", (None, 1), (None, None), SCHOOL),
        ("2026-11-30", "2026-10-31", "I0890", "task_row", "8", (1, 2), (1, 2), []),
        # Of households counted once no part can be had; where no programme differs, the whole.
        ("2026-05-31", "2026-04-30", "I0894", "city", "621200", (0, 2), (None, None), ["P1201"]),
        ("2026-08-31", "2026-07-31", "I0894", "city", "621200", (0, 0), (0, 0), []),
        # What is no sum over programmes compares as it is.
        ("2026-08-31", "2026-07-31", "I0101", "city", "621200", (4, 4), (4, 4), []),
    ],
)
def test_both_days_are_of_the_same_programmes(
    on, now, before, indicator, by, group, figures, pair, left
):
    days = on[now], on[before]
    both = tuple(whole(day, indicator, by, group) for day in days)
    assert rounded(both) == figures
    ours, programmes = compared(days, indicator, both, by, group)
    assert (rounded(ours), programmes) == (pair, left)


def rounded(pair):
    return tuple(None if each is None else round(each, 2) for each in pair)


def test_persons_are_narrowed_like_the_figure(on):
    days = on["2026-08-31"], on["2026-07-31"]
    rural, _ = compared(days, "I0890", (1, 2), "city", "621200", narrowed=(("residence", "rural"),))
    assert rural == (1, 1)


def test_a_source_connected_between_two_days_is_no_change(tmp_path):
    tables = {name: frame for name, frame in FRAMES.items() if name != "benefit_event"}
    now = snapshot_of(FRAMES, tmp_path / "now", DAYS["2026-04-30"])
    before = snapshot_of(tables, tmp_path / "before", date(2026, 3, 31))
    ours, left = compared((now, before), "I0890", (3, 2), "city", "621200")
    assert (ours, set(SCHOOL) <= set(left)) == ((2, 2), True)


def test_what_is_left_out_is_named_beside_the_change(on):
    day, earlier = DAYS["2026-08-31"], DAYS["2026-07-31"]
    snapshot = on["2026-08-31"]
    cards = {card.indicator.id: card for card in headlines(snapshot, Scope(day, earlier))}
    assert (cards["I0890"].figure, cards["I0890"].change) == ("2人、0户", "持平（不含学年各项目）")
    finding = overall_words(snapshot, Scope(day, earlier), "firm")
    assert (
        "2人、0户（按规则筛查、待核实；仅指在册人员），较2026年7月31日持平（不含学年各项目）"
        in finding
    )
    day, earlier = DAYS["2026-11-30"], DAYS["2026-10-31"]
    lines = {
        (line.id, task.row): line
        for task in tasks(on["2026-11-30"], Scope(day, earlier))
        for line in task.lines
    }
    # Row 8 has no season, row 12 nothing but heating to compare.
    assert lines["I0890", "8"].change == "下降50.00%"
    assert (lines["I0894", "12"].figure, lines["I0894", "12"].change) == ("0户", "无可比数据")
    county = headlines(on["2026-11-30"], Scope(day, earlier, "621202"))
    (below,) = [card for card in county if card.indicator.id == "I0895"]
    assert (below.figure, below.change) == ("0个", "持平（不含学年各项目、取暖救助）")
