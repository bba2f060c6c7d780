"""Whether a figure is better or worse than the city's, and not by chance alone."""

import math
from collections.abc import Sequence

from queries.catalogue import Indicator

#: Rates of fewer cases are neither ranked nor told to others.
FEWEST = 30


def standing(indicator: Indicator, row: dict, city: dict) -> str:
    """
    `improvement` or `concern` where the 95 % interval excludes the city's value, else `usual`.

    `few` under 30 cases, `hidden` where the figure is not to be shown, `none` where there is none.
    A row of others has no interval and brings its `standing` along.
    """
    if row["status"] == "suppressed":
        return "hidden"
    if row["status"] != "ok":
        return "none"
    if row.get("standing"):
        return row["standing"]
    if indicator.is_rate and (row["denominator"] or 0) < FEWEST:
        return "few"
    if city["status"] != "ok" or indicator.better == "neutral" or row["lower"] is None:
        return "usual"
    # A median whose upper limit is not reached may be as long as it likes.
    upper = math.inf if row["upper"] is None else row["upper"]
    if row["lower"] <= city["value"] <= upper:
        return "usual"
    higher = row["lower"] > city["value"]
    return "improvement" if higher == (indicator.better == "up") else "concern"


def beside_all(indicator: Indicator, row: dict, levels: Sequence[float]) -> str:
    """`standing` against several levels: better or worse only where it is so against each."""
    # Without a level its own lower limit stands for one: `usual`, unless it is few or hidden.
    each = {
        standing(indicator, row, {"status": "ok", "value": level})
        for level in levels or (row["lower"],)
    }
    return each.pop() if len(each) == 1 else "usual"
