"""任务清单: each row on one line, for the meeting's slides."""

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.tasks.rows import PAGE, Line, Task, tasks
from exhibits.wording import names, words
from exhibits.wording.marks import MISSED
from exhibits.wording.periods import NAMES, counted
from queries.scope import Scope
from queries.store.snapshot import Snapshot

COLUMNS = ("行次", "任务", "责任单位", "指标", "数值", "达标或变化")


@builder
def overview(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """
    Number, name, 责任单位, one figure and its mark of each row; a department's own rows.

    The figure: the row's first one with a target, else the first that has a better direction.
    """
    chosen = [(task, _leading(task)) for task in tasks(snapshot, scope)]
    rows = [_row(task, line) for task, line in chosen]
    missed = [t.row for t, line in chosen if line and line.assurance in MISSED]
    listed = f"：任务{words.listed(missed)}" if missed else ""
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"tasks-overview-{scope.department}",
        title=f"任务落实情况（{NAMES[scope.period]}）",
        finding=f"任务清单{len(rows)}行，所列指标未达标的{len(missed)}行{listed}。",
        table=pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"),
        chart=None,
        definition="任务与责任单位按政策，单位用简称；每行列一项指标：有目标的优先。"
        f"流量指标{counted(snapshot, scope)}。",
    )


def _leading(task: Task) -> Line | None:
    judged = [line for line in task.lines if line.assurance]
    directed = [line for line in task.lines if line.indicator.better != "neutral"]
    return next(iter([*judged, *directed, *task.lines]), None)


def _row(task: Task, line: Line | None) -> tuple[str, ...]:
    name = task.sub_title or task.title
    leads = words.listed([names.department(code) for code in task.lead_codes])
    if line is None:
        return task.row, name, leads, "—", words.NOT_CONNECTED, "—"
    return task.row, name, leads, line.indicator.name, line.figure, _mark(line)


def _mark(line: Line) -> str:
    """Met or not by the present value where there is a target, else what the month-ends say."""
    if line.assurance:
        return line.assurance_text.partition("，")[0]
    return "○ 不作判断" if line.mark.unjudged or line.mark.against else line.variation_text
