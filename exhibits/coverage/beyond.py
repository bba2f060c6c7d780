"""覆盖缺口: benefits beyond the rule."""

import polars as pl

from exhibits.coverage.rows import PAGE, connected, own_rows
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.suppressed import total, with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access.open_edition import SUPPRESSED
from queries.answers.indicators import indicators
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def beyond_rule(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Persons with evidence of a programme they are not eligible for (疑似不符合)."""
    bases = [own_rows(snapshot, scope, basis) for basis in names.BASES]
    not_zero = pl.col("beyond_rule").is_null() | (pl.col("beyond_rule") > 0)
    rows = connected(pl.concat(bases)).filter(not_zero)
    labelled = rows.sort("beyond_rule", descending=True, nulls_last=True).with_columns(
        label=pl.col("programme_code").map_elements(names.programme, return_dtype=pl.String)
    )
    top = words.listed(
        [
            f"{r['label']}（{words.count(r['beyond_rule'], '人')}）"
            for r in labelled.drop_nulls("beyond_rule").head(3).to_dicts()
        ]
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="beyond-rule",
        title="疑似不符合",
        question="谁在享受却不符合规则？（疑似不符合）",
        finding=f"疑似不符合人数较多的是{top}，需进一步核实。"
        if top
        else f"疑似不符合人数较少，{words.HIDDEN}表示不予显示。"
        if rows.height
        else "未发现疑似不符合。",
        table=labelled.select(
            pl.col("programme_code").replace(names.programmes()).alias("项目"),
            pl.col("beyond_rule").alias("疑似不符合（人）"),
            pl.col("covered").alias("享受（人）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=labelled.head(12).select("label", SUPPRESSED, value="beyond_rule"),
            unit="人",
            description="各项目疑似不符合人数",
            horizontal=True,
        ),
        definition="本人在项目计算窗口内有该项目记录、但按资格规则不符合条件的在册人员（替代项目、"
        "同户成员的记录不计）。仅为线索，不作认定。",
        persons=True,
    )


@builder
def not_terminated(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """I0706 应退未退 by county, or by township of the scope's county."""
    by = breakdown_level(snapshot, scope.region)
    name_by_code = names.region_names(snapshot)
    rows = indicators(snapshot, by).filter(
        pl.col("id") == "I0706", scope.region.county.holds(pl.col("group"))
    )
    not_zero = pl.col("value").is_null() | (pl.col("value") > 0)
    chosen = rows.filter(not_zero) if by == "township" else rows
    labelled = with_suppressed(chosen).with_columns(label=pl.col("group").replace(name_by_code))
    persons = total(labelled["value"])
    absent = rows.height and rows["status"][0] == "no_data"
    top = labelled.filter(pl.col("value") > 0).sort("value", descending=True).head(3).to_dicts()
    most = words.listed([f"{r['label']}（{r['value']:.0f}人）" for r in top])
    finding = (
        f"{words.NOT_CONNECTED}。"
        if absent
        else f"经核实不再符合条件、待遇仍在发放的{words.count(persons, '人')}"
        f"{f'，较多的是{most}' if most else ''}。"
        if persons != 0
        else "未发生应退未退。"
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="not-terminated",
        title="应退未退",
        question="应退未退的在哪里？",
        finding=finding,
        table=pl.DataFrame()
        if absent
        else labelled.select(
            pl.col("label").alias("地区"), pl.col("value").alias("应退未退（人）"), "suppressed"
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", "value", "suppressed", code="group"),
            unit="人",
            description="各地区应退未退人数",
        ),
        definition=definition("I0706"),
    )
