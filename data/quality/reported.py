"""The rules that are reported only: what breaks them counts as it stands."""

from collections.abc import Iterator, Mapping
from datetime import date

import narwhals as nw
import polars as pl

from data.quality import foreign_keys
from data.quality.deciding import unfilled
from data.quality.findings import Finding, examples, found
from data.quality.set_aside_rules import STEPS, Rule, any_of, before
from data.quality.shown_values import counted
from data.registry import contract
from data.registry.contract import polars_schema
from data.registry.frames import Native, is_here, opened, rows_where, sums
from data.registry.texts import REGION_FORM, REGIONS

Frames = Mapping[str, nw.LazyFrame]

NEVER = date(9999, 12, 31)

#: Columns that name the kind of a spell; two spells of one person and one kind should not overlap.
SPELL_KINDS = {
    "identification_spell": "category_code",
    "circumstance_spell": "circumstance_code",
    "benefit_spell": "programme_code",
}

#: What happened to the person of the row, which cannot have been before birth.
PERSONAL_EVENTS = {
    "person": ["death_date"],
    "identification_spell": ["valid_from"],
    "circumstance_spell": ["valid_from"],
    "hardship_event": ["occurred_on"],
    "benefit_spell": ["valid_from"],
    "benefit_event": ["occurred_on"],
    "warning": ["raised_at"],
    "referral": ["sent_at"],
    "emergency_case": ["reported_at"],
    "service_record": ["served_on"],
}

#: Steps in the order in which they follow one another, the start left out.
ORDER = {
    **{table: next(iter(steps.values())) for table, steps in STEPS.items()},
    "referral": ["accepted_at", "responded_at", "feedback_at"],
    "emergency_case": ["first_aid_at", "relieved_on", "paperwork_done_on", "closed_at"],
    "data_submission": ["submitted_at", "accepted_at"],
    "hardship_event": ["occurred_on", "window_to"],
}

#: Dates that may well lie ahead: ends, limits and plans.
AHEAD = {
    "valid_to",
    "window_to",
    "grace_until",
    "due_at",
    "due_on",
    "planned_on",
    "publicity_to",
    "held_on",
}


def reported(frames: Mapping[str, Native], today: date) -> list[Finding]:
    """Findings on the rows that count, in the order of `frames`; `today`: the day of the load."""
    there = opened(frames)
    keys = foreign_keys.keys(there)
    return [
        finding
        for table, frame in there.items()
        for finding in [
            *foreign_keys.orphans(there, table, keys),
            *_overlaps(table, frame),
            *_before_birth(there, table),
            *_nobody_insured(there, table),
            *_by_row(
                table,
                frame,
                [
                    *_wrong_forms(table),
                    *unfilled(table),
                    *_out_of_order(table),
                    *_after(table, today),
                ],
            ),
        ]
    ]


def _overlaps(table: str, frame: nw.LazyFrame) -> Iterator[Finding]:
    """Spells that start before an earlier one of the same person and kind has ended."""
    if table not in SPELL_KINDS:
        return
    same = ["person_key", SPELL_KINDS[table]]
    start, end = nw.col("valid_from"), nw.col("valid_to").fill_null(NEVER)
    spells = frame.filter(~start.is_null(), end > start).with_columns(end=end)
    if is_here(spells):
        few = _of_groups_that_overlap(nw.to_native(spells), same)
        if few is None:
            return
        spells = nw.from_native(few)
    order = ["valid_from", "end", "spell_id"]
    overlapping = (
        spells.with_columns(reach=nw.col("end").cum_max().over(*same, order_by=order))
        .with_columns(latest_end=nw.col("reach").shift(1).over(*same, order_by=order))
        .filter(start < nw.col("latest_end"))
    )
    yield from found(table, "overlapping_spells", "valid_from", overlapping)


def _of_groups_that_overlap(spells: pl.LazyFrame, same: list[str]) -> pl.LazyFrame | None:
    """
    Spells of groups in which one starts before the one before it has ended; None without any.

    Where none does, each ends later than the one before it, so none overlaps an earlier one either.
    Sorting numbers is ten times cheaper than sorting keys, which then is left to few.
    """
    hashed = spells.with_columns(group=pl.col(same[0]).hash(0) ^ pl.col(same[1]).hash(1))
    same_group = pl.col("group") == pl.col("group").shift(1)
    groups = (
        hashed.select("group", "valid_from", "end")
        .sort("group", "valid_from")
        .filter(same_group, pl.col("valid_from") < pl.col("end").shift(1))
        .select(pl.col("group").unique())
        .collect(engine="streaming")
    )
    return None if groups.is_empty() else hashed.join(groups.lazy(), on="group", how="semi")


def _before_birth(frames: Frames, table: str) -> Iterator[Finding]:
    for column in PERSONAL_EVENTS.get(table, []):
        frame, day = frames[table], nw.col(column).cast(nw.Date)
        if table != "person":
            # Nobody born before the first of these events: few are left to be looked for.
            (first,) = sums(frame, day.min())
            if first is None:
                continue
            births = frames["person"].select("person_key", "birth_month")
            later = births.filter(nw.col("birth_month") > first)
            frame = frame.join(later, on="person_key", how="inner")
        early = frame.filter(day < nw.col("birth_month"))
        yield from found(table, "event_before_birth", column, early)


def _nobody_insured(frames: Frames, table: str) -> Iterator[Finding]:
    """Persons of dibao of whom none is in residents' insurance, which P0912 asks for."""
    if table != "circumstance_spell":
        return
    register = frames["identification_spell"].filter(nw.col("category_code") == "dibao")
    dibao = register.select("person_key")
    insured = frames[table].filter(nw.col("circumstance_code") == "resident_insurance")
    (some,) = sums(insured.join(dibao, on="person_key", how="semi").head(1), nw.len())
    if not some:
        (rows,) = sums(dibao.drop_nulls(), nw.col("person_key").n_unique())
        if rows:
            yield Finding(table, "nobody_insured", "circumstance_code", rows)


def _wrong_forms(table: str) -> list[Rule]:
    """Region codes that can name no region; those that name one are set aside where they do."""
    return [
        Rule("wrong_form", each, (~nw.col(each).str.contains(REGION_FORM)).fill_null(False))
        for each in polars_schema(table)
        if each in REGIONS and contract.key_of(table) != [each]
    ]


def _out_of_order(table: str) -> list[Rule]:
    """A step before any of those it follows."""
    order = ORDER.get(table, [])
    return [
        Rule(
            "steps_out_of_order",
            step,
            any_of([Rule("", "", before(table, step, each).fill_null(False)) for each in earlier]),
        )
        for position, step in enumerate(order)
        if (earlier := order[:position])
    ]


def _after(table: str, today: date) -> list[Rule]:
    return [
        Rule("after_load", column, (nw.col(column).cast(nw.Date) > today).fill_null(False))
        for column, kind in polars_schema(table).items()
        if kind.is_temporal() and column not in AHEAD
    ]


def _by_row(table: str, frame: nw.LazyFrame, rules: list[Rule]) -> Iterator[Finding]:
    """Findings of rules that one row decides, counted in one pass."""
    if not rules:
        return
    counts = sums(frame, *(rows_where(rule.broken) for rule in rules))
    for rule, rows in zip(rules, counts, strict=True):
        if rows:
            broken = frame.filter(rule.broken)
            codes = counted(rule.column, broken) if rule.name == "wrong_form" else ()
            keys = examples(table, broken)
            yield Finding(table, rule.name, rule.column, rows, keys, values=codes)
