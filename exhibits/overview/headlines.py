"""The headline indicators: value, change, the months behind with their limits, two marks."""

from dataclasses import dataclass

import polars as pl

from data.reference import policy_tables
from exhibits.wording import words
from exhibits.wording.definitions import definition
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.answers.trend import series
from queries.cache import cached
from queries.catalogue import Indicator, headline
from queries.region import Region
from queries.scope import Scope, before, month_ends
from queries.statistics.spc import assurance, variation
from queries.store.snapshot import Snapshot

#: Month-ends drawn beside a figure, of those that decide its limits.
SPARK = 13

VARIATION = {
    "improvement": "▲ 好转信号",
    "concern": "▼ 变差信号",
    "neutral": "◆ 变化信号",
    "common": "● 正常波动",
    "": "○ 月末不足，不作判断",
}

ASSURANCE = {
    "pass": "✔ 稳定达标",
    "fail": "✘ 稳定不达标",
    "unreliable": "～ 不稳定",
    "": "",
}


@dataclass(frozen=True)
class Spark:
    """Month-end values, oldest first, with the limits of the whole series and their signals."""

    values: tuple[float, ...]
    signals: tuple[str, ...]
    mean: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Headline:
    """A headline indicator in words; its marks are special-cause variation and assurance."""

    indicator: Indicator
    figure: str
    change: str
    variation: str
    assurance: str
    target: str
    spark: Spark
    definition: str


@cached(16)
def headlines(snapshot: Snapshot, scope: Scope) -> tuple[Headline, ...]:
    """The catalogue's headline indicators in its order, for the scope's region."""
    earlier = before(snapshot, scope)
    now = _figures(snapshot, scope.region)
    then = _figures(earlier, scope.region) if earlier else {}
    months = _months(snapshot, scope.region)
    return tuple(_headline(i, now, then, months.get(i.id)) for i in headline())


def _figures(snapshot: Snapshot, region: str) -> dict[str, dict]:
    rows = indicators(snapshot, Region(region).level).filter(group=own_group(snapshot, region))
    return {row["id"]: row for row in rows.to_dicts()}


def _headline(
    indicator: Indicator, now: dict[str, dict], then: dict[str, dict], months: pl.DataFrame | None
) -> Headline:
    none = {"value": None, "status": "undefined"}
    row, old = now.get(indicator.id, none), then.get(indicator.id, none)["value"]
    target = policy_tables.targets().get(indicator.id)
    judged = "" if months is None else variation(months)
    spark = _spark(months) if judged else _without_limits(_spark(months))
    met = assurance(spark.lower, spark.upper, target[0] if target else None, indicator.better)
    return Headline(
        indicator=indicator,
        figure=words.value(row["value"], indicator.unit, row["status"]),
        change=words.change(row["value"], old, indicator.unit),
        variation=judged,
        assurance=met,
        target=f"目标{target[0]:g}{indicator.unit}（{target[1]}）" if target else "未设目标",
        spark=spark,
        definition=definition(indicator.id),
    )


def _without_limits(spark: Spark) -> Spark:
    """The months alone, where these are too few to judge by."""
    return Spark(spark.values, ("",) * len(spark.values), None, None, None)


def _spark(months: pl.DataFrame | None) -> Spark:
    if months is None or months.is_empty():
        return Spark((), (), None, None, None)
    last = months.tail(SPARK)
    mean, lower, upper = months.select("mean", "lower", "upper").row(0)
    signals = tuple(signal or "" for signal in last["signal"])
    return Spark(tuple(last["value"]), signals, mean, lower, upper)


def _months(snapshot: Snapshot, region: str) -> dict[str, pl.DataFrame]:
    """Month-ends of each headline indicator; townships' months are too few cases to judge."""
    opened = month_ends(snapshot)
    if not opened or Region(region).level == "township":
        return {}
    ids = tuple(i.id for i in headline())
    rows = series(opened, ids, Region(region).level).drop_nulls("value")
    own = rows.filter(group=own_group(snapshot, region))
    return {key[0]: frame for key, frame in own.group_by("id", maintain_order=True)}
