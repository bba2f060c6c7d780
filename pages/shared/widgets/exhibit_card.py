"""An exhibit on a page: finding, chart, table behind it, definition, downloads."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from exhibits import draw
from exhibits.exhibit import Chart, Exhibit
from pages.shared.markup import html, small_maps
from pages.shared.markup.entries import entries
from pages.shared.sign_in import authenticate
from pages.shared.widgets import chart, exhibit_downloads, matrix
from queries.region import Region

#: Cases that a phone lists before more are asked for.
CARDS = 20

#: Charts whose points lead to a region.
CLICKABLE = ("map", "funnel")


def show(exhibit: Exhibit, *, live: bool = True, listed: bool = False) -> None:
    """
    Draws an exhibit; an empty one shows its finding alone. A click on a region goes there.

    `live`: clicks are followed; `listed`: the table below the chart is open.
    """
    with st.container(border=True, key=f"card-{exhibit.key}"):
        st.html(html.finding(exhibit.title, exhibit.finding, exhibit.when))
        if exhibit.chart:
            _chart(exhibit, exhibit.chart, live)
        more(exhibit, folded=bool(exhibit.chart) and not listed, pinned=live)
        if exhibit.chart and exhibit.chart.credit:
            st.caption(exhibit.chart.credit)


def show_archived(exhibit: Exhibit, key: str) -> None:
    """An archived exhibit: a click on a region does nothing."""
    show(replace(exhibit, key=f"archived-{key}"), live=False)


def show_list(exhibit: Exhibit, filters: tuple[str, ...]) -> None:
    """A list to sort, search and filter; files hold the filtered rows."""
    with st.container(border=True, key=f"card-{exhibit.key}"):
        head = st.container()
        if exhibit.table.is_empty():
            _head(exhibit)
            return
        # A column with one value needs no filter.
        filters = tuple(name for name in filters if exhibit.table[name].n_unique() > 1)
        with st.container(horizontal=True, key=f"filters-{exhibit.key}"):
            chosen = {
                name: st.multiselect(
                    name,
                    exhibit.table[name].unique(maintain_order=True).to_list(),
                    key=f"{exhibit.key}-{name}",
                    placeholder="全部",
                )
                for name in filters
            }
        table = exhibit.table
        for name, values in chosen.items():
            if values:
                table = table.filter(pl.col(name).is_in(values))
        with head:
            _head(replace(exhibit, table=table))
        days = [name for name, kind in table.schema.items() if kind == pl.Date]
        form = {name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in days}
        # A grid shows two columns on a phone; the style sheet shows one of both.
        with st.container(key=f"list-{exhibit.key}"):
            st.dataframe(table, hide_index=True, height=460, alt=exhibit.title, column_config=form)
        _cards(table, exhibit.key)
        st.caption(f"显示{table.height}条，共{exhibit.table.height}条。{exhibit.definition}")


def _cards(table: pl.DataFrame, key: str) -> None:
    """The list as cards for a phone, so many more at each tap."""
    many = f"cards-{key}"
    listed = st.session_state.setdefault(many, CARDS)
    st.html(html.case_cards(table, listed))
    if table.height > listed:
        with st.container(key=f"more-{many}"):
            more = min(CARDS, table.height - listed)
            if st.button(f"再列{more}条", key=f"more-button-{many}", width="stretch"):
                st.session_state[many] += CARDS
                st.rerun()


def show_by_key(exhibit: Exhibit, text: str, main: Sequence[str] = ()) -> None:
    """
    A table of texts, narrowed to the rows that contain the text.

    `main`: columns that a line shows; it opens to the others. Without any, the whole table.
    """
    table = exhibit.table
    if text:
        matching = pl.any_horizontal(pl.col(pl.String).str.contains(text, literal=True))
        table = table.filter(matching)
    with st.container(border=True, key=f"card-{exhibit.key}"):
        _head(replace(exhibit, table=table))
        st.html(entries(table, main) if main else html.plain_table(table, len(exhibit.table)))
        st.caption(f"显示{table.height}条，共{exhibit.table.height}条。{exhibit.definition}")


def _head(exhibit: Exhibit) -> None:
    st.html(html.finding(exhibit.title, exhibit.finding))
    if not exhibit.table.is_empty():
        exhibit_downloads.fragment(exhibit)


def _chart(exhibit: Exhibit, drawn: Chart, live: bool) -> None:
    if drawn.kind == "matrix":
        matrix.show(drawn, exhibit.key, None if live else {})
        return
    if drawn.kind == "maps":
        st.html(small_maps.grid(drawn))
        return
    chart.show(
        draw.packed(exhibit),
        f"chart-{exhibit.key}",
        f"{drawn.description}。{exhibit.finding}",
        _drill if live and drawn.kind in CLICKABLE else None,
    )


def _drill(code: str) -> None:
    """Goes to the region that was clicked."""
    if Region(code).township:
        st.session_state["scope_township"] = code
    st.session_state["scope_region"] = str(Region(code).county)


@st.fragment
def more(exhibit: Exhibit, folded: bool, pinned: bool) -> None:
    """Downloads, and the table with its definition, made when the expander is opened."""
    if exhibit.table.is_empty():
        st.caption(exhibit.definition)
        return
    exhibit_downloads.show(exhibit, pinned)
    if not folded:
        st.html(html.below(exhibit.table, exhibit.definition))
        return
    with st.expander("数据表与口径", key=f"below-{exhibit.key}", on_change="rerun") as expander:
        if expander.open:
            authenticate.check()
            st.html(html.below(exhibit.table, exhibit.definition))
