"""覆盖缺口: who is entitled and not reached?"""

import streamlit as st

from exhibits import series
from exhibits.coverage import (
    aid,
    below,
    beyond,
    by_region,
    cascade,
    compare,
    matrix,
    missing,
    policies,
    reach,
    rows,
)
from pages.shared import url_choice
from pages.shared.widgets import exhibit_card, scope_bar, source_line

PARTS = {
    "matrix": "项目×地区",
    "cascade": "分项目",
    "long": "救助用时",
    "missing": "应享未享组合",
    "categories": "分类别",
    "beyond": "疑似不符合条件（待核实）",
    "compare": "县区比较与走势",
    "policies": "地方自主项目",
    "aid": "救助情况",
}

uses = ("department", "category", "residence")
snapshot, scope = scope_bar.show("覆盖缺口", "应享未享情况", uses, period="")
left, right = st.columns([4, 1], vertical_alignment="center")
with left:
    part = url_choice.part(PARTS)

if part == "matrix":
    with right:
        measure = url_choice.part(matrix.MEASURES, "measure")
    for basis in ("firm", "suspected"):
        exhibit_card.show(matrix.matrix(snapshot, scope, measure, basis))
elif part == "cascade":
    exhibit_card.show(below.below_target(snapshot, scope))
    for basis in ("firm", "suspected"):
        exhibit_card.show(cascade.cascade(snapshot, scope, basis))
elif part == "long":
    for basis in ("firm", "suspected"):
        exhibit_card.show(reach.how_long(snapshot, scope, basis))
elif part == "missing":
    exhibit_card.show(missing.missing_number(snapshot, scope))
    exhibit_card.show(missing.missing_combinations(snapshot, scope))
    exhibit_card.show(by_region.by_region(snapshot, scope, "I0807"))
elif part == "categories":
    exhibit_card.show(cascade.categories(snapshot, scope))
elif part == "beyond":
    for indicator in url_choice.asked_first(beyond.certain()):
        exhibit_card.show(beyond.not_terminated(snapshot, scope, indicator))
    exhibit_card.show(beyond.beyond_rule(snapshot, scope))
elif part == "compare":
    exhibit_card.show(compare.county_funnel(snapshot, scope))
    for indicator in url_choice.asked_first(("I0891", "I0890", "I0894", "I0895")):
        exhibit_card.show(series.trend(snapshot, scope, indicator, rows.PAGE))
elif part == "aid":
    exhibit_card.show(aid.status(snapshot, scope))
else:
    exhibit_card.show(policies.switched_on(snapshot, scope))
source_line.show(snapshot)
