"""Exhibits for a file: those that cannot be made or shown are named, the others are returned."""

from collections.abc import Callable, Mapping

from briefing.release import CASES
from exhibits.exhibit import Exhibit
from exhibits.wording.faults import in_words

ONLY_FOR_HOLDERS = "逐件清单只供承办单位使用，不列入会议材料"

#: Builders of exhibits by the name that a list of omissions calls them.
Makers = Mapping[str, Callable[[], Exhibit]]


def build_all(makers: Makers, left_out: list[str], own_cases: bool = False) -> tuple[Exhibit, ...]:
    """
    Builds the exhibits; `left_out` gets a line with the reason for each that is omitted.

    `own_cases`: lists of cases are for who holds them, and may stand.
    """
    exhibits = []
    for name, make in makers.items():
        try:
            exhibit = make()
        except Exception as error:
            left_out.append(f"{name}：{in_words(error)}")
            continue
        if exhibit.withheld:
            left_out.append(f"{name}：{exhibit.finding}")
        elif not own_cases and exhibit.recipe and exhibit.recipe.builder in CASES:
            left_out.append(f"{name}：{ONLY_FOR_HOLDERS}")
        else:
            exhibits.append(exhibit)
    return tuple(exhibits)
