"""Which cases of a test run every day; the others run in CI alone."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def every_day(cases: Iterable[Any], chosen: Collection[Any]) -> list[Any]:
    """The cases, those that were not chosen marked as slow."""
    return [case if case in chosen else _slow(case) for case in cases]


def _slow(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)
