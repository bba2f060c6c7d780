"""The content of the audit log's page."""

from datetime import date, timedelta
from functools import partial

import polars as pl
import streamlit as st

from briefing import export
from data import china
from exhibits import audit
from pages.shared.audit import viewing
from pages.shared.markup import html
from queries.access import AccessError, User, audit_trail

#: Days that are shown at first; rows that are listed, the files hold all.
DAYS, ROWS = 7, 2000

FILTERS = ("账号", "事件", "角色")


def show(user: User) -> None:
    """State of the chain, filters, counts, the table and its files; a refusal in its place."""
    try:
        fault = audit_trail.fault(user.access)
    except AccessError as error:
        viewing.refused(user, "审计日志")
        st.info(f"{error}。")
        return
    viewing.note_no_scope()
    intact, state = audit.state(fault)
    (st.success if intact else st.error)(state)
    since, until = _days()
    table = audit.as_table(audit_trail.entries(user.access, since, until))
    entries = _filtered(table)
    st.html(html.numbers(audit.counts(entries)))
    st.html(html.finding("谁在何时看了什么、导出了什么？", audit.finding(entries, table.height)))
    _files(entries, f"审计日志_{since}_{until}", state)
    st.dataframe(entries.head(ROWS), hide_index=True, height=520, alt="审计日志")
    st.caption(f"{audit.DEFINITION}。表中最多列{ROWS}条，全部见导出。")


def _days() -> tuple[date, date]:
    """The days asked for; while the second is not chosen yet, one day."""
    today = china.today()
    first = today - timedelta(days=DAYS - 1)
    asked = st.date_input("日期", (first, today), format="YYYY-MM-DD", key="audit-days")
    return (asked[0], asked[-1]) if asked else (first, today)


def _filtered(table: pl.DataFrame) -> pl.DataFrame:
    values_by_column = {
        name: column.multiselect(
            name, table[name].unique().sort().to_list(), key=f"audit-{name}", placeholder="全部"
        )
        for column, name in zip(st.columns(len(FILTERS)), FILTERS, strict=True)
    }
    return audit.narrowed(table, **values_by_column)


def _files(table: pl.DataFrame, name: str, state: str) -> None:
    """Download buttons of the log; the right to export figures is not needed."""
    head = ("审计日志", audit.finding(table, table.height), state, audit.DEFINITION)
    for column, (kind, label) in zip(
        st.columns([1, 1, 4]), {"csv": "下载CSV", "xlsx": "下载Excel"}.items(), strict=False
    ):
        column.download_button(
            label,
            data=viewing.file(f"{name}.{kind}", {}, partial(export.table_file, table, head, kind)),
            file_name=f"{name}.{kind}",
            on_click="ignore",
            key=f"audit-{kind}",
            width="stretch",
        )
