"""序时进度: the share of a quarter or a year that has passed."""

from datetime import date
from typing import Literal

Span = Literal["quarter", "year"]


def expected_progress(day: date, span: Span) -> float:
    """Share of the days of the quarter or year up to and with `day`, 0–100."""
    months = {"quarter": 3, "year": 12}[span]
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    end = date(day.year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    return ((day - start).days + 1) / (end - start).days * 100
