"""What the month-ends say of a figure: 好转 or 变差 only where rule and change agree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import polars as pl

from queries.answers.compared_sums import Pair, compared
from queries.answers.periods import by_month, in_period, offered, per_month
from queries.answers.trend import series
from queries.catalogue import Indicator, catalogue
from queries.statistics.direction import direction
from queries.statistics.spc import Variation
from queries.statistics.target import Assurance, assurance
from queries.store.snapshot import Snapshot

#: Which two figures a change is of: the day's against the compared day's, or month-ends.
Change = Literal["compared", "months"]

Pairs = dict[Change, tuple[Snapshot, Snapshot | None]]


@dataclass(frozen=True)
class Mark:
    """
    A figure beside the figure of the compared day, and its own month-ends.

    `now`, `before`: on the day and on the compared day, None without; of a flow in the period
    chosen, in `months` each where the two compare by 月均. `values`: the month-ends, of a confirmed
    level from its day on; `last` the latest stored, `base` the one on or before the compared day.
    `variation`: improvement or concern where a rule fired at `last` and no change goes the other
    way; neutral where one does (`against`: months, `last` against `base`; compared, `now` against
    `before`; of sums over programmes as `compared_sums` has it) and where neither direction is
    better. `unjudged`: why nothing is claimed (see `xmr`; none: no series of its own, or no value
    at `last`); then without limits.
    """

    now: float | None = None
    before: float | None = None
    values: tuple[float, ...] = ()
    last: date | None = None
    base: date | None = None
    base_value: float | None = None
    variation: Variation = ""
    unjudged: str = "none"
    rule: str = ""
    upward: bool | None = None
    run: int | None = None
    mean: float | None = None
    limits: tuple[float, float] | None = None
    against: Change | Literal[""] = ""
    months: tuple[Fraction, Fraction] | None = None


NO_MARK = Mark()


def marks(
    now: Snapshot,
    earlier: Snapshot | None,
    month_ends: Sequence[Snapshot],
    ids: Sequence[str],
    by: str,
    region: str = "",
    period: str = "month",
) -> dict[tuple[str, str], Mark]:
    """
    Marks of the indicators by id and group.

    `earlier`: the compared day; `month_ends`: those stored up to the day, the series is theirs.
    `period`: of the flows on the two days; the series is of months whatever it is.
    """
    days = [each.as_of for each in month_ends]
    if not days:
        return {}
    base = max((d for d in days if earlier and d <= earlier.as_of), default=None)
    figures, were = (_values(each, ids, by, region, period) for each in (now, earlier))
    both = [offered(each).get(period) if each else None for each in (now, earlier)]
    rows = series(tuple(month_ends), tuple(ids), by, region).drop_nulls("value")
    ends = month_ends[-1], next((each for each in month_ends if each.as_of == base), None)
    pairs: Pairs = {"compared": (now, earlier), "months": ends}
    return {
        (key[0], key[1]): mark_of(
            catalogue()[key[0]],
            months,
            (days[-1], base),
            (figures.get(key), were.get(key)),
            by_month(catalogue()[key[0]], *both),
            _comparing(key[0], by, key[1], region, pairs),
        )
        for key, months in rows.group_by("id", "group", maintain_order=True)
    }


def _values(
    snapshot: Snapshot | None, ids: Sequence[str], by: str, region: str, period: str
) -> dict[tuple[Any, ...], float | None]:
    if snapshot is None:
        return {}
    rows = in_period(snapshot, period, by, region).filter(pl.col("id").is_in(ids))
    return {(i, group): value for i, group, value in rows.select("id", "group", "value").rows()}


def _comparing(
    indicator: str,
    by: str,
    group: str,
    region: str,
    pairs: Pairs,
) -> Callable[[Change, Pair], Pair]:
    """The figures of a change as they compare: see `compared_sums`."""

    def compare(of: Change, figures: Pair) -> Pair:
        now, earlier = pairs[of]
        if earlier is None:
            return figures
        return compared((now, earlier), indicator, figures, by, group, region)[0]

    return compare


def mark_of(
    about: Indicator,
    months: pl.DataFrame,
    days: tuple[date, date | None],
    figures: Pair,
    lengths: tuple[Fraction, Fraction] | None = None,
    compare: Callable[[Change, Pair], Pair] = lambda _, whole: whole,
) -> Mark:
    """
    The mark of one series; `days`: the last month-end and that of the compared day.

    `lengths`: the months in which the two figures were counted where they compare by 月均.
    `compare`: the figures of a change as they compare, of the whole ones.
    """
    (last, base), (now, before) = days, figures
    row = months.row(-1, named=True)
    values = dict(months.select("as_of", "value").rows())
    judged = [value for day, value in values.items() if day >= (row["level_from"] or day)]
    base_value = values.get(base)
    unjudged = row["unjudged"] if row["as_of"] == last else "none"
    # Without a claim there is nothing that a change could go against.
    against: Change | Literal[""] = ""
    if not unjudged:
        against = _against(
            row["upward"],
            compared=direction(*per_month(*compare("compared", figures), lengths), about.unit),
            months=direction(*compare("months", (values.get(last), base_value)), about.unit),
        )
    signal: Variation = "neutral" if against else row["signal"] or "common"
    return Mark(
        now=now,
        before=before,
        values=tuple(judged),
        last=last,
        base=base,
        base_value=base_value,
        variation="" if unjudged else signal,
        unjudged=unjudged,
        rule="" if unjudged else row["rule"],
        upward=row["upward"],
        run=row["run"],
        mean=row["mean"],
        limits=None if unjudged else (row["lower"], row["upper"]),
        against="" if about.better == "neutral" else against,
        months=lengths,
    )


def _against(upward: bool | None, *, compared: int, months: int) -> Change | Literal[""]:
    """Which change goes the other way than the rule points; first the one that stands beside."""
    if upward is None:
        return ""
    other = -1 if upward else 1
    return "compared" if compared == other else "months" if months == other else ""


def against_target(
    about: Indicator, value: float | None, target: float | None, mark: Mark
) -> Assurance:
    """达标 of a figure as it is shown, and whether its own month-ends say that it lasts."""
    shown = None if value is None else round(value, 2)
    return assurance(shown, target, about.better, mark.limits, mark.values)
