"""What the month-ends say: signals of concern, and what is stably off target."""

import polars as pl

from data.reference import policy_tables
from exhibits.overview.finding import LABELS, MOST, Finding, at
from exhibits.overview.page_of import page_of
from exhibits.wording import words
from queries.answers.cube_rows import own_group
from queries.answers.trend import series
from queries.catalogue import catalogue, headline
from queries.scope import Scope, month_ends
from queries.statistics.spc import assurance
from queries.store.snapshot import Snapshot

RULES = {
    "outside": "超出控制限",
    "trend": "连续6期同向变化",
    "two_of_three": "3期中2期接近控制限",
    "shift": "连续7期位于均值同一侧",
}


def judged_months(snapshot: Snapshot, scope: Scope) -> list[dict]:
    """The latest month-end of every series: the region's indicators, the counties' headlines."""
    opened = month_ends(snapshot)
    if not opened:
        return []
    ids = tuple(i for i, about in catalogue().items() if about.better != "neutral")
    own = series(opened, ids, scope.region.level).filter(group=own_group(snapshot, scope.region))
    frames = [own]
    if not scope.region:
        ids = tuple(i.id for i in headline() if i.better != "neutral")
        frames.append(series(opened, ids, "county"))
    rows = pl.concat(frames).drop_nulls("value").with_columns(points=pl.len().over("id", "group"))
    last = rows.filter(pl.col("as_of") == opened[-1].as_of, pl.col("points") >= 12)
    return last.to_dicts()


def _weight(row: dict) -> tuple:
    own = [i.id for i in headline()]
    rule = list(RULES).index(row["rule"]) if row["rule"] in RULES else len(RULES)
    rank = own.index(row["id"]) if row["id"] in own else len(own)
    return rule, len(row["group"]) > 6, rank, row["id"], row["group"]


def signals(snapshot: Snapshot, scope: Scope, judged: list[dict]) -> list[Finding]:
    """Concern on the latest month-end; of an indicator in several regions only the first."""
    rows = sorted((r for r in judged if r["signal"] == "concern"), key=_weight)
    findings: list[Finding] = []
    ids: set[str] = set()
    for row in rows:
        if row["id"] in ids or len(findings) == MOST["signal"]:
            continue
        ids.add(row["id"])
        where, there = at(snapshot, scope, row["group"])
        about = catalogue()[row["id"]]
        text = (
            f"{where}{about.name}{words.value(row['value'], about.unit)}"
            f"（{row['as_of'].year}年{row['as_of'].month}月末），{RULES[row['rule']]}，"
            f"均值{words.value(row['mean'], about.unit)}。"
        )
        findings.append(
            Finding("signal", LABELS["signal"], text, page_of(row["id"]), there, row["id"])
        )
    return findings


def off_target(snapshot: Snapshot, scope: Scope, judged: list[dict]) -> list[Finding]:
    findings = []
    for row in sorted(judged, key=lambda r: (len(r["group"]) > 6, r["id"], r["group"])):
        target = policy_tables.targets().get(row["id"])
        about = catalogue()[row["id"]]
        if not target:
            continue
        if assurance(row["lower"], row["upper"], target[0], about.better) != "fail":
            continue
        where, there = at(snapshot, scope, row["group"])
        text = (
            f"{where}{about.name}{words.value(row['value'], about.unit)}，按目前波动范围达不到"
            f"目标{target[0]:g}{about.unit}（{target[1]}）。"
        )
        page = page_of(row["id"])
        findings.append(Finding("target", LABELS["target"], text, page, there, row["id"]))
    own = own_group(snapshot, scope.region)
    first = [e for e in findings if own_group(snapshot, e.scope.region) == own]
    return [*first, *[e for e in findings if e not in first]][: MOST["target"]]
