"""What 数据质量 asks of the records themselves: how fresh, how complete, by table and county."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from queries.region import at_level

Frames = Mapping[str, pl.LazyFrame]

#: Days of each table by which it is fresh; plans (due, window, planned) say nothing of that.
DAYS = {
    "identification_spell": ("valid_from", "valid_to"),
    "circumstance_spell": ("valid_from", "valid_to"),
    "hardship_event": ("occurred_on",),
    "application": ("accepted_on", "decided_on", "uploaded_at"),
    "benefit_spell": ("valid_from", "valid_to"),
    "benefit_event": ("occurred_on", "reported_at"),
    "match_run": ("run_at",),
    "warning": ("raised_at", "verified_at", "closed_at"),
    "referral": ("sent_at", "returned_at", "responded_at", "feedback_at"),
    "coordination_case": ("opened_at", "decided_at", "closed_at"),
    "data_submission": ("submitted_at",),
    "field_visit": ("visited_on",),
    "appeal": ("accepted_at", "resolved_at"),
    "emergency_case": ("reported_at", "first_aid_at", "paperwork_done_on"),
    "service_record": ("served_on",),
    "fund_ledger": ("period_month",),
    "task_progress": ("reported_at",),
}

#: Fields that figures hang on though the registry may leave them empty, and the day by which a
#: row exists (None: rows without a time of their own, read as loaded).
FIELDS = {
    "person": (None, ("sex", "birth_month")),
    "identification_spell": (
        "valid_from",
        ("person_key", "household_key", "category_code", "region_code", "residence_type"),
    ),
    "circumstance_spell": ("valid_from", ("person_key", "circumstance_code", "source_dept")),
    "application": ("accepted_on", ("household_key", "channel", "region_code")),
    "benefit_spell": (
        "valid_from",
        ("person_key", "programme_code", "region_code", "monthly_amount"),
    ),
    "benefit_event": (
        "occurred_on",
        ("person_key", "programme_code", "region_code", "amount", "form_code"),
    ),
    "warning": (
        "raised_at",
        ("person_key", "kind_code", "source_channel", "region_code", "programme_code"),
    ),
    "referral": ("sent_at", ("person_key", "programme_code", "region_code", "to_dept")),
    "field_visit": ("visited_on", ("household_key", "visitor_role", "target_group")),
    "appeal": ("accepted_at", ("handling_mode", "topic_code", "region_code")),
    "emergency_case": ("reported_at", ("incident_region", "mode_code", "severity")),
    "service_record": ("planned_on", ("person_key", "service_type", "region_code")),
    "data_submission": ("due_at", ("region_code", "dataset_code", "record_count")),
}

REGIONS = ("region_code", "county_code", "incident_region")


def county(names: list[str]) -> pl.Expr:
    """The county of a row; empty where the table, or the row, has none."""
    own = next((name for name in REGIONS if name in names), None)
    code = at_level(pl.col(own), "county").fill_null("") if own else pl.lit("")
    return code.alias("county")


def freshness(frames: Frames, as_of: date) -> pl.DataFrame:
    """The last day by D on which anything was recorded. Columns: table, county, last."""
    schema = {"table": pl.String, "county": pl.String, "last": pl.Date}
    last_days = [_last(name, frames[name], as_of) for name in DAYS if name in frames]
    return pl.concat([pl.DataFrame(schema=schema), *pl.collect_all(last_days)])


def _last(name: str, rows: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    days = [pl.col(column).cast(pl.Date) for column in DAYS[name]]
    happened = [pl.when(day <= as_of).then(day) for day in days]
    return (
        rows.select(
            pl.lit(name).alias("table"),
            county(rows.collect_schema().names()),
            pl.max_horizontal(*happened).alias("last"),
        )
        .drop_nulls("last")
        .group_by("table", "county")
        .agg(pl.col("last").max())
        # Without rows, a county that is a literal is still one group.
        .drop_nulls("last")
        .sort("county")
    )


def completeness(frames: Frames, as_of: date) -> pl.DataFrame:
    """Rows by D and those with a field filled. Columns: table, field, county, rows, filled."""
    kinds = {"table": pl.String, "field": pl.String, "county": pl.String}
    schema = kinds | {"rows": pl.Int64, "filled": pl.Int64}
    filled = [frame for name in FIELDS if name in frames for frame in _filled(name, frames, as_of)]
    return pl.concat([pl.DataFrame(schema=schema), *pl.collect_all(filled)])


def _filled(name: str, frames: Frames, as_of: date) -> Iterator[pl.LazyFrame]:
    day, fields = FIELDS[name]
    rows = frames[name]
    existing = rows if day is None else rows.filter(pl.col(day).cast(pl.Date) <= as_of)
    counted = existing.group_by(county(rows.collect_schema().names())).agg(
        pl.len().cast(pl.Int64).alias("rows"), pl.col(fields).count().cast(pl.Int64)
    )
    some = counted.filter(pl.col("rows") > 0)
    for field in fields:
        yield some.select(
            pl.lit(name).alias("table"),
            pl.lit(field).alias("field"),
            "county",
            "rows",
            pl.col(field).alias("filled"),
        ).sort("county")
