"""一、总体情况 of a region: the register, 低保, 特困, 临时救助, then the headline indicators."""

from collections.abc import Callable, Iterator
from functools import partial

from briefing.bulletin import three_parts
from briefing.bulletin.bases import Base, changes
from briefing.bulletin.document import Blocks, Paragraph
from briefing.bulletin.figures import OF_REGION, figures
from briefing.meeting.selection import Selection
from exhibits.coverage.rows import SCREENED
from exhibits.make import OPEN_EDITION
from exhibits.wording import names, periods, words
from exhibits.wording.figures import households
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.store.snapshot import Snapshot


def blocks(snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...]) -> Blocks:
    """The paragraphs by name, in the order of the published bulletins."""
    args = (snapshot, chosen, compared)
    makers: dict[str, Callable[[], Iterator[Paragraph]]] = {
        "低收入人口": partial(_register, *args),
        "最低生活保障": partial(three_parts.dibao, *args),
        "特困人员救助供养": partial(three_parts.tekun, *args),
        "临时救助": partial(three_parts.aid, *args),
    }
    makers |= {name: partial(_headline, *args, name, ids) for name, ids in OF_REGION.items()}
    return makers


def _register(
    snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...]
) -> Iterator[Paragraph]:
    """截至…，全市共有低收入人口…，占户籍人口…，较上次会议（…）…，同比（…）…；按主类别…"""
    region = chosen.scope.region

    def own(day: Snapshot) -> dict[str, dict]:
        rows = indicators(day, region.level).filter(group=own_group(day, region))
        return {row["id"]: row for row in rows.to_dicts()}

    now = own(snapshot)
    people, share = now["I0101"], now["I0102"]

    def then(day: Snapshot) -> float | None:
        return own(day).get("I0101", {"value": None})["value"]

    changed = changes(compared, people["value"], then, "人", dated=True)
    part_of = f"，占户籍人口{words.value(share['value'], '%')}" if share["status"] == "ok" else ""
    rows = indicators(snapshot, "category", region=region).filter(id="I0101").to_dicts()
    categories = [
        f"{names.categories()[row['group']]}{words.value(row['value'], '人', row['status'])}"
        for row in rows
        if row["group"] in names.categories() and row["value"] != 0
    ]
    split = f"；按主类别，{words.listed(categories)}" if categories else ""
    homes = households(now.get("I0108"))
    counted = f"低收入家庭{homes}、低收入人口" if homes else "低收入人口"
    text = (
        f"截至{words.day(chosen.as_of)}，{names.region_name(snapshot, region)}共有{counted}"
        f"{words.value(people['value'], '人', people['status'])}{part_of}，{changed}{split}。"
    )
    note = OPEN_EDITION if snapshot.access.open else ""
    yield Paragraph(text, note=f"{names.OVERLAP if categories else ''}{note}")


def _headline(
    snapshot: Snapshot,
    chosen: Selection,
    compared: tuple[Base, ...],
    name: str,
    ids: tuple[str, ...],
) -> Iterator[Paragraph]:
    counted = figures(snapshot, chosen, compared, ids)
    notes = {
        "救助覆盖": f"应救未救{SCREENED}。",
        "部门办理": f"{periods.counted(snapshot, chosen.scope)}。",
    }
    if counted:
        text = "；".join(each.sentence for each in counted)
        yield Paragraph(f"{text}。", f"{name}。", notes.get(name, ""))
