"""Rows as they come from real platforms: a few dozens of each finding, for the checks to find.

Every such row is a copy of a good one with a key of its own that begins with `Z` (repeated keys
apart) and one thing wrong.
"""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from data.demo.world import World
from data.registry.contract import key_of

Wrong = pl.Expr


@dataclass(frozen=True)
class Blot:
    """`usual` copies of rows of a table in which `where` holds, with `change` in them."""

    kind: str
    table: str
    usual: int
    change: dict[str, Wrong]
    where: Wrong | None = None
    same_key: bool = False


def _before(step: str, start: str, days: int = 3) -> dict[str, Wrong]:
    return {step: pl.col(start).cast(pl.Datetime("us")) - pl.duration(days=days)}


def _reversed() -> dict[str, Wrong]:
    return {"valid_to": pl.col("valid_from") - pl.duration(days=40)}


_LATER = datetime(2026, 11, 3, 9, 30)
_NOTHING = pl.lit(None)

BLOTS = (
    Blot("duplicate_key", "data_submission", 12, {"returned_times": pl.lit(1)}, same_key=True),
    Blot("duplicate_key", "field_visit", 36, {"finding_code": pl.lit("no_issue")}, same_key=True),
    Blot("unknown_code", "benefit_event", 36, {"form_code": pl.lit("voucher")}),
    Blot("unknown_code", "warning", 24, {"kind_code": pl.lit("hearsay")}),
    Blot("unknown_code", "referral", 24, {"outcome_code": pl.lit("done")}),
    Blot("unknown_code", "identification_spell", 24, {"category_code": pl.lit("low_income")}),
    Blot("reversed_spell", "benefit_spell", 36, _reversed()),
    Blot("reversed_spell", "identification_spell", 24, _reversed()),
    Blot("reversed_spell", "circumstance_spell", 36, _reversed()),
    Blot("step_before_start", "referral", 30, _before("responded_at", "sent_at")),
    Blot("step_before_start", "warning", 24, _before("closed_at", "raised_at", 5)),
    Blot("step_before_start", "emergency_case", 24, _before("first_aid_at", "reported_at", 1)),
    Blot("step_before_start", "application", 24, _before("decided_on", "accepted_on", 20)),
    Blot("step_before_start", "appeal", 18, _before("resolved_at", "accepted_at", 9)),
    Blot("orphan", "referral", 36, {"warning_id": pl.lit("W99999999")}),
    Blot("orphan", "benefit_event", 48, {"person_key": pl.lit("P99999999")}),
    Blot("orphan", "benefit_spell", 24, {"region_code": pl.lit("621229001")}),
    Blot(
        "overlap",
        "identification_spell",
        36,
        {"valid_from": pl.col("valid_from") + pl.duration(days=60), "application_id": _NOTHING},
        pl.col("valid_to").is_null() & (pl.col("valid_from") < date(2026, 6, 1)),
    ),
    Blot("before_birth", "hardship_event", 24, {"occurred_on": pl.lit(date(1919, 5, 4))}),
    Blot("after_last_day", "warning", 5, {"raised_at": pl.lit(_LATER), **dict.fromkeys(
        ("verified_at", "verify_result", "closed_at", "outcome_code", "duplicate_of"), _NOTHING)}),
    Blot("after_last_day", "referral", 5, {"sent_at": pl.lit(_LATER), **dict.fromkeys(
        ("accepted_at", "returned_at", "return_reason", "responded_at", "outcome_code",
         "feedback_at"), _NOTHING)}),
    Blot("after_last_day", "benefit_event", 5, {"occurred_on": pl.lit(date(2026, 11, 15)),
                                                "reported_at": _NOTHING}),
    Blot("after_last_day", "identification_spell", 4, {"valid_from": pl.lit(date(2026, 11, 5)),
                                                       "valid_to": _NOTHING}),
)  # fmt: skip


def _drawn(world: World, number: int, blot: Blot, frame: pl.DataFrame) -> pl.DataFrame:
    fit = frame if blot.where is None else frame.filter(blot.where)
    size = min(fit.height, max(2, round(blot.usual * min(1, world.scale))))
    rows = world.rng(f"blot {number}").choice(fit.height, size, replace=False)
    types = frame.schema
    wrong = fit[sorted(rows.tolist())].with_columns(
        value.cast(types[name]).alias(name) for name, value in blot.change.items()
    )
    return wrong if blot.same_key else _own_keys(wrong, blot.table, f"Z{number:02d}")


def _own_keys(rows: pl.DataFrame, table: str, prefix: str) -> pl.DataFrame:
    number = pl.int_range(pl.len()).cast(pl.String).str.zfill(4)
    return rows.with_columns((pl.lit(prefix) + number).alias(key_of(table)[0]))


def soil(world: World, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames with the rows of `BLOTS` behind their own."""
    added: dict[str, list[pl.DataFrame]] = {}
    for number, blot in enumerate(BLOTS):
        rows = _drawn(world, number, blot, frames[blot.table])
        added.setdefault(blot.table, []).append(rows)
    return {name: pl.concat([frame, *added.get(name, [])]) for name, frame in frames.items()}


#: Days that are none; only SQLite can hold them.
UNREADABLE = {
    "person": ("birth_month", "1958-13-01"),
    "benefit_event": ("occurred_on", "2026-02-30"),
    "warning": ("raised_at", "不详"),
    "application": ("accepted_on", "二〇二六年三月"),
}


def with_unreadable(name: str, stored: pl.DataFrame) -> pl.DataFrame:
    """The table as SQLite stores it, with rows whose day is no day."""
    if name not in UNREADABLE:
        return stored
    column, words = UNREADABLE[name]
    rows = stored.head(max(2, min(24, stored.height // 2000)))
    wrong = rows.with_columns(pl.lit(words).alias(column))
    return pl.concat([stored, _own_keys(wrong, name, "ZX")])
