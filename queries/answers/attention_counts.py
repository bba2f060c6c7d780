"""What the ranking of `attention` is made of: bad cases and all cases of each measure, by unit.

A refresh stores them in the cubes `attention.<city|county|township>` (columns region, measure, bad,
all) and `attention_departments.county` (department, county, measure, bad, all).
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from queries.answers import breakdowns, coverage
from queries.answers.cube_rows import cells
from queries.answers.groups import source_status
from queries.cubes.programmes import SHARED_GAP, programme_numbers
from queries.cubes.rules import basis_of
from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.region import LEVELS
from queries.statistics.progress import expected_progress
from queries.store.snapshot import Cubes, Draft

#: Open states of warnings by the measure that they are of.
STATES = dict.fromkeys(WITHOUT_DESTINATION, "unrouted") | {
    state: state for state in ("coordinating", "routed", "responded", "applied", "settled")
}

#: Late or missed of those due: what the indicator counts is the rest.
MISSED = (
    *("I0723", "I0204", "I0203"),
    *("I0104", "I0301", "I0302", "I0502", "I1001"),
)

#: Measured by department too.
OF_DEPARTMENTS = ("I0724", "I0723", "I0204", "I0203", "I1302")

#: Stocks and what they are of.
OF_STOCK = {"I0808": "I0801", "I0809": "I0801", "I0706": "exits_verified", "I0807": "I0806"}


def measures() -> list[str]:
    """Every measure in the order of the definition's table; of programmes the firm are counted."""
    return [
        *dict.fromkeys(STATES.values()),
        *("I0724", "I0723", "I0204", "I0203"),
        *programme_numbers(),
        *("I0104", "I0301", "I0302", "I0502", "I1001", "I0303", "I0601", "I1302"),
        *("I0808", "I0809", "I0706", "I0807"),
    ]


def counted(snapshot: Cubes) -> list[str]:
    """Measures whose source is connected; of programmes those in season."""
    return [m for m in measures() if _status(snapshot, m) == "ok"]


def _status(snapshot: Cubes, measure: str) -> str:
    if measure in STATES.values():
        return "ok"
    if measure in programme_numbers():
        firm = basis_of(snapshot.as_of)[measure] == "firm" and measure != SHARED_GAP
        return coverage.status_of(snapshot, measure) if firm else "no_data"
    return source_status(snapshot, measure, "city", "")


def cubes(
    draft: Draft, figures: Callable[..., pl.DataFrame], since: date
) -> dict[str, pl.DataFrame]:
    """The stored cubes of a day; `figures`: the published ones of the month from `since`."""
    shown = counted(draft)
    by_level = {
        f"attention.{level}": _measured(draft, figures(draft, level, since), level, shown)
        for level in LEVELS
    }
    by_two = _by_department(draft, since).filter(pl.col("measure").is_in(shown))
    return by_level | {"attention_departments.county": by_two}


def _measured(draft: Draft, figures: pl.DataFrame, level: str, shown: list[str]) -> pl.DataFrame:
    """Each measure of each region of a level that has cases; the city has a row of every one."""
    keys = ("region", "measure")
    parts = [_states(draft, level), _gaps(draft, level), _of_figures(draft, figures)]
    parts += [_of_stock(draft, figures, level), _referrals(draft, level, ["region"])]
    if "meeting_item" in draft.manifest["connected"]:
        parts.append(_decisions(draft, level))
    rows = pl.concat([part.select(*keys, *_counts()) for part in parts])
    codes = breakdowns.region_codes(draft, level)
    grid = pl.DataFrame({"region": codes}, schema={"region": pl.String}).join(
        pl.DataFrame({"measure": shown}, schema={"measure": pl.String}), how="cross"
    )
    every = grid.join(rows, on=keys, how="left", maintain_order="left").with_columns(
        pl.col("bad", "all").fill_null(0)
    )
    return every if level == "city" else every.filter((pl.col("all") > 0) | (pl.col("bad") > 0))


def _counts() -> list[pl.Expr]:
    return [pl.col("bad").cast(pl.Float64), pl.col("all").cast(pl.Float64)]


def _at(draft: Draft, level: str) -> pl.Expr:
    city = pl.lit(breakdowns.city_code(draft))
    return (city if level == "city" else pl.col("region")).alias("region")


def _states(draft: Draft, level: str) -> pl.DataFrame:
    """Warnings in an open state, and of them those overdue."""
    return (
        cells(draft, "warnings", level)
        .filter(pl.col("state").is_in(list(STATES)))
        .group_by(_at(draft, level), measure=pl.col("state").replace_strict(STATES))
        .agg(bad=(pl.col("overdue") * pl.col("n")).sum(), all=pl.col("n").sum())
    )


def _gaps(draft: Draft, level: str) -> pl.DataFrame:
    """Gap of each programme, of those whose aid is due."""
    return (
        cells(draft, "coverage", level)
        .group_by(_at(draft, level), measure=pl.col("programme"))
        .agg(bad=pl.col("gap").sum(), all=pl.col("eligible").sum() - pl.col("pending").sum())
    )


def _of_figures(draft: Draft, figures: pl.DataFrame) -> pl.DataFrame:
    """Missed of what was due, errors of records, and visits behind 序时进度."""
    share = expected_progress(draft.as_of, "quarter") / 100
    met, due = pl.col("numerator"), pl.col("denominator")
    bad = (
        pl.when(pl.col("id").is_in(MISSED))
        .then(due - met)
        .when(pl.col("id") == "I0303")
        .then(met)
        .when(pl.col("id") == "I0601")
        .then(pl.max_horizontal(0.0, due * share - met))
    )
    return figures.select(region="group", measure="id", bad=bad, all=due).drop_nulls("bad")


def _of_stock(draft: Draft, figures: pl.DataFrame, level: str) -> pl.DataFrame:
    """Stocks of `OF_STOCK` beside what they are of."""
    exits = (
        cells(draft, "stock", level)
        .filter(id="exits_verified")
        .group_by(_at(draft, level), id=pl.col("id"))
        .agg(all=pl.col("numerator").sum().cast(pl.Float64))
    )
    whole = figures.select(region="group", id="id", all="numerator")
    rows = figures.filter(pl.col("id").is_in(list(OF_STOCK)))
    return (
        rows.select(region="group", measure="id", bad="numerator")
        .with_columns(id=pl.col("measure").replace_strict(OF_STOCK, return_dtype=pl.String))
        .join(pl.concat([whole, exits]), on=["region", "id"], how="left")
        .with_columns(pl.col("all").fill_null(0))
    )


def _referrals(draft: Draft, level: str, keys: list[str]) -> pl.DataFrame:
    """Open referrals, and of them those over their limit (I0724)."""
    late = cells(draft, "stock", level).filter(id="I0724")
    still = cells(draft, "response", level).filter(state="open")
    both = pl.concat(
        [
            late.select("region", "department", bad="numerator", all=pl.lit(0, pl.Int64)),
            still.select("region", "department", bad=pl.lit(0, pl.Int64), all="n"),
        ],
        how="vertical_relaxed",
    )
    return (
        both.with_columns(_at(draft, level), measure=pl.lit("I0724"))
        .group_by(*keys, "measure")
        .agg(pl.col("bad", "all").sum())
    )


def _open_decisions(draft: Draft) -> pl.DataFrame:
    """Decisions neither done nor cancelled, one row each: bad where they are due before D."""
    cancelled = pl.col("status_code").fill_null("") == "cancelled"
    late = (pl.col("due_on") < draft.as_of).fill_null(False)
    return (
        draft.cube("decisions")
        .filter(~cancelled, pl.col("done_on").is_null())
        .with_columns(measure=pl.lit("I1302"), bad=late.cast(pl.Int64), all=pl.lit(1, pl.Int64))
    )


def _decisions(draft: Draft, level: str) -> pl.DataFrame:
    region = pl.col("region_code").str.slice(0, LEVELS[level])
    rows = _open_decisions(draft).with_columns(region=region).with_columns(_at(draft, level))
    return rows.group_by("region", "measure").agg(pl.col("bad", "all").sum())


def _by_department(draft: Draft, since: date) -> pl.DataFrame:
    """The measures of `OF_DEPARTMENTS` by department and county."""
    rate = pl.col("id").is_in(["I0723", "I0204", "I0203"])
    due = cells(draft, "flow", "county", since=since).filter(rate)
    keys = ["department", "region", "measure"]
    parts = [
        due.group_by("department", "region", measure=pl.col("id")).agg(
            bad=pl.col("denominator").sum() - pl.col("numerator").sum(),
            all=pl.col("denominator").sum(),
        ),
        _referrals(draft, "county", ["department", "region"]),
    ]
    if "meeting_item" in draft.manifest["connected"]:
        county = pl.col("region_code").str.slice(0, LEVELS["county"])
        decided = _open_decisions(draft).with_columns(department="lead_dept", region=county)
        parts.append(decided.group_by(keys).agg(pl.col("bad", "all").sum()))
    texts = [pl.col(key).cast(pl.String) for key in keys]
    return (
        pl.concat([part.select(*texts, *_counts()) for part in parts])
        .filter(pl.col("department").is_not_null(), pl.col("all") > 0)
        .rename({"region": "county"})
        .sort("department", "county", "measure")
    )
