"""A figure against its target: where it stands now, and whether that lasts."""

from collections.abc import Sequence
from typing import Literal

from queries.statistics.spc import Better

#: met, missed: the present value alone. pass, fail: it lasts. met_mostly_missed, missed_mostly_met:
#: the present value is on the other side than most month-ends.
Assurance = Literal["pass", "fail", "met", "missed", "met_mostly_missed", "missed_mostly_met", ""]


def assurance(
    value: float | None,
    target: float | None,
    better: Better,
    limits: tuple[float, float] | None = None,
    months: Sequence[float] = (),
) -> Assurance:
    """
    达标 or 未达标 (equal is 达标), and what the months say where a signal can be claimed of them.

    `limits`: lower and upper of the series, None where nothing is claimed; `months`: its values.
    "" without a value or a target, and when neither direction is better.
    """
    if value is None or target is None or better == "neutral":
        return ""
    met = meets(value, target, better)
    if limits is None:
        return "met" if met else "missed"
    others = sum(meets(month, target, better) != met for month in months)
    if others * 2 > len(months):
        # Before the limits: cut at 0 they touch a target of 0, however many months meet it.
        return "met_mostly_missed" if met else "missed_mostly_met"
    if _lasts(limits, target, better, met):
        return "pass" if met else "fail"
    return "met" if met else "missed"


def meets(value: float, target: float, better: Better) -> bool:
    """Equal is met."""
    return value >= target if better == "up" else value <= target


def _lasts(limits: tuple[float, float], target: float, better: Better, met: bool) -> bool:
    """Whether both limits lie on the side of the present value, touching included."""
    lower, upper = limits
    return lower >= target if met == (better == "up") else upper <= target
