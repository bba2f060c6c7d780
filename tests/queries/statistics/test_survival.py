"""Kaplan–Meier against published figures, and against fractions counted one by one.

Data as printed: a `+` is a censored time. Curves, limits and quantiles: R survival 3.8,
`survfit(..., conf.type = "log-log")`. R averages two times when S is exactly 0.5; ours takes the
smaller, so no such case is restated from R.
"""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.statistics.survival import kaplan_meier, quantiles_of, reached_by_half, survival_on

#: Freireich et al., Blood 21 (1963): weeks of remission in acute leukaemia.
FREIREICH = {
    "6-MP": "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+",
    "placebo": "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23",
}

#: Miller, Survival Analysis (1981), `aml` of R survival: weeks of maintained remission.
AML = {
    "maintained": "9 13 13+ 18 23 28+ 31 34 45+ 48 161+",
    "nonmaintained": "5 5 8 8 12 16+ 23 27 30 33 43 45",
}


def times(groups: dict[str, str]) -> pl.DataFrame:
    rows = [
        (group, int(one.rstrip("+")), int(not one.endswith("+")), int(one.endswith("+")))
        for group, line in groups.items()
        for one in line.split()
    ]
    schema = {"group": pl.String, "time": pl.Int64, "responded": pl.Int64, "censored": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def curve(line: str) -> pl.DataFrame:
    return kaplan_meier(times({"a": line}), ["group"])


def quantile(line: str, level: float) -> tuple:
    return quantiles_of(curve(line), ["group"], level).row(0)[1:]


def test_curve_of_freireich():
    found = curve(FREIREICH["6-MP"]).select(
        "time", "at_risk", "responded", "censored", pl.col("survival").round(6)
    )
    assert found.rows() == [
        (6, 21, 3, 1, 0.857143),
        (7, 17, 1, 0, 0.806723),
        (9, 16, 0, 1, 0.806723),
        (10, 15, 1, 1, 0.752941),
        (11, 13, 0, 1, 0.752941),
        (13, 12, 1, 0, 0.690196),
        (16, 11, 1, 0, 0.627451),
        (17, 10, 0, 1, 0.627451),
        (19, 9, 0, 1, 0.627451),
        (20, 8, 0, 1, 0.627451),
        (22, 7, 1, 0, 0.537815),
        (23, 6, 1, 0, 0.448179),
        (25, 5, 0, 1, 0.448179),
        (32, 4, 0, 2, 0.448179),
        (34, 2, 0, 1, 0.448179),
        (35, 1, 0, 1, 0.448179),
    ]


def test_log_log_limits_of_aml():
    limits = curve(AML["maintained"]).select("time", "survival", "lower", "upper")
    published = [
        (9, 0.909090909090909, 0.50808020576993, 0.986673822667823),
        (13, 0.818181818181818, 0.447428614682181, 0.951162228582492),
        (18, 0.715909090909091, 0.350190385907938, 0.899023974191053),
        (23, 0.613636363636364, 0.265752040001286, 0.835299243250221),
        (28, 0.613636363636364, 0.265752040001286, 0.835299243250221),
        (31, 0.490909090909091, 0.167330909776851, 0.753399790370811),
        (34, 0.368181818181818, 0.0928295749369852, 0.657040832398164),
        (45, 0.368181818181818, 0.0928295749369852, 0.657040832398164),
        (48, 0.184090909090909, 0.0117384801231896, 0.525014842726641),
        (161, 0.184090909090909, 0.0117384801231896, 0.525014842726641),
    ]
    for found, expected in zip(limits.rows(), published, strict=True):
        assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("line", "level", "published"),
    [
        (FREIREICH["6-MP"], 0.5, (23, 13, None)),
        (FREIREICH["placebo"], 0.5, (8, 4, 11)),
        (FREIREICH["placebo"], 0.1, (17, 12, None)),
        (FREIREICH["6-MP"], 0.1, (None, None, None)),
        (FREIREICH["6-MP"], 0.25, (None, 23, None)),
        (AML["maintained"], 0.5, (31, 13, None)),
        (AML["nonmaintained"], 0.5, (23, 5, 33)),
        (AML["nonmaintained"], 0.1, (43, 30, None)),
        (" ".join(AML.values()), 0.5, (27, 13, 34)),
        (" ".join(FREIREICH.values()), 0.5, (12, 8, 17)),
    ],
)
def test_published_quantiles(line, level, published):
    assert quantile(line, level) == published


def test_groups_are_apart():
    both = kaplan_meier(times(FREIREICH), ["group"])
    assert (
        both.filter(group="placebo")
        .drop("group")
        .equals(kaplan_meier(times({"placebo": FREIREICH["placebo"]}), ["group"]).drop("group"))
    )
    assert quantiles_of(both, ["group"], 0.5)["quantile"].to_list() == [23, 8]


def test_counts_weigh_as_rows_do():
    rows = times(FREIREICH)
    weighted = rows.group_by("group", "time").agg(pl.col("responded", "censored").sum())
    assert kaplan_meier(weighted, ["group"]).equals(kaplan_meier(rows, ["group"]))


def test_a_time_at_which_nobody_left_is_no_row():
    frame = pl.DataFrame({"g": ["a", "a"], "time": [1, 2], "responded": [0, 1], "censored": [0, 0]})
    assert kaplan_meier(frame, ["g"])["time"].to_list() == [2]


def test_limits_are_empty_at_one_and_at_zero():
    rows = curve("1+ 2 3").select("survival", "lower", "upper").rows()
    assert rows[0] == (1, None, None)
    assert rows[1][1] is not None
    assert rows[2] == (0, None, None)


def test_an_empty_limit_reaches_no_level():
    assert quantile("4", 0.5) == (4, None, None)


def test_half_reached_exactly_is_reached():
    assert quantile("3 5", 0.5)[0] == 3
    # 9/10 · 8/9 · … · 5/6 is 0.5; as floats a little more.
    assert quantile(" ".join(str(t) for t in range(1, 11)), 0.5)[0] == 5
    assert quantile(" ".join(str(t) for t in range(1, 11)), 0.1)[0] == 9


def test_all_open_is_not_reached():
    assert quantile("1+ 5+ 9+", 0.5) == (None, None, None)


def test_no_rows_no_groups():
    empty = kaplan_meier(times({}), ["group"])
    assert empty.is_empty()
    assert quantiles_of(empty, ["group"], 0.5).is_empty()


def test_numbers_of_a_nation_do_not_overflow():
    rows = pl.DataFrame(
        {"g": 1, "time": [1, 2], "responded": [40_000_000, 1], "censored": [0, 26_000_000]},
        schema_overrides={"responded": pl.UInt32, "censored": pl.UInt32},
    )
    found = kaplan_meier(rows, ["g"])
    assert found["at_risk"].to_list() == [66_000_001, 26_000_001]
    assert found["lower"].to_list() == pytest.approx([0.3938, 0.3938], abs=1e-3)


LIVES = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def naive_survival(lives: list[tuple[int, bool]]) -> dict[int, Fraction]:
    survival, curve = Fraction(1), {}
    for time in sorted({time for time, _ in lives}):
        at_risk = sum(other >= time for other, _ in lives)
        events = sum(other == time and answered for other, answered in lives)
        survival *= 1 - Fraction(events, at_risk)
        curve[time] = survival
    return curve


@given(LIVES)
def test_survival_as_counted_in_fractions(lives):
    line = " ".join(f"{time}{'' if answered else '+'}" for time, answered in lives)
    expected = naive_survival(lives)
    found = curve(line)
    assert found["time"].to_list() == list(expected)
    assert found["survival"].to_list() == pytest.approx([float(s) for s in expected.values()])
    for level in (Fraction(1, 2), Fraction(1, 10)):
        reached = [time for time, survival in expected.items() if survival <= level]
        assert quantile(line, float(level))[0] == min(reached, default=None)


@given(LIVES)
def test_limits_enclose_survival(lives):
    line = " ".join(f"{time}{'' if answered else '+'}" for time, answered in lives)
    inside = curve(line).drop_nulls()
    assert (inside["lower"] <= inside["survival"]).all()
    assert (inside["survival"] <= inside["upper"]).all()


@pytest.mark.parametrize(
    ("days", "median"),
    [([1, 2, 3], 2), ([1, 2, 3, 4], 2), ([7], 7), ([0, 0, 9], 0), ([5, 1, 1, 5], 1)],
)
def test_reached_by_half(days, median):
    counted = pl.DataFrame({"g": "a", "time": days, "n": 1})
    assert reached_by_half(counted, ["g"]).rows() == [("a", median)]


def test_reached_by_half_of_counts():
    counted = pl.DataFrame(
        {"g": ["a", "a", "a", "b"], "time": [9, 0, 4, 1], "n": [5, 2, 3, 0]},
        schema_overrides={"n": pl.UInt32},
    )
    assert reached_by_half(counted, ["g"]).sort("g").rows() == [("a", 4), ("b", None)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("3 25", 0.5), ("3 20+", 0.5), ("3 19+", None), ("21 22", 1.0), ("3 5", 0.0), ("30+", 1.0),
     ("5 5+", None)],
)  # fmt: skip
def test_a_day_is_read_only_where_somebody_is_still_at_risk_or_all_have_answered(line, expected):
    assert survival_on(curve(line), ["group"], 20).rows() == [("a", expected)]
