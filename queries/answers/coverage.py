"""Coverage of programmes: eligible, covered, pending, gap, beyond rule, by region or category."""

from datetime import date

import polars as pl

from data.reference import seasons
from queries.access import programmes_of
from queries.access.open_edition import open_edition
from queries.answers import breakdowns
from queries.answers.cube_rows import cells
from queries.cache import cached
from queries.cubes.coverage import MARKS
from queries.cubes.programmes import computable, household_programmes
from queries.cubes.rules import RUNNING_CASH, basis_of, has_rules
from queries.statistics.intervals import wilson
from queries.store.snapshot import Cubes

BREAKDOWNS = ("city", "county", "township", "category")

Narrowed = tuple[tuple[str, str], ...]

CELL = ("programme_code", "group", "unit", "basis", "status")


@cached(64)
def coverage(
    snapshot: Cubes,
    by: str = "city",
    residence: str | None = None,
    category: str | None = None,
    region: str = "",
) -> pl.DataFrame:
    """
    Every programme × every group.

    Columns: programme_code, group, unit (人, 户), basis (firm, suspected or none), status (ok,
    no_data, off_season), eligible, covered, covered_eligible, excluded, pending, gap, beyond_rule
    (persons or households of the register), rate (0–100, covered and eligible ÷ (eligible −
    pending)), paid_share (0–100, covered and eligible ÷ eligible, while something is pending).
    All empty unless ok; excluded, pending, gap and rate empty for basis none; beyond_rule empty
    but for running cash; rate empty when nobody's aid is due.
    """
    narrowed = narrowed_by(residence, category)
    return with_rates(_counted(snapshot, by, narrowed, region))


@cached(16)
def last_season(
    snapshot: Cubes,
    by: str = "city",
    residence: str | None = None,
    category: str | None = None,
    region: str = "",
) -> pl.DataFrame:
    """
    Programmes off season as of the last day of their last season; columns of `coverage`, and
    `ended` (that day). Programmes in season are not in it.
    """
    rows = with_rates(_last_counted(snapshot, by, narrowed_by(residence, category), region))
    days = {p: seasons.last_day_of_last(p, snapshot.as_of) for p in rows["programme_code"].unique()}
    ended = pl.col("programme_code").replace_strict(days, return_dtype=pl.Date)
    return rows.with_columns(ended=ended)


def narrowed_by(residence: str | None, category: str | None) -> Narrowed:
    """The filters of persons that are given."""
    persons = (("residence", residence), ("category", category))
    return tuple((n, v) for n, v in persons if v)


@open_edition(*MARKS)
def _counted(snapshot: Cubes, by: str, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """`CELL` and the marks, empty where nothing is counted."""
    counts = marks_of(snapshot, by, narrowed, region)
    return _filled(_grid(snapshot, by, region), counts, pl.col("status") == "ok", snapshot.as_of)


@open_edition(*MARKS)
def _last_counted(snapshot: Cubes, by: str, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """The same of the last season, programmes off season alone."""
    grid = _grid(snapshot, by, region).filter(status="off_season")
    counts = marks_of(snapshot, by, narrowed, region, "last_season")
    return _filled(grid.with_columns(status=pl.lit("ok")), counts, pl.lit(True), snapshot.as_of)


def _grid(snapshot: Cubes, by: str, region: str) -> pl.DataFrame:
    own, basis = snapshot.access.department, basis_of(snapshot.as_of)
    operated = programmes_of(own) if own else list(basis)
    return pl.DataFrame(
        [
            (p, g, unit_of(p), b, status_of(snapshot, p))
            for p, b in basis.items()
            for g in _groups(snapshot, by, region)
            if p in operated
        ],
        schema=dict.fromkeys(CELL, pl.String),
        orient="row",
    )


def _filled(
    grid: pl.DataFrame, counts: pl.DataFrame, counted: pl.Expr, as_of: date
) -> pl.DataFrame:
    """The grid with its counts: nobody is 0, what is not counted is empty."""
    judged = pl.col("basis") != "none"
    ruled = pl.col("programme_code").is_in([p for p in basis_of(as_of) if has_rules(p, as_of)])
    running = pl.col("programme_code").is_in(list(RUNNING_CASH))
    return (
        grid.join(counts, on=["programme_code", "group"], how="left", maintain_order="left")
        .with_columns(pl.when(counted).then(pl.col(MARKS).fill_null(0)))
        .with_columns(
            pl.when(judged).then(pl.col("excluded", "pending", "gap")),
            pl.when(ruled).then(pl.col("eligible", "covered_eligible")),
            pl.when(running).then("beyond_rule"),
        )
    )


def unit_of(programme: str) -> str:
    """What a programme is counted in: 户 or 人."""
    return "户" if programme in household_programmes() else "人"


def status_of(snapshot: Cubes, programme: str) -> str:
    """no_data without its source, off_season between two seasons, else ok."""
    if programme not in _computable(snapshot):
        return "no_data"
    ended = seasons.last_day_of_last(programme, snapshot.as_of)
    return "off_season" if ended else "ok"


def with_limits(rows: pl.DataFrame) -> pl.DataFrame:
    """`coverage` with lower, upper: Wilson 95 % of the rate, 0–100, empty where the rate is."""
    lower, upper = wilson(pl.col("covered_eligible"), due())
    rated = pl.when(pl.col("rate").is_not_null())
    return rows.with_columns(lower=rated.then(lower * 100), upper=rated.then(upper * 100))


def due() -> pl.Expr:
    """Whose aid is due: eligible − pending; of rounded counts never fewer than were reached."""
    eligible, pending = pl.col("eligible"), pl.col("pending")
    known = eligible.is_not_null() & pending.is_not_null()
    return pl.when(known).then(pl.max_horizontal(eligible - pending, "covered_eligible"))


def with_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """Marks with rate and paid_share, see `coverage`."""
    reached = pl.col("covered_eligible")
    paying = (pl.col("pending") > 0) & (pl.col("eligible") > 0)
    return rows.with_columns(
        rate=pl.when(due() > 0).then(reached / due() * 100),
        paid_share=pl.when(paying).then(reached / pl.col("eligible") * 100),
    )


def _groups(snapshot: Cubes, by: str, region: str) -> list[str]:
    if by == "category":
        return breakdowns.categories()
    return [c for c in breakdowns.own_codes(snapshot, by) if c.startswith(region)]


def _computable(snapshot: Cubes) -> list[str]:
    return computable(frozenset(snapshot.manifest["connected"]), snapshot.as_of)


def marks_of(
    snapshot: Cubes, by: str, narrowed: Narrowed, region: str = "", cube: str = "coverage"
) -> pl.DataFrame:
    """Marks summed by programme_code and group."""
    marked = grouped(snapshot, cube, by, narrowed, region)
    return marked.group_by(pl.col("programme").alias("programme_code"), "group").agg(
        pl.col(MARKS).sum()
    )


def grouped(
    snapshot: Cubes, cube: str, by: str, narrowed: Narrowed, region: str = ""
) -> pl.DataFrame:
    """Cells of a cube of persons with their `group`: a region or category, else the city."""
    rows = cells(snapshot, cube, by, region)
    for name, value in narrowed:
        rows = rows.filter(pl.col(name) == value)
    group = {"category": "category", "county": "region", "township": "region"}.get(by)
    city = pl.lit(breakdowns.city_code(snapshot))
    return rows.with_columns(group=pl.col(group) if group else city)
