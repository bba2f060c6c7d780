"""An exhibit on a page: finding, chart, table behind it, definition, downloads."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from briefing import export, release
from exhibits import draw
from exhibits.exhibit import Exhibit
from pages.shared.audit import viewing
from pages.shared.markup import html
from pages.shared.sign_in import authenticate
from pages.shared.widgets import pins

CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True}

LABELS = {
    "xlsx": "Excel数据",
    "csv": "CSV数据",
    "docx": "Word文档",
    "pptx": "一页幻灯片",
    "png": "PNG图片",
    "svg": "SVG图片",
}

#: Charts whose cells lead to a region.
CLICKABLE = ("map", "matrix", "funnel")


def show(exhibit: Exhibit, *, live: bool = True, listed: bool = False) -> None:
    """
    Draws an exhibit; an empty one shows its finding alone. A click on a region goes there.

    `live`: clicks lead somewhere; `listed`: its table stands open below the chart.
    """
    with st.container(border=True, key=f"card-{exhibit.key}"):
        st.html(html.finding(exhibit.question, exhibit.finding))
        if exhibit.chart:
            _chart(exhibit, live)
        _more(exhibit, folded=bool(exhibit.chart) and not listed, pinned=live)
        credit = exhibit.chart.credit if exhibit.chart else ""
        st.caption("；".join([exhibit.source_line, *([credit] if credit else [])]))


def show_archived(exhibit: Exhibit, key: str) -> None:
    """An exhibit as it was kept: nothing is drawn anew, a click leads nowhere."""
    show(replace(exhibit, key=f"kept-{key}"), live=False)


def show_list(exhibit: Exhibit, filters: tuple[str, ...]) -> None:
    """A list to sort, search and filter; what is downloaded is what is shown."""
    with st.container(border=True, key=f"card-{exhibit.key}"):
        head = st.container()
        if exhibit.table.is_empty():
            _head(exhibit)
            return
        # Where all rows say the same there is nothing to choose.
        filters = tuple(name for name in filters if exhibit.table[name].n_unique() > 1)
        chosen = {
            name: column.multiselect(
                name,
                exhibit.table[name].unique(maintain_order=True).to_list(),
                key=f"{exhibit.key}-{name}",
                placeholder="全部",
            )
            for column, name in zip(st.columns(len(filters) or 1), filters, strict=False)
        }
        table = exhibit.table
        for name, values in chosen.items():
            if values:
                table = table.filter(pl.col(name).is_in(values))
        with head:
            _head(replace(exhibit, table=table))
        days = [name for name, kind in table.schema.items() if kind == pl.Date]
        form = {name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in days}
        st.dataframe(table, hide_index=True, height=460, alt=exhibit.question, column_config=form)
        st.caption(f"显示{table.height}条，共{exhibit.table.height}条。{exhibit.definition}")


def show_by_key(exhibit: Exhibit, wanted: str) -> None:
    """A table of texts, narrowed to the rows in which what is wanted occurs."""
    table = exhibit.table
    if wanted:
        found = pl.any_horizontal(pl.col(pl.String).str.contains(wanted, literal=True))
        table = table.filter(found)
    with st.container(border=True, key=f"card-{exhibit.key}"):
        _head(replace(exhibit, table=table))
        st.html(html.plain_table(table, len(exhibit.table)))
        st.caption(f"显示{table.height}条，共{exhibit.table.height}条。{exhibit.definition}")


@st.fragment
def _only_files(exhibit: Exhibit) -> None:
    _files(exhibit)


def _head(exhibit: Exhibit) -> None:
    st.html(html.finding(exhibit.question, exhibit.finding))
    if not exhibit.table.is_empty():
        _only_files(exhibit)


def _chart(exhibit: Exhibit, live: bool) -> None:
    common = {
        "theme": None,
        "key": f"chart-{exhibit.key}",
        "config": CONFIG,
        "alt": f"{exhibit.chart.description}。{exhibit.finding}",
    }
    figure = draw.figure(exhibit)
    if live and exhibit.chart.kind in CLICKABLE:
        clicked = _drill(common["key"])
        st.plotly_chart(figure, on_select=clicked, selection_mode="points", **common)
    else:
        st.plotly_chart(figure, **common)


def _drill(key: str) -> Callable[[], None]:
    """Goes to the region that was clicked; an emptied selection changes nothing."""

    def go() -> None:
        points = st.session_state[key]["selection"]["points"]
        code = next((p["customdata"] for p in points if p.get("customdata")), "")
        code = code[0] if isinstance(code, list) else code
        if len(code) > 6:
            st.session_state["scope_township"] = code
        if code:
            st.session_state["scope_region"] = code[:6]

    return go


@st.fragment
def _more(exhibit: Exhibit, folded: bool, pinned: bool) -> None:
    """Downloads, and the table with what is counted: made only when asked for."""
    if exhibit.table.is_empty():
        st.caption(exhibit.definition)
        return
    _files(exhibit, pinned)
    if not folded:
        st.html(html.below(exhibit.table, exhibit.definition))
        return
    with st.expander("数据表与口径", key=f"below-{exhibit.key}", on_change="rerun") as opened:
        if opened.open:
            authenticate.check()
            st.html(html.below(exhibit.table, exhibit.definition))


def _edition(exhibit: Exhibit) -> str:
    """The edition that the user wants files in, empty where none may be made; why not is said."""
    editions = release.editions(exhibit)
    possible = [edition for edition, why in editions.items() if not why]
    if not possible:
        st.caption(f"{next(iter(editions.values()))}。")
        return ""
    if len(editions) == 1:
        return possible[0]
    chosen = st.radio("口径", possible, horizontal=True, key=f"edition-{exhibit.key}")
    for edition, why in editions.items():
        if why:
            st.caption(f"{edition}：{why}。")
    return chosen


def _files(exhibit: Exhibit, pinned: bool = True) -> None:
    """The files of an exhibit, and the way into the meeting's material."""
    key, name = exhibit.key, exhibit.file_name
    with st.popover("导出", key=f"files-{key}", on_change="rerun") as opened:
        if not opened.open:
            return
        authenticate.check()
        edition = _edition(exhibit)
        for kind, off in (export.kinds(exhibit) if edition else {}).items():
            file = f"{name}{'_公开口径' if edition == release.OPEN else ''}.{kind}"
            make = partial(export.made, exhibit, kind, edition=edition)
            st.download_button(
                LABELS[kind],
                data=viewing.file(file, viewing.scope_of(exhibit), make),
                file_name=file,
                on_click="ignore",
                disabled=bool(off),
                help=off or None,
                key=f"{key}-{kind}",
                width="stretch",
            )
        if (
            pinned
            and exhibit.recipe
            and st.button("加入会议材料", key=f"{key}-pin", width="stretch")
        ):
            st.toast(pins.add(exhibit.recipe))
