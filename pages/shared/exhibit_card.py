"""An exhibit on a page: finding, chart, table behind it, definition, downloads."""

import io

import streamlit as st

from exhibits import drawing, words
from exhibits.exhibit import Exhibit
from pages.shared import look


def show(exhibit: Exhibit) -> None:
    """Draws an exhibit; an empty one shows its finding alone."""
    with st.container(border=True):
        st.html(look.finding(exhibit.question, exhibit.finding))
        if exhibit.table.is_empty():
            return
        if exhibit.chart:
            st.plotly_chart(
                drawing.figure(exhibit),
                theme=None,
                key=exhibit.key,
                config={"displaylogo": False, "displayModeBar": False},
            )
            with st.expander("数据表"):
                st.html(look.plain_table(exhibit.table))
        else:
            st.html(look.plain_table(exhibit.table))
        _below(exhibit)


def _below(exhibit: Exhibit) -> None:
    st.caption(f"{exhibit.definition} {exhibit.place}，截至{words.day(exhibit.as_of)}。")
    name = f"{exhibit.question.rstrip('？')}_{exhibit.as_of:%Y%m%d}"
    left, right, _ = st.columns([1, 1, 4])
    # Excel reads a CSV as Chinese only with the byte order mark.
    left.download_button(
        "下载CSV",
        data=lambda: exhibit.table.write_csv(include_bom=True).encode("utf-8"),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"{exhibit.key}-csv",
    )
    right.download_button(
        "下载Excel",
        data=lambda: _workbook(exhibit),
        file_name=f"{name}.xlsx",
        on_click="ignore",
        key=f"{exhibit.key}-xlsx",
    )


def _workbook(exhibit: Exhibit) -> bytes:
    written = io.BytesIO()
    exhibit.table.write_excel(written, worksheet="数据", column_widths=120)
    return written.getvalue()
