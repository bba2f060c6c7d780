"""县区地图: any indicator on the map, over time, down to the townships."""

import streamlit as st

from exhibits.make import narrows
from exhibits.maps import county, months, programmes
from geo import boundaries
from pages.shared import url_choice
from pages.shared.widgets import exhibit_card, scope_bar, source_line
from queries.catalogue import catalogue

PARTS = {"map": "地图", "months": "近12个月", "play": "逐月播放", "programmes": "各救助项目"}

CLASSES = {"quantile": "按数值分级", "significance": "按与全市差异分级"}

mapped = {i.id: f"{i.name}（{i.unit}）" for i in catalogue().values() if "county" in i.breakdowns}
counts = {i.id: i.name for i in catalogue().values() if i.id in mapped and not i.is_rate}

asked = url_choice.current("indicator") or "I0891"
uses = ("category", "residence") if narrows(asked) else ()
# Of a place without boundaries there are tables alone: nothing to click, to play or to lay over.
has_map = bool(boundaries.counties())
if not has_map:
    del PARTS["play"]
says = "指标分布；点击县区查看乡镇" if has_map else "指标分布"
snapshot, scope = scope_bar.show("县区地图", says, uses)

left, right = st.columns([3, 2], vertical_alignment="center")
with left:
    part = url_choice.part(PARTS)
if part != "programmes":
    with right, st.container(key="unlabelled-indicator"):
        ordered = {"I0891": mapped["I0891"], **mapped}
        indicator = url_choice.choose(st, "指标", "indicator", ordered)
if part == "map":
    shown = st.container()
    # Below the map: what it is without them is what most want.
    one, other = st.columns(2)
    circles = {"": "不显示", **counts} if has_map else {"": "不显示"}
    second = url_choice.choose(one, "圆圈大小（人数、件数）", "second", circles)
    kind = url_choice.choose(other if has_map else one, "颜色", "classes", CLASSES)
    with shown:
        significance = kind == "significance"
        exhibit_card.show(county.county_map(snapshot, scope, indicator, significance, second))
elif part == "programmes":
    exhibit_card.show(programmes.by_programme(snapshot, scope))
else:
    exhibit_card.show(months.over_time(snapshot, scope, indicator, part == "play"))
source_line.show(snapshot)
