"""Tables connected, rows at fault with what to do, days revised."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import city_table
from exhibits.quality.stale_line import FORCED
from exhibits.recipe import builder
from exhibits.wording import words
from queries.answers.quality import rows_reported, rows_set_aside, table_names
from queries.scope import Scope
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import stored_days, versions

PAGE = "数据质量"


@builder
def tables(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Rows read, counted and set aside by table, and tables not connected."""
    manifest = snapshot.manifest
    name_by_table = table_names()
    records = [
        {
            "数据表": name_by_table.get(table, table),
            "状态": "已接入",
            "读取（行）": read,
            "计入（行）": manifest["rows_kept"].get(table, 0),
            "剔除（行）": read - manifest["rows_kept"].get(table, 0),
        }
        for table, read in manifest["rows_read"].items()
    ]
    records += [
        {"数据表": name_by_table.get(table, table), "状态": words.NOT_CONNECTED}
        for table in manifest["absent"]
    ]
    aside = sum(manifest["rows_read"].values()) - sum(manifest["rows_kept"].values())
    absent = [name_by_table.get(table, table) for table in manifest["absent"]]
    missing = f"；未接入{len(absent)}张：{words.listed(absent)}" if absent else "，全部数据表已接入"
    return city_table(
        snapshot,
        scope,
        PAGE,
        key="quality-tables",
        title="数据表接入情况",
        finding=f"读取{words.count(sum(manifest['rows_read'].values()), '行')}，"
        f"剔除{words.count(aside, '行')}{missing}。{_forced(manifest.get('forced', []))}",
        table=pl.DataFrame(records, infer_schema_length=None),
        definition="剔除：主键为空或重复、类型不符、代码不在封闭清单内、结束早于开始、环节早于起点；其余问题只提示。",
    )


def _forced(reasons: list[str]) -> str:
    """Why the day would have been refused; empty for one that was not."""
    return f"{FORCED}：{'；'.join(reasons)}。" if reasons else ""


@builder
def set_aside(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Rows set aside by table and rule, with what to do."""
    return _faults(
        snapshot,
        scope,
        rows_set_aside(snapshot),
        key="quality-aside",
        title="剔除行",
        done="剔除",
        definition="逐表逐规则计数；同一行有多个问题时在各规则下都计。主键重复的，全部重复行均剔除。",
    )


@builder
def reported(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Rows that count as they stand though a rule finds fault."""
    return _faults(
        snapshot,
        scope,
        rows_reported(snapshot),
        key="quality-reported",
        title="提示行",
        done="提示",
        definition="引用无着落、时段重叠、早于出生、环节先后颠倒的行照常计入，只作提示；同一行可在多个规则下。",
    )


def _faults(
    snapshot: Snapshot,
    scope: Scope,
    rows: pl.DataFrame,
    *,
    key: str,
    title: str,
    done: str,
    definition: str,
) -> Exhibit:
    """Rows by table and rule as bars, most first."""
    table = rows.select(
        pl.col("table").alias("数据表"),
        pl.col("rule").alias("问题"),
        pl.col("rows").alias(f"{done}（行）"),
        pl.col("advice").alias("处理办法"),
    )
    top = rows.row(0, named=True) if rows.height else None
    bars = rows.head(15).select(label=pl.col("table") + "·" + pl.col("rule"), value="rows")
    chart = Chart(
        kind="bars",
        data=bars,
        unit="行",
        description=f"按数据表与问题的{done}行数",
    )
    most = top and f"{done}最多的是{top['table']}（{top['rule']}，{top['rows']}行）。"
    return city_table(
        snapshot,
        scope,
        PAGE,
        key=key,
        title=title,
        finding=most or f"无{done}行。",
        table=table,
        chart=chart,
        definition=definition,
    )


#: Why a day has more than one version.
CHANGES = {"definitions": "口径调整", "revision": "数据修订"}


@builder
def revisions(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Days whose figures were made anew after they were published, and why."""
    opened = [open_snapshot(snapshot.folder, day) for day in stored_days(snapshot.folder)]
    changed = {each: [CHANGES[why] for why in each.changes] for each in opened}
    records = [
        {
            "截至日": each.as_of,
            "版本数": len(versions(snapshot.folder, each.as_of)),
            "现用版本": each.version,
            "口径": f"第{each.definitions}版",
            "原因": words.listed([why for why in CHANGES.values() if why in reasons]),
        }
        for each, reasons in changed.items()
        if reasons
    ]
    counts = {why: sum(why in reasons for reasons in changed.values()) for why in CHANGES.values()}
    phrases = [f"{counts['数据修订']}个截至日有数据修订"] if counts["数据修订"] else []
    if adjusted := counts["口径调整"]:
        phrases.append(f"{adjusted}个截至日因口径调整重算")
    return city_table(
        snapshot,
        scope,
        PAGE,
        key="quality-revisions",
        title="数据修订与口径调整",
        finding=f"{'，'.join(phrases)}，新旧版本均保留。"
        if phrases
        else "已入库的截至日均无修订。",
        table=pl.DataFrame(records, infer_schema_length=None),
        definition="同一截至日再次计算得出不同数值时，保留两个版本并列为数据修订；"
        "统计口径改版后重算的列为口径调整，新旧口径的数值不作比较。",
    )
