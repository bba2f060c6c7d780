"""The rules that are reported only: what breaks them counts as it stands."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from data.quality import foreign_keys
from data.quality.deciding import unfilled
from data.quality.findings import Finding, examples, found
from data.quality.set_aside_rules import STEPS, Rule, any_of, before
from data.quality.shown_values import counted
from data.registry import contract
from data.registry.contract import polars_schema
from data.registry.texts import REGION_FORM, REGIONS

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


def reported(frames: dict[str, pl.LazyFrame], today: date) -> list[Finding]:
    """Findings on the rows that count, in the order of `frames`; `today`: the day of the load."""
    hashes = foreign_keys.hashes(frames)
    return [
        finding
        for table, frame in frames.items()
        for finding in [
            *foreign_keys.orphans(frames, table, hashes),
            *_overlaps(table, frame),
            *_before_birth(frames, table),
            *_nobody_insured(frames, table),
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


def _overlaps(table: str, frame: pl.LazyFrame) -> Iterator[Finding]:
    """Spells that start before an earlier one of the same person and kind has ended."""
    if table not in SPELL_KINDS:
        return
    same = ["person_key", SPELL_KINDS[table]]
    start, end = pl.col("valid_from"), pl.col("valid_to").fill_null(date(9999, 12, 31))
    group = pl.col(same[0]).hash(0) ^ pl.col(same[1]).hash(1)
    spells = frame.filter(start.is_not_null(), end > start).with_columns(end=end, group=group)
    groups = _groups_that_overlap(spells)
    if groups.is_empty():
        return
    latest_end = pl.col("end").cum_max().shift(1).over(same)
    overlapping = (
        spells.join(groups.lazy(), on="group", how="semi")
        .sort(*same, "valid_from", "end", "spell_id")
        .filter(start < latest_end)
    )
    yield from found(table, "overlapping_spells", "valid_from", overlapping)


def _groups_that_overlap(spells: pl.LazyFrame) -> pl.DataFrame:
    """
    Groups in which a spell starts before the one before it has ended, in a column `group`.

    Where none does, each ends later than the one before it, so none overlaps an earlier one either.
    Sorting numbers is ten times cheaper than sorting keys, which then is left to few.
    """
    same_group = pl.col("group") == pl.col("group").shift(1)
    return (
        spells.select("group", "valid_from", "end")
        .sort("group", "valid_from")
        .filter(same_group, pl.col("valid_from") < pl.col("end").shift(1))
        .select(pl.col("group").unique())
        .collect(engine="streaming")
    )


def _before_birth(frames: dict[str, pl.LazyFrame], table: str) -> Iterator[Finding]:
    for column in PERSONAL_EVENTS.get(table, []):
        frame = frames[table]
        if table != "person":
            # Nobody born before the first of these events: few are left to be looked for.
            first = frame.select(pl.col(column).min()).collect(engine="streaming").item()
            births = frames["person"].select("person_key", "birth_month")
            later = births.filter(pl.col("birth_month") > pl.lit(first, pl.Datetime))
            frame = frame.join(later, on="person_key", how="inner")
        early = frame.filter(pl.col(column).cast(pl.Date) < pl.col("birth_month"))
        yield from found(table, "event_before_birth", column, early)


def _nobody_insured(frames: dict[str, pl.LazyFrame], table: str) -> Iterator[Finding]:
    """Persons of dibao of whom none is in residents' insurance, which P0912 asks for."""
    if table != "circumstance_spell":
        return
    dibao = frames["identification_spell"].filter(category_code="dibao").select("person_key")
    insured = frames[table].filter(circumstance_code="resident_insurance")
    if insured.join(dibao, on="person_key", how="semi").head(1).collect().is_empty():
        rows = dibao.select(pl.col("person_key").drop_nulls().n_unique()).collect().item()
        if rows:
            yield Finding(table, "nobody_insured", "circumstance_code", rows)


def _wrong_forms(table: str) -> list[Rule]:
    """Region codes that can name no region; those that name one are set aside where they do."""
    return [
        Rule("wrong_form", each, (~pl.col(each).str.contains(REGION_FORM)).fill_null(False))
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
        Rule("after_load", column, (pl.col(column).cast(pl.Date) > today).fill_null(False))
        for column, kind in polars_schema(table).items()
        if kind.is_temporal() and column not in AHEAD
    ]


def _by_row(table: str, frame: pl.LazyFrame, rules: list[Rule]) -> Iterator[Finding]:
    """Findings of rules that one row decides, counted in one pass."""
    if not rules:
        return
    sums = [rule.broken.sum().alias(str(number)) for number, rule in enumerate(rules)]
    counts = frame.select(sums).collect(engine="streaming").row(0)
    for rule, rows in zip(rules, counts, strict=True):
        if rows:
            broken = frame.filter(rule.broken)
            codes = counted(rule.column, broken) if rule.name == "wrong_form" else ()
            keys = examples(table, broken)
            yield Finding(table, rule.name, rule.column, rows, keys, values=codes)
