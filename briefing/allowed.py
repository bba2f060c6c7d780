"""What of an exhibit may leave as a file: below county level counts go rounded, no case goes."""

from dataclasses import replace
from pathlib import Path

from briefing.deck import Deck, Section
from exhibits import recipe
from exhibits.exhibit import Exhibit, Recipe
from queries.access import Access, AccessError
from queries.scope import open_snapshot
from queries.snapshot import Snapshot

#: Exhibits that list single cases with their townships.
CASES = ("warnings.cases.cases",)

NONE = "本角色不能导出文件"
SINGLE = "逐件清单含县级以下单元，不提供导出（避免识别个人）"
NARROWED = "乡镇范围、或按类别、城乡筛选的县区图表不提供导出（避免推算小数），请去掉筛选后导出"

UNPREPARED = "该截至日没有县级以下可导出的取整数据，请运行 python -m queries refresh 重新生成"

#: What is said beside the files of an exhibit whose figures differ in them from the screen's.
ROUNDED = "文件含县级以下数据：计数取整，1–7以*表示，流量为当月"


def below_county(made: Recipe) -> bool:
    """Whether an exhibit has cells below county level."""
    cut = any(value == "township" for _, value in made.options)
    return bool(made.region) or cut or made.builder in CASES


def refusal(exhibit: Exhibit) -> str:
    """Why an exhibit may not be made a file of (Chinese), empty when it may."""
    if not exhibit.access.exports:
        return NONE
    made = exhibit.recipe
    if made is None or exhibit.access.rounded or not below_county(made):
        return ""
    if made.builder in CASES:
        return SINGLE
    return NARROWED if len(made.region) > 6 or made.category or made.residence else ""


def differs(exhibit: Exhibit) -> bool:
    """Whether its file is rounded though the screen is not."""
    made = exhibit.recipe
    return made is not None and not exhibit.access.rounded and below_county(made)


def for_file(exhibit: Exhibit, folder: Path) -> Exhibit:
    """
    The exhibit as it may leave: as it is, or made again with rounded counts; AccessError.

    `folder`: the store that it was made from.
    """
    if why := refusal(exhibit):
        raise AccessError(why)
    if not differs(exhibit):
        return exhibit
    access = rounded(exhibit.access)
    if not open_snapshot(folder, exhibit.as_of, exhibit.version).holds("hidden"):
        raise AccessError(UNPREPARED)
    snapshot = open_snapshot(folder, exhibit.as_of, exhibit.version, access)
    again = recipe.build(snapshot, exhibit.recipe, exhibit.compared)
    return replace(again, page=exhibit.page)


def rounded(access: Access) -> Access:
    """The same access with rounded counts."""
    return replace(access, rounded=True)


def snapshot_for(snapshot: Snapshot, region: str) -> Snapshot:
    """The snapshot that files of a region are made of; AccessError where none may be made."""
    if not snapshot.access.exports:
        raise AccessError(NONE)
    return replace(snapshot, access=rounded(snapshot.access)) if region else snapshot


def deck_for_file(shown: Deck, folder: Path) -> Deck:
    """The deck as it may leave; what may not is left out."""
    return replace(shown, sections=tuple(_section(each, folder) for each in shown.sections))


def _section(section: Section, folder: Path) -> Section:
    leaving = [each for each in section.exhibits if not refusal(each)]
    return replace(section, exhibits=tuple(for_file(each, folder) for each in leaving))
