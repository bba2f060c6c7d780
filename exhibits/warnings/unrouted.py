"""预警处置: warnings without a destination (未转办) and their three parts: where, since when."""

from collections.abc import Mapping

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.definitions import definition, limit
from queries.access import AccessError
from queries.access.open_edition import SUPPRESSED
from queries.answers.breakdowns import regions
from queries.answers.warnings import SOON, without_destination
from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

PAGE = "预警处置"


DIRECTIONS = {"": "全部", "entry": "纳入预警", "exit": "退出预警"}


BREAKDOWNS = {"county": "县区", "kind": "类型", "source": "来源", "programme": "建议项目"}


STATE_RULE = (
    "未转办（尚无去向）＝待核查＋待转办＋待民政办理；待核查自产生起算，"
    "待转办、待民政办理自核查或其后最后一次退回起算。"
)

#: Steps whose limits the parts of 未转办 have.
STEPS = (
    "warning.verify",
    "warning.exit_verify",
    "warning.refer",
    "warning.apply_start",
    "warning.exit_terminate",
)


def limits_in_words() -> str:
    """时限9个工作日（…）；时限10个工作日（…）；…"""
    return "；".join(limit(step) for step in STEPS)


def parts_in_words(row: Mapping[str, float | None]) -> str:
    """待核查12条、待转办3条、待民政办理5条"""
    counts = [f"{names.STATES[s]}{words.count(row[s], '条')}" for s in WITHOUT_DESTINATION]
    return words.listed(counts)


def _name_by_code(snapshot: Snapshot, by: str) -> Mapping[str, str]:
    if by in ("county", "township"):
        return names.region_names(snapshot)
    if by == "programme":
        return {**names.programmes(), "": "未建议项目"}
    return names.kinds() if by == "kind" else names.sources()


def _total(snapshot: Snapshot, scope: Scope, direction: str) -> dict:
    rows = without_destination(snapshot, scope.region.level, scope.region, direction)
    zeros = ("warnings", "overdue", *WITHOUT_DESTINATION, *(f"due_{k}" for k in SOON))
    none = {"oldest": None, **dict.fromkeys(zeros, 0)}
    return rows.row(0, named=True) if rows.height else none


@builder
def by_group(snapshot: Snapshot, scope: Scope, by: str, direction: str = "") -> Exhibit:
    """未转办 by county (or township), kind, source or programme; parts and overdue apart."""
    breakdown = breakdown_level(snapshot, scope.region) if by == "county" else by
    rows = answer = without_destination(snapshot, breakdown, scope.region, direction)
    counts = [name for name in answer.columns if name not in ("group", "oldest", "suppressed")]
    name_by_code = _name_by_code(snapshot, breakdown)
    if breakdown == "county":
        order = [c for c, _ in regions(snapshot, "county") if scope.region.county.contains(c)]
        rows = pl.DataFrame({"group": order}, schema={"group": pl.String}).join(
            rows, on="group", how="left", maintain_order="left"
        )
    is_absent = ~pl.col("group").is_in(answer["group"].implode())
    labelled = rows.with_columns(
        *[pl.when(is_absent).then(0).otherwise(name).alias(name) for name in counts],
        label=names.named("group", name_by_code, f"未填{BREAKDOWNS[by]}"),
    ).head(20)
    title = "乡镇" if breakdown == "township" else BREAKDOWNS[by]
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"unrouted-{by}",
        title=f"未转办预警（分{title}）",
        finding=_unrouted_finding(snapshot, scope, labelled, direction),
        table=_unrouted_table(labelled, title),
        chart=Chart(
            kind="bars",
            data=_overdue_parts(labelled),
            unit="条",
            description=f"按{title}的未转办预警条数，逾期与时限内分列",
            stacked=True,
        ),
        definition=f"{definition('I0707')}{STATE_RULE}各状态{limits_in_words()}。",
    )


def _unrouted_table(rows: pl.DataFrame, title: str) -> pl.DataFrame:
    return rows.select(
        pl.col("label").alias(title),
        pl.col("warnings").alias("未转办（条）"),
        *[pl.col(s).alias(f"{names.STATES[s]}（条）") for s in WITHOUT_DESTINATION],
        pl.col("overdue").alias("其中逾期（条）"),
        pl.col("oldest").alias("最长等待（工作日）"),
        *[pl.col(f"due_{k}").alias(f"{k}个工作日内将逾期（条）") for k in SOON],
        SUPPRESSED,
    )


def _overdue_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Series: overdue, within the limit, and undivided where overdue alone is suppressed."""
    warnings, overdue = pl.col("warnings"), pl.col("overdue")
    undivided = overdue.is_null() & warnings.is_not_null()
    series = {
        "逾期": (overdue, "concern", pl.lit(True)),
        "时限内": (warnings - overdue, "q3", ~undivided),
        "未区分": (warnings, "q2", undivided),
    }
    frames = [
        rows.filter(where).select(
            SUPPRESSED,
            "label",
            pl.lit(name).alias("series"),
            value=value,
            code="group",
            mark=pl.lit(mark),
        )
        for name, (value, mark, where) in series.items()
    ]
    both = pl.concat(frames)
    text = pl.when(pl.col("value") > 0).then(pl.col("value").cast(pl.String)).otherwise(pl.lit(""))
    return both.with_columns(text=text)


def _unrouted_finding(snapshot: Snapshot, scope: Scope, rows: pl.DataFrame, direction: str) -> str:
    total, then = _total(snapshot, scope, direction), before(snapshot, scope)
    where = names.region_name(snapshot, scope.region)
    what = DIRECTIONS[direction] if direction else "预警"
    if total["warnings"] == 0:
        return f"{where}未发生未转办{what}。"
    old = _total(then, scope, direction)["warnings"] if then else None
    change = words.change_since(total["warnings"], old, "条", then.as_of if then else None)
    share = words.share(total["overdue"], total["warnings"])
    top = rows.filter(pl.col("warnings") > 0).sort("warnings", descending=True).head(3).to_dicts()
    listed = words.listed([f"{r['label']}（{words.count(r['warnings'], '条')}）" for r in top])
    return (
        f"{where}未转办{what}{words.count(total['warnings'], '条')}（{parts_in_words(total)}），"
        f"{change}；"
        f"其中逾期{words.count(total['overdue'], '条')}，占{share}，"
        f"最长已等待{_oldest(total)}"
        f"{f'；较多的是{listed}' if listed else ''}。"
    )


def _oldest(total: dict) -> str:
    """The longest wait in words; suppressed together with the number of warnings."""
    if total["oldest"] is None:
        return words.STATUS["undefined"] if total["warnings"] == 0 else words.HIDDEN
    return words.value(total["oldest"], "工作日")


def numbers(snapshot: Snapshot, scope: Scope, direction: str = "") -> list[tuple[str, str, bool]]:
    """
    The figures of the page's first row: name, figure, whether it needs attention.

    Empty for a role without access to warnings.
    """
    try:
        total = _total(snapshot, scope, direction)
    except AccessError:
        return []
    late = total["overdue"] is not None and total["overdue"] > 0
    return [
        ("未转办", words.count(total["warnings"], "条"), False),
        *[(names.STATES[s], words.count(total[s], "条"), False) for s in WITHOUT_DESTINATION],
        ("其中逾期", words.count(total["overdue"], "条"), late),
        ("最长已等待", _oldest(total), late),
        *[(f"{k}个工作日内将逾期", words.count(total[f"due_{k}"], "条"), False) for k in SOON],
    ]
