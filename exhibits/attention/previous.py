"""What a joint meeting decided last about a unit and a measure, and whether it was done."""

import polars as pl

from exhibits.attention.measures import indicators_of
from exhibits.wording import words
from queries.store.snapshot import Snapshot


def previous(snapshot: Snapshot, by: str, unit: str, measure: str) -> str:
    """
    2026年第2次专题会议议定“未转办预警限期清零”，应于2026年10月17日前办结，未办结

    Empty without a decision of the kind, and in the open edition, which has no meetings.
    """
    known = {"joint_meeting", "meeting_item"} <= set(snapshot.manifest["connected"])
    if not known or snapshot.access.open or by not in ("county", "department"):
        return ""
    mine = (
        pl.col("lead_dept") == unit
        if by == "department"
        else pl.col("region_code").str.slice(0, 6) == unit
    )
    meetings = snapshot.cube("meetings").filter(pl.col("held_on") <= snapshot.as_of)
    decisions = (
        snapshot.cube("decisions")
        .filter(mine, pl.col("indicator_id").is_in(list(indicators_of(measure))))
        .filter(pl.col("status_code").fill_null("") != "cancelled")
        .join(meetings.select("meeting_id", "meeting_name", "held_on"), on="meeting_id")
        .sort("held_on", "due_on", "item_id", nulls_last=False)
    )
    if decisions.is_empty():
        return ""
    row = decisions.row(-1, named=True)
    due = f"，应于{words.day(row['due_on'])}前办结" if row["due_on"] else ""
    done = f"{words.day(row['done_on'])}已办结" if row["done_on"] else _open(row, snapshot)
    # A name with a quotation of its own stands in quotation marks.
    item = (row["item_name"] or "").replace("“", "‘").replace("”", "’")
    return f"{row['meeting_name'] or row['meeting_id']}议定“{item}”{due}，{done}"


def _open(row: dict, snapshot: Snapshot) -> str:
    return "逾期未办结" if row["due_on"] and row["due_on"] < snapshot.as_of else "办理中"
