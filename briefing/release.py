"""Which exhibits may become files, and in which edition."""

from dataclasses import replace
from pathlib import Path

from exhibits import recipe
from exhibits.exhibit import Exhibit
from queries.access import AccessError
from queries.region import Region
from queries.scope import open_snapshot
from queries.store.snapshot import Snapshot

#: Exhibits that list single cases.
CASES = ("todo.cases.cases", "todo.overdue.overdue", "warnings.cases.cases")

EXACT, OPEN = "内部口径（原值）", "公开口径（取整）"

NONE = "本角色不能导出图表文件"
ONLY_OWN_LIST = "本角色只能导出本单位待办清单"
NO_CASES_OUTSIDE = "公开口径不含逐件清单"
BELOW_COUNTY = "公开口径只到县区，不含乡镇数据"


def editions(exhibit: Exhibit) -> dict[str, str]:
    """Editions of the exhibit's files; the value says why one is refused (Chinese), or nothing."""
    offered = (OPEN,) if exhibit.access.open else (EXACT, OPEN)
    return {edition: refusal(exhibit, edition) for edition in offered}


def refusal(exhibit: Exhibit, edition: str = EXACT) -> str:
    """Why an exhibit may not become a file (Chinese); empty when it may."""
    access, origin = exhibit.access, exhibit.recipe
    lists_cases = origin is not None and origin.builder in CASES
    if access.files == "no" or (access.files == "list" and not lists_cases):
        return ONLY_OWN_LIST if access.files == "list" else NONE
    if edition == EXACT:
        return ""
    if lists_cases:
        return NO_CASES_OUTSIDE
    return BELOW_COUNTY if origin is not None and Region(origin.region).township else ""


def for_file(exhibit: Exhibit, folder: Path, edition: str = EXACT) -> Exhibit:
    """
    The exhibit for a file: as it is, or rebuilt in the open edition; AccessError.

    `folder`: the store that it was built from.
    """
    if reason := refusal(exhibit, edition):
        raise AccessError(reason)
    if edition == EXACT or exhibit.access.open or exhibit.recipe is None:
        return exhibit
    access = exhibit.access.in_open_edition()
    snapshot = open_snapshot(folder, exhibit.as_of, exhibit.version, access)
    rebuilt = recipe.build(snapshot, exhibit.recipe, exhibit.compared)
    if rebuilt.table.is_empty() and not exhibit.table.is_empty():
        raise AccessError(rebuilt.finding)
    return replace(rebuilt, page=exhibit.page)


def snapshot_for(snapshot: Snapshot, edition: str) -> Snapshot:
    """The snapshot for the files of a meeting; AccessError where the role may make none."""
    if not snapshot.access.exports:
        raise AccessError(NONE)
    return (
        snapshot
        if edition == EXACT
        else replace(snapshot, access=snapshot.access.in_open_edition())
    )
