"""预警处置, continued: the flow, the yield, the weekly pace."""

from functools import lru_cache

import polars as pl

from exhibits import names, words
from exhibits.common import FEWEST, made, period, signal_words, year_start
from exhibits.exhibit import Chart, Exhibit
from exhibits.warnings import DIRECTIONS, PAGE
from queries.answers.warning_history import PACE, WEEKS, weekly, weeks_to_clear, yields
from queries.answers.warnings import paths
from queries.scope import Scope
from queries.snapshot import Snapshot
from queries.statistics.spc import xmr

LEAVES = {"routed": ("转出", "从未转办的存量"), "closed": ("办结", "在办存量")}

LEAVING = {"routed": "按转出", "closed": "按办结"}

DEPARTMENTS = {"": "未推送部门", "several": "两个以上部门", "coordination": "县级协调机制"}


@lru_cache(maxsize=64)
def flow(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """Source → department → outcome of all warnings raised by the day."""
    rows = paths(snapshot, scope.region, direction).with_columns(
        pl.col("department").fill_null("").replace({**names.departments(), **DEPARTMENTS}),
        pl.col("source").replace(names.sources()).fill_null("未填来源"),
        pl.col("result").replace({**names.outcomes(), "closed": "已办结（未填结果）"}),
    )
    drawn = _small_together(rows)
    links = [
        drawn.group_by(source=one, target=other)
        .agg(pl.col("n").sum())
        .with_columns(layer=pl.lit(i))
        for i, (one, other) in enumerate((("source", "department"), ("department", "result")))
    ]
    data = pl.concat(links).sort("layer", "n", descending=[False, True])
    total = int(rows["n"].sum())
    direct = int(rows.filter(pl.col("department") == DEPARTMENTS[""])["n"].sum())
    table = (
        rows.group_by("source", "department", "result")
        .agg(pl.col("n").sum())
        .sort("n", "source", "department", "result", descending=[True, False, False, False])
        .rename({"source": "来源", "department": "承办", "result": "结果", "n": "预警（条）"})
    )
    what = DIRECTIONS[direction] if direction else "预警"
    return made(
        snapshot,
        scope,
        PAGE,
        key="warning-flow",
        title="预警流向",
        question="预警从哪里来，到了谁手里，结果怎样？",
        finding=f"入库以来{what}{words.count(total, '条')}，其中未推送部门的"
        f"{words.count(direct, '条')}，占{direct / total * 100:.2f}%。"
        if total
        else f"未发生{what}。",
        table=table,
        chart=Chart(
            kind="flow", data=data, unit="条", description="预警来源、承办部门与结果的流向图"
        ),
        definition="截至日前产生的全部预警（合并的不重复计）。承办按截至日前推送的部门；"
        "未推送部门的由民政核查后直接办结或尚未转办。",
    )


def _small_together(rows: pl.DataFrame) -> pl.DataFrame:
    """Results of less than one in 200 stand together: their bands could not be told apart."""
    total = rows["n"].sum()
    small = rows.group_by("result").agg(pl.col("n").sum()).filter(pl.col("n") * 200 < total)
    rare = pl.col("result").is_in(small["result"].to_list()) if small.height > 1 else pl.lit(False)
    return rows.with_columns(result=pl.when(rare).then(pl.lit("其他结果")).otherwise("result"))


@lru_cache(maxsize=64)
def yield_of(snapshot: Snapshot, scope: Scope, by: str, direction: str = "entry") -> Exhibit:
    """Confirmed ÷ raised and followed ÷ confirmed by kind or source, with intervals."""
    since = year_start(snapshot.as_of)
    way = direction or "entry"
    rows = yields(snapshot, by, way, since, scope.region)
    named = names.kinds() if by == "kind" else names.sources()
    shown = rows.with_columns(label=pl.col("group").replace(named))
    what = "类型" if by == "kind" else "来源"
    followed = "得到救助或协调" if way == "entry" else "终止待遇"
    both = [
        shown.filter(pl.col(whole) > 0).select(
            "label",
            pl.lit(series).alias("series"),
            value=f"{part}_rate",
            lower=f"{part}_lower",
            upper=f"{part}_upper",
            text=pl.col(f"{part}_rate").round(1).cast(pl.String),
        )
        for part, whole, series in (
            ("confirmed", "raised", "核实属实率"),
            ("followed", "confirmed", f"属实后{followed}率"),
        )
    ]
    enough = shown.filter(pl.col("raised") >= FEWEST).sort("confirmed_rate", descending=True)
    first = words.listed(
        [f"{r['label']}（{r['confirmed_rate']:.2f}%）" for r in enough.head(3).to_dicts()]
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"yield-{by}",
        title=f"预警准确率_分{what}",
        question=f"哪一{'类' if by == 'kind' else '种来源的'}预警最准？（{DIRECTIONS[way]}）",
        finding=f"{period(snapshot, since)}，核实属实率居前的是{first}。"
        if first
        else f"{period(snapshot, since)}无不少于{FEWEST}条的{what}，不作比较。",
        table=shown.select(
            pl.col("label").alias(what),
            pl.col("raised").alias("产生（条）"),
            pl.col("confirmed").alias("核实属实（条）"),
            pl.col("followed").alias(f"{followed}（条）"),
            pl.col("confirmed_rate").round(2).alias("核实属实率（%）"),
            pl.col("confirmed_lower").round(2).alias("属实率95%下限"),
            pl.col("confirmed_upper").round(2).alias("属实率95%上限"),
            pl.col("followed_rate").round(2).alias(f"属实后{followed}率（%）"),
            pl.col("followed_lower").round(2).alias(f"{followed}率95%下限"),
            pl.col("followed_upper").round(2).alias(f"{followed}率95%上限"),
        ),
        chart=Chart(
            kind="bars",
            data=pl.concat(both),
            unit="%",
            description=f"按{what}的预警核实属实率与属实后{followed}率，附95%置信区间",
            horizontal=True,
        ),
        definition=f"核实属实率＝核实属实÷产生；属实后{followed}率＝其中已办结且{followed}÷核实属实。"
        "期内产生的预警，尚未核查的计入分母。Wilson 95%置信区间。",
    )


@lru_cache(maxsize=64)
def pace(snapshot: Snapshot, scope: Scope, leaves: str, direction: str = "") -> Exhibit:
    """Weekly inflow, outflow and stock; when the stock would be gone."""
    rows = weekly(snapshot, leaves, scope.region, direction)
    out, stock = LEAVES[leaves]
    weeks = weeks_to_clear(rows)
    labels = rows["week"].dt.strftime("%m-%d")
    parts = [
        pl.DataFrame({"series": [name] * rows.height, "x": labels, "y": rows[column]})
        for name, column in (("新产生", "inflow"), (out, "outflow"), (stock, "stock"))
    ]
    if weeks is None:
        clear = f"最近{PACE}周{out}不多于新产生，按目前速度无法清零"
    else:
        clear = f"按最近{PACE}周的速度，约{weeks:.1f}周可清零" if weeks else "已清零"
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"pace-{leaves}",
        title=f"每周新产生与{out}",
        question=f"{out}跟得上新产生吗？",
        finding=f"{stock}{words.count(rows['stock'][-1], '条')}；{clear}。",
        table=rows.select(
            pl.col("week").alias("截至（7日）"),
            pl.col("inflow").alias("新产生（条）"),
            pl.col("outflow").alias(f"{out}（条）"),
            pl.col("stock").alias(f"{stock}（条）"),
        ),
        chart=Chart(
            kind="lines",
            data=pl.concat(parts),
            unit="条",
            description=f"近{WEEKS}周每周新产生、{out}与{stock}折线",
        ),
        definition=f"自截至日向前每7日为一周。{stock}按"
        f"{'首次转办或办结' if leaves == 'routed' else '办结'}离开计算"
        f"{'（退回后重新未转办的不含在内）' if leaves == 'routed' else ''}；"
        f"清零周数＝存量÷最近{PACE}周平均净减少。",
    )


#: What a weekly control chart follows, and which way is better.
MEASURES = {"stock": "down", "inflow": "neutral", "outflow": "up"}


@lru_cache(maxsize=64)
def weekly_control(
    snapshot: Snapshot, scope: Scope, leaves: str, measure: str = "stock", direction: str = ""
) -> Exhibit:
    """The weekly stock, inflow or outflow with its control limits."""
    rows = weekly(snapshot, leaves, scope.region, direction)
    out, left = LEAVES[leaves]
    stock = {"stock": left, "inflow": "每周新产生", "outflow": f"每周{out}"}[measure]
    judged = xmr(rows.select("week", value=measure), MEASURES[measure])
    data = judged.select(
        x=pl.col("week").dt.strftime("%m-%d"),
        y="value",
        mean="mean",
        lower="lower",
        upper="upper",
        signal="signal",
    )
    last = judged.row(-1, named=True)
    said = signal_words(last["signal"], judged.height)
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"{measure}-{leaves}",
        title=f"{stock}控制图",
        question=f"{stock}是在变好还是变差？",
        finding=f"最近一周{stock}{last['value']:.0f}条，{said}。",
        table=judged.select(
            pl.col("week").alias("截至（7日）"),
            pl.col("value").cast(pl.Int64).alias(f"{stock}（条）"),
            *[
                pl.col(column).round(2).alias(name)
                for column, name in (("mean", "平均"), ("lower", "控制下限"), ("upper", "控制上限"))
            ],
        ),
        chart=Chart(
            kind="control", data=data, unit="条", description=f"{stock}每周折线、平均线与控制限"
        ),
        definition=f"近{WEEKS}周，XmR控制图：平均±2.66×平均移动极差。",
    )
