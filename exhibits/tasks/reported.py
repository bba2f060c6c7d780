"""What units report of a task beside what the data say, and the meeting's decisions on it."""

from collections.abc import Sequence

import polars as pl

from data.reference.policy_tables import labels
from exhibits.tasks.rows import Task
from exhibits.wording import names, words
from queries.scope import Scope
from queries.store.snapshot import Snapshot

GOOD = ("on_track", "done")

NONE = words.NOT_CONNECTED


def _connected(snapshot: Snapshot, table: str) -> bool:
    return table in snapshot.manifest["connected"]


def progress(snapshot: Snapshot, scope: Scope, row: str) -> pl.DataFrame:
    """The latest reports on a task row: 填报单位, 地区, 月份, 进展."""
    if not _connected(snapshot, "task_progress"):
        return pl.DataFrame()
    rows = snapshot.cube("progress").filter(task_row=row)
    if scope.region:
        rows = rows.filter(scope.region.county.holds(pl.col("region_code").fill_null("")))
    name_by_code = names.region_names(snapshot)
    return rows.select(
        names.named("reporter_dept", names.departments(), names.NO_DEPARTMENT).alias("填报单位"),
        pl.col("region_code").replace(name_by_code).fill_null("全市").alias("地区"),
        pl.col("period_month").dt.strftime("%Y-%m").alias("月份"),
        pl.col("progress_code").replace(labels("task_progress", "progress_code")).alias("进展"),
    )


def summary(snapshot: Snapshot, scope: Scope, row: str) -> str:
    """正常推进7、进展缓慢2 — how many reports say what."""
    if not _connected(snapshot, "task_progress"):
        return NONE
    rows = progress(snapshot, scope, row)
    if rows.is_empty():
        return "本地区无填报" if scope.region else "无填报"
    counted = rows.group_by("进展").agg(pl.len()).sort("len", "进展", descending=[True, False])
    return words.listed([f"{name}{n}份" for name, n in counted.rows()])


def disagreement(snapshot: Snapshot, scope: Scope, task: Task) -> str:
    """Where the reports and the data say different things; empty where they do not."""
    if not _connected(snapshot, "task_progress"):
        return ""
    rows = snapshot.cube("progress").filter(task_row=task.row)
    if scope.region:
        rows = rows.filter(scope.region.county.holds(pl.col("region_code").fill_null("")))
    return differs(rows["progress_code"].to_list(), task)


def differs(codes: list[str], task: Task) -> str:
    """The same for the codes of the reports."""
    if not codes:
        return ""
    good = sum(code in GOOD for code in codes) * 2 > len(codes)
    worse = _named(task.lines, "concern", "fail")
    better = _named(task.lines, "improvement", "pass")
    if good and worse:
        return f"多数填报为正常，而数据显示{words.listed(worse[:3])}变差或持续未达标"
    if not good and better and not worse:
        return f"多数填报为缓慢或受阻，而数据显示{words.listed(better[:3])}好转或持续达标"
    return ""


def _named(lines: Sequence, signal: str, met: str) -> list[str]:
    return [line.name for line in lines if line.variation == signal or line.assurance == met]


def decisions(snapshot: Snapshot, row: str) -> pl.DataFrame:
    """Open decisions of the meeting on a task row: 清单, 事项, 责任单位, 时限, 状态, 督办."""
    if not _connected(snapshot, "meeting_item"):
        return pl.DataFrame()
    day = snapshot.as_of
    rows = snapshot.cube("decisions").filter(
        pl.col("task_row") == row,
        pl.col("done_on").is_null(),
        pl.col("status_code").fill_null("") != "cancelled",
    )
    late = pl.when(pl.col("due_on") < day).then(pl.lit("■ 逾期")).otherwise(pl.lit("● 正常"))
    return rows.sort("due_on", nulls_last=True).select(
        pl.col("list_type").replace(labels("meeting_item", "list_type")).alias("清单"),
        pl.col("item_name").alias("事项"),
        names.named("lead_dept", names.departments(), names.NO_DEPARTMENT).alias("责任单位"),
        pl.col("due_on").alias("完成时限"),
        late.alias("状态"),
        pl.col("supervise_level").replace(labels("meeting_item", "supervise_level")).alias("督办"),
    )
