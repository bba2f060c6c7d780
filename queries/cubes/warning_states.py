"""The state each warning is in on D: since when, by when, with whom, and how often sent back."""

from collections.abc import Mapping

import narwhals as nw

from data.reference.departments import CIVIL_AFFAIRS, operators
from queries.cubes import clocks
from queries.cubes.counting import Context, mark, workdays
from queries.cubes.warning_due import CLOCKED, by_state, first_that_fits, with_due
from queries.cubes.warning_steps import with_steps

#: Not closed and without a destination (未转办): await a visit, a referral, civil affairs.
WITHOUT_DESTINATION = ("unverified", "unrouted", "own")

#: What an investigation finds when something is to follow.
CONFIRMED = ["true_need", "no_longer_eligible"]


def _of_civil_affairs(operator: Mapping[str, str]) -> nw.Expr:
    """Operated by civil affairs, or an exit whose programme nobody knows."""
    own = [programme for programme, code in operator.items() if code == CIVIL_AFFAIRS]
    known = nw.col("programme_code").is_in(list(operator)).fill_null(False)
    operated = nw.col("programme_code").is_in(own).fill_null(False)
    return operated | (_is_exit() & ~known)


def _is_exit() -> nw.Expr:
    return (nw.col("direction") == "exit").fill_null(False)


def _state(operator: Mapping[str, str]) -> nw.Expr:
    """The first state that fits."""
    settled = ~nw.col("verify_result").is_in(CONFIRMED).fill_null(False)
    cases = [
        (~nw.col("closed_at").is_null(), "closed"),
        (~nw.col("coordinating_since").is_null(), "coordinating"),
        (~nw.col("routed_since").is_null(), "routed"),
        (~nw.col("responded_since").is_null(), "responded"),
        (~nw.col("applied_since").is_null(), "applied"),
        (nw.col("verified_at").is_null(), "unverified"),
        (settled, "settled"),
        (_of_civil_affairs(operator), "own"),
    ]
    named = [(condition, nw.lit(name)) for condition, name in cases]
    return first_that_fits(named, nw.lit("unrouted"))


def _since() -> nw.Expr:
    sent_back = nw.max_horizontal(nw.col("verified_at"), nw.col("last_return"))
    of_steps = ("coordinating", "routed", "responded", "applied")
    return by_state(
        **{state: nw.col(f"{state}_since") for state in of_steps},
        unverified=nw.col("raised_at"),
        settled=nw.col("verified_at"),
        own=sent_back,
        unrouted=sent_back,
    )


def _step() -> nw.Expr:
    """The step whose limit the state has; of clocks the one that runs out first."""

    def by_direction(entry: str, leaving: str) -> nw.Expr:
        exit_step = nw.when(_is_exit()).then(clocks.place_of(leaving))
        return exit_step.otherwise(clocks.place_of(entry))

    return by_state(
        **{state: clocks.read(f"{state}_clock")["step"] for state in CLOCKED},
        responded=clocks.place_of("warning.finish"),
        unverified=by_direction("warning.verify", "warning.exit_verify"),
        settled=clocks.place_of("warning.finish"),
        own=by_direction("warning.apply_start", "warning.exit_terminate"),
        unrouted=clocks.place_of("warning.refer"),
    )


def _holder() -> nw.Expr:
    """township, county, county_mechanism, department; of closed ones null."""
    here = nw.when(nw.col("region_code").str.len_chars() > 6).then(nw.lit("township"))
    reviewed = nw.when(clocks.read("applied_clock")["at_township"] == 0).then(nw.lit("county"))
    cases = [
        (nw.col("state") == "closed", nw.lit(None, dtype=nw.String)),
        (nw.col("state") == "coordinating", nw.lit("county_mechanism")),
        (nw.col("state") == "routed", nw.lit("department")),
        (nw.col("state") == "applied", reviewed.otherwise(nw.lit("township"))),
        (nw.col("state") == "unverified", here.otherwise(nw.lit("county"))),
    ]
    return first_that_fits(cases, nw.lit("county"))


def with_state(context: Context) -> nw.LazyFrame:
    """
    Warnings raised by D with `state`, `since` and `due` (days), `limit` of its `step` (a place in
    `clocks.STEPS`), `wait` and `left` (working days since and to go), `overdue` (1 or 0), `holder`
    (see `_holder`), all null of closed ones, and `returned_twice` (多次退回).
    """
    rows = with_steps(context)
    done = nw.col("routed_since").is_null() & nw.col("coordinating_since").is_null()
    answered = nw.max_horizontal(nw.col("answered"), nw.col("case_closed"))
    stated = (
        rows.with_columns(responded_since=nw.when(done).then(answered))
        .with_columns(state=_state(operators(context.date)))
        .with_columns(since=_since(), step=_step(), holder=_holder())
    )
    is_open = nw.col("state") != "closed"
    return with_due(context, stated).with_columns(
        wait=nw.when(is_open).then(workdays("since_w", context.workday)),
        left=nw.when(is_open).then(nw.col("due_w") - context.workday),
        overdue=nw.when(is_open).then(nw.col("late")),
        limit=nw.when(is_open).then(nw.col("limit")),
        returned_twice=mark(is_open & (nw.col("returns") >= 2)),
    )
