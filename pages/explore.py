"""自助分析: any indicator by any breakdown, as a chart, a table, a file and a link."""

import streamlit as st

from exhibits.explore import choices
from exhibits.explore.indicators import explore
from exhibits.make import narrows
from pages.shared import url_choice
from pages.shared.widgets import exhibit_card, scope_bar, source_line
from queries.catalogue import catalogue

indicators = catalogue()
asked = st.query_params.get_all("id") or st.session_state.get("kept_ids") or ["I0891"]
chosen = [i for i in asked if i in indicators][: choices.MOST] or ["I0891"]
uses = ("category", "residence") if all(narrows(i) for i in chosen) else ()
flows = any(indicators[i].kind == "flow" for i in chosen)
subject = "选指标、选分组、选时段，看图、看表、导出、存链接。"
snapshot, scope = scope_bar.show("自助分析", subject, uses, period="month" if flows else "")

ids = st.multiselect(
    f"指标（最多{choices.MOST}项）",
    list(indicators),
    default=chosen,
    format_func=lambda i: f"{i} {indicators[i].name}（{indicators[i].unit}）",
    max_selections=choices.MOST,
    key="explore-ids",
)
if not ids:
    st.info("请至少选择一项指标。")
    st.stop()
st.session_state["kept_ids"] = ids
st.query_params["id"] = ids
picked = [indicators[i] for i in ids]

left, right = st.columns(2)
with left:
    by = url_choice.choose(
        st, "分组", "by", choices.breakdowns(picked, scope.region.county, snapshot.access)
    )
with right:
    kind = url_choice.choose(st, "图表", "kind", choices.kinds(by, len(ids) > 1))

if choices.mixed(picked) and kind != "table":
    st.info("所选指标单位不同，不能画在一张图上，仅列表格。")
exhibit_card.show(explore(snapshot, scope, tuple(ids), by, kind))
source_line.show(snapshot)
