"""变化: what moved since the last meeting, only where a statistical rule says that it moved."""

from datetime import date

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.meeting.decisions import PAGE
from exhibits.overview.month_findings import RULES
from exhibits.overview.page_of import PAGES, page_of
from exhibits.recipe import builder
from exhibits.wording import names, words
from queries.answers.cube_rows import own_group
from queries.answers.trend import series
from queries.catalogue import catalogue, headline
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

WAYS = {"improvement": "好转", "concern": "变差"}


@builder
def moved(snapshot: Snapshot, scope: Scope, way: str) -> Exhibit:
    """
    Indicators that a rule marked on a month-end after the comparison day; `way`: see `WAYS`.

    The region's every indicator, and in the city each county's headline ones.
    """
    rows = _marked(snapshot, scope, way)
    since = f"{words.day(scope.compared)}以来" if scope.compared else "最近一个月末"
    regions = rows.group_by("group").len().height
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"moved-{way}",
        title=f"{WAYS[way]}的指标",
        question=f"{since}，哪些指标确实{WAYS[way]}了？",
        finding=f"{since}出现{WAYS[way]}信号的指标{rows.height}项次，涉及{regions}个地区："
        f"{_named(snapshot, rows)}。"
        if rows.height
        else "乡镇数值较小，不作变化判断。"
        if scope.region.level == "township"
        else f"{since}没有指标出现{WAYS[way]}信号。",
        table=_table(snapshot, rows, scope.compared) if rows.height else pl.DataFrame(),
        chart=None,
        definition="只列对比日之后的月末触发XmR控制图判异规则的指标；未触发规则的升降属正常波动，不列。"
        "全市列全部指标，县区列主要指标。",
    )


def _marked(snapshot: Snapshot, scope: Scope, way: str) -> pl.DataFrame:
    """The latest marked month-end of each indicator and region, headlines first."""
    opened = month_ends(snapshot)
    schema = {"as_of": pl.Date, "id": pl.String, "group": pl.String, "rule": pl.String}
    if not opened or scope.region.level == "township":
        return pl.DataFrame(schema=schema | {"value": pl.Float64, "mean": pl.Float64})
    ids = tuple(i for i, about in catalogue().items() if about.better != "neutral")
    leading = tuple(i.id for i in headline() if i.better != "neutral")
    group = own_group(snapshot, scope.region)
    frames = [series(opened, ids, scope.region.level).filter(group=group)]
    if not scope.region:
        frames.append(series(opened, leading, "county"))
    after = scope.compared or (opened[-2].as_of if len(opened) > 1 else date.min)
    rank = {i: leading.index(i) if i in leading else len(leading) for i in ids}
    return (
        pl.concat(frames)
        .filter(pl.col("as_of") > after, pl.col("signal").is_in(list(WAYS)))
        .sort("as_of")
        .group_by("id", "group", maintain_order=True)
        .last()
        # What got worse and then better is listed once, by its latest signal.
        .filter(pl.col("signal") == way)
        .sort(
            pl.col("group") != group,
            pl.col("id").replace_strict(rank, return_dtype=pl.Int32),
            "group",
            "id",
        )
    )


def _named(snapshot: Snapshot, rows: pl.DataFrame) -> str:
    name_by_code = names.region_names(snapshot)
    listed = [
        f"{name_by_code.get(r['group'], '')}{catalogue()[r['id']].name}"
        for r in rows.head(4).to_dicts()
    ]
    return words.listed(listed) + ("等" if rows.height > len(listed) else "")


def _table(snapshot: Snapshot, rows: pl.DataFrame, compared: date | None) -> pl.DataFrame:
    name_by_code = names.region_names(snapshot)
    then = {}
    if compared:
        earlier = tuple(s for s in month_ends(snapshot) if s.as_of == compared)
        ids = tuple(set(rows["id"]))
        frames = [series(earlier, ids, by) for by in ("city", "county")] if earlier else []
        then = {(i, g): v for f in frames for i, g, v in f.select("id", "group", "value").rows()}
    records = []
    for row in rows.iter_rows(named=True):
        about, old = catalogue()[row["id"]], then.get((row["id"], row["group"]))
        records.append(
            {
                "地区": name_by_code.get(row["group"], row["group"]),
                "指标": about.name,
                "月末": row["as_of"],
                "数值": words.value(row["value"], about.unit),
                "对比日": words.value(old, about.unit) if old is not None else words.UNKNOWN,
                "变化": words.change(row["value"], old, about.unit),
                "平均": words.value(row["mean"], about.unit),
                "判异规则": RULES.get(row["rule"], ""),
                "所在页面": PAGES[page_of(row["id"])],
            }
        )
    return pl.DataFrame(records)
