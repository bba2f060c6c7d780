"""The scope bar: title, days, region and filters of a page, held in the URL and the session."""

from datetime import date
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

COUNTIES = "公开口径只到县区"

COMPARED = {"meeting": "上次会议", "month": "上月末", "year": "上年同期"}

OLDER = "该日{}，现行口径有变的各项无此数，不与其他口径的日期比较。"

OFF = {
    "department": "本页不按部门统计",
    "category": "类别只筛选在册人员，本页指标不按在册人员统计",
    "residence": "城乡只筛选在册人员，本页指标不按在册人员统计",
    "period": "本页均为截至日的存量或逐月数，不分时段",
}


def show(
    name: str,
    subject: str,
    uses: tuple[str, ...] = (),
    county: bool = False,
    meeting: bool = False,
    period: str = "month",
) -> tuple[Snapshot, Scope]:
    """
    Title and bar; the snapshot and the scope.

    `uses`: which of department, category and residence apply to the page; the others are
    disabled with the reason. `county`: the page is about one county, so the city is no choice.
    `meeting`: a meeting may be chosen, which sets both days. `period`: what the page starts with;
    empty where it shows no flows.
    """
    folder = store()
    access = authenticate.user().access
    days = stored_days(folder)
    demonstration = bool(days) and open_snapshot(folder, days[-1]).manifest["demonstration"]
    st.html(html.title(name, subject, demonstration))
    _warn(folder)
    if not days:
        st.info(NOTHING)
        st.stop()
    chosen_meeting = _meeting(folder) if meeting else None
    columns = st.columns([1.1, 1.65, 1.6, 0.85, 0.95, 1, 0.95, 0.75])
    days_offered = [chosen_meeting.cutoff] if chosen_meeting else reversed(days)
    dated = {day.isoformat(): words.day(day) for day in days_offered}
    off = "由所选会议的数据截止日决定" if chosen_meeting else ""
    as_of = date.fromisoformat(url_choice.choose(columns[0], "截至", "as_of", dated, off))
    snapshot = opened(folder, as_of)
    if snapshot.is_older:
        st.caption(OLDER.format(words.by_definitions(snapshot.definitions)))
    compared = _compared(columns[1], folder, snapshot, chosen_meeting)
    chosen_period = _period(columns[2], snapshot, period)
    region = _region(columns[3], columns[4], snapshot, county)
    departments = _departments(access, as_of)
    lists = {
        "department": ("部门", departments),
        "category": ("类别", {"": "全部类别", **names.categories()}),
        "residence": ("城乡", {"": "全部", **names.RESIDENCES}),
    }
    chosen = {}
    for column, (field, (label, options)) in zip(columns[5:], lists.items(), strict=True):
        off = "" if field in uses else OFF[field]
        value = url_choice.choose(column, label, field, options, off)
        chosen[field] = "" if off else value
    return snapshot, viewing.note_scope(
        access.narrowed(Scope(as_of, compared, Region(region), **chosen, period=chosen_period))
    )


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
    ordered = {first: by_name[first], **by_name}
    labels = {name: f"{NAMES[name]}（{_first_day(each)}起）" for name, each in ordered.items()}
    off = "" if default else OFF["period"]
    chosen = url_choice.choose(column, "时段", "period", labels, off, own_default=True)
    return chosen if default else "month"


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
    township_names = townships(snapshot, county) if county else {}
    township_names = township_names if access.township else {"": "全部乡镇", **township_names}
    off = COUNTIES if access.lowest == "county" else "" if county else "先选县区"
    return url_choice.choose(township_column, "乡镇", "township", township_names, off) or county
