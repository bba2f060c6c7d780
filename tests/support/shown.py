"""What a day shows, as a reader meets it: figures with their names, changes and marks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from exhibits.county.comparison import county_table, profile
from exhibits.coverage.matrix import matrix
from exhibits.explore.indicators import explore
from exhibits.meeting import changes, decisions, summary
from exhibits.overview.headlines import headlines
from exhibits.tasks.rows import tasks
from exhibits.wording import names
from exhibits.wording.periods import name_of
from queries.answers.breakdowns import city_code
from queries.answers.periods import PERIODS
from queries.catalogue import BY_PROGRAMME_ROW, catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Shown:
    """
    A figure under its name, which has the period of a flow.

    `whose`: region or department, and the task row of what is split over rows. `beside`: the
    figure that the mark is against, where that is not the change.
    """

    place: str
    whose: str
    name: str
    figure: str
    change: str = ""
    mark: str = ""
    target: str = ""
    beside: str = ""

    @property
    def id(self) -> str:
        """The indicator's id; empty for what is none of the catalogue's."""
        return _ids().get(self.name, "")


@cache
def _ids() -> dict[str, str]:
    """Ids by every name that an indicator has, with each period."""
    return {name_of(about, p): i for i, about in catalogue().items() for p in PERIODS}


def shown(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    """Cards, task lines, the meeting's tables; of the city the counties, of a county its profile."""
    for part in (_cards, _lines, _headline_table, _changes, _decisions):
        yield from part(day, scope)
    for part in (of_county,) if scope.region else (_counties, _departments):
        yield from part(day, scope)


def _cards(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    for card in headlines(day, scope):
        marks = card.change, card.variation_text, card.assurance_text
        yield Shown("主要指标", _region(day, scope), card.name, card.figure, *marks)
        # The card shows one verdict of both, and its change in the figure's unit.
        verdict = card.verdict[0]
        mark = next((m for m in ("▲ 异常好转", "▼ 异常变差") if m[2:] in verdict), "")
        target = verdict.split("，")[0] if verdict[:1] in "✔✘" else ""
        yield Shown(
            "主要指标", _region(day, scope), card.name, card.figure, card.since, mark, target
        )


def _lines(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    for task in tasks(day, scope):
        for line in task.lines:
            marks = line.change, line.variation_text, line.assurance_text
            whose = _in_row(_region(day, scope), task.row, line.id)
            yield Shown("任务清单", whose, line.name, line.figure, *marks)


def _headline_table(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    for row in summary.headline_table(day, scope).table.to_dicts():
        yield _summary_row("主要指标表", _region(day, scope), row)


def units(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    ids = {name_of(about, scope.period): i for i, about in catalogue().items()}
    for department in names.departments():
        table = summary.unit_tasks(day, replace(scope, department=department)).table
        for row in table.to_dicts():
            whose = _in_row(_region(day, scope), row["任务"], ids[row["指标"]])
            yield _summary_row("承担任务表", whose, row)


def _summary_row(place: str, whose: str, row: dict) -> Shown:
    marks = row["较对比日"], row["变化"], row["达标"]
    return Shown(place, whose, row["指标"], row["数值"], *marks)


def _in_row(region: str, task_row: str, indicator: str) -> str:
    """Coverage is split over the rows of its programmes: under the same name, of one row."""
    return f"{region}任务{task_row}" if indicator in BY_PROGRAMME_ROW else region


def _changes(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    whole = names.region_names(day)[city_code(day)]
    for way, mark in (("improvement", "▲ 异常好转"), ("concern", "▼ 异常变差")):
        for row in changes.moved(day, scope, way).table.to_dicts():
            whose = "全市" if row["地区"] == whole else row["地区"]
            # Figures of an earlier month-end are no figures of the day.
            whose = whose if row["月末"] == day.as_of else f"{whose}{row['月末']}"
            yield Shown("变化", whose, row["指标"], row["数值"], row["变化"], mark)


def _decisions(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    for row in decisions.decided(day, scope).table.to_dicts():
        if row["涉及指标"] != "—":
            yield Shown("议定事项", row["地区"], row["涉及指标"], row["现在"])


def of_county(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    for row in profile(day, scope).table.to_dicts():
        name, own, city = row["指标"], row["本县区"], row["全市"]
        mark = row["与全市相比"]
        yield Shown("县区画像", _region(day, scope), name, own, mark=mark, beside=city)
        yield Shown("县区画像", "全市", name, city)
        for end in ("最好县区", "最差县区"):
            county, _, figure = row[end].partition(" ")
            if figure:
                yield Shown("县区画像", county, name, figure)


def _counties(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    exhibit = county_table(day, scope)
    cells = exhibit.chart.data.to_dicts()
    city = {cell["x"]: cell["text"] for cell in cells if cell["y"] == "全市"}
    words = {"improvement": "▲ 优于全市", "concern": "▼ 劣于全市"}
    for cell in cells:
        mark, beside = words.get(cell["mark"], ""), city[cell["x"]]
        figure = cell["text"].rstrip("▲▼")
        yield Shown("县区×指标", cell["y"], cell["x"], figure, mark=mark, beside=beside)


def _departments(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    ids = ("I0723", "I0204", "I0203", "I0724")
    for row in explore(day, scope, ids, "department", "table").table.to_dicts():
        yield Shown("部门", row["部门"], row["指标"].rpartition("（")[0], f"{row['数值']}")


def gaps(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    """Gaps of the firm programmes by county, or by township of the scope's county."""
    for cell in matrix(day, scope, "gap", "firm").chart.data.to_dicts():
        yield Shown("项目×地区", cell["x"], f"{cell['y']}应救未救", cell["text"].rstrip("▲▼"))


def _region(day: Snapshot, scope: Scope) -> str:
    return names.region_name(day, scope.region)
