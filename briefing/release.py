"""What of an exhibit may leave as a file, and in which edition."""

from dataclasses import replace
from pathlib import Path

from exhibits import recipe
from exhibits.exhibit import Exhibit
from queries.access import AccessError
from queries.region import Region
from queries.scope import open_snapshot
from queries.store.snapshot import Snapshot

#: Exhibits that list single cases.
CASES = ("todo.cases.cases", "warnings.cases.cases")

EXACT, OPEN = "内部口径（原值）", "公开口径（取整）"

NONE = "本角色不能导出图表文件"
ONLY_OWN_LIST = "本角色只能导出本单位待办清单"
NO_CASES_OUTSIDE = "公开口径不含逐件清单"
BELOW_COUNTY = "公开口径只到县区，不含乡镇数据"


def editions(exhibit: Exhibit) -> dict[str, str]:
    """Editions that a file of the exhibit can have, and why it may not have one (Chinese)."""
    asked = (OPEN,) if exhibit.access.open else (EXACT, OPEN)
    return {edition: refusal(exhibit, edition) for edition in asked}


def refusal(exhibit: Exhibit, edition: str = EXACT) -> str:
    """Why no file may be made of an exhibit (Chinese), empty when one may."""
    access, made = exhibit.access, exhibit.recipe
    listed = made is not None and made.builder in CASES
    if access.files == "no" or (access.files == "list" and not listed):
        return ONLY_OWN_LIST if access.files == "list" else NONE
    if edition == EXACT:
        return ""
    if listed:
        return NO_CASES_OUTSIDE
    return BELOW_COUNTY if made is not None and Region(made.region).township else ""


def for_file(exhibit: Exhibit, folder: Path, edition: str = EXACT) -> Exhibit:
    """
    The exhibit as it may leave: as it is, or made again in the open edition; AccessError.

    `folder`: the store that it was made from.
    """
    if why := refusal(exhibit, edition):
        raise AccessError(why)
    if edition == EXACT or exhibit.access.open or exhibit.recipe is None:
        return exhibit
    access = exhibit.access.in_open_edition()
    snapshot = open_snapshot(folder, exhibit.as_of, exhibit.version, access)
    again = recipe.build(snapshot, exhibit.recipe, exhibit.compared)
    if again.table.is_empty() and not exhibit.table.is_empty():
        raise AccessError(again.finding)
    return replace(again, page=exhibit.page)


def snapshot_for(snapshot: Snapshot, edition: str) -> Snapshot:
    """The snapshot that the files of a meeting are made of; AccessError where none may be made."""
    if not snapshot.access.exports:
        raise AccessError(NONE)
    return (
        snapshot
        if edition == EXACT
        else replace(snapshot, access=snapshot.access.in_open_edition())
    )
