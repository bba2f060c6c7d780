"""The scope bar: what is shown; kept in the URL and from page to page."""

from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from exhibits.wording import names, words
from pages.shared import url_choice
from pages.shared.audit import viewing
from pages.shared.markup import html
from pages.shared.sign_in import authenticate
from pages.shared.widgets import history_note
from queries.access import Access
from queries.scope import (
    Meeting,
    Scope,
    Snapshot,
    broken_days,
    comparisons,
    counties,
    last_refresh,
    meetings,
    open_snapshot,
    store,
    stored_days,
    townships,
)

NOTHING = "尚无数据快照。请先运行 `python -m queries refresh`，再刷新本页。"

COUNTIES = "公开口径只到县区"

COMPARED = {"meeting": "上次会议", "month": "上月末", "year": "上年同期"}

OFF = {
    "department": "本页不按部门统计",
    "category": "类别只筛选在册人员，本页指标不按在册人员统计",
    "residence": "城乡只筛选在册人员，本页指标不按在册人员统计",
}


def show(
    name: str,
    question: str,
    uses: tuple[str, ...] = (),
    county: bool = False,
    meeting: bool = False,
) -> tuple[Snapshot, Scope]:
    """
    Title and bar; the snapshot and the scope.

    `uses`: which of department, category and residence mean something on the page; the others are
    off and say why. `county`: the page is about one county, so there is no choice of the city.
    `meeting`: a meeting may be chosen, which decides both days.
    """
    folder = store()
    access = authenticate.user().access
    days = stored_days(folder)
    demonstration = bool(days) and open_snapshot(folder, days[-1]).manifest["demonstration"]
    st.html(html.title(name, question, demonstration))
    _warn(folder)
    if not days:
        st.info(NOTHING)
        st.stop()
    held = _meeting(folder) if meeting else None
    columns = st.columns([1.15, 1.75, 0.9, 1.05, 1.15, 1.1, 0.8])
    shown = [held.cutoff] if held else reversed(days)
    dated = {day.isoformat(): words.day(day) for day in shown}
    off = "由所选会议的数据截止日决定" if held else ""
    as_of = date.fromisoformat(url_choice.choose(columns[0], "截至", "as_of", dated, off))
    snapshot = open_snapshot(folder, as_of, access=access)
    compared = _compared(columns[1], folder, snapshot, held)
    region = _region(columns[2], columns[3], snapshot, county)
    departments = _departments(access)
    lists = {
        "department": ("部门", departments),
        "category": ("类别", {"": "全部类别", **names.CATEGORIES}),
        "residence": ("城乡", {"": "全部", **names.RESIDENCES}),
    }
    chosen = {}
    for column, (field, (label, options)) in zip(columns[4:], lists.items(), strict=True):
        off = "" if field in uses else OFF[field]
        value = url_choice.choose(column, label, field, options, off)
        chosen[field] = "" if off else value
    return snapshot, viewing.seen(access.narrowed(Scope(as_of, compared, region, **chosen)))


def _departments(access: Access) -> dict[str, str]:
    listed = dict(list(names.departments().items())[:10])
    if access.department:
        return {access.department: names.department(access.department)}
    return {"": "全部部门", **listed}


def _warn(folder: Path) -> None:
    """Why the figures are old, or a day is missing, where something went wrong."""
    if broken := broken_days(folder):
        named = "、".join(words.day(day) for day in broken[-3:])
        st.warning(
            f"{named}的快照损坏或由更新的程序生成，未列入。"
            "请运行 `python -m queries refresh` 重新生成。",
            icon="⚠️",
        )
    attempt = last_refresh(folder)
    if attempt and attempt.reason:
        when = f"{words.day(attempt.at.date())}{attempt.at:%H:%M}"
        why = f"{attempt.reason}：{attempt.detail}" if attempt.detail else attempt.reason
        st.warning(f"最近一次刷新（{when}）未成功，沿用已有快照：{why}。", icon="⚠️")
    if told := history_note.unfinished(folder):
        st.caption(told)


def _meeting(folder: Path) -> Meeting | None:
    """The meeting that is chosen; by default the next one, which has only a day yet."""
    known = {each.id: each for each in meetings(folder)}
    labels = {
        each.id: f"{each.name}（{words.day(each.held_on)}召开，数据截至{words.day(each.cutoff)}）"
        for each in known.values()
    }
    chosen = url_choice.choose(st, "会议", "meeting", {"": "下次会议（按截至日准备）", **labels})
    return known.get(chosen)


def _choices(folder: Path, snapshot: Snapshot, held: Meeting | None) -> dict[str, date]:
    """Days to compare with; of a meeting, the cut-off of the one before it."""
    if held is None:
        return comparisons(folder, snapshot)
    known = held.before in stored_days(folder)
    return {"meeting": held.before} if held.before and known else {}


def _compared(column, folder: Path, snapshot: Snapshot, held: Meeting | None) -> date | None:
    choices = _choices(folder, snapshot, held)
    labels = {key: f"{COMPARED[key]}（{words.day(day)}）" for key, day in choices.items()}
    chosen = url_choice.choose(column, "对比", "compared", labels or {"none": words.UNKNOWN})
    return choices.get(chosen)


def asked() -> tuple[Snapshot, Scope, str]:
    """Snapshot, scope and meeting of the link or session; what is wrong there is the default."""
    folder, access = store(), authenticate.user().access
    days = {day.isoformat(): day for day in stored_days(folder)}
    if not days:
        st.info(NOTHING)
        st.stop()
    held = {each.id: each for each in meetings(folder)}.get(url_choice.chosen("meeting"))
    as_of = held.cutoff if held else days.get(url_choice.chosen("as_of"), max(days.values()))
    snapshot = open_snapshot(folder, as_of, access=access)
    choices = _choices(folder, snapshot, held)
    compared = choices.get(url_choice.chosen("compared"), next(iter(choices.values()), None))
    region, department = url_choice.chosen("region"), url_choice.chosen("department")
    wanted = Scope(
        as_of,
        compared,
        region if region in counties(snapshot) else "",
        department if department in names.departments() else "",
    )
    kept = st.query_params.get("kept", "")
    scope = viewing.seen(
        access.narrowed(wanted),
        meeting=held.id if held else "",
        kept=kept if kept.isdecimal() and len(kept) < 6 else "",
    )
    return snapshot, scope, held.id if held else ""


def _region(county_column, township_column, snapshot: Snapshot, one: bool) -> str:
    listed, access = counties(snapshot), snapshot.access
    only = (one and listed) or access.county
    # A registry may lack the county whose user looks.
    own = {access.county: listed.get(access.county, access.county)} if access.county else listed
    options = own if only else {"": "全市", **listed}
    county = url_choice.choose(county_column, "县区", "region", options)
    inside = townships(snapshot, county) if county else {}
    inside = inside if access.township else {"": "全部乡镇", **inside}
    off = COUNTIES if access.lowest == "county" else "" if county else "先选县区"
    return url_choice.choose(township_column, "乡镇", "township", inside, off) or county


def link(page: str, scope: Scope, **more: str) -> str:
    """Address of a page in a scope."""
    asked = {
        "as_of": scope.as_of.isoformat(),
        "region": scope.region[:6],
        "township": scope.region if len(scope.region) > 6 else "",
        "department": scope.department,
        "category": scope.category,
        "residence": scope.residence,
        # Of the demonstration; where one signs in it says nothing.
        "role": st.query_params.get("role", ""),
        **more,
    }
    return f"{page}?{urlencode({name: value for name, value in asked.items() if value})}"
