"""Topics of the task pages: how often aid was given and how much (see `topic_details.py`)."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.counting import ONE, Context, as_of, flow, mark, stock
from queries.cubes.emergency_aid import TEMPORARY_AID
from queries.cubes.rules import basis_of

FEN = 100


def given(context: Context) -> nw.LazyFrame:
    """aid_given: fen and times of one-off benefits by programme, of those without a gap basis."""
    ungapped = [code for code, basis in basis_of(context.date).items() if basis == "none"]
    events = context.staged["benefit_event"].filter(
        nw.col("programme_code").is_in(ungapped), nw.col("occurred_on") <= context.day
    )
    return _given(events, nw.col("amount"), "occurred_on", "region_code")


def _given(rows: nw.LazyFrame, money: nw.Expr, day: str, region: str) -> nw.LazyFrame:
    where = {"programme": "programme_code", "day": day, "region": region}
    return stock(rows, "aid_given", money.fill_null(0), ONE, **where)


def temporary(context: Context) -> Iterator[nw.LazyFrame]:
    """aid_given: fen and cases by programme; aid_cause: of temporary aid by cause; small_amount."""
    rows = as_of(context.staged["emergency_case"], context.day, "first_aid_at").filter(
        ~nw.col("first_aid_at").is_null()
    )
    yield _given(rows, nw.col("total_amount"), "first_aid_at", "incident_region")
    aided = rows.filter(nw.col("programme_code").is_in(TEMPORARY_AID))
    where = {"region": "incident_region", "day": "first_aid_at"}
    money = nw.col("total_amount").fill_null(0)
    yield stock(aided, "aid_cause", money, ONE, programme="cause_code", **where)
    small = aided.filter(
        nw.col("mode_code") == "small_amount_first", ~nw.col("first_amount").is_null()
    )
    over = mark(nw.col("first_amount") > context.limits["emergency.small_amount_cap"] * FEN)
    yield flow(small, "small_amount", programme="severity", numerator=over, **where)


def purchased(context: Context) -> Iterator[nw.LazyFrame]:
    """aid_given: services by programme; service_purchased: planned, and served, bought or not."""
    rows = as_of(context.staged["service_record"], context.day, "planned_on", "served_on")
    bought, known = nw.col("purchased"), nw.when(~nw.col("purchased").is_null())
    part = nw.when(bought == 1).then(nw.lit("purchased")).otherwise(known.then(nw.lit("own")))
    served = mark(~nw.col("served_on").is_null())
    parted = rows.with_columns(part=part)
    yield flow(parted, "service_purchased", "planned_on", served, programme="part")
    delivered = rows.filter(~nw.col("served_on").is_null())
    yield _given(delivered, nw.lit(0), "served_on", "region_code")
