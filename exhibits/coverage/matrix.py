"""覆盖缺口: programmes by county, or by township."""

from collections.abc import Mapping

import polars as pl

from exhibits.coverage import seasons
from exhibits.coverage.matrix_totals import CELLS, totals
from exhibits.coverage.overall import overall_words
from exhibits.coverage.rows import (
    PAGE,
    RULE,
    city_rows,
    count_columns,
    counted,
    last_rows,
    left_out_words,
    own_rows,
    rate_status,
    scoped_rows,
)
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.standing import MARKS, NOT_SHOWN, SIGNIFICANCE
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.significance import standing
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

PLACES = {"township": "乡镇", "county": "县区"}

MEASURES = {"gap": "缺口", "rate": "覆盖率（%）", "eligible": "符合条件"}

NONE_DUE = ("无应发放的人、户", "none")

COMPARED = (
    ("▲ 覆盖率优于全市同项目", "improvement"),
    ("与全市无显著差异", "usual"),
    ("▼ 覆盖率劣于全市同项目", "concern"),
    ("样本过少（不足30人、户）", "few"),
    NONE_DUE,
    NOT_SHOWN,
)

#: The classes of each measure: who is eligible is no matter of coverage.
LEGENDS = {
    "gap": COMPARED,
    "rate": COMPARED,
    "eligible": (NONE_DUE, NOT_SHOWN),
}


@builder
def matrix(snapshot: Snapshot, scope: Scope, measure: str = "gap", basis: str = "firm") -> Exhibit:
    """Programmes by county, or by township of the scope's county; a click goes deeper."""
    by = breakdown_level(snapshot, scope.region)
    cells = scoped_rows(snapshot, scope, by).filter(basis=basis)
    if scope.region:
        cells = cells.filter(scope.region.county.holds(pl.col("group")))
    city, cells = city_rows(snapshot, scope), counted(cells)
    name_by_code = names.region_names(snapshot)
    own, last = counted(own_rows(snapshot, scope, basis)), last_rows(snapshot, scope, basis)
    has_whole = bool(cells.height) and by != scope.region.level
    records = [
        *(
            _total(row, measure, names.region_name(snapshot, scope.region))
            for row in own.to_dicts()
            if has_whole
        ),
        *(
            _cell(row, city.get(row["programme_code"]), measure, name_by_code)
            for row in cells.to_dicts()
        ),
    ]
    data = pl.concat(
        [
            totals(snapshot, scope, by, (measure, basis)),
            pl.DataFrame(records, schema=CELLS, orient="row"),
        ]
    )
    table = (
        cells.select(
            pl.col("programme_code").replace(names.programmes()).alias("项目"),
            pl.col("group").replace(name_by_code).alias("地区"),
            *count_columns(basis),
            SUPPRESSED,
        )
        if cells.height
        else pl.DataFrame()
    )
    clauses = seasons.listed(own, last, snapshot.as_of)
    by_season = f"{clauses}。" if clauses else ""
    chart = Chart(
        kind="matrix",
        data=data,
        unit=MEASURES[measure],
        description=f"救助项目与{PLACES[by]}对照的{MEASURES[measure]}矩阵",
        classes=LEGENDS[measure],
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"coverage-matrix-{basis}",
        title=f"应享未享情况（{names.BASES[basis]}，项目×{PLACES[by]}，{MEASURES[measure]}）",
        finding=f"{overall_words(snapshot, scope, basis)}；{_largest(cells, name_by_code)}。"
        f"{by_season}",
        table=table,
        chart=chart,
        definition=f"{RULE}{SIGNIFICANCE}{left_out_words(snapshot, basis)}",
        persons=True,
    )


def _cell(
    row: dict, city: dict | None, measure: str, name_by_code: Mapping[str, str]
) -> tuple[str, ...]:
    mark = _class(row, city, measure)
    value, digits = row[measure], 0 if len(row["group"]) > 6 else 1
    form = f".{digits}f" if measure == "rate" else ",.0f"
    unknown = words.HIDDEN if row.get("suppressed") else "—"
    unit = "" if measure == "rate" else row["unit"]
    text = unknown if value is None else f"{value:{form}}{unit}"
    programme = names.programme(row["programme_code"])
    region = name_by_code.get(row["group"], row["group"])
    column_by_label = {
        "符合条件": "eligible",
        "已享受": "covered_eligible",
        "核实排除": "excluded",
        "发放期内": "pending",
        "缺口": "gap",
    }
    counts = "，".join(
        f"{name}{words.count(row[column], row['unit'])}" for name, column in column_by_label.items()
    )
    rate = words.value(row["rate"], "%", rate_status(row))
    hover = f"{region}·{programme}<br>{counts}<br>覆盖率{rate}"
    return region, programme, f"{text}{MARKS.get(mark, '')}", mark, row["group"], hover


def _total(row: dict, measure: str, whole: str) -> tuple[str, ...]:
    """A programme's cell in the column of the whole region: it stands beside nothing."""
    region, programme, text, _, _, hover = _cell(row, None, measure, {row["group"]: whole})
    return region, programme, text, "plain", "", hover


def _class(row: dict, city: dict | None, measure: str) -> str:
    """What a cell stands out for; nothing where it shows no gap, or no matter of coverage."""
    mark = _standing(row, city)
    is_quiet = measure == "eligible" or (measure == "gap" and row["gap"] == 0)
    return mark if mark in ("none", "hidden") or not is_quiet else "plain"


def _standing(row: dict, city: dict | None) -> str:
    """Coverage of one programme against the city's, which not every role knows."""
    due = (row["eligible"], row["pending"])
    as_figure = {
        "status": rate_status(row),
        "denominator": None if None in due else row["eligible"] - row["pending"],
        "lower": row["lower"],
        "upper": row["upper"],
    }
    whole = {"status": rate_status(city), "value": city["rate"]} if city else {"status": "no_data"}
    return standing(catalogue()["I0891"], as_figure, whole)


def _largest(cells: pl.DataFrame, name_by_code: Mapping[str, str]) -> str:
    top = cells.filter(pl.col("gap") > 0).sort("gap", descending=True).head(3)
    if top.is_empty():
        return "缺口较小，不予显示" if cells["gap"].null_count() else "无缺口"
    gaps = [
        f"{name_by_code.get(r['group'], r['group'])}{names.programme(r['programme_code'])}"
        f"（{words.count(r['gap'], r['unit'])}）"
        for r in top.to_dicts()
    ]
    return f"缺口较大的是{words.listed(gaps)}"
