"""County × indicator, and one county against the city: the table and the spine chart."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.making import MARKS, NOT_SHOWN, SIGNIFICANCE, city_table, figure, made, short
from exhibits.permitted import enough, outside, region_rows
from exhibits.recipe import builder
from exhibits.wording import names, words
from queries.access import OUTSIDE, AccessError
from queries.answers.indicators import indicators
from queries.answers.significance import standing
from queries.catalogue import Indicator, catalogue, headline
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

LEGEND = (
    ("▲ 优于全市", "improvement"),
    ("与全市无显著差异或不作比较", "usual"),
    ("▼ 劣于全市", "concern"),
    ("样本过少（分母不足30）", "few"),
    ("无可比数据", "none"),
    NOT_SHOWN,
)


@builder
def county_table(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Headline indicators by county, coloured by significance against the city."""
    city = {r["id"]: r for r in indicators(snapshot, "city").to_dicts()}
    rows = {(r["id"], r["group"]): r for r in region_rows(snapshot, "county")}
    chosen = _comparable(snapshot, rows)
    named = names.region_names(snapshot)
    counties = list(dict.fromkeys(group for _, group in rows))
    records = [("全市", i.name, short(city[i.id]), "usual", "", figure(city[i.id])) for i in chosen]
    worse: dict[str, int] = {}
    for code in counties:
        for i in chosen:
            row = rows[i.id, code]
            mark = standing(i, row, city[i.id])
            worse[code] = worse.get(code, 0) + (mark == "concern")
            text = f"{short(row)}{MARKS.get(mark, '')}"
            hover = f"{named[code]}：{i.name} {figure(row)}<br>全市 {figure(city[i.id])}"
            records.append((named[code], i.name, text, mark, code, hover))
    schema = dict.fromkeys(("y", "x", "text", "mark", "code", "hover"), pl.String)
    data = pl.DataFrame(records, schema=schema, orient="row")
    places = {"全市": city, **{named[c]: {i.id: rows[i.id, c] for i in chosen} for c in counties}}
    table = pl.DataFrame([_table_row(place, known, chosen) for place, known in places.items()])
    most = sorted((c for c in worse if worse[c]), key=lambda c: (-worse[c], c))[:3]
    listed = words.listed([f"{named[c]}（{worse[c]}项）" for c in most])
    return city_table(
        snapshot,
        scope,
        "总览",
        key="county-table",
        title="县区×指标",
        question="县区之间差在哪里？",
        finding=f"有指标显著劣于全市的县区，较多的是{listed}。"
        if listed
        else "所列指标中，各县区均无显著劣于全市的。",
        table=table if counties else pl.DataFrame(),
        chart=Chart(
            kind="matrix",
            data=data,
            description="县区与主要指标对照表，颜色表示与全市相比是否显著",
            classes=LEGEND,
        ),
        definition=f"{SIGNIFICANCE}件数、人数不作优劣比较。流量指标为当月1日至截至日。",
    )


def _comparable(snapshot: Snapshot, rows: dict[tuple[str, str], dict]) -> list[Indicator]:
    """Headline indicators of which the role may know more counties than its own."""
    own = snapshot.access.county
    others = [row for (_, county), row in rows.items() if county != own]
    shown = {row["id"] for row in others if not outside(snapshot, row)}
    chosen = [i for i in headline() if i.id in shown or not others]
    if not chosen:
        raise AccessError(OUTSIDE)
    return chosen


def _table_row(place: str, known: dict[str, dict], chosen: list[Indicator]) -> dict:
    """A line of the table: the figures of a place by indicator."""
    figures = {f"{i.name}（{i.unit}）": _number(known[i.id]) for i in chosen}
    hidden = any(known[i.id]["status"] == "suppressed" for i in chosen)
    return {"地区": place, **figures, "suppressed": hidden}


def _number(row: dict) -> float | None:
    return None if row["value"] is None else round(float(row["value"]), 2)


@builder
def profile(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Every rate of one county between the worst and the best county; the city in the middle."""
    code = scope.region[:6]
    city = {r["id"]: r for r in indicators(snapshot, "city").to_dicts()}
    rows: dict[str, list[dict]] = {}
    for row in region_rows(snapshot, "county"):
        rows.setdefault(row["id"], []).append(row)
    earlier = before(snapshot, scope)
    then = {r["id"]: r for r in _county(earlier, code)} if earlier else {}
    own = {i: next(r for r in found if r["group"] == code) for i, found in rows.items()}
    known = {i for i, row in own.items() if not outside(snapshot, row)}
    about = [i for i in catalogue().values() if i.id in known]
    drawn = [
        line
        for i in about
        if (line := _spine_line(i, rows[i.id], city[i.id], then.get(i.id), code)) is not None
    ]
    schema = ["label", "value", "city", "low", "high", "last", "text", "mark"]
    where = names.region_name(snapshot, code)
    table = pl.DataFrame(
        [_profile_row(i, rows[i.id], city[i.id], then.get(i.id), code, snapshot) for i in about],
        infer_schema_length=None,
    )
    better, worse = (
        [line[0] for line in drawn if line[-1] == mark] for mark in ("improvement", "concern")
    )
    return made(
        snapshot,
        Scope(scope.as_of, scope.compared, code),
        "县区画像",
        key="profile",
        title="指标画像",
        question=f"{where}与全市相比怎么样？",
        finding=f"{where}显著优于全市的指标{len(better)}项，显著劣于全市的{len(worse)}项"
        f"{'：' + words.listed(worse[:6]) if worse else ''}{'等' if len(worse) > 6 else ''}。",
        table=table,
        chart=Chart(
            kind="spine",
            data=pl.DataFrame(drawn, schema=schema, orient="row") if drawn else pl.DataFrame(),
            description=f"{where}各项比率指标在县区最差与最好之间的位置，中线为全市",
        )
        if drawn
        else None,
        definition=f"灰条为各县区由最差（左）到最好（右），中线为全市值。{SIGNIFICANCE}"
        "只画有优劣方向、分母不少于30的比率；其余见数据表。",
    )


def _county(snapshot: Snapshot, code: str) -> list[dict]:
    return indicators(snapshot, "county").filter(group=code).to_dicts()


def _spine_line(
    about: Indicator, rows: list[dict], city: dict, then: dict | None, code: str
) -> tuple | None:
    """Positions 0–100 around the city's 50, best to the right; None where it means nothing."""
    own = next(r for r in rows if r["group"] == code)
    mark = standing(about, own, city)
    known = [r["value"] for r in rows if r["status"] == "ok" and enough(r)]
    if not about.has_interval or about.better == "neutral" or mark in ("few", "none", "hidden"):
        return None
    if city["status"] != "ok" or len(known) < 2:
        return None
    sign = 1 if about.better == "up" else -1
    reach = max(abs(v - city["value"]) for v in known) or 1.0

    def position(value: float | None) -> float | None:
        if value is None:
            return None
        return min(100.0, max(0.0, 50 + sign * (value - city["value"]) / reach * 50))

    places = [position(v) for v in known]
    last = position(then["value"]) if then else None
    text = f"{figure(own)}（全市{figure(city)}）"
    own_place = position(own["value"])
    return about.name, own_place, 50.0, min(places), max(places), last, text, mark


def _profile_row(
    about: Indicator,
    rows: list[dict],
    city: dict,
    then: dict | None,
    code: str,
    snapshot: Snapshot,
) -> dict[str, str]:
    own = next(r for r in rows if r["group"] == code)
    named = names.region_names(snapshot)
    known = [r for r in rows if r["status"] == "ok" and r["value"] is not None]
    ranked = [r for r in known if about.is_rate and enough(r)]
    ordered = sorted(ranked, key=lambda r: r["value"], reverse=about.better == "up")
    ends = ("—", "—")
    if about.better != "neutral" and len(ordered) > 1:
        ends = tuple(f"{named[r['group']]} {figure(r)}" for r in (ordered[0], ordered[-1]))
    mark = standing(about, own, city)
    judged = {"improvement": "▲ 优于全市", "concern": "▼ 劣于全市", "few": "样本过少"}
    return {
        "任务": "、".join(about.task_rows[:1]),
        "指标": about.name,
        "本县区": figure(own),
        "全市": figure(city),
        "较对比日": words.change(own["value"], then["value"] if then else None, about.unit),
        "最好县区": ends[0],
        "最差县区": ends[1],
        "与全市相比": judged.get(mark, "—"),
    }
