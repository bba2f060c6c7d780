"""The table of `make bench`: what is measured beside its peer in the same run, and its goal."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: Ratios of the last quiet run, by row.
KEPT = Path(__file__).with_name("kept.json")

#: A ratio this much above the kept one is said to be slower.
SLOWER = 1.1


@dataclass(frozen=True)
class Row:
    """A value, its peer's in the same unit, and the largest ratio that is the goal, if any."""

    name: str
    goal: float | None
    value: float
    peer: float

    @property
    def ratio(self) -> float:
        """Value by peer."""
        return self.value / self.peer

    @property
    def judged(self) -> str:
        """met, missed, or nothing where no goal is set."""
        if self.goal is None:
            return ""
        return "met" if self.ratio <= self.goal else "missed"


def kept() -> dict[str, float]:
    """Ratio by row of the last quiet run."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def keep(rows: Iterable[Row]) -> None:
    """Keeps the ratios of these rows; those of others stay."""
    ratios = kept() | {row.name: round(row.ratio, 3) for row in rows}
    text = json.dumps(dict(sorted(ratios.items())), ensure_ascii=False, indent=1)
    KEPT.write_text(f"{text}\n", encoding="utf-8")


def lines(rows: Iterable[Row], before: dict[str, float]) -> Iterator[str]:
    """The table in Markdown, a row each; one that is slower than kept says so."""
    yield "| what | goal | value | peer | ratio | |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        goal = "–" if row.goal is None else f"≤ {row.goal:g}"
        was = before.get(row.name)
        slower = f"slower than kept ({was:.2f})" if was and row.ratio > SLOWER * was else ""
        said = ", ".join(filter(None, (row.judged, slower)))
        numbers = f"{row.value:.5g} | {row.peer:.5g} | {row.ratio:.2f}"
        yield f"| {row.name} | {goal} | {numbers} | {said} |"
