"""任务清单: the thirteen tasks, what the data say of them, what was reported."""

import streamlit as st

from exhibits import task_exhibits
from exhibits.tasks import reported, rows
from pages.shared import url_choice
from pages.shared.markup import html
from pages.shared.widgets import exhibit_card, scope_bar, scope_url, source_line, task_card

snapshot, scope = scope_bar.show("任务清单", "十三项任务落实情况", ("department",))
tasks = rows.tasks(snapshot, scope)
role_by_row = rows.roles(scope.department)
if scope.department:
    labels = {"": "责任与配合", "责任": "责任任务", "配合": "配合任务"}
    role = url_choice.choose(st, "本部门角色", "duty", labels, "segmented_control")
    tasks = tuple(task for task in tasks if not role or role_by_row[task.row] == role)
options = {"": "全部任务", **{task.row: f"{task.row} {task_card.name(task)}" for task in tasks}}
with st.container(key="unlabelled-task"):
    chosen = url_choice.choose(st, "任务", "task", options)

if scope.department:
    st.html(html.heading("本部门的任务", task_card.roles(role_by_row)))
if not chosen:
    url_choice.choose_none("part")
    task_card.overview(tasks, lambda row: scope_url.link("tasks", scope, task=row))
for task in [task for task in tasks if task.row == chosen]:
    exhibits = task_exhibits.parts_of(snapshot, scope, task.row)
    offered = {part: name for part, name in task_exhibits.PARTS.items() if part in exhibits}
    part = url_choice.part({"reported": "指标与填报", **offered})
    if part == "reported":
        summary = reported.summary(snapshot, scope, task.row)
        task_card.show(task, summary, reported.disagreement(snapshot, scope, task), scope)
        task_card.table("部门填报进展", reported.progress(snapshot, scope, task.row))
        task_card.table("联席会议未办结事项", reported.decisions(snapshot, task.row))
    else:
        st.html(html.heading(f"{task.row} {task_card.name(task)}"))
    for exhibit in exhibits.get(part, []):
        exhibit_card.show(exhibit)
source_line.show(snapshot)
