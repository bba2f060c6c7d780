"""The scope of a page as its URL has it: read for a presentation, written for a link."""

from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from exhibits.wording import names
from pages.shared import url_choice
from pages.shared.audit import viewing
from pages.shared.sign_in import authenticate
from queries.access import AccessError
from queries.answers.breakdowns import require_own_region
from queries.answers.periods import offered
from queries.region import Region
from queries.scope import (
    Meeting,
    Scope,
    Snapshot,
    comparisons,
    counties,
    like_with_like,
    meetings,
    open_snapshot,
    store,
    stored_days,
)

NOTHING = "尚无数据快照。请先运行 `python -m queries refresh`，再刷新本页。"


def comparison_days(folder: Path, snapshot: Snapshot, meeting: Meeting | None) -> dict[str, date]:
    """Comparison dates by name; of a meeting, the cut-off of the one before it."""
    if meeting is None:
        return comparisons(folder, snapshot)
    stored = meeting.before in stored_days(folder)
    return {"meeting": meeting.before} if meeting.before and stored else {}


def opened(folder: Path, as_of: date, container=st) -> Snapshot:
    """
    The day within the user's access.

    A sentence in the container and no page where the day is of another place, or the user's region
    is unknown there.
    """
    snapshot = open_snapshot(folder, as_of, access=authenticate.user().access)
    try:
        require_own_region(snapshot)
    except AccessError as error:
        container.error(f"{error}。")
        st.stop()
    return snapshot


def presented() -> tuple[Snapshot, Scope, str]:
    """Snapshot, scope and meeting of the URL or session; defaults in place of invalid values."""
    folder, access = store(), authenticate.user().access
    days = {day.isoformat(): day for day in stored_days(folder)}
    if not days:
        st.info(NOTHING)
        st.stop()
    meeting = {one.id: one for one in meetings(folder)}.get(url_choice.current("meeting"))
    as_of = meeting.cutoff if meeting else days.get(url_choice.current("as_of"), max(days.values()))
    snapshot = opened(folder, as_of)
    choices = comparison_days(folder, snapshot, meeting)
    compared = choices.get(url_choice.current("compared"), next(iter(choices.values()), None))
    region, department = url_choice.current("region"), url_choice.current("department")
    asked, periods = url_choice.current("period"), offered(snapshot)
    default = next(iter(periods))
    wanted = Scope(
        as_of,
        compared,
        Region(region if region in counties(snapshot) else ""),
        department if department in names.departments() else "",
        period=asked if asked in periods else default,
    )
    archive = st.query_params.get("kept", "")
    scope = viewing.note_scope(
        like_with_like(snapshot, access.narrowed(wanted)),
        meeting=meeting.id if meeting else "",
        kept=archive if archive.isdecimal() and len(archive) < 6 else "",
    )
    return snapshot, scope, meeting.id if meeting else ""


def link(page: str, scope: Scope, **more: str) -> str:
    """The URL of a page in a scope."""
    query = {
        "as_of": scope.as_of.isoformat(),
        "region": scope.region.county,
        "township": scope.region.township,
        "department": scope.department,
        "category": scope.category,
        "residence": scope.residence,
        "period": scope.period,
        # The role is the demonstration's choice; without effect where users sign in.
        **url_choice.choices(("compared", "role")),
        **more,
    }
    return f"{page}?{urlencode({name: value for name, value in query.items() if value})}"
