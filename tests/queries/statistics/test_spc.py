"""XmR charts against published series, and against the rules read word by word.

`docs/definitions.md`, “Uncertainty and signals”.

Expected labels and limits: R package NHSRplotthedots 0.2.2 with `screen_outliers = TRUE`, which
drops ranges above 3.267 × their mean once, as definitions.md does (`FALSE` keeps them: other
limits, not ours). Where two trends meet in a point inside the limits, ours counts it to the earlier
one; none of these series has such a point. Series of fewer than 12 points it labels, ours does not.
"""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.statistics.spc import variation, xmr

#: NHSRdatasets `ae_attendances` (NHS England, CC0): % within four hours, 2016-04 to 2019-03.
ENGLAND = """
    90.0351272445752 90.2755586039008 90.5599442924808 90.2852478603044 90.9763097023593
    90.6478685394455 89.0530897944666 88.3790361088355 86.1759455961147 85.1413411900772
    87.5309039599129 90.0094948294354 90.5152526308339 89.7003516082193 90.7251852505647
    90.3478589585833 90.2992887586035 89.666093965558 89.9418678885026 88.7665524683974
    84.9850345866222 85.2991821351682 85.0447689355894 84.6212163714731 88.5724882821693
    90.3901115198354 90.7629724223498 89.319490471105 89.7270271000784 88.9436828630475
    89.0093349721951 87.6044668711635 86.4463218394173 84.3525141560121 84.2252500962942
    86.6042767179535
"""

#: Breaches of one trust (RRK) in the same data.
RRK = """
    1195 1843 1397 1333 1771 1751 2013 1759 2179 2585 1654 1543
    1632 1558 1190 1357 1279 1683 2190 1804 986 2181 2048 2154
"""

LETTERS = {"": ".", "outside": "O", "trend": "T", "two_of_three": "2", "shift": "7"}
MARKS = {"": ".", "improvement": "+", "concern": "-", "neutral": "n"}


def judged(line: str | list, better: str = "up", **options) -> pl.DataFrame:
    values = [float(v) for v in line.split()] if isinstance(line, str) else line
    return xmr(pl.DataFrame({"value": values}, schema={"value": pl.Float64}), better, **options)


def reasons(line: str | list) -> set[str]:
    return set(judged(line)["unjudged"])


def rules(line: str | list) -> str:
    return "".join(LETTERS[rule] for rule in judged(line)["rule"])


def signals(line: str | list, better: str = "up") -> str:
    return "".join(MARKS[signal] for signal in judged(line, better)["signal"])


def limits(line: str | list) -> tuple[float, float, float]:
    return judged(line).select("mean", "lower", "upper").row(0)


def test_limits_of_england():
    assert limits(ENGLAND) == pytest.approx((88.4705682942124, 86.0447212874682, 90.8964153009565))


def test_labels_of_england():
    assert rules(ENGLAND) == "7222O27..O.727222777OOOO7227777..OO."
    assert signals(ENGLAND) == "+++++++..-.+++++++++----+++++++..--."


def test_labels_of_breaches_where_fewer_is_better():
    assert limits(RRK) == pytest.approx((1711.875, 849.793181818182, 2573.95681818182))
    assert rules(RRK) == ".........O77777777......"
    assert signals(RRK, "down") == ".........-++++++++......"


def test_deviations_vignette_one_outlier_does_not_widen_the_limits():
    series = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1"
    mean, lower, upper = limits(series)
    assert (round(upper, 2), round(mean, 2), round(lower, 2)) == (4.60, 1.94, -0.72)
    assert rules(series) == "....O............."


# Edge cases of NHSRplotthedots' own tests and issues, labels as it gives them.


def test_opposite_sides_are_no_two_of_three():
    series = "1 -1 1 -1 1 -1 1 -1 1 -1 1 -1 1 -1 5.5 -5.5"
    assert limits(series) == pytest.approx((0, -6.175, 6.175))
    assert rules(series) == "................"


def test_up_and_down_again():
    series = "0 1 2 3 4 5 6 7 6 5 4 3 2 1"
    assert limits(series) == pytest.approx((3.5, 0.84, 6.16))
    assert rules(series) == "OTTTTTTOTTTTTT"
    assert signals(series) == "-+++++++------"


def test_a_tie_breaks_a_trend():
    series = "5 5.2 4.9 5.1 1 2 3 3 4 5 6 5 4.8 5.1 5 4.9 5.2 5.1"
    assert limits(series) == pytest.approx((4.40555555555556, 3.10880555555556, 5.70230555555556))
    assert rules(series) == "....OOOO.7O7777777"


def test_seven_points_of_a_trend_are_all_marked():
    series = "5 5.2 4.9 5.1 1 2 3 4 5 6 7 5 4.8 5.1 5 4.9 5.2 5.1"
    assert limits(series) == pytest.approx((4.62777777777778, 2.99852777777778, 6.25702777777778))
    assert rules(series) == "....OOTTTTO7777777"
    assert signals(series) == "....--++++++++++++"


def test_two_of_three_goes_before_seven_in_a_row():
    series = "4 5 4 5 4 5 4 5 4 5 4 5 7 7.2 7.1 7.3 7 7.2 7.1 7"
    assert limits(series) == pytest.approx((5.545, 3.557, 7.533))
    assert rules(series) == "272727272727" + "22222222"
    assert signals(series) == "------------" + "++++++++"


def test_two_outside():
    series = "10 11 " * 8 + "14 15 " + "10 11 " * 2
    assert limits(series) == pytest.approx((10.8636363636364, 7.93763636363636, 13.7896363636364))
    assert rules(series) == "." * 16 + "OO" + "...."


def test_random_numbers_are_common_cause_until_one_is_ten():
    # set.seed(123); rnorm(20); then the fifteenth is 10.
    series = [
        *(-0.560475646552213, -0.23017748948328, 1.55870831414912, 0.070508391424576),
        *(0.129287735160946, 1.71506498688328, 0.460916205989202, -1.26506123460653),
        *(-0.686852851893526, -0.445661970099958, 1.22408179743946, 0.359813827057364),
        *(0.400771450594052, 0.11068271594512, -0.555841134754075, 1.78691313680308),
        *(0.497850478229239, -1.96661715662964, 0.701355901563686, -0.472791407727934),
    ]
    assert limits(series) == pytest.approx((0.141623802474599, -3.0113795957081, 3.2946272006573))
    assert rules(series) == "." * 20
    series[14] = 10
    assert limits(series) == pytest.approx((0.669415859212302, -2.38366559727413, 3.72249731569874))
    assert rules(series) == "." * 14 + "O" + "." * 5


def test_fewer_than_twelve_points_claim_nothing():
    eleven = [1.0, 2.0] * 5 + [50.0]
    assert rules(eleven) == "." * 11
    assert limits(eleven)[0] == pytest.approx(65 / 11)
    assert rules([1.0, *eleven]).endswith("O")


def test_nulls_are_skipped():
    values = [float(v) for v in RRK.split()]
    gaps = [*values[:5], None, *values[5:], None]
    found = judged(gaps)
    assert limits(gaps) == limits(values)
    assert found.drop_nulls("value")["rule"].to_list() == judged(values)["rule"].to_list()
    assert found["rule"][5] == found["signal"][5] == ""
    assert found["value"].to_list() == gaps


def test_a_point_on_the_mean_breaks_seven_in_a_row():
    # Mean 0; wide limits through the last points.
    assert rules([1, 1.5, 1, 1.5, 1, 1.5, 1, -5, 5, -5, 5, -8.5])[:7] == "7777777"
    assert rules([1, 1.5, 1, 0, 1, 1.5, 1, -5, 5, -5, 5, -6.0])[:7] == "......."


def test_constant_series_has_no_signal():
    # The mean of thirty times 0.1 is not 0.1 in floats.
    assert rules([0.1] * 30) == "." * 30
    assert limits([0.1] * 30) == pytest.approx((0.1, 0.1, 0.1))
    assert reasons([0.1] * 30) == {"still"}


def test_one_case_among_zeros_makes_no_signal():
    # Ranges 1, 1 and ten 0: both 1 are over 3.267 × 2/12, what is left has mean 0.
    series = "0 0 0 0 0 0 1 0 0 0 0 0 0"
    assert limits(series) == pytest.approx((1 / 13, 1 / 13 - 2.66 / 6, 1 / 13 + 2.66 / 6))
    assert rules(series) == "." * 13
    assert reasons(series) == {"still"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        # Eleven ranges, of which five, then six are 0.
        ("1 1 1 1 1 1 2 3 4 5 6 7", ""),
        ("1 1 1 1 1 1 1 2 3 4 5 6", "still"),
        # Twelve ranges: half of them 0 is not more than half.
        ("1 1 1 1 1 1 1 2 3 4 5 6 7", ""),
    ],
)
def test_more_than_half_of_the_ranges_0_claims_nothing(line, reason):
    assert reasons(line) == {reason}


def test_of_ranges_all_alike_but_one_the_one_is_dropped():
    # Ranges of 1 eleven times and one of 20: the mean 31 / 12, times 3.267 8.44; left is 1.
    series = "10 11 10 11 10 11 10 11 10 11 10 11 31"
    assert limits(series) == pytest.approx((157 / 13, 157 / 13 - 2.66, 157 / 13 + 2.66))


def test_limits_are_cut_to_what_can_be():
    bounds = {"lowest": 0.0, "highest": 100.0}
    # Mean 2, every range 2: 2 ± 5.32.
    low = judged("1 3 1 3 1 3 1 3 1 3 1 3", **bounds)
    assert low.select("mean", "lower", "upper").row(0) == pytest.approx((2, 0, 7.32))
    high = judged("97 99 97 99 97 99 97 99 97 99 97 99", **bounds)
    assert high.select("mean", "lower", "upper").row(0) == pytest.approx((98, 92.68, 100))


def test_cut_limits_do_not_make_the_rules_stricter():
    # Mean 3, limit 6: 0.4 lies within two thirds of the way (4), though near a lower limit of 0.
    series = [5.6, 0.4, 5.6, 0.4, 5.6, 3.0, 3.0, 3.0, 3.0, 5.6, 5.6, 0.4, 0.4, 0.4]
    assert judged(series, lowest=0.0)["rule"].to_list() == judged(series)["rule"].to_list()
    assert judged(series, lowest=0.0)["lower"][0] == 0


@pytest.mark.parametrize("kind", ["season", "progress"])
def test_series_of_seasons_and_progress_claim_nothing(kind):
    assert set(judged(ENGLAND, kind=kind)["rule"]) == {""}
    assert set(judged(ENGLAND, kind=kind)["unjudged"]) == {kind}
    assert variation(judged(ENGLAND, kind=kind)) == ""


def test_where_a_rule_points_and_for_how_long():
    shift = judged("4 5 4 5 4 5 4 5 4 5 4 5 6 7 6 7 6 7 6").row(-1, named=True)
    assert (shift["rule"], shift["upward"], shift["run"]) == ("shift", True, 7)
    falling = judged("9 2 8 3 9 2 8 3 9 9.5 8 7 6 5 4 3.5").row(-1, named=True)
    assert (falling["rule"], falling["upward"], falling["run"]) == ("trend", False, 6)
    usual = judged("1 2 1 2 1 2 1 2 1 2 1 2").row(-1, named=True)
    assert (usual["rule"], usual["upward"], usual["run"]) == ("", None, None)


@pytest.mark.parametrize("values", [[], [None, None], [3.0], [3.0, 4.0]])
def test_short_series(values):
    found = judged(values)
    assert found.height == len(values)
    assert set(found["rule"]) <= {""}
    assert found["lower"].null_count() == (0 if len(values) == 2 and values[0] else len(values))


def test_neutral_indicator():
    assert signals(RRK, "neutral").replace("n", "x") == ".........xxxxxxxxx......"


def test_many_series_at_once_are_judged_apart():
    one = pl.DataFrame({"id": "a", "value": [float(v) for v in ENGLAND.split()]})
    two = pl.DataFrame({"id": "b", "value": [float(v) for v in RRK.split()]})
    mixed = pl.concat([one.with_row_index("i"), two.with_row_index("i")]).sort("i", "id")
    better = pl.when(pl.col("id") == "b").then(pl.lit("down")).otherwise(pl.lit("up"))
    found = xmr(mixed, better, by=["id"])
    assert found.select("i", "id").equals(mixed.select("i", "id"))
    assert "".join(MARKS[s] for s in found.filter(id="a")["signal"]) == signals(ENGLAND)
    assert "".join(MARKS[s] for s in found.filter(id="b")["signal"]) == signals(RRK, "down")


def test_columns_of_the_same_names_are_replaced():
    wide = pl.DataFrame({"value": [1.0, 2.0], "lower": [0.0, 0.0], "upper": [9.0, 9.0]})
    assert xmr(wide, "up")["lower"].to_list() == [1.5 - 2.66, 1.5 - 2.66]


def naive_rules(values: list[int]) -> list[str]:
    """The rules in whole numbers where they can be; letters as above."""
    count = len(values)
    mean = sum(values) / count
    ranges = [abs(b - a) for a, b in pairwise(values)]
    cut = 3.267 * sum(ranges) / len(ranges)
    kept = [r for r in ranges if r <= cut]
    limit = 2.66 * (sum(kept) / len(kept) or sum(ranges) / len(ranges))
    sides = [(v * count > sum(values)) - (v * count < sum(values)) for v in values]
    steps = [(b > a) - (b < a) for a, b in pairwise(values)]
    trend, shift, two = set(), set(), set()
    for i in range(count - 6):
        if abs(sum(steps[i : i + 6])) == 6:
            trend |= set(range(i, i + 7))
        if abs(sum(sides[i : i + 7])) == 7:
            shift |= set(range(i, i + 7))
    for i in range(count - 2):
        window = range(i, i + 3)
        far = {j for j in window if limit * 2 / 3 < abs(values[j] - mean) < limit}
        if abs(sum(sides[j] for j in window)) == 3 and len(far) >= 2:
            two |= far
    outside = {i for i in range(count) if abs(values[i] - mean) > limit}
    order = (outside, "O"), (trend, "T"), (two, "2"), (shift, "7")
    if sum(r == 0 for r in ranges) * 2 > len(ranges):
        return ["."] * count
    return [next((letter for points, letter in order if i in points), ".") for i in range(count)]


WALK = st.lists(st.sampled_from([-3, -1, 0, 1, 1, 1, 4]), min_size=13, max_size=40)


@given(WALK)
def test_rules_as_read_word_by_word(steps):
    values = [sum(steps[:i]) for i in range(1, len(steps) + 1)]
    mean, _, upper = limits([float(v) for v in values])
    edges = [mean + (upper - mean) * part for part in (-1, -2 / 3, 2 / 3, 1)]
    if any(abs(v - edge) < 1e-9 for v in values for edge in edges):
        return  # which side of a limit rounding puts a point on is not at issue
    assert rules([float(v) for v in values]) == "".join(naive_rules(values))


@given(WALK)
def test_what_improves_one_way_is_a_concern_the_other(steps):
    values = [float(sum(steps[:i])) for i in range(1, len(steps) + 1)]
    swapped = str.maketrans("+-", "-+")
    assert signals(values, "up") == signals(values, "down").translate(swapped)
    assert signals(values, "up") == signals([-v for v in values], "down")


def test_variation_is_that_of_the_latest_point():
    values = [float(v) for v in ENGLAND.split()]
    assert variation(judged(values)) == "common"
    assert variation(judged(values[:-1])) == "concern"
    assert variation(judged([*values[:-1], None])) == "concern"
    assert variation(judged([1.0] * 11)) == ""
