"""The parts that a sum is never shown without: 未转办 with 待核查, 待转办 and 待民政办理."""

from exhibits.wording.figures import in_brackets, parts
from queries.answers.breakdowns import city_code
from queries.answers.indicators import indicators
from queries.catalogue import PARTS
from queries.region import Region
from queries.store.snapshot import Snapshot


def with_parts(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Indicators, each sum followed by its parts."""
    return tuple(dict.fromkeys(part for i in ids for part in (i, *PARTS.get(i, ()))))


def parts_beside(snapshot: Snapshot, indicator: str, group: str) -> str:
    """（待核查5条、待转办4条、待民政办理3条）of a region; empty for an indicator without parts."""
    if indicator not in PARTS:
        return ""
    by = "city" if group == city_code(snapshot) else Region(group).level
    rows = indicators(snapshot, by).filter(group=group).to_dicts()
    return in_brackets(parts(indicator, {row["id"]: row for row in rows}))
