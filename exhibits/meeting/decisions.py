"""上次决定 → 现在: decisions of the joint meeting, and what the indicators concerned did since."""

from dataclasses import replace
from datetime import date

import polars as pl

from data.reference.policy_tables import labels
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.changes import change
from exhibits.wording.periods import name_of
from queries.access import OUTSIDE, AccessError
from queries.answers.cube_rows import own_group
from queries.answers.periods import in_period
from queries.cache import cached
from queries.catalogue import catalogue
from queries.region import Region
from queries.scope import Scope, comparable, stored_days
from queries.store.snapshot import Snapshot

PAGE = "联席会议"

#: The states of a decision in their order.
STATES = ("✔ 已办结", "● 办理中", "■ 逾期")

SINCE = ("会议时", "现在", "变化")


def live(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """
    Decisions of the last meeting, and older ones still open; cancelled ones left out.

    Columns of `meeting_item`, and meeting_name, held_on, cutoff, state.
    """
    meetings = snapshot.cube("meetings").filter(pl.col("held_on") < snapshot.as_of)
    last = meetings.tail(1)["meeting_id"].to_list()
    rows = snapshot.cube("decisions").join(
        meetings.select("meeting_id", "meeting_name", "held_on", cutoff="data_cutoff_on"),
        on="meeting_id",
        maintain_order="left",
    )
    is_open = pl.col("done_on").is_null()
    state = (
        pl.when(~is_open)
        .then(pl.lit(STATES[0]))
        .when(pl.col("due_on") < snapshot.as_of)
        .then(pl.lit(STATES[2]))
        .otherwise(pl.lit(STATES[1]))
    )
    tracked = rows.filter(
        pl.col("status_code").fill_null("") != "cancelled",
        is_open | pl.col("meeting_id").is_in(last),
        scope.region.county.holds(pl.col("region_code").fill_null(""))
        | pl.col("region_code").is_null(),
    )
    if scope.department:
        tracked = tracked.filter(lead_dept=scope.department)
    return tracked.with_columns(state=state).sort(
        "held_on", "due_on", "item_id", descending=[True, False, False]
    )


@cached(128)
def _figure(
    now: Snapshot, day: date, indicator: str, region: str, period: str
) -> tuple[float | None, str]:
    """Value and words of an indicator on a stored day in a region; unknown when not stored."""
    if day not in stored_days(now.folder):
        return None, words.UNKNOWN
    if not comparable(now, day):
        return None, words.OTHER_DEFINITIONS
    snapshot = now.at(day)
    rows = in_period(snapshot, period, Region(region).level).filter(
        id=indicator, group=own_group(snapshot, region)
    )
    if rows.is_empty():
        return None, words.UNKNOWN
    row = rows.row(0, named=True)
    return row["value"], words.value(row["value"], row["unit"], row["status"])


def _since(snapshot: Snapshot, scope: Scope, row: dict) -> tuple[str, str, str]:
    """The indicator at the meeting's cut-off and now, and the change in words."""
    indicator, code = row["indicator_id"], Region(row["region_code"] or "")
    region = code.township or code.county
    if indicator not in catalogue():
        return "—", "—", "—"
    cutoff, period = row["cutoff"], scope.period
    then, was = _figure(snapshot, cutoff, indicator, region, period)
    now, is_now = _figure(snapshot, snapshot.as_of, indicator, region, period)
    stored = cutoff if cutoff in stored_days(snapshot.folder) else None
    between = replace(scope, compared=stored)
    about, group = catalogue()[indicator], own_group(snapshot, region)
    return was, is_now, change(snapshot, between, about, (now, then), region.level, group)


@builder
def decided(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Each decision: list, lead, due, state, follow-up; its indicator then and now."""
    if snapshot.access.township:
        # Decisions are on counties at the lowest.
        raise AccessError(OUTSIDE)
    if not {"joint_meeting", "meeting_item"} <= set(snapshot.manifest["connected"]):
        rows, finding = pl.DataFrame(), f"{words.NOT_CONNECTED}。"
    else:
        rows = live(snapshot, scope)
        finding = _finding(rows, scope)
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="decisions",
        title="上次会议议定事项落实情况",
        finding=finding,
        table=_table(snapshot, scope, rows) if rows.height else pl.DataFrame(),
        chart=_chart(rows) if rows.height else None,
        definition="上次会议议定事项，以及更早会议尚未办结的事项；撤销的不列。逾期：完成时限早于截至日且未办结。"
        "“会议时”为该次会议数据截止日的指标值（流量指标为截至该日的同名时段），“现在”为截至日的值；指标变化不等于由该事项引起。",
    )


def _finding(rows: pl.DataFrame, scope: Scope) -> str:
    if rows.is_empty():
        whose = "涉及本地区" if scope.region else ""
        return f"无{whose}{'由该单位负责' if scope.department else ''}的议定事项。"
    counts = dict(rows.group_by("state").len().rows())
    count_by_state = [f"{state[2:]}{counts[state]}项" for state in STATES if state in counts]
    text = f"列入跟踪的议定事项{rows.height}项：{'，'.join(count_by_state)}"
    oldest = rows.filter(pl.col("state") == STATES[2]).sort("due_on").head(1)
    if oldest.is_empty():
        return f"{text}。"
    row = oldest.row(0, named=True)
    due = words.day(row["due_on"])
    lead = names.department(row["lead_dept"])
    return f"{text}；逾期最久的是“{row['item_name']}”（{lead}，应于{due}办结）。"


def _table(snapshot: Snapshot, scope: Scope, rows: pl.DataFrame) -> pl.DataFrame:
    name_by_code = names.region_names(snapshot)
    indicator_by_id = {i.id: name_of(i, scope.period) for i in catalogue().values()}
    since = [_since(snapshot, scope, row) for row in rows.iter_rows(named=True)]
    columns = [
        pl.Series(title, [values[i] for values in since], dtype=pl.String)
        for i, title in enumerate(SINCE)
    ]
    return rows.select(
        pl.col("meeting_name").alias("会议"),
        pl.col("list_type").replace(labels("meeting_item", "list_type")).alias("清单"),
        pl.col("item_name").alias("事项"),
        pl.col("lead_dept").replace(names.departments()).alias("责任单位"),
        pl.col("region_code").replace(name_by_code).fill_null("全市").alias("地区"),
        pl.col("due_on").alias("完成时限"),
        pl.col("state").alias("状态"),
        pl.col("supervise_level").replace(labels("meeting_item", "supervise_level")).alias("督办"),
        pl.col("indicator_id").replace(indicator_by_id).fill_null("—").alias("涉及指标"),
        *columns,
    )


def _chart(rows: pl.DataFrame) -> Chart:
    leads = set(rows["lead_dept"])
    official = [dept for dept in names.departments() if dept in leads]
    counted = rows.group_by("lead_dept", "state").len()
    units = [*official, *sorted(leads - set(official), key=str)]
    grid = [(names.department(unit), state) for unit in units for state in STATES]
    count_by_cell = {(names.department(d), s): n for d, s, n in counted.rows()}
    data = pl.DataFrame(
        [(label, state, count_by_cell.get((label, state), 0)) for label, state in grid],
        schema={"label": pl.String, "series": pl.String, "value": pl.Int64},
        orient="row",
    ).with_columns(
        text=pl.when(pl.col("value") > 0).then(pl.col("value").cast(pl.String)).fill_null(""),
        mark=pl.col("series").replace(dict(zip(STATES, ("q5", "q2", "concern"), strict=True))),
    )
    return Chart(
        kind="bars",
        data=data,
        unit="项",
        description="各责任单位议定事项：已办结、办理中、逾期",
        stacked=True,
    )
