"""The head of a page: title, way up, scope in one line, and the controls that change it."""

from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from data.reference.departments import members
from exhibits.wording import names, words
from exhibits.wording.periods import NAMES
from pages.shared import url_choice
from pages.shared.audit import viewing
from pages.shared.markup import html
from pages.shared.sign_in import authenticate
from pages.shared.widgets import history_note
from pages.shared.widgets.scope_url import NOTHING, comparison_days, opened
from queries.access import Access
from queries.answers.periods import Period, offered
from queries.region import Region
from queries.scope import (
    Meeting,
    Scope,
    Snapshot,
    broken_days,
    comparable,
    counties,
    last_refresh,
    meetings,
    open_snapshot,
    store,
    stored_days,
    townships,
)

COMPARED = {"meeting": "上次会议", "month": "上月末", "year": "上年同期"}

OLDER = "该日{}，现行口径有变的各项无此数，不与其他口径的日期比较。"


def show(
    name: str,
    subject: str,
    uses: tuple[str, ...] = (),
    county: bool = False,
    meeting: bool = False,
    period: str = "month",
) -> tuple[Snapshot, Scope]:
    """
    Title and scope; the snapshot and the scope.

    `uses`: which of department, category and residence apply to the page; only these are offered.
    `county`: the page is about one county, so the city is no choice. `meeting`: a meeting may be
    chosen, which sets both days. `period`: what the page starts with; empty without flows.
    """
    folder = store()
    access = authenticate.user().access
    days = stored_days(folder)
    demonstration = bool(days) and open_snapshot(folder, days[-1]).manifest["demonstration"]
    with st.container(horizontal=True, vertical_alignment="center", key="page-head"):
        st.html(html.title(name, subject, demonstration), width="content")
        line = st.container(horizontal=True, vertical_alignment="center", key="scope-line")
    _warn(folder)
    if not days:
        st.info(NOTHING)
        st.stop()
    # A sentence in the popover, which is closed, would be read by nobody.
    below = st.container()
    crumbs, text = line.container(horizontal=True, key="crumbs"), line.empty()
    with line.popover("更改范围", type="tertiary", key="scope-controls"):
        left, right = st.columns(2)
        chosen_meeting = _meeting(folder) if meeting else None
        days_offered = [chosen_meeting.cutoff] if chosen_meeting else reversed(days)
        dated = {day.isoformat(): words.day(day) for day in days_offered}
        as_of = date.fromisoformat(url_choice.choose(left, "截至", "as_of", dated))
        snapshot = opened(folder, as_of, below)
        compared = _compared(right, folder, snapshot, chosen_meeting)
        region = _region(left, right, snapshot, county)
        chosen_period = _period(left, snapshot, period) if period else "month"
        lists = {
            "department": ("部门", _departments(access, as_of)),
            "category": ("类别", {"": "全部类别", **names.categories()}),
            "residence": ("城乡", {"": "城乡合计", **names.RESIDENCES}),
        }
        chosen = {
            field: url_choice.choose(column, lists[field][0], field, lists[field][1])
            for field, column in zip(lists, (right, left, right), strict=True)
            if field in uses
        }
    scope = access.narrowed(Scope(as_of, compared, Region(region), **chosen, period=chosen_period))
    _crumbs(crumbs, snapshot, scope, county)
    text.html(html.scope_line(_in_words(snapshot, scope, lists, bool(period))), width="content")
    if snapshot.is_older:
        st.caption(OLDER.format(words.by_definitions(snapshot.definitions)))
    url_choice.write()
    return snapshot, viewing.note_scope(scope)


def _in_words(snapshot: Snapshot, scope: Scope, lists: dict, timed: bool) -> list[str]:
    """截至2026年10月31日 · 对比2026年7月31日 · 上次会议以来（8月1日起） · 市住建局"""
    compared = words.day(scope.compared) if scope.compared else words.UNKNOWN
    phrases = [f"截至{words.day(scope.as_of)}", f"对比{compared}"]
    if timed:
        phrases.append(_period_names(snapshot)[scope.period])
    chosen = {field: getattr(scope, field) for field in lists}
    return phrases + [lists[field][1][code] for field, code in chosen.items() if code]


def _crumbs(container, snapshot: Snapshot, scope: Scope, county: bool) -> None:
    """全市 › 礼县 › 石桥镇: the region, and what it lies in as a way up."""
    access, region_names = snapshot.access, names.region_names(snapshot)
    above = [] if county or access.county else [("", "全市")]
    if scope.region.township and not access.township:
        above.append((scope.region.county, region_names.get(scope.region.county, "")))
    for code, label in above if scope.region else []:
        container.button(
            f"{label} ›", key=f"crumb-{code}", type="tertiary", on_click=_go, args=(code,)
        )
    here = names.region_name(snapshot, scope.region) if scope.region else "全市"
    container.html(f"<b>{escape(here)}</b>", width="content")


def _go(county: str) -> None:
    st.session_state["scope_region"] = county
    st.session_state["scope_township"] = ""


def _departments(access: Access, as_of: date) -> dict[str, str]:
    if access.department:
        return {access.department: names.department(access.department)}
    return {"": "全部部门", **{code: names.department(code) for code in members(as_of)}}


def _warn(folder: Path) -> None:
    """Warns of damaged days, a failed refresh and unfinished history."""
    if broken := broken_days(folder):
        broken_names = "、".join(words.day(day) for day in broken[-3:])
        st.warning(
            f"{broken_names}的快照损坏或由更新的程序生成，未列入。"
            "请运行 `python -m queries refresh` 重新生成。",
            icon="⚠️",
        )
    attempt = last_refresh(folder)
    if attempt and attempt.reason:
        when = f"{words.day(attempt.at.date())}{attempt.at:%H:%M}"
        why = f"{attempt.reason}：{attempt.detail}" if attempt.detail else attempt.reason
        st.warning(f"最近一次刷新（{when}）未成功，沿用已有快照：{why}。", icon="⚠️")
    if note := history_note.unfinished(folder):
        st.caption(note)


def _meeting(folder: Path) -> Meeting | None:
    """The chosen meeting; None for the next one, which is prepared by its as-of day."""
    by_id = {item.id: item for item in meetings(folder)}
    labels = {
        item.id: f"{item.name}（{words.day(item.held_on)}召开，数据截至{words.day(item.cutoff)}）"
        for item in by_id.values()
    }
    chosen = url_choice.choose(st, "会议", "meeting", {"": "下次会议（按截至日准备）", **labels})
    return by_id.get(chosen)


def _compared(column, folder: Path, snapshot: Snapshot, meeting: Meeting | None) -> date | None:
    choices = comparison_days(folder, snapshot, meeting)
    comparing = {key: day for key, day in choices.items() if comparable(snapshot, day)}
    labels = {
        key: f"{COMPARED[key]}（{words.day(day)}）"
        + ("" if key in comparing else words.OTHER_DEFINITIONS)
        for key, day in choices.items()
    }
    chosen = url_choice.choose(column, "对比", "compared", labels or {"none": words.UNKNOWN})
    return comparing.get(chosen)


def _period(column, snapshot: Snapshot, default: str) -> str:
    """The chosen period; the page's default stands first, where the day has it."""
    by_name = offered(snapshot)
    first = default if default in by_name else "month"
    labels = _period_names(snapshot)
    ordered = {first: labels[first], **labels}
    return url_choice.choose(column, "时段", "period", ordered, own_default=True)


def _period_names(snapshot: Snapshot) -> dict[str, str]:
    """上次会议以来（8月1日起）, by code."""
    by_name = offered(snapshot)
    return {name: f"{NAMES[name]}（{_first_day(each)}起）" for name, each in by_name.items()}


def _first_day(period: Period) -> str:
    """8月1日, with the year where it is another: 2025年11月1日."""
    day = period.since
    same = day.year == period.until.year
    return f"{day.month}月{day.day}日" if same else words.day(day)


def _region(county_column, township_column, snapshot: Snapshot, one: bool) -> str:
    county_names, access = counties(snapshot), snapshot.access
    fixed = (one and county_names) or access.county
    # A registry may lack the county of the user.
    own = (
        {access.county: county_names.get(access.county, access.county)}
        if access.county
        else county_names
    )
    options = own if fixed else {"": "全市", **county_names}
    county = url_choice.choose(county_column, "县区", "region", options)
    if not county or access.lowest == "county":
        url_choice.choose_none("township")
        return county
    township_names = townships(snapshot, county)
    township_names = township_names if access.township else {"": "全部乡镇", **township_names}
    return url_choice.choose(township_column, "乡镇", "township", township_names) or county
