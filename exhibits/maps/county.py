"""县区地图: an indicator by county, and by township in a county."""

import polars as pl

from exhibits.attention.measures import described, of_month
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit, narrows
from exhibits.maps import classes
from exhibits.maps.rows import county_rows, narrowing, rows_of, township_rows
from exhibits.maps.sentences import map_finding, map_table
from exhibits.parts import parts_beside
from exhibits.permitted import breakdown_level, outside
from exhibits.recipe import builder
from exhibits.standing import SIGNIFICANCE
from exhibits.wording import names, words
from exhibits.wording.changes import change
from exhibits.wording.definitions import definition
from exhibits.wording.periods import counted, name_of, of_flow
from geo import boundaries
from queries.answers.coverage import narrowed_by
from queries.catalogue import COVERAGE, REFERRALS, Indicator, catalogue
from queries.region import Region
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

PAGE = "县区地图"


@builder
def county_map(
    snapshot: Snapshot,
    scope: Scope,
    indicator: str,
    by_significance: bool = False,
    second: str = "",
    page: str = PAGE,
) -> Exhibit:
    """Counties by colour; `second` is a count shown as circles. In a county, its townships."""
    about = catalogue()[indicator]
    name = name_of(about, scope.period)
    city = rows_of(snapshot, scope, indicator, "city")[0]
    rows = rows_of(snapshot, scope, indicator, "county")
    name_by_code = names.region_names(snapshot)
    marks, legend = _classed(about, rows, city, by_significance)
    data = county_rows(snapshot, scope, rows, marks, name_by_code, second)
    focus = scope.region.county if breakdown_level(snapshot, scope.region) == "township" else ""
    if focus:
        townships = rows_of(snapshot, scope, indicator, "township")
        marks, legend = _classed(about, townships, city, by_significance)
        data = pl.concat([data, township_rows(townships, marks, name_by_code)])
        table_rows = townships
    else:
        table_rows = [row for row in rows if not outside(snapshot, row)]
        marks = [mark for row, mark in zip(rows, marks, strict=True) if row in table_rows]
    region = snapshot.access.township or scope.region.county
    own = next((row for row in [*rows, *table_rows] if row["group"] == region), city)
    order = {mark: mark_text(mark, legend) for mark in data["mark"].unique()}
    return make_exhibit(
        snapshot,
        scope,
        page,
        key=f"map-{indicator}",
        title=f"{name}分布",
        finding=map_finding(
            about,
            table_rows,
            city,
            name_by_code,
            names.region_name(snapshot, region),
            names.whose(snapshot, region, _of_department(snapshot, indicator), name),
            own,
            parts_beside(snapshot, indicator, own["group"])
            + _change(snapshot, scope, about, own)
            + _missed(scope, about, own),
        ),
        table=map_table(about, name, table_rows, name_by_code, marks, order),
        chart=Chart(
            kind="map",
            data=data,
            unit=about.unit,
            description=f"{names.region_name(snapshot, focus)}{name}分布图，颜色分级，标注数值",
            classes=legend,
            focus=focus,
            credit=boundaries.credit(),
        ),
        definition=definition(indicator, f"{counted(snapshot, scope)}。")
        + (SIGNIFICANCE if by_significance else ""),
        persons=narrows(indicator),
        counted_over=of_flow(snapshot, scope, about),
    )


def _of_department(snapshot: Snapshot, indicator: str) -> str:
    """The department whose own referrals or programmes alone a role's figure counts."""
    own = indicator in (*REFERRALS, *COVERAGE)
    return snapshot.access.department if own else ""


def _classed(
    about: Indicator, rows: list[dict], city: dict, by_significance: bool
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    if by_significance and about.is_rate and about.better != "neutral":
        marks = classes.of_significance(about, rows, city)
        return marks, classes.legend_of_significance(set(marks))
    values = classes.known_values(about, rows)
    ends = classes.breaks(values)
    marks = classes.of_quantiles(about, rows, ends)
    return marks, classes.legend_of_quantiles(about, ends, values, set(marks))


def _change(snapshot: Snapshot, scope: Scope, about: Indicator, row: dict) -> str:
    """，较2026年7月31日上升0.30个百分点; empty without a comparison day."""
    then = before(snapshot, scope)
    if then is None:
        return ""
    level = Region(row["group"]).level if scope.region else "city"
    old = {r["group"]: r["value"] for r in rows_of(then, scope, row["id"], level)}
    narrowed = narrowed_by(*narrowing(scope, row["id"]))
    figures = row["value"], old.get(row["group"])
    changed = change(snapshot, scope, about, figures, level, row["group"], "", narrowed)
    since = "变化" if changed == words.UNKNOWN else f"较{words.day(then.as_of)}"
    return f"，{since}{changed}"


def _missed(scope: Scope, about: Indicator, row: dict) -> str:
    """，10月未及时先行救助的急难个案67件: the cases of 需要关注; empty for others."""
    counts = row["denominator"], row["numerator"]
    if not of_month(about.id) or scope.period != "month" or None in counts:
        return ""
    missed = counts[1] if about.better == "down" else counts[0] - counts[1]
    measure = described(about.id, scope.as_of)
    return f"，{measure.name}{words.count(missed, measure.unit)}"


def mark_text(mark: str, legend: tuple[tuple[str, str], ...]) -> str:
    """The legend's words for a class."""
    return next((label for label, other in legend if other == mark), "")
