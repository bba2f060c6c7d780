"""The headline indicators: value, change, the months behind with their limits, two marks."""

from dataclasses import dataclass

import polars as pl

from exhibits.coverage.below import listed_below
from exhibits.coverage.rows import SCREENED
from exhibits.marks import MarkedFigure, met, own_marks, target_on
from exhibits.wording import changes, periods, words
from exhibits.wording import marks as wording
from exhibits.wording.definitions import definition
from exhibits.wording.figures import and_households, parts
from queries.answers.cube_rows import own_group
from queries.answers.marks import NO_MARK, Mark
from queries.answers.periods import in_period
from queries.answers.trend import series
from queries.cache import cached
from queries.catalogue import Indicator, headline
from queries.region import Region
from queries.scope import Scope, before, month_ends
from queries.store.snapshot import Snapshot

#: Month-ends drawn beside a figure, of those that decide its limits.
SPARK = 13


@dataclass(frozen=True)
class Spark:
    """Month-end values, oldest first, with the limits of the whole series and their signals."""

    values: tuple[float, ...]
    signals: tuple[str, ...]
    mean: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Headline(MarkedFigure):
    """A headline indicator with the months behind it, and the parts it is never shown without."""

    since: str  # the change in the figure's unit, with the compared day
    spark: Spark
    parts: str

    @property
    def verdict(self) -> tuple[str, str]:
        """✘ 未达标，异常变差, and its class: one statement, or none."""
        return wording.verdict(self.indicator, self.mark, self.assurance)


@cached(16)
def headlines(snapshot: Snapshot, scope: Scope) -> tuple[Headline, ...]:
    """The catalogue's headline indicators in its order, for the scope's region."""
    earlier = before(snapshot, scope)
    now = _figures(snapshot, scope)
    then = _figures(earlier, scope) if earlier else {}
    months = _months(snapshot, scope.region)
    marks = own_marks(snapshot, scope, tuple(i.id for i in headline()))
    # What must be read beside a figure stands where others have their target.
    below = listed_below(snapshot, scope)
    beside = {"I0890": SCREENED, "I0895": f"未达标项目：{below}" if below else ""}
    return tuple(
        _headline(snapshot, scope, i, now, then, months.get(i.id), marks.get(i.id, NO_MARK), beside)
        for i in headline()
        if scope.region.level in i.breakdowns
    )


def _figures(snapshot: Snapshot, scope: Scope) -> dict[str, dict]:
    rows = in_period(snapshot, scope.period, scope.region.level)
    rows = rows.filter(group=own_group(snapshot, scope.region))
    return {row["id"]: row for row in rows.to_dicts()}


def _headline(
    snapshot: Snapshot,
    scope: Scope,
    indicator: Indicator,
    now: dict[str, dict],
    then: dict[str, dict],
    months: pl.DataFrame | None,
    mark: Mark,
    beside: dict[str, str],
) -> Headline:
    none = {"value": None, "status": "undefined"}
    row, old = now.get(indicator.id, none), then.get(indicator.id, none)["value"]
    figures = row["value"], old
    by, group = scope.region.level, own_group(snapshot, scope.region)
    target = target_on(indicator, snapshot.as_of)
    return Headline(
        indicator=indicator,
        name=periods.name_of(indicator, scope.period),
        figure=words.value(row["value"], indicator.unit, row["status"])
        + (and_households(now.get("I0894")) if indicator.id == "I0890" else ""),
        change=changes.change(snapshot, scope, indicator, figures, by, group),
        since=changes.since(snapshot, scope, indicator, figures, by, group),
        mark=mark,
        assurance=met(indicator, row["value"], mark, snapshot.as_of),
        target=f"目标{target[0]:g}{indicator.unit}（{target[1]}）"
        if target
        else beside.get(indicator.id, "未设目标"),
        spark=_spark(months, mark),
        parts=parts(indicator.id, now),
        definition=definition(indicator.id, f"{periods.counted(snapshot, scope)}。"),
    )


def _spark(months: pl.DataFrame | None, mark: Mark) -> Spark:
    """The last months; without limits and signals where nothing is claimed."""
    if months is None or months.is_empty():
        return Spark((), (), None, None, None)
    last = months.tail(SPARK)
    values = tuple(last["value"])
    if mark.limits is None:
        return Spark(values, ("",) * len(values), None, None, None)
    latest = "" if mark.variation == "common" else mark.variation
    signals = (*(signal or "" for signal in last["signal"][:-1]), latest)
    return Spark(values, signals, mark.mean, *mark.limits)


def _months(snapshot: Snapshot, region: str) -> dict[str, pl.DataFrame]:
    """Month-ends of each headline indicator; townships' months are too few cases to judge."""
    opened = month_ends(snapshot)
    if not opened or Region(region).level == "township":
        return {}
    ids = tuple(i.id for i in headline())
    rows = series(opened, ids, Region(region).level, "").drop_nulls("value")
    own = rows.filter(group=own_group(snapshot, region))
    return {key[0]: frame for key, frame in own.group_by("id", maintain_order=True)}
