"""What 数据质量 asks of the records themselves: how fresh, how complete, by table and county."""

from collections.abc import Mapping
from datetime import date

import narwhals as nw
import polars as pl

from data.registry.frames import Native, collected_all, opened
from queries.region import at_level

Frames = Mapping[str, Native]

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


def county(names: list[str]) -> nw.Expr:
    """The county of a row; empty where the table, or the row, has none."""
    own = next((name for name in REGIONS if name in names), None)
    code = at_level(nw.col(own), "county").fill_null("") if own else nw.lit("")
    return code.alias("county")


def freshness(frames: Frames, as_of: date) -> pl.DataFrame:
    """The last day by D on which anything was recorded. Columns: table, county, last."""
    schema = {"table": pl.String, "county": pl.String, "last": pl.Date}
    there = opened({name: frames[name] for name in DAYS if name in frames})
    last_days = collected_all([_last(DAYS[name], rows, as_of) for name, rows in there.items()])
    return pl.concat(
        [
            pl.DataFrame(schema=schema),
            *(
                # Without rows, a county that is a literal is still one group.
                of.drop_nulls("last").select(pl.lit(name).alias("table"), "county", "last")
                for name, of in zip(there, last_days, strict=True)
            ),
        ]
    )


def _last(columns: tuple[str, ...], rows: nw.LazyFrame, as_of: date) -> nw.LazyFrame:
    """The last of some days by county. Columns: county, last."""
    days = [nw.col(column).cast(nw.Date) for column in columns]
    happened = [nw.when(day <= as_of).then(day) for day in days]
    # SQL has no greatest of one.
    last = nw.max_horizontal(*happened) if len(happened) > 1 else happened[0]
    return (
        rows.select(county(rows.collect_schema().names()), last=last)
        .drop_nulls("last")
        .group_by("county")
        .agg(nw.col("last").max())
        .sort("county")
    )


def completeness(frames: Frames, as_of: date) -> pl.DataFrame:
    """Rows by D and those with a field filled. Columns: table, field, county, rows, filled."""
    kinds = {"table": pl.String, "field": pl.String, "county": pl.String}
    schema = kinds | {"rows": pl.Int64, "filled": pl.Int64}
    there = opened({name: frames[name] for name in FIELDS if name in frames})
    counted = collected_all([_filled(name, rows, as_of) for name, rows in there.items()])
    return pl.concat(
        [
            pl.DataFrame(schema=schema),
            *(
                of.select(
                    pl.lit(name).alias("table"),
                    pl.lit(field).alias("field"),
                    "county",
                    "rows",
                    pl.col(field).alias("filled"),
                )
                for name, of in zip(there, counted, strict=True)
                for field in FIELDS[name][1]
            ),
        ]
    )


def _filled(name: str, rows: nw.LazyFrame, as_of: date) -> nw.LazyFrame:
    """Rows by county, and in a column a field those that have it."""
    day, fields = FIELDS[name]
    existing = rows if day is None else rows.filter(nw.col(day).cast(nw.Date) <= as_of)
    return (
        existing.with_columns(county(rows.collect_schema().names()))
        .group_by("county")
        .agg(nw.len().alias("rows"), *(nw.col(field).count() for field in fields))
        .filter(nw.col("rows") > 0)
        .sort("county")
    )
