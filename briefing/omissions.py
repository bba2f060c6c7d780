"""Exhibits for a file: what cannot be made or may not be shown is named, and the rest comes."""

from collections.abc import Callable, Mapping

from briefing.release import CASES
from exhibits.exhibit import Exhibit
from exhibits.wording.faults import in_words

ONLY_FOR_HOLDERS = "逐件清单只供承办单位使用，不列入会议材料"

#: What makes each exhibit, by what it is called where it has to be left out.
Makers = Mapping[str, Callable[[], Exhibit]]


def made_of(makers: Makers, left_out: list[str]) -> tuple[Exhibit, ...]:
    """Exhibits that have something to show; `left_out` gets a line with why of each other one."""
    shown = []
    for name, make in makers.items():
        try:
            exhibit = make()
        except Exception as error:
            left_out.append(f"{name}：{in_words(error)}")
            continue
        if exhibit.withheld:
            left_out.append(f"{name}：{exhibit.finding}")
        elif exhibit.recipe and exhibit.recipe.builder in CASES:
            left_out.append(f"{name}：{ONLY_FOR_HOLDERS}")
        else:
            shown.append(exhibit)
    return tuple(shown)
