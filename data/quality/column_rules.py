"""Rules on rows and columns: lost rows, empty tables, empty columns, unknown codes."""

from collections.abc import Iterator

import narwhals as nw

from data.quality.deciding import COUNTING, PLACING
from data.quality.foreign_keys import listed, target_of
from data.quality.loading import Loaded
from data.quality.refusal import FEW, Refusal, label, occurring, occurring_zh, percent
from data.quality.shown_values import counted
from data.registry.contract import REQUIRED, polars_schema
from data.registry.frames import opened, rows_where, sums

#: A required table that loses more of the rows read than this is not published; of a small table
#: `FEW` rows or half of it: two slips among nine warnings say nothing of the rest.
LOST, HALF = 0.1, 0.5

#: Of the codes of departments or programmes in a column, the share of rows that must be known.
NAMED = 0.1

#: Tables of which none is without rows when another has so many.
FILLED = ("person", "identification_spell", "circumstance_spell", "benefit_spell")
MANY = 100


def lost_rows(loaded: Loaded) -> Iterator[Refusal]:
    """A required table that loses a tenth of the rows read, or an optional one that loses half."""
    for table, rows in loaded.rows_read.items():
        lost, is_required = loaded.set_aside(table), table in REQUIRED
        if lost <= rows * (LOST if is_required and lost >= FEW else HALF):
            continue
        # Its indicators would be 0, where 数据源未接入 is what is known.
        if not is_required and lost < FEW:
            continue
        reasons = [each for each in loaded.findings if each.table == table and each.set_aside]
        why = "; ".join(
            f"{each.column}: {each.text}, {each.rows} rows{occurring(each.values)}"
            for each in reasons
        )
        why_zh = "；".join(
            f"{each.column}{each.label}{each.rows:,}行{occurring_zh(each.values)}，{each.advice}"
            for each in reasons
        )
        yield Refusal(
            "lost_rows",
            f"{table}: {lost} of {rows} rows ({percent(lost, rows)}) do not count ({why}). Correct "
            "them in the view or the source",
            f"{label(table)}读入{rows:,}行，剔除{lost:,}行（{percent(lost, rows)}），"
            f"超过{'十分之一' if is_required else '一半'}。{why_zh}",
        )


def empty_tables(loaded: Loaded) -> Iterator[Refusal]:
    """A table of persons or what they get without any row, while the others are full."""
    rows = {table: loaded.rows_read[table] for table in FILLED}
    for table in [name for name in FILLED if not rows[name] and max(rows.values()) >= MANY]:
        yield Refusal(
            "empty_table",
            f"{table} has no row (0%), so all that is counted of it would be 0. See whether the "
            "view finds its rows",
            f"{label(table)}没有一行（0%），由它统计的数将全部为0。请核对视图是否取到数据、账户能否看到各行",
        )


def empty_columns(loaded: Loaded) -> Iterator[Refusal]:
    """A column without which a row counts nowhere, empty in too many rows, or another in all."""
    for table, frame in opened(loaded.frames).items():
        most = dict.fromkeys(PLACING.get(table, []), 1 - 1e-9)
        most |= dict.fromkeys(COUNTING.get(table, []), LOST)
        rows, *filled = sums(frame, nw.len(), *(nw.col(each).count() for each in most))
        for column, n in zip(most, filled, strict=True):
            if rows - n >= FEW and rows - n > rows * most[column]:
                yield _empty(table, column, rows, rows - n)


def _empty(table: str, column: str, rows: int, empty: int) -> Refusal:
    share = percent(empty, rows)
    return Refusal(
        "empty_column",
        f"{table}.{column} is empty in {empty} of {rows} rows ({share}), which do not count by it. "
        "Fill the column in the view",
        f"{label(table)}的{column}在{rows:,}行中有{empty:,}行（{share}）为空，不能按它计入。"
        "请在视图中填上该列",
    )


def unknown_names(loaded: Loaded) -> Iterator[Refusal]:
    """Codes of departments or programmes of which hardly one is known."""
    for table, frame in opened(loaded.frames).items():
        for column in polars_schema(table):
            target = target_of(table, column)
            if target not in ("departments", "programmes"):
                continue
            unknown = ~nw.col(column).is_null() & ~nw.col(column).is_in(listed(target))
            rows, lost = sums(frame, nw.col(column).count(), rows_where(unknown))
            if rows >= FEW and rows - lost < rows * NAMED:
                yield _unknown(table, column, target, rows, lost, frame.filter(unknown))


def _unknown(
    table: str, column: str, target: str, rows: int, lost: int, frame: nw.LazyFrame
) -> Refusal:
    codes, kind = counted(column, frame), {"departments": "部门", "programmes": "项目"}[target]
    return Refusal(
        "unknown_names",
        f"{table}.{column}: {lost} of {rows} codes ({percent(lost, rows)}) are in no row of "
        f"{target}.csv{occurring(codes)}. Map them in the view, or add them to the table",
        f"{label(table)}的{column}已填{rows:,}行，其中{lost:,}行（{percent(lost, rows)}）"
        f"不是已知的{kind}代码{occurring_zh(codes)}。请在视图中对应到{target}.csv的代码，或在该表中补充",
    )
