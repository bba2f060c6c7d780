"""Rules on states: many rows that are all in one, or that came to none, or died on one day."""

from collections.abc import Iterator

import narwhals as nw

from data.quality.loading import Loaded
from data.quality.refusal import Refusal, label, percent
from data.registry.frames import collected, opened, rows_where, sums

#: What a column holds that is not filled.
EMPTY = "（空）"

#: Rows after which all of them in one state is no chance.
MANY = 100

#: A result, and the step with which it is known.
RESULTS = {
    "warning": {"verify_result": "verified_at", "outcome_code": "closed_at"},
    "referral": {"outcome_code": "responded_at"},
}

#: Steps of which one at least is taken of many rows.
FIRST_STEPS = {
    "warning": ["verified_at", "closed_at"],
    "referral": ["accepted_at", "returned_at", "responded_at"],
}

#: Of the days on which persons died, the share that no single day has.
ONE_DAY = 0.5


def same_states(loaded: Loaded) -> Iterator[Refusal]:
    """Many rows that are all in one state: a view's constant, or steps that are not connected."""
    for table, steps in FIRST_STEPS.items():
        frame = opened(loaded.frames)[table]
        begun = [~nw.col(step).is_null() for step in steps]
        some = rows_where(nw.any_horizontal(*begun, ignore_nulls=False))
        rows, taken = sums(frame, nw.len(), some)
        if rows >= MANY and not taken:
            yield _one_state(table, "+".join(steps), rows, rows, EMPTY)
        for column, step in RESULTS[table].items():
            code = nw.col(column)
            ended, coded, first, last = sums(
                frame, nw.col(step).count(), code.count(), code.min(), code.max()
            )
            if coded >= MANY and first == last:
                yield _one_state(table, column, coded, rows, first)
            elif ended >= MANY and not coded:
                yield _one_state(table, column, ended, rows, EMPTY)


def one_day_of_death(loaded: Loaded) -> Iterator[Refusal]:
    """A day on which most persons died: what a platform writes for those who live."""
    deaths = opened(loaded.frames)["person"].select("death_date").drop_nulls()
    days = deaths.group_by("death_date").agg(rows=nw.len())
    (died,) = sums(deaths, nw.len())
    first = collected(days.sort("rows", descending=True).head(1))
    which, most = first.row(0) if first.height else (None, 0)
    if most and most >= MANY and most > died * ONE_DAY:
        share = percent(most, died)
        yield Refusal(
            "one_state",
            f"person.death_date: {most} of {died} deaths ({share}) are of {which}. Leave it empty "
            "for those who live",
            f"{label('person')}的death_date已填{died:,}行，其中{most:,}行（{share}）是同一天：{which}。"
            "健在的请留空",
        )


def _one_state(table: str, column: str, coded: int, rows: int, state: str) -> Refusal:
    share = percent(coded, rows)
    return Refusal(
        "one_state",
        f"{table}.{column}: all {coded} rows that say so ({share} of {rows}) are in one state: "
        f"{state}. See whether the view fills the column",
        f"{label(table)}的{column}已填的{coded:,}行（占{rows:,}行的{share}）状态全部相同：{state}。"
        "请核对视图是否正确取数",
    )
