"""County × indicator, and one county against the city: the table and the spine chart."""

import polars as pl

from exhibits.county import county_matrix
from exhibits.county.headline_figures import headline_figures, table
from exhibits.county.profile_lines import Comparison, SpineLine, profile_row, spine_line
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import city_table, make_exhibit
from exhibits.permitted import outside, region_rows
from exhibits.recipe import builder
from exhibits.standing import SIGNIFICANCE
from exhibits.wording import names, words
from exhibits.wording.changes import change
from exhibits.wording.periods import counted, name_of
from queries.answers.periods import in_period
from queries.catalogue import Indicator, catalogue
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot


@builder
def county_table(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Headline indicators by county: counts by their share of the city, rates against it."""
    figures = headline_figures(snapshot, scope.period)
    return city_table(
        snapshot,
        scope,
        "总览",
        key="county-table",
        title="县区指标对照",
        finding=county_matrix.finding(figures),
        table=table(figures),
        chart=Chart(
            kind="matrix",
            data=county_matrix.cells(figures),
            description="县区与主要指标对照表，件数按占全市比例着色，比率标注是否显著优于或劣于全市",
            classes=county_matrix.LEGEND,
        ),
        definition=f"{SIGNIFICANCE}件数、人数按占全市的比例着色，不作优劣比较。"
        f"流量指标{counted(snapshot, scope)}。",
    )


@builder
def profile(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Every rate of one county between the worst and the best county; the city in the middle."""
    county = scope.region.county
    comparisons = _comparisons(snapshot, scope, county)
    lines = [line for c in comparisons if (line := spine_line(c)) is not None]
    county_name = names.region_name(snapshot, county)
    return make_exhibit(
        snapshot,
        Scope(scope.as_of, scope.compared, county, period=scope.period),
        "县区画像",
        key="profile",
        title=f"{county_name}主要指标与全市比较",
        finding=_profile_finding(county_name, lines),
        table=pl.DataFrame(
            [profile_row(c, names.region_names(snapshot)) for c in comparisons],
            infer_schema_length=None,
        ),
        chart=Chart(
            kind="spine",
            data=pl.DataFrame(lines),
            description=f"{county_name}各项比率指标在县区最差与最好之间的位置，中线为全市",
        )
        if lines
        else None,
        definition=f"灰条为各县区由最差（左）到最好（右），中线为全市值。{SIGNIFICANCE}"
        "只画有优劣方向、分母不少于30的比率；其余见数据表。",
    )


def _comparisons(snapshot: Snapshot, scope: Scope, county: str) -> list[Comparison]:
    """Every indicator that the role may know of the county, in the catalogue's order."""
    earlier, period = before(snapshot, scope), scope.period
    city = {row["id"]: row for row in in_period(snapshot, period).to_dicts()}
    then = {row["id"]: row for row in _of_county(earlier, period, county)} if earlier else {}
    rows: dict[str, list[dict]] = {}
    for row in region_rows(snapshot, "county", period):
        rows.setdefault(row["id"], []).append(row)
    comparisons = [
        _comparison(snapshot, scope, indicator, rows[i], city[i], then.get(i))
        for i, indicator in catalogue().items()
        if i in rows
    ]
    return [c for c in comparisons if not outside(snapshot, c.own)]


def _own(rows: list[dict], county: str) -> dict:
    return next(row for row in rows if row["group"] == county)


def _comparison(
    snapshot: Snapshot,
    scope: Scope,
    about: Indicator,
    counties: list[dict],
    city: dict,
    then: dict | None,
) -> Comparison:
    own = _own(counties, scope.region.county)
    figures = own["value"], then["value"] if then else None
    changed = change(snapshot, scope, about, figures, "county", own["group"])
    return Comparison(about, name_of(about, scope.period), own, counties, city, then, changed)


def _of_county(snapshot: Snapshot, period: str, county: str) -> list[dict]:
    return in_period(snapshot, period, "county").filter(group=county).to_dicts()


def _profile_finding(county_name: str, lines: list[SpineLine]) -> str:
    """How many indicators are significantly better, and which are worse than the city's."""
    better = [line.label for line in lines if line.mark == "improvement"]
    worse = [line.label for line in lines if line.mark == "concern"]
    listed = f"：{words.listed(worse[:6])}" if worse else ""
    return (
        f"{county_name}显著优于全市的指标{len(better)}项，显著劣于全市的{len(worse)}项"
        f"{listed}{'等' if len(worse) > 6 else ''}。"
    )
