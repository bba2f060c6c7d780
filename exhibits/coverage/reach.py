"""覆盖缺口: how long it takes from eligible to reached."""

import polars as pl

from exhibits.coverage.rows import PAGE, own_rows
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import released_curves
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.coverage import unit_of
from queries.answers.significance import FEWEST
from queries.answers.time_to_reach import reach_curve, reach_medians
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Curves drawn at once; more are not distinguishable.
CURVES = 6

#: Of them the slowest, which the sentence names.
SLOW = 3


NOT_REACHED = words.STATUS["not_reached"]


@builder
def how_long(snapshot: Snapshot, scope: Scope, basis: str = "firm") -> Exhibit:
    """Survival from eligible to covered of the slowest programmes and the largest gaps."""
    medians = reach_medians(snapshot, scope.region, scope.category).filter(basis=basis)
    if scope.department:
        own = own_rows(snapshot, scope, basis)["programme_code"]
        medians = medians.filter(pl.col("programme").is_in(own.to_list()))
    with_waiting = medians.with_columns(waiting=pl.col("persons") - pl.col("reached"))
    enough = with_waiting.filter(pl.col("persons") >= FEWEST).sort("waiting", descending=True)
    slow = enough.filter(pl.col("median").is_not_null()).sort("median", descending=True).head(SLOW)
    drawn = pl.concat([slow["programme"], enough["programme"]]).unique(maintain_order=True)
    codes = drawn.head(CURVES).to_list()
    exact_curves = reach_curve(snapshot, scope.region, scope.category)
    curves = released_curves(snapshot, exact_curves, scope.region)
    data = (
        pl.concat(
            [
                curves.filter(pl.col("programme") == code).select(
                    series=pl.lit(names.programme(code)),
                    x=pl.col("days").cast(pl.Int64),
                    y=pl.col("survival") * 100,
                    at_risk="at_risk",
                )
                for code in codes
            ]
        )
        if codes
        else pl.DataFrame()
    )
    slowest = words.listed(
        [f"{names.programme(r['programme'])}（{r['median']}日）" for r in slow.to_dicts()]
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"reach-{basis}",
        title=f"符合条件至得到救助用时（{names.BASES[basis]}）",
        finding=f"用时中位数较长的项目是{slowest}。"
        if slowest
        else "无可比数据：符合条件的不足30人（户）。",
        table=with_waiting.sort("programme").select(
            pl.col("programme").replace(names.programmes()).alias("项目"),
            pl.col("programme").map_elements(unit_of, return_dtype=pl.String).alias("单位"),
            pl.col("persons").alias("符合条件（人、户）"),
            pl.col("reached").alias("已救到（人、户）"),
            pl.col("waiting").alias("截尾：未救到或核实排除（人、户）"),
            _median().alias("中位数（日）"),
            *limit_columns(),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="steps",
            data=data,
            unit="尚未救到（%）",
            x_title="符合条件后日数",
            description="各项目符合条件后尚未救到比例的阶梯曲线",
        ),
        definition="自符合条件之日（有季节的项目不早于本季开始）起至首次享受之日的日历日数（Kaplan–Meier估计）；"
        "核实排除的截尾于答复日，其余未救到的截尾于截至日，未达到一半的记“未达到”。"
        f"图中为用时中位数最长的{SLOW}个项目和未救到最多的项目，共不超过{CURVES}个；非发放期的项目不列。",
    )


def _median() -> pl.Expr:
    """A median in words; `*` where it rests on a suppressed count."""
    reached = pl.col("median").cast(pl.String).fill_null(NOT_REACHED)
    return pl.when(pl.col("persons").is_null()).then(pl.lit(words.HIDDEN)).otherwise(reached)
