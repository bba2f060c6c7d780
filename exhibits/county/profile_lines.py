"""One indicator of a county between the worst and the best county: a line of chart and table."""

from collections.abc import Mapping
from dataclasses import dataclass

from exhibits.permitted import enough
from exhibits.wording.figures import figure
from queries.answers.significance import standing
from queries.catalogue import Indicator

#: What the table says of a county's standing; of others a dash.
STANDING_WORDS = {"improvement": "▲ 优于全市", "concern": "▼ 劣于全市", "few": "样本过少"}


@dataclass(frozen=True)
class Comparison:
    """
    Rows of `indicators`: the county's own, all counties', the city's, its own at comparison.

    `change`: from then to now, in words.
    """

    indicator: Indicator
    name: str  # with the period of a flow
    own: dict
    counties: list[dict]
    city: dict
    then: dict | None
    change: str

    @property
    def standing(self) -> str:
        """The county against the city: improvement, concern, usual, few, none, hidden."""
        return standing(self.indicator, self.own, self.city)


@dataclass(frozen=True)
class SpineLine:
    """A line of a spine chart; positions 0–100 around the city's 50, best to the right."""

    label: str
    value: float | None
    city: float
    low: float
    high: float
    last: float | None
    text: str
    mark: str


def spine_line(comparison: Comparison) -> SpineLine | None:
    """The line of an indicator; None where better and worse mean nothing or cases are few."""
    indicator, city, mark = comparison.indicator, comparison.city, comparison.standing
    values = [r["value"] for r in comparison.counties if r["status"] == "ok" and enough(r)]
    if not indicator.has_interval or indicator.better == "neutral":
        return None
    if mark in ("few", "none", "hidden") or city["status"] != "ok" or len(values) < 2:
        return None
    sign = 1 if indicator.better == "up" else -1
    reach = max(abs(value - city["value"]) for value in values) or 1.0

    def position(value: float) -> float:
        return min(100.0, max(0.0, 50 + sign * (value - city["value"]) / reach * 50))

    own = comparison.own["value"]
    last = comparison.then["value"] if comparison.then else None
    positions = [position(value) for value in values]
    return SpineLine(
        label=comparison.name,
        value=None if own is None else position(own),
        city=50.0,
        low=min(positions),
        high=max(positions),
        last=None if last is None else position(last),
        text=f"{figure(comparison.own)}　全市{figure(city)}",
        mark=mark,
    )


def profile_row(comparison: Comparison, name_by_code: Mapping[str, str]) -> dict[str, str]:
    """A row of the table, in Chinese."""
    indicator, own = comparison.indicator, comparison.own
    best, worst = _ends(comparison, name_by_code)
    return {
        "任务": "、".join(indicator.task_rows[:1]),
        "指标": comparison.name,
        "本县区": figure(own),
        "全市": figure(comparison.city),
        "较对比日": comparison.change,
        "最好县区": best,
        "最差县区": worst,
        "与全市相比": STANDING_WORDS.get(comparison.standing, "—"),
    }


def _ends(comparison: Comparison, name_by_code: Mapping[str, str]) -> tuple[str, str]:
    """The best and the worst county with their figures; dashes where rates are not ranked."""
    indicator = comparison.indicator
    values = [r for r in comparison.counties if r["status"] == "ok" and r["value"] is not None]
    ranked = [row for row in values if indicator.is_rate and enough(row)]
    ordered = sorted(ranked, key=lambda row: row["value"], reverse=indicator.better == "up")
    if indicator.better == "neutral" or len(ordered) < 2:
        return "—", "—"
    best, worst = (f"{name_by_code[r['group']]} {figure(r)}" for r in (ordered[0], ordered[-1]))
    return best, worst
