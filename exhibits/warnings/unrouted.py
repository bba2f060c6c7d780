"""预警处置: which warnings lie unrouted, where, since when."""

import polars as pl

from exhibits import names, words
from exhibits.common import made
from exhibits.definitions import definition, limit
from exhibits.exhibit import Chart, Exhibit
from exhibits.hidden import some
from exhibits.recipe import builder
from queries.answers.cells import level_of
from queries.answers.regions import regions
from queries.answers.warnings import SOON, unrouted
from queries.scope import Scope, before
from queries.snapshot import Snapshot

PAGE = "预警处置"


DIRECTIONS = {"": "全部", "entry": "纳入预警", "exit": "退出预警"}


CUTS = {"county": "县区", "kind": "类型", "source": "来源", "programme": "建议项目"}


STATE_RULE = "未转办＝无在办推送、未启动县级协调、未办结；全部退回的重新计入，自最后一次退回起算。"


def _named(snapshot: Snapshot, by: str) -> dict[str, str]:
    if by in ("county", "township"):
        return names.region_names(snapshot)
    if by == "programme":
        return {**names.programmes(), "": "未建议项目"}
    return names.kinds() if by == "kind" else names.sources()


def _total(snapshot: Snapshot, scope: Scope, direction: str) -> dict:
    rows = unrouted(snapshot, level_of(scope.region), scope.region, direction)
    none = {"warnings": 0, "overdue": 0, "oldest": None, **{f"due_{k}": 0 for k in SOON}}
    return rows.row(0, named=True) if rows.height else none


@builder
def by_group(snapshot: Snapshot, scope: Scope, by: str, direction: str = "") -> Exhibit:
    """Unrouted warnings by county (or township), kind, source or programme; overdue apart."""
    cut = "township" if by == "county" and scope.region else by
    rows = unrouted(snapshot, cut, scope.region, direction)
    named = _named(snapshot, cut)
    if cut == "county":
        order = [code for code, _ in regions(snapshot, "county")]
        rows = pl.DataFrame({"group": order}, schema={"group": pl.String}).join(
            rows, on="group", how="left", maintain_order="left"
        )
    shown = rows.with_columns(
        pl.col("warnings", "overdue").fill_null(0),
        label=pl.col("group").replace(named),
    ).head(20)
    title = "乡镇" if cut == "township" else CUTS[by]
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"unrouted-{by}",
        title=f"未转办预警_分{title}",
        question=f"未转办的预警在哪里？（按{title}）",
        finding=_unrouted_finding(snapshot, scope, shown, direction),
        table=_unrouted_table(shown, title),
        chart=Chart(
            kind="bars",
            data=_overdue_parts(shown),
            unit="条",
            description=f"按{title}的未转办预警条数，超时与时限内分列",
            stacked=True,
            horizontal=cut != "county",
        ),
        definition=f"{definition('I0707')}{STATE_RULE}超时：{limit('warning.route')}。",
    )


def _unrouted_table(rows: pl.DataFrame, title: str) -> pl.DataFrame:
    return rows.select(
        pl.col("label").alias(title),
        pl.col("warnings").alias("未转办（条）"),
        pl.col("overdue").alias("其中超时（条）"),
        pl.col("oldest").alias("最长等待（工作日）"),
        *[pl.col(f"due_{k}").fill_null(0).alias(f"{k}个工作日内将超时（条）") for k in SOON],
    )


def _overdue_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Two series: overdue and within the limit."""
    parts = [
        rows.select(
            "label",
            pl.lit("超时").alias("series"),
            value="overdue",
            code="group",
            mark=pl.lit("concern"),
        ),
        rows.select(
            "label",
            pl.lit("时限内").alias("series"),
            value=pl.col("warnings") - pl.col("overdue"),
            code="group",
            mark=pl.lit("q3"),
        ),
    ]
    both = pl.concat(parts)
    shown = pl.when(pl.col("value") > 0).then(pl.col("value").cast(pl.String)).otherwise(pl.lit(""))
    return both.with_columns(text=shown)


def _unrouted_finding(snapshot: Snapshot, scope: Scope, rows: pl.DataFrame, direction: str) -> str:
    total, then = _total(snapshot, scope, direction), before(snapshot, scope)
    where = names.place(snapshot, scope.region)
    what = DIRECTIONS[direction] if direction else "预警"
    if not total["warnings"]:
        return f"{where}未发生未转办{what}。"
    old = _total(then, scope, direction)["warnings"] if then else None
    change = words.change_since(total["warnings"], old, "条", then.as_of if then else None)
    share = total["overdue"] / total["warnings"] * 100
    top = rows.filter(some("warnings")).sort("warnings", descending=True).head(3).to_dicts()
    listed = words.listed([f"{r['label']}（{r['warnings']}条）" for r in top])
    return (
        f"{where}未转办{what}{words.count(total['warnings'], '条')}，{change}；"
        f"其中超时{words.count(total['overdue'], '条')}，占{share:.2f}%，"
        f"最长已等待{total['oldest']}个工作日；较多的是{listed}。"
    )


def numbers(snapshot: Snapshot, scope: Scope, direction: str = "") -> list[tuple[str, str, bool]]:
    """The figures of the page's first row: name, figure, whether it needs attention."""
    total = _total(snapshot, scope, direction)
    oldest = words.value(total["oldest"], "个工作日", "ok" if total["oldest"] else "undefined")
    return [
        ("未转办", words.count(total["warnings"], "条"), False),
        ("其中超时", words.count(total["overdue"], "条"), total["overdue"] > 0),
        ("最长已等待", oldest, total["overdue"] > 0),
        *[(f"{k}个工作日内将超时", words.count(total[f"due_{k}"], "条"), False) for k in SOON],
    ]
