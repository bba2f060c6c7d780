"""Wilson and Byar limits against published figures."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, poisson

from queries.statistics.intervals import Z95, byar, wilson, wilson_of

#: Test data of the R package PHEindicatormethods (`phe_proportion`), 95 and 99.8 %.
PHE = [
    (1, 100, 0.00176743206414, 0.0544861961787, 0.0008730656973, 0.104554452837),
    (5, 100, 0.0215436791544, 0.111750469232, 0.013865320726, 0.164588522826),
    (20, 100, 0.133366933331, 0.288829165593, 0.105191620667, 0.347110941701),
    (65, 100, 0.552544432969, 0.736357517569, 0.495494657407, 0.778354061409),
    (9856, 12345, 0.791210175291, 0.805364007361, 0.786992410842, 0.809306141259),
    (7776456, 7564336677, 0.00102732010016, 0.0010287644579, 0.00102690401184, 0.00102918129927),
    (222, 3215, 0.0607916903636, 0.0783395668138, 0.0564710196462, 0.0841841418527),
    (999, 3456, 0.2741895108, 0.304403896628, 0.265839957681, 0.313447544928),
]


def limits_of_count(count: int, denominator: int | None = None) -> tuple:
    below = None if denominator is None else pl.lit(denominator)
    lower, upper = byar(pl.lit(count), below)
    return pl.select(lower=lower, upper=upper).row(0)


def test_z_is_not_rounded():
    assert pytest.approx(1.959963984540054, abs=1e-15) == Z95


@pytest.mark.parametrize(("k", "n", "lower", "upper", "lower_998", "upper_998"), PHE)
def test_wilson_of_phe(k, n, lower, upper, lower_998, upper_998):
    assert wilson_of(k, n) == pytest.approx((lower, upper), abs=1e-11)
    assert wilson_of(k, n, norm.ppf(0.999)) == pytest.approx((lower_998, upper_998), abs=1e-11)


def test_wilson_of_columns():
    frame = pl.DataFrame({"k": [20, 0, 5, None, 3, -1, 10], "n": [100, 0, 4, 7, None, 5, 10]})
    lower, upper = wilson(pl.col("k"), pl.col("n"))
    rows = frame.select(lower=lower, upper=upper).rows()
    assert rows[0] == pytest.approx((0.133366933331, 0.288829165593))
    assert rows[1:6] == [(None, None)] * 5
    assert rows[6] == pytest.approx((0.722467, 1.0), abs=1e-6)


def test_wilson_of_none_and_all():
    assert wilson_of(0, 10) == pytest.approx((0, 0.277533), abs=1e-6)
    # Exactly, or a county at 100 % would be worse than a city at 100 %.
    assert all(wilson_of(n, n)[1] == 1 and wilson_of(0, n)[0] == 0 for n in range(1, 2000))
    assert wilson_of(None, 10) == wilson_of(3, 0) == wilson_of(4, 3) == (None, None)


@given(n=st.integers(1, 10**9), share=st.floats(0, 1))
def test_wilson_encloses_the_proportion(n, share):
    k = round(n * share)
    lower, upper = wilson_of(k, n)
    assert 0 <= lower <= k / n + 1e-12
    assert k / n - 1e-12 <= upper <= 1


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # Garwood, Biometrika 28 (1936); Ulm, Am J Epidemiol 131 (1990), table of exact limits.
        (0, 0, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (5, 1.623, 11.668),
        (9, 4.115, 17.085),
    ],
)
def test_counts_under_ten_are_exact(count, lower, upper):
    assert limits_of_count(count) == pytest.approx((lower, upper), abs=6e-4)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # Exact limits as tabled there; Byar's come close (Breslow & Day, vol. II, 1987, p. 69).
    [(10, 4.795, 18.390), (20, 12.217, 30.888), (50, 37.111, 65.919), (100, 81.364, 121.627)],
)
def test_byar_comes_close_to_the_exact_limits(count, lower, upper):
    found = limits_of_count(count)
    assert found == pytest.approx((lower, upper), abs=0.01)
    assert found != pytest.approx((lower, upper), abs=1e-5)


@given(st.integers(0, 9))
def test_exact_limits_leave_two_and_a_half_percent_on_each_side(count):
    lower, upper = limits_of_count(count)
    assert poisson.cdf(count, upper) == pytest.approx(0.025, rel=1e-12)
    if count:
        assert poisson.sf(count - 1, lower) == pytest.approx(0.025, rel=1e-12)


def test_byar_of_a_rate():
    assert limits_of_count(5, 200) == pytest.approx((1.6235 / 200, 11.6683 / 200), abs=1e-6)
    assert limits_of_count(5, 0) == limits_of_count(-1) == (None, None)


def test_byar_of_columns():
    counts = pl.DataFrame({"n": [0, 9, 10, None]}, schema_overrides={"n": pl.UInt32})
    lower, upper = byar(pl.col("n"))
    rows = counts.select(lower=lower.round(3), upper=upper.round(3)).rows()
    assert rows == [(0, 3.689), (4.115, 17.085), (4.787, 18.391), (None, None)]
