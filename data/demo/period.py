"""Codes of the periods to which a yearly benefit belongs."""

import numpy as np

from data.demo.clock import month_of, year_of

INSURANCE = {"P0911", "P0912"}
SCHOOL = {"P0921", "P0922", "P0923", "P0924", "P0925", "P0927"}
#: Programmes whose year begins with this month.
BEGINS = {**dict.fromkeys(SCHOOL, 9), "P1201": 11, "P0954": 12}


def codes(programme: str, days: np.ndarray) -> np.ndarray:
    """The period in which each day falls; the empty string where there is none."""
    if programme in INSURANCE:
        return year_of(days).astype(str)
    if programme not in BEGINS:
        return np.full(len(days), "")
    first = year_of(days) - (month_of(days) < BEGINS[programme])
    return spans(first)


def spans(first: np.ndarray) -> np.ndarray:
    """`2025-2026` from 2025."""
    return np.char.add(np.char.add(first.astype(str), "-"), (first + 1).astype(str))
