"""预警处置: which warnings are right, and what follows."""

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns, rate_bars
from exhibits.recipe import builder
from exhibits.warnings.unrouted import DIRECTIONS, PAGE
from exhibits.wording import names, words
from exhibits.wording.periods import counted_since, period
from queries.access.open_edition import SUPPRESSED
from queries.answers.significance import FEWEST
from queries.answers.warning_history import yields
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def yield_of(snapshot: Snapshot, scope: Scope, by: str, direction: str = "entry") -> Exhibit:
    """Confirmed ÷ raised and followed ÷ confirmed by kind or source, with intervals."""
    since = counted_since(snapshot, scope)
    way = direction or "entry"
    rows = yields(snapshot, by, way, since, scope.region)
    name_by_code = names.kinds() if by == "kind" else names.sources()
    what = "类型" if by == "kind" else "来源"
    labelled = rows.with_columns(label=names.named("group", name_by_code, f"未填{what}"))
    followed = "得到救助或协调" if way == "entry" else "终止待遇"
    both = [
        labelled.filter(pl.col(whole).is_null() | (pl.col(whole) > 0)).select(
            "label",
            SUPPRESSED,
            pl.lit(series).alias("series"),
            value=f"{counted}_rate",
            lower=f"{counted}_lower",
            upper=f"{counted}_upper",
        )
        for counted, whole, series in (
            ("confirmed", "raised", "核实属实率"),
            ("followed", "confirmed", f"属实后{followed}率"),
        )
    ]
    enough = labelled.filter(
        pl.col("raised") >= FEWEST, pl.col("confirmed_rate").is_not_null()
    ).sort("confirmed_rate", descending=True)
    first = words.listed(
        [f"{r['label']}（{r['confirmed_rate']:.2f}%）" for r in enough.head(3).to_dicts()]
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"yield-{by}",
        title=f"预警准确率（分{what}，{DIRECTIONS[way]}）",
        finding=f"{period(snapshot, since)}，核实属实率居前的是{first}。"
        if first
        else f"{period(snapshot, since)}无不少于{FEWEST}条的{what}，不作比较。",
        table=labelled.select(
            pl.col("label").alias(what),
            pl.col("raised").alias("产生（条）"),
            pl.col("confirmed").alias("核实属实（条）"),
            pl.col("followed").alias(f"{followed}（条）"),
            pl.col("confirmed_rate").round(2).alias("核实属实率（%）"),
            *limit_columns("属实率95%", ("confirmed_lower", "confirmed_upper")),
            pl.col("followed_rate").round(2).alias(f"属实后{followed}率（%）"),
            *limit_columns(f"{followed}率95%", ("followed_lower", "followed_upper")),
            SUPPRESSED,
        ),
        chart=rate_bars(
            pl.concat(both), f"按{what}的预警核实属实率与属实后{followed}率，附95%置信区间"
        ),
        definition=f"核实属实率＝核实属实÷产生；属实后{followed}率＝其中已办结且{followed}÷核实属实。"
        "期内产生的预警，尚未核查的计入分母。Wilson 95%置信区间。",
        counted_over=period(snapshot, since),
    )
