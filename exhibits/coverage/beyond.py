"""覆盖缺口: benefits that may have to end, each to be verified; what is certain comes first."""

import polars as pl

from exhibits.coverage.by_region import by_region
from exhibits.coverage.rows import PAGE, counted, own_rows
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.catalogue import catalogue
from queries.cubes.rules import RUNNING_CASH
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: What is counted by region: verified and still paid, paid after death, paid twice.
CERTAIN = ("I0706", "I0808", "I0809")


def certain() -> list[str]:
    """The indicators of the part, in the order in which they are shown."""
    return [i for i in CERTAIN if i in catalogue()]


@builder
def beyond_rule(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Running cash of persons of the register without any rule that holds (疑似不符合条件)."""
    bases = [own_rows(snapshot, scope, basis) for basis in names.BASES]
    running = counted(pl.concat(bases)).filter(pl.col("programme_code").is_in(list(RUNNING_CASH)))
    rows = running.filter(pl.col("beyond_rule").is_null() | (pl.col("beyond_rule") > 0))
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
        title="疑似不符合条件（待核实）",
        finding=f"疑似不符合条件的较多的是{top}，需进一步核实。"
        if top
        else f"疑似不符合条件的较少，{words.HIDDEN}表示不予显示。"
        if rows.height
        else "未发现疑似不符合条件的。",
        table=labelled.select(
            pl.col("programme_code").replace(names.programmes()).alias("项目"),
            pl.col("beyond_rule").alias("疑似不符合条件（人）"),
            pl.col("covered").alias("享受（人）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=labelled.head(12).select("label", SUPPRESSED, value="beyond_rule"),
            unit="人",
            description="各项目疑似不符合条件人数",
        ),
        definition="截至日本人正在领取、不在渐退期内，而该项目没有一条资格规则成立的在册人员；只看按月发放的"
        "基本生活救助和困难重度残疾人生活补贴，就业、就医等救助不在此列。仅为线索，不作认定。",
        persons=True,
    )


@builder
def not_terminated(snapshot: Snapshot, scope: Scope, indicator: str = "I0706") -> Exhibit:
    """One of `CERTAIN` by region."""
    return by_region(snapshot, scope, indicator)
