"""自助分析: any indicator by any breakdown, as a chart, a table, a file and a link."""

import streamlit as st

from exhibits.explore import choices
from exhibits.explore.indicators import explore
from exhibits.make import narrows
from pages.shared import url_choice
from pages.shared.widgets import exhibit_card, scope_bar, source_line
from queries.catalogue import catalogue

indicators = catalogue()
bar = st.container()
with st.container(key="unlabelled-choices"):
    left, middle, right = st.columns([2, 1, 1])
with left:
    ids = url_choice.choose_some(
        f"指标（最多{choices.MOST}项）",
        "id",
        {i: f"{i} {about.name}（{about.unit}）" for i, about in indicators.items()},
        "I0891",
        choices.MOST,
    )
uses = ("category", "residence") if all(narrows(i) for i in ids) else ()
flows = any(indicators[i].kind == "flow" for i in ids)
subject = "选指标、选分组、选时段，看图、看表、导出、存链接。"
with bar:
    snapshot, scope = scope_bar.show("自助分析", subject, uses, period="month" if flows else "")

if not ids:
    st.info("请至少选择一项指标。")
    st.stop()
picked = [indicators[i] for i in ids]

with middle:
    breakdowns = choices.breakdowns(picked, scope.region.county, snapshot.access)
    by = url_choice.choose(
        st, "分组", "by", {code: f"按{name}" for code, name in breakdowns.items()}
    )
with right:
    kind = url_choice.choose(st, "图表", "kind", choices.kinds(by, len(ids) > 1))

if choices.mixed(picked) and kind != "table":
    st.info("所选指标单位不同，不能画在一张图上，仅列表格。")
exhibit_card.show(explore(snapshot, scope, tuple(ids), by, kind))
source_line.show(snapshot)
