"""需要关注: the largest entries as sentences, and all of them as a list."""

import streamlit as st

from exhibits.attention.entries import Entry, entries, nothing
from exhibits.permitted import where_permitted
from pages.shared.markup import html
from pages.shared.widgets import scope_url
from queries.scope import Scope, Snapshot

#: Entries that a page opens with.
LEADING = 3


def leading(snapshot: Snapshot, scope: Scope) -> None:
    """The largest entries in full: who, what, since when, who must act by when."""
    found = where_permitted(entries, snapshot, scope)[:LEADING]
    if found:
        st.html(html.leading([(each.sentence, each.action, _link(each)) for each in found]))


def listed(snapshot: Snapshot, scope: Scope) -> None:
    """Every entry in a line, or why there is none."""
    st.html(html.heading("需要关注", "按超出其他单位的件数与其平时变动排序"))
    found = where_permitted(entries, snapshot, scope)
    lines = [(each.short, _link(each)) for each in found]
    st.html(html.findings(lines, "" if found else nothing(snapshot, scope)))


def _link(entry: Entry) -> str:
    return scope_url.link(entry.page, entry.scope, **dict(entry.options))
