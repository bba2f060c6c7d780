"""Coverage of programmes: eligible, covered, excluded, gap, beyond rule, by region or category."""

import polars as pl

from data.reference import policy_tables
from queries.access import programmes_of
from queries.access.open_edition import open_edition
from queries.answers import breakdowns
from queries.answers.cube_rows import cells
from queries.cache import cached
from queries.catalogue import COVERAGE
from queries.cubes.coverage import MARKS
from queries.cubes.programmes import SHARED_GAP, computable
from queries.cubes.rules import basis_of
from queries.statistics.intervals import wilson
from queries.store.snapshot import Cubes

BREAKDOWNS = ("city", "county", "township", "category")

Narrowed = tuple[tuple[str, str], ...]

CELL = ("programme_code", "group", "basis")

#: The programme whose gap is I0802.
ALONE = "P0803"


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

    Columns: programme_code, group, basis (firm, suspected or none), eligible, covered,
    covered_eligible, excluded, gap, beyond_rule (persons of the register), rate (0–100, covered
    and eligible ÷ eligible). All empty for a programme whose source is not connected; excluded,
    gap and rate empty for basis none; rate empty when nobody is eligible.
    """
    persons = (("residence", residence), ("category", category))
    narrowed = tuple((n, v) for n, v in persons if v)
    return _counted(snapshot, by, narrowed, region).with_columns(
        rate=_rate(pl.col("basis") != "none")
    )


@open_edition(*MARKS)
def _counted(snapshot: Cubes, by: str, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """programme_code, group, basis and the marks, empty where nothing is counted."""
    counts = _marks(snapshot, by, narrowed, region)
    own = snapshot.access.department
    operated = programmes_of(own) if own else list(basis_of())
    grid = pl.DataFrame(
        [
            (p, g, b)
            for p, b in basis_of().items()
            for g in _groups(snapshot, by, region)
            if p in operated
        ],
        schema=dict.fromkeys(CELL, pl.String),
        orient="row",
    )
    computable = pl.col("programme_code").is_in(_computable(snapshot))
    judged = pl.col("basis") != "none"
    return (
        grid.join(counts, on=["programme_code", "group"], how="left", maintain_order="left")
        .with_columns(pl.when(computable).then(pl.col(MARKS).fill_null(0)))
        .with_columns(pl.when(judged).then(pl.col("excluded", "gap")))
    )


def with_limits(rows: pl.DataFrame) -> pl.DataFrame:
    """`coverage` with lower, upper: Wilson 95 % of the rate, 0–100, empty where the rate is."""
    lower, upper = wilson(pl.col("covered_eligible"), pl.col("eligible"))
    rated = pl.when(pl.col("rate").is_not_null())
    return rows.with_columns(lower=rated.then(lower * 100), upper=rated.then(upper * 100))


def _rate(judged: pl.Expr) -> pl.Expr:
    eligible = pl.col("eligible")
    return pl.when(judged & (eligible > 0)).then(pl.col("covered_eligible") / eligible * 100)


def _groups(snapshot: Cubes, by: str, region: str) -> list[str]:
    if by == "category":
        return breakdowns.categories()
    return [c for c in breakdowns.own_codes(snapshot, by) if c.startswith(region)]


def _computable(snapshot: Cubes) -> list[str]:
    return computable(frozenset(snapshot.manifest["connected"]))


def _marks(snapshot: Cubes, by: str, narrowed: Narrowed, region: str = "") -> pl.DataFrame:
    """Marks summed by programme_code and group."""
    marked = cells(snapshot, "coverage", by, region)
    for name, value in narrowed:
        marked = marked.filter(pl.col(name) == value)
    group = pl.col("category") if by == "category" else pl.col("region")
    if by == "city":
        group = pl.lit(breakdowns.city_code(snapshot))
    return marked.group_by(pl.col("programme").alias("programme_code"), group.alias("group")).agg(
        pl.col(MARKS).sum()
    )


def _of_basis(indicator: str) -> list[str]:
    return [p for p, basis in basis_of().items() if basis in COVERAGE[indicator]]


def programmes(indicator: str) -> list[str]:
    """Programmes that an indicator sums, whether connected or not."""
    return _of_basis(indicator)


def departments(indicator: str) -> list[str]:
    """Departments that operate a programme of the indicator, in official order."""
    operating = {policy_tables.programme(p)["operating_dept"] for p in _of_basis(indicator)}
    return [d for d in policy_tables.departments()["dept_code"] if d in operating]


def task_rows(indicator: str) -> list[str]:
    """Task rows with a programme of the indicator."""
    rows = {policy_tables.programme(p)["task_row"] for p in _of_basis(indicator)}
    return [row for row in breakdowns.task_rows() if row in rows]


def counted_programmes(
    snapshot: Cubes, indicator: str, by: str = "city", group: str = ""
) -> list[str]:
    """Programmes that the figure of a group sums: of the basis, connected, P0932 left out."""
    own = {"department": "operating_dept", "task_row": "task_row", "programme": "programme_code"}
    connected = set(_computable(snapshot))
    return [
        p
        for p in _of_basis(indicator)
        if p in connected
        and (by not in own or policy_tables.programme(p)[own[by]] == group)
        and (p != SHARED_GAP or by == "programme")
    ]


def left_out(snapshot: Cubes, indicator: str) -> list[str]:
    """Programmes of the indicator's bases whose source is not connected, to be named on screen."""
    connected = set(_computable(snapshot))
    return [p for p in _of_basis(indicator) if p not in connected]


def _sum(marks: pl.DataFrame, indicator: str, numerator: str) -> pl.DataFrame:
    denominator = pl.lit(0, pl.Int64) if numerator == "gap" else pl.col("eligible").sum()
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
    """I0802, I0891–I0893, and I0890 where it is not a count of persons: id, group, counts."""
    marks = _regrouped(snapshot, by, narrowed, region)
    ratio = {"I0890": "gap", "I0892": "gap"}
    parts = [_sum(marks.filter(programme_code=ALONE), "I0802", "gap")]
    for indicator in COVERAGE:
        if indicator == "I0890" and by != "programme":
            continue
        shared = pl.col("programme_code") != SHARED_GAP if by != "programme" else pl.lit(True)
        chosen = marks.filter(pl.col("programme_code").is_in(_of_basis(indicator)), shared)
        parts.append(_sum(chosen, indicator, ratio.get(indicator, "covered_eligible")))
    if by in ("department", "task_row"):
        parts.append(_persons_with_gap(snapshot, by, region))
    return pl.concat(parts)


def _persons_with_gap(snapshot: Cubes, by: str, region: str) -> pl.DataFrame:
    """I0890 by department or task row: persons with a firm gap there, each counted once."""
    other = {"department": "department", "task_row": "programme"}[by]
    rows = cells(snapshot, "stock", by, region).filter(
        pl.col("id") == "I0890", pl.col(other).is_not_null()
    )
    return (
        rows.group_by(pl.col(other).alias("group"))
        .agg(numerator=pl.col("numerator").sum(), denominator=pl.lit(0, pl.Int64))
        .select(pl.lit("I0890").alias("id"), "group", "numerator", "denominator")
    )
