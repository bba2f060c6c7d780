"""Tables that answers need nearly as they are: regions, meetings, decisions, reported progress."""

from datetime import date

import polars as pl

from data.registry.frames import small
from queries.cubes.record_quality import Frames, completeness, freshness
from queries.cubes.successors import succeeded


def lists(frames: Frames, as_of: date) -> dict[str, pl.DataFrame]:
    """Each list whose table is connected, as of the day; how fresh and complete all tables are."""
    builders = {
        "region": ("regions", _regions),
        "region_population": ("population", _population),
        "joint_meeting": ("meetings", _meetings),
        "programme_policy": ("policies", _policies),
        "meeting_item": ("decisions", _decisions),
        "task_progress": ("progress", _progress),
    }
    tables = {
        name: build(succeeded(table, small(frames[table]), as_of), as_of)
        for table, (name, build) in builders.items()
        if table in frames
    }
    return {name: frame.with_columns(harmless()) for name, frame in tables.items()} | {
        "freshness": freshness(frames, as_of),
        "completeness": completeness(frames, as_of),
    }


CONTROL = r"[\x00-\x1F\x7F\x{FFFE}\x{FFFF}\x{202A}-\x{202E}\x{2066}-\x{2069}]"


def harmless() -> pl.Expr:
    """
    Texts of the registry without what a page or a document could take for something else.

    Angle brackets become full-width ones (Plotly reads simple markup in labels), control characters
    go (no XML may hold them, or they turn the writing round).
    """
    text = pl.col(pl.String)
    return text.str.replace_all(CONTROL, "").str.replace_many(["<", ">"], ["＜", "＞"])


def _regions(rows: pl.LazyFrame, _as_of: date) -> pl.DataFrame:
    """Regions in official order; one without a name is called by its code, never by nothing."""
    unnamed = pl.format("未命名{}", "region_code")
    named = rows.with_columns(pl.col("region_name").fill_null(unnamed))
    return named.collect().sort("sort_order", "region_code", nulls_last=True)


def _population(rows: pl.LazyFrame, as_of: date) -> pl.DataFrame:
    by_then = rows.filter(pl.col("stat_year") <= as_of.year)
    return by_then.sort("region_code", "stat_year").collect()


def _meetings(rows: pl.LazyFrame, as_of: date) -> pl.DataFrame:
    return rows.filter(pl.col("held_on") <= as_of).sort("held_on", "meeting_id").collect()


def _policies(rows: pl.LazyFrame, as_of: date) -> pl.DataFrame:
    """Programmes switched on by county on the day: county, programme, since (earliest)."""
    ends = pl.col("valid_to")
    return (
        rows.filter(pl.col("in_scope") == 1, pl.col("valid_from") <= as_of)
        .filter(ends.is_null() | (ends > as_of))
        .group_by(
            pl.col("region_code").alias("county"), pl.col("programme_code").alias("programme")
        )
        .agg(since=pl.col("valid_from").min())
        .sort("county", "programme")
        .collect()
    )


def _decisions(rows: pl.LazyFrame, as_of: date) -> pl.DataFrame:
    """Decisions of the joint meeting with `done_on` as of the day; no free text about persons."""
    done = pl.when(pl.col("done_on") <= as_of).then("done_on")
    return rows.with_columns(done_on=done).sort("meeting_id", "item_id").collect()


def _progress(rows: pl.LazyFrame, as_of: date) -> pl.DataFrame:
    """The latest report of each task row, reporter and region by the day."""
    keys = ["task_row", "reporter_dept", "region_code"]
    return (
        rows.filter(pl.col("reported_at").dt.date() <= as_of)
        .sort(*keys, "period_month", "reported_at")
        .group_by(keys, maintain_order=True)
        .agg(pl.col("period_month", "progress_code", "reported_at").last())
        .sort(keys)
        .collect()
    )
