"""需要关注: the largest entries as sentences, and all of them as a list."""

import streamlit as st

from exhibits.attention.entries import Entry, entries, nothing
from exhibits.permitted import where_permitted
from exhibits.todo.cases import items
from pages.shared.markup import html
from pages.shared.widgets import scope_url
from queries.scope import Scope, Snapshot

#: Entries that a page opens with.
LEADING = 3


def leading(snapshot: Snapshot, scope: Scope) -> None:
    """The largest entries: who, what, since when, what was decided, who must act by when."""
    largest = where_permitted(entries, snapshot, scope)[:LEADING]
    if largest:
        rows = [
            (each.what, f"{each.beside}。", _decided(each), each.action, _links(snapshot, each))
            for each in largest
        ]
        st.html(html.leading(rows))


def listed(snapshot: Snapshot, scope: Scope) -> None:
    """Every entry in full, or why there is none."""
    st.html(html.heading("需要关注", "按超出其他单位的件数与其平时变动排序"))
    every = where_permitted(entries, snapshot, scope)
    lines = [(each.sentence, _links(snapshot, each)) for each in every]
    st.html(html.findings(lines, "" if every else nothing(snapshot, scope)))


def _decided(entry: Entry) -> str:
    text = entry.previous or entry.previous_further
    return f"{text}。" if text else ""


def _links(snapshot: Snapshot, entry: Entry) -> str:
    """查看 for the chart, 逐件清单 for the cases where the role has the list."""
    links = {"查看": scope_url.link(entry.page, entry.scope, **dict(entry.options))}
    if entry.cases and snapshot.access.cases and entry.cases in items(snapshot):
        links["逐件清单"] = scope_url.link("todo", entry.scope, item=entry.cases)
    return html.links(links)
