"""Rules on rows and columns: lost rows, empty columns, unknown codes, one state, one key."""

from collections.abc import Iterator

import polars as pl

from data.quality.foreign_keys import known, target_of
from data.quality.loading import Loaded
from data.quality.refusal import FEW, Refusal, label, occurring, occurring_zh, percent, sums
from data.quality.shown_values import counted
from data.registry.contract import REQUIRED, polars_schema

#: A required table that loses more of the rows read than this is not published; of a small table
#: `FEW` rows or half of it: two slips among nine warnings say nothing of the rest.
LOST, HALF = 0.1, 0.5

#: Of the codes of departments or programmes in a column, the share of rows that must be known.
NAMED = 0.1

#: Rows after which all of them in one state is no chance, and with one key no household.
MANY, HOUSEHOLD = 100, 30

#: Rows of one key among all from which the figures are wrong.
ONE_KEY = 0.01

#: Columns without which a row counts nowhere.
DECIDING = {
    "identification_spell": ["person_key", "category_code", "region_code", "valid_from"],
    "circumstance_spell": ["person_key", "circumstance_code", "valid_from"],
    "benefit_spell": ["person_key", "programme_code", "region_code", "valid_from"],
    "warning": ["direction", "region_code", "raised_at"],
    "referral": ["to_dept", "region_code", "sent_at"],
}

#: Results, and steps of which one at least is taken of many rows.
RESULTS = {"warning": ["verify_result", "outcome_code"], "referral": ["outcome_code"]}

FIRST_STEPS = {
    "warning": ["verified_at", "closed_at"],
    "referral": ["accepted_at", "returned_at", "responded_at"],
}


def lost_rows(loaded: Loaded) -> Iterator[Refusal]:
    """A required table that loses too many of the rows read."""
    for table in REQUIRED:
        rows, lost = loaded.rows_read[table], loaded.set_aside(table)
        if lost <= rows * (LOST if lost >= FEW else HALF):
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
            f"超过十分之一。{why_zh}",
        )


def empty_columns(loaded: Loaded) -> Iterator[Refusal]:
    """A column without which a row counts nowhere, empty in all rows."""
    for table, columns in DECIDING.items():
        rows, *filled = sums(
            loaded.frames[table], pl.len(), *(pl.col(each).count() for each in columns)
        )
        for column in [c for c, n in zip(columns, filled, strict=True) if rows >= FEW and n == 0]:
            yield Refusal(
                "empty_column",
                f"{table}.{column} is empty in all {rows} rows (100%), so none of them counts. "
                "Fill the column in the view",
                f"{label(table)}的{column}在全部{rows:,}行（100%）中为空，没有一行能计入。"
                "请在视图中填上该列",
            )


def unknown_names(loaded: Loaded) -> Iterator[Refusal]:
    """Codes of departments or programmes of which hardly one is known."""
    for table, frame in loaded.frames.items():
        for column in polars_schema(table):
            target = target_of(table, column)
            if target not in ("departments", "programmes"):
                continue
            names = known(loaded.frames, target)
            if names is None:
                continue
            codes = names.collect().to_series().implode()
            unknown = pl.col(column).is_not_null() & ~pl.col(column).is_in(codes)
            rows, lost = sums(frame, pl.col(column).count(), unknown.sum())
            if rows >= FEW and rows - lost < rows * NAMED:
                yield _unknown(table, column, target, rows, lost, frame.filter(unknown))


def _unknown(
    table: str, column: str, target: str, rows: int, lost: int, frame: pl.LazyFrame
) -> Refusal:
    codes, kind = counted(column, frame), {"departments": "部门", "programmes": "项目"}[target]
    return Refusal(
        "unknown_names",
        f"{table}.{column}: {lost} of {rows} codes ({percent(lost, rows)}) are in no row of "
        f"{target}.csv{occurring(codes)}. Map them in the view, or add them to the table",
        f"{label(table)}的{column}已填{rows:,}行，其中{lost:,}行（{percent(lost, rows)}）"
        f"不是已知的{kind}代码{occurring_zh(codes)}。请在视图中对应到{target}.csv的代码，或在该表中补充",
    )


def same_states(loaded: Loaded) -> Iterator[Refusal]:
    """Many rows that are all in one state: a view's constant, or steps that are not connected."""
    for table, steps in FIRST_STEPS.items():
        results = RESULTS[table]
        rows, *taken = sums(
            loaded.frames[table],
            pl.len(),
            pl.any_horizontal(pl.col(steps).is_not_null()).sum(),
            *(pl.col(each).count() for each in results),
            *(pl.col(each).drop_nulls().n_unique() for each in results),
        )
        begun, filled, states = taken[0], taken[1 : 1 + len(results)], taken[1 + len(results) :]
        if rows >= MANY and not begun:
            yield _one_state(table, "+".join(steps), rows, rows, "（空）")
        for column, coded, different in zip(results, filled, states, strict=True):
            if coded >= MANY and different == 1:
                filled_rows = loaded.frames[table].filter(pl.col(column).is_not_null())
                (code,) = sums(filled_rows, pl.col(column).first())
                yield _one_state(table, column, coded, rows, code)


def _one_state(table: str, column: str, coded: int, rows: int, state: str) -> Refusal:
    share = percent(coded, rows)
    return Refusal(
        "one_state",
        f"{table}.{column}: all {coded} rows that say so ({share} of {rows}) are in one state: "
        f"{state}. See whether the view fills the column",
        f"{label(table)}的{column}已填的{coded:,}行（占{rows:,}行的{share}）状态全部相同：{state}。"
        "请核对视图是否正确取数",
    )


def one_key(loaded: Loaded) -> Iterator[Refusal]:
    """A household or person with so many rows that the key must mean “unknown”."""
    spells = loaded.frames["identification_spell"]
    rows = loaded.rows_kept["identification_spell"]
    for column, kind in {"household_key": "家庭", "person_key": "人员"}.items():
        keys = spells.filter(pl.col(column).is_not_null()).group_by(column).len()
        (most,) = sums(keys, pl.col("len").max())
        if most and most > HOUSEHOLD and most > rows * ONE_KEY:
            share = percent(most, rows)
            yield Refusal(
                "one_key",
                f"identification_spell.{column}: {most} of {rows} rows ({share}) have one and the "
                "same key; leave the column empty where the key is not known",
                f"认定时段（identification_spell）的{column}有{most:,}行（占{rows:,}行的{share}）是同一个{kind}键。"
                "不知道的请留空，不要填同一个值",
            )
