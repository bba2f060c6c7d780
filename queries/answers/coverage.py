"""Coverage of programmes: eligible, covered, pending, gap, beyond rule, by region or category."""

import polars as pl

from data.reference import policy_tables, seasons
from queries.access import programmes_of
from queries.access.open_edition import open_edition
from queries.answers import breakdowns
from queries.answers.cube_rows import cells
from queries.cache import cached
from queries.catalogue import COVERAGE
from queries.cubes.coverage import MARKS
from queries.cubes.programmes import SHARED_GAP, computable, household_programmes
from queries.cubes.register_cubes import GAP_COUNTS
from queries.cubes.rules import RUNNING_CASH, basis_of, has_rules
from queries.statistics.intervals import wilson
from queries.store.snapshot import Cubes

BREAKDOWNS = ("city", "county", "township", "category")

Narrowed = tuple[tuple[str, str], ...]

CELL = ("programme_code", "group", "unit", "basis", "status")

#: The programme whose gap is I0802.
ALONE = "P0803"

#: What each sum over programmes adds up.
SUMMED = {
    "I0890": "gap",
    "I0891": "covered_eligible",
    "I0892": "gap",
    "I0893": "covered_eligible",
    "I0894": "gap",
}

#: Indicators of programmes that are counted in one unit alone.
COUNTED_IN = {"I0890": "人", "I0894": "户"}


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
    narrowed = _narrowed(residence, category)
    return _with_rates(_counted(snapshot, by, narrowed, region))


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
    rows = _with_rates(_last_counted(snapshot, by, _narrowed(residence, category), region))
    days = {p: seasons.last_day_of_last(p, snapshot.as_of) for p in rows["programme_code"].unique()}
    ended = pl.col("programme_code").replace_strict(days, return_dtype=pl.Date)
    return rows.with_columns(ended=ended)


def _narrowed(residence: str | None, category: str | None) -> Narrowed:
    persons = (("residence", residence), ("category", category))
    return tuple((n, v) for n, v in persons if v)


@open_edition(*MARKS)
def _counted(snapshot: Cubes, by: str, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """`CELL` and the marks, empty where nothing is counted."""
    counts = _marks(snapshot, by, narrowed, region)
    return _filled(_grid(snapshot, by, region), counts, pl.col("status") == "ok")


@open_edition(*MARKS)
def _last_counted(snapshot: Cubes, by: str, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """The same of the last season, programmes off season alone."""
    grid = _grid(snapshot, by, region).filter(status="off_season")
    counts = _marks(snapshot, by, narrowed, region, "last_season")
    return _filled(grid.with_columns(status=pl.lit("ok")), counts, pl.lit(True))


def _grid(snapshot: Cubes, by: str, region: str) -> pl.DataFrame:
    own = snapshot.access.department
    operated = programmes_of(own) if own else list(basis_of())
    return pl.DataFrame(
        [
            (p, g, unit_of(p), b, status_of(snapshot, p))
            for p, b in basis_of().items()
            for g in _groups(snapshot, by, region)
            if p in operated
        ],
        schema=dict.fromkeys(CELL, pl.String),
        orient="row",
    )


def _filled(grid: pl.DataFrame, counts: pl.DataFrame, counted: pl.Expr) -> pl.DataFrame:
    """The grid with its counts: nobody is 0, what is not counted is empty."""
    judged = pl.col("basis") != "none"
    ruled = pl.col("programme_code").is_in([p for p in basis_of() if has_rules(p)])
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


def _with_rates(rows: pl.DataFrame) -> pl.DataFrame:
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
    return computable(frozenset(snapshot.manifest["connected"]))


def _marks(
    snapshot: Cubes, by: str, narrowed: Narrowed, region: str = "", cube: str = "coverage"
) -> pl.DataFrame:
    """Marks summed by programme_code and group."""
    marked = cells(snapshot, cube, by, region)
    for name, value in narrowed:
        marked = marked.filter(pl.col(name) == value)
    group = pl.col("category") if by == "category" else pl.col("region")
    if by == "city":
        group = pl.lit(breakdowns.city_code(snapshot))
    return marked.group_by(pl.col("programme").alias("programme_code"), group.alias("group")).agg(
        pl.col(MARKS).sum()
    )


def programmes(indicator: str) -> list[str]:
    """Programmes that an indicator sums, whether counted on a day or not."""
    bases, unit = COVERAGE[indicator], COUNTED_IN.get(indicator)
    return [p for p, b in basis_of().items() if b in bases and unit in (None, unit_of(p))]


def departments(indicator: str) -> list[str]:
    """Departments that operate a programme of the indicator, in official order."""
    operating = {policy_tables.programme(p)["operating_dept"] for p in programmes(indicator)}
    return [d for d in policy_tables.departments()["dept_code"] if d in operating]


def task_rows(indicator: str) -> list[str]:
    """Task rows with a programme of the indicator."""
    rows = {policy_tables.programme(p)["task_row"] for p in programmes(indicator)}
    return [row for row in breakdowns.task_rows() if row in rows]


def figure_status(snapshot: Cubes, indicator: str, by: str, group: str) -> str:
    """ok when the figure of a group has a programme to sum; else no_data or off_season."""
    own = {"department": "operating_dept", "task_row": "task_row", "programme": "programme_code"}
    if indicator == "I0895" and "I0891" not in policy_tables.targets():
        return "no_data"
    found = {
        status_of(snapshot, p)
        for p in programmes(indicator)
        if (by not in own or policy_tables.programme(p)[own[by]] == group)
        and (p != SHARED_GAP or by == "programme")
    }
    return next((status for status in ("ok", "off_season") if status in found), "no_data")


def left_out(snapshot: Cubes, indicator: str, status: str = "no_data") -> list[str]:
    """Programmes that an indicator leaves out, by their status, to be named on screen."""
    return [p for p in programmes(indicator) if status_of(snapshot, p) == status]


#: Fewer than these, and a rate below the target says nothing.
FEWEST = 30


def below_target(rows: pl.DataFrame) -> pl.DataFrame:
    """Of `coverage`, the firm programmes whose rate, as it is shown, is under I0891's target."""
    target = policy_tables.targets().get("I0891")
    if target is None:
        return rows.clear()
    return rows.filter(basis="firm").filter(due() >= FEWEST, pl.col("rate").round(2) < target[0])


def _below_target(marks: pl.DataFrame) -> pl.DataFrame:
    """I0895 of marks by programme and group."""
    basis = pl.col("programme_code").replace_strict(basis_of())
    cell = marks.group_by("group", "programme_code").agg(pl.col(MARKS).sum())
    return (
        below_target(_with_rates(cell.with_columns(basis=basis)))
        .filter(pl.col("programme_code") != SHARED_GAP)
        .group_by("group")
        .agg(numerator=pl.len().cast(pl.Int64), denominator=pl.lit(0, pl.Int64))
        .select(pl.lit("I0895").alias("id"), "group", "numerator", "denominator")
    )


def _sum(marks: pl.DataFrame, indicator: str, numerator: str) -> pl.DataFrame:
    whole = due().sum()
    denominator = pl.lit(0, pl.Int64) if numerator == "gap" else whole
    return (
        marks.group_by("group")
        .agg(pl.col(numerator).sum().alias("numerator"), denominator.alias("denominator"))
        .select(pl.lit(indicator).alias("id"), "group", "numerator", "denominator")
    )


def _regrouped(snapshot: Cubes, by: str, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """Marks with the group of the cut: a region or category, or what the programme belongs to."""
    marks = _marks(snapshot, by if by in BREAKDOWNS else "city", narrowed, region)
    if by in BREAKDOWNS:
        return marks
    column = {"department": "operating_dept", "task_row": "task_row"}.get(by, "programme_code")
    own = {p: policy_tables.programme(p)[column] for p in basis_of()}
    return marks.with_columns(group=pl.col("programme_code").replace_strict(own))


def summed(snapshot: Cubes, by: str, narrowed: Narrowed, region: str = "") -> pl.DataFrame:
    """I0802, I0891–I0893, I0895; I0890, I0894 where they are no count of persons or households."""
    marks = _regrouped(snapshot, by, narrowed, region)
    parts = [_sum(marks.filter(programme_code=ALONE), "I0802", "gap"), _below_target(marks)]
    for indicator, measure in SUMMED.items():
        if indicator in GAP_COUNTS and by != "programme":
            continue
        shared = pl.col("programme_code") != SHARED_GAP if by != "programme" else pl.lit(True)
        chosen = marks.filter(pl.col("programme_code").is_in(programmes(indicator)), shared)
        parts.append(_sum(chosen, indicator, measure))
    if by in ("department", "task_row"):
        parts.append(_with_a_gap(snapshot, by, region))
    return pl.concat(parts)


def _with_a_gap(snapshot: Cubes, by: str, region: str) -> pl.DataFrame:
    """I0890, I0894 by department or task row: whoever has a firm gap there, counted once."""
    other = {"department": "department", "task_row": "programme"}[by]
    rows = cells(snapshot, "stock", by, region).filter(
        pl.col("id").is_in(list(GAP_COUNTS)), pl.col(other).is_not_null()
    )
    return rows.group_by("id", pl.col(other).alias("group")).agg(
        numerator=pl.col("numerator").sum(), denominator=pl.lit(0, pl.Int64)
    )
