"""The catalogue of indicators: `indicators.csv` and what an answer needs beside it."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from data.reference import policy_tables

#: Optional tables whose absence makes an indicator no_data. Required tables are not named.
#: Without `coordination_case` no case was opened, without `application` nobody applied: states and
#: I0707–I0709 do not read them.
READS = {
    "I0102": ("region_population",),
    "I0104": ("application",),
    "I0105": ("application",),
    "I0110": ("application",),
    "I0301": ("data_submission",),
    "I0302": ("data_submission",),
    "I0303": ("data_submission",),
    "I0401": ("match_run",),
    "I0403": ("benefit_event", "emergency_case", "service_record"),
    "I0404": ("application",),
    "I0501": ("appeal",),
    "I0502": ("appeal",),
    "I0503": ("appeal",),
    "I0504": ("appeal",),
    "I0601": ("field_visit", "visit_target"),
    "I0602": ("field_visit",),
    "I0710": ("coordination_case",),
    "I0901": ("benefit_event",),
    "I0902": ("benefit_event",),
    "I0905": ("benefit_event",),
    "I1001": ("emergency_case",),
    "I1002": ("emergency_case",),
    "I1003": ("emergency_case",),
    "I1004": ("emergency_case",),
    "I1005": ("emergency_case",),
    "I1101": ("service_record",),
    "I1102": ("service_record",),
    "I1103": ("service_record",),
    "I1201": ("programme_policy",),
    "I1202": ("benefit_event",),
    "I1301": ("joint_meeting", "meeting_item"),
    "I1302": ("meeting_item",),
    "I1303": ("fund_ledger",),
    "I1304": ("coordination_case",),
}

QUANTILES = {"I0709": 0.5, "I0721": 0.5, "I0722": 0.1}

#: Parts that must stand beside a sum wherever it is shown.
PARTS = {"I0707": ("I0712", "I0713", "I0714")}

#: Indicators summed over programmes, and the bases whose programmes they sum.
COVERAGE = {
    "I0890": ("firm",),
    "I0891": ("firm",),
    "I0892": ("suspected",),
    "I0893": ("firm", "suspected"),
    "I0894": ("firm",),
    "I0895": ("firm",),
}

REFERRALS = (
    *("I0201", "I0202", "I0203", "I0204"),
    *("I0721", "I0722", "I0723", "I0724", "I0903", "I1203"),
)

#: Counted in persons of the register; only these can be cut by category and residence.
PERSONS = (
    "I0101",
    "I0103",
    "I0108",
    "I0106",
    "I0107",
    "I0403",
    "I0802",
    *COVERAGE,
    "I0901",
    "I0902",
    "I1103",
)

#: Sums of money: stored in fen, shown in yuan.
MONEY = ("I0803", "I1004", "I1303")

#: Flows that grow through a span of their own, whatever period is chosen; 序时进度 is the share of
#: it that has passed.
SPANS: dict[str, Literal["quarter", "year"]] = {"I0601": "quarter", "I1303": "year"}

#: Programmes that an indicator is broken down by, of those that are about a few.
OF_PROGRAMMES = {
    "I0905": ("P0913", "P0914", "P0915", "P0916"),
    "I1004": ("P1001", "P1003"),
    "I1005": ("P1001", "P1003"),
    "I1201": ("P1203", "P1204", "P1205"),
}


#: Split over the task rows of their programmes rather than repeated under each.
BY_PROGRAMME_ROW = (*COVERAGE, "I0903")


@dataclass(frozen=True)
class Indicator:
    """One row of the catalogue."""

    id: str
    name: str
    unit: str
    kind: str  # stock or flow
    better: Literal["up", "down", "neutral"]
    headline: int | None  # place on the first page
    task_rows: tuple[str, ...]
    numerator: str
    denominator: str
    note: str
    series: Literal["level", "season", "progress"]

    @property
    def is_rate(self) -> bool:
        """A quotient: percentages and money per head."""
        return self.unit == "%" or self.unit.startswith("元")

    @property
    def counts_a_period(self) -> bool:
        """A flow that grows with the length of its period: a count, no rate and no median."""
        return self.kind == "flow" and not self.is_rate and self.id not in QUANTILES

    @property
    def has_interval(self) -> bool:
        """A proportion of counted things, so that a Wilson interval means something."""
        return self.unit == "%" and self.id not in MONEY

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """What the indicator can be grouped by."""
        if self.id == "I0401":
            return ("city", "task_row")
        levels: tuple[str, ...] = ("city", "county", "township", "task_row")
        if self.id in REFERRALS:
            levels += ("department", "programme")
        if self.id == "I0895":
            return ("city", "county", "task_row")
        if self.id in COVERAGE:
            levels += ("department", "programme")
        if self.id == "I1201":
            levels = ("city", "county", "task_row")
        if self.id in OF_PROGRAMMES:
            levels += ("programme",)
        if self.id in PERSONS:
            levels += ("category",)
        return levels


@cache
def catalogue() -> dict[str, Indicator]:
    """Every indicator by id, in the order of the file."""
    rows = policy_tables.table("indicators").iter_rows(named=True)
    return {row["id"]: _indicator(row) for row in rows}


def _indicator(row: dict[str, Any]) -> Indicator:
    text: dict[str, Any] = {key: value or "" for key, value in row.items()}
    return Indicator(
        id=text["id"],
        name=text["name"],
        unit=text["unit"],
        kind=text["kind"],
        better=text["better"],
        headline=int(text["headline"]) if text["headline"] else None,
        task_rows=tuple(text["task_rows"].split("|")),
        numerator=text["numerator"],
        denominator=text["denominator"],
        note=text["note"],
        series=text["series"],
    )


def headline() -> list[Indicator]:
    """Indicators of the first page, in the catalogue's order."""
    order = {i: i.headline for i in catalogue().values() if i.headline}
    return sorted(order, key=order.__getitem__)


def compared() -> list[Indicator]:
    """By which counties are compared: the headlines, and beside I0895 the rate that it judges."""
    chosen = headline()
    place = [i.id for i in chosen].index("I0895") + 1
    return [*chosen[:place], catalogue()["I0891"], *chosen[place:]]
