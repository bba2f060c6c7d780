"""Task 8 and what was paid: benefit spells, one-off benefits, exits not carried out."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.counting import (
    Context,
    as_of,
    at_level,
    distinct,
    happened,
    known,
    persons_once,
)
from queries.cubes.due_days import with_exit_due
from queries.region import LEVELS

BASIC_LIVING = ["P0801", "P0802", "P0803", "P0804"]
MEDICAL_AID = ["P0913", "P0914", "P0915", "P0916"]
CASH_FORMS = ["cash", "fee_reduction", "fee_subsidy"]

Levels = dict[str, nw.LazyFrame]


def holding(context: Context) -> nw.LazyFrame:
    """Benefit spells that hold on D."""
    ends = nw.col("valid_to")
    return context.staged["benefit_spell"].filter(
        nw.col("valid_from") <= context.day, ends.is_null() | (ends > context.day)
    )


def stocks(context: Context) -> Iterator[Levels]:
    """I0801 persons in basic living assistance, I0803 mean dibao support (fen ÷ persons)."""
    running = holding(context)
    basic = running.filter(nw.col("programme_code").is_in(BASIC_LIVING))
    yield distinct(basic, "I0801", "person_key")
    yield _mean_support(running.filter(nw.col("programme_code") == "P0801"))


def _mean_support(spells: nw.LazyFrame) -> Levels:
    def per_level(level: str) -> nw.LazyFrame:
        placed = spells.select(
            at_level(level, "region_code"),
            "person_key",
            nw.col("monthly_amount").fill_null(0).alias("fen"),
        )
        named = placed.filter(~nw.col("person_key").is_null())
        persons = named.select("region", "person_key").unique().group_by("region")
        money = placed.group_by("region").agg(nw.col("fen").sum().alias("numerator"))
        counted = persons.agg(nw.len().cast(nw.Int64).alias("denominator")).rename({"region": "of"})
        joined = money.join(counted, left_on="region", right_on="of", how="left")
        return joined.with_columns(nw.lit("I0803").alias("id"), nw.col("denominator").fill_null(0))

    return {level: per_level(level) for level in LEVELS}


def flows(context: Context) -> Iterator[Levels]:
    """I0804 persons whose basic living spell began, I0805 whose ended."""
    spells = context.staged["benefit_spell"].filter(
        nw.col("programme_code").is_in(BASIC_LIVING), nw.col("valid_from") <= context.day
    )
    yield persons_once(spells, "I0804", "valid_from")
    ended = spells.with_columns(known("valid_to", context.day).alias("valid_to"))
    yield persons_once(ended, "I0805", "valid_to")


def medical_aid(context: Context) -> nw.LazyFrame:
    """I0905: medical aid by programme and day."""
    events = context.staged["benefit_event"].filter(
        nw.col("programme_code").is_in(MEDICAL_AID), nw.col("occurred_on") <= context.day
    )
    return happened(events, "I0905", "occurred_on", programme="programme_code")


def risk_removed(context: Context) -> Levels:
    """I0109: persons whose monitoring ended because the risk is removed."""
    spells = context.staged["identification_spell"].filter(
        nw.col("category_code") == "relapse_monitored",
        nw.col("end_reason") == "risk_removed",
        nw.col("valid_from") <= context.day,
        nw.col("valid_to") <= context.day,
    )
    return persons_once(spells, "I0109", "valid_to")


def heated(context: Context, season: str) -> Levels:
    """I1202: persons with a heating payment of the season."""
    events = context.staged["benefit_event"].filter(
        nw.col("programme_code") == "P1201",
        nw.col("period_code") == season,
        nw.col("occurred_on") <= context.day,
    )
    return distinct(events, "I1202", "person_key")


def verified_exits(context: Context) -> Levels:
    """exits_verified: persons with an exit warning verified no_longer_eligible, I0706's whole."""
    return distinct(_exits(context), "exits_verified", "person_key")


def _exits(context: Context) -> nw.LazyFrame:
    """Exit warnings verified no_longer_eligible by D, of a known person."""
    return as_of(
        context.staged["warning"].filter(
            nw.col("direction") == "exit",
            nw.col("duplicate_of").is_null(),
            nw.col("raised_at") <= context.day,
            nw.col("verify_result") == "no_longer_eligible",
        ),
        context.day,
        "verified_at",
    ).filter(~nw.col("verified_at").is_null(), ~nw.col("person_key").is_null())


def not_terminated(context: Context) -> Levels:
    """I0706 应退未退: verified, the month after is over, the benefit runs, not in its grace."""
    due = with_exit_due(context).select("day", "exit_due").filter(nw.col("exit_due") < context.day)
    overdue = _exits(context).join(due, left_on="verified_at", right_on="day", how="inner")
    grace = nw.col("grace_until")
    running = (
        holding(context)
        .filter(grace.is_null() | (grace < context.day))
        .select(
            nw.col("person_key").alias("of"),
            nw.col("programme_code").alias("running"),
            nw.col("valid_from"),
        )
    )
    meant = nw.col("programme_code")
    matched = overdue.join(running, left_on="person_key", right_on="of", how="inner").filter(
        meant.is_null() | (meant == nw.col("running")),
        nw.col("valid_from") <= nw.col("verified_at"),
    )
    return distinct(matched, "I0706", "person_key")


def monthly_means(staged_people: nw.LazyFrame, context: Context, year_ago: int) -> nw.LazyFrame:
    """
    悬崖效应图: fen per main category; columns township, category, residence, persons, monthly
    (spells on D), yearly (cash-like events of the last 12 months).
    """
    spells = (
        holding(context)
        .group_by("person_key")
        .agg(nw.col("monthly_amount").fill_null(0).sum().alias("monthly"))
    )
    whole = staged_people.join(spells, left_on="person", right_on="person_key", how="left")
    if "benefit_event" in context.connected:
        events = (
            context.staged["benefit_event"]
            .filter(
                nw.col("form_code").is_in(CASH_FORMS),
                nw.col("occurred_on") > year_ago,
                nw.col("occurred_on") <= context.day,
            )
            .group_by("person_key")
            .agg(nw.col("amount").fill_null(0).sum().alias("yearly"))
        )
        whole = whole.join(events, left_on="person", right_on="person_key", how="left")
    else:
        whole = whole.with_columns(yearly=nw.lit(0))
    return whole.group_by("township", "category", "residence").agg(
        nw.len().cast(nw.Int64).alias("persons"),
        nw.col("monthly").fill_null(0).sum(),
        nw.col("yearly").fill_null(0).sum(),
    )


def dibao_support(people: nw.LazyFrame, context: Context) -> nw.LazyFrame:
    """Fen of P0801 spells on D by the person's cell, for the bulletin's urban and rural means."""
    spells = holding(context).filter(nw.col("programme_code") == "P0801")
    paid = spells.group_by("person_key").agg(
        nw.col("monthly_amount").fill_null(0).sum().alias("numerator")
    )
    placed = people.select("person", "township", "category", "residence")
    return (
        placed.join(paid, left_on="person", right_on="person_key", how="inner")
        .group_by("township", "category", "residence")
        .agg(nw.col("numerator").sum(), nw.len().cast(nw.Int64).alias("denominator"))
    )
