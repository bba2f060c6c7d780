"""The exhibit: a title, its finding, table and chart as one value, for screen, file and slide."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from exhibits.wording import words
from queries.access import WHOLE, Access

Kind = Literal[
    "bars", "steps", "control", "lines", "funnel", "matrix", "map", "maps", "flow", "spine"
]

SOURCE = "低收入人口动态监测数据库"

#: Characters that are not allowed in a file name on some system.
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True, eq=False)
class Chart:
    """
    A description of a chart that any renderer can draw from `data`, whose columns are roles.

    - bars: label, value; also lower and upper (95 %), series, mark (a class of the palette), text,
      code, n (persons or households of a share). They lie, sorted by value, unless their labels
      have an order of their own (`ordered`: months, bands, steps); those stand if there is room.
      With limits they are dots with intervals. `stacked`: one on another; `reference`: a line.
    - steps: series, x, y, at_risk. A curve starts at y = 100.
    - control: x, y, mean, lower, upper, signal; `reference` is the target. Where the definitions
      changed, `adjusted` is the x since which the present ones hold (a mark 口径调整), and `older`
      the figures before it, in grey.
    - lines: series, x, y.
    - funnel: label, x (cases), y, mark, code and `guides`: x, lower_95, upper_95, lower_998,
      upper_998; `reference` is the city's value.
    - matrix: x, y, text, mark, code, hover; `named` where the sentence names the cell.
    - map: code, text, mark, hover, size and size_text (or null), kind (county or township).
    - maps: panel, code, mark, text. Panels in order.
    - flow: layer, source, target, n.
    - spine: label, value, city, low, high, last (positions 0–100, best to the right), text, mark.

    `classes`: the legend in its order, each a label and the mark it explains. `frames`: the months
    of a map that can be played, each with the columns of a map and `frame`. `remarks`: texts at
    places x of lines and control.

    Bars, lines and control may have a column `suppressed`: where it is true and the value null, the
    value is suppressed and drawn as a hatched stub or a mark at the foot, with `*`.
    """

    kind: Kind
    data: pl.DataFrame
    unit: str = ""
    x_title: str = ""
    description: str = ""
    stacked: bool = False
    ordered: bool = False
    horizontal: bool = False  # lying bars, as `draw.arrange` sets it
    reference: float | None = None
    reference_name: str = ""
    classes: tuple[tuple[str, str], ...] = ()
    guides: pl.DataFrame | None = None
    frames: pl.DataFrame | None = None
    adjusted: str = ""
    remarks: tuple[tuple[str, str], ...] = ()  # x and the text that is drawn there
    focus: str = ""  # a county that fills the picture
    credit: str = ""

    @property
    def span(self) -> str:
        """2024-10至2026-10: what lies along the axis of a chart over time; empty for any other."""
        if self.kind not in ("control", "lines") or self.data.is_empty():
            return ""
        return f"{self.data['x'][0]}至{self.data['x'][-1]}"

    @property
    def percent(self) -> bool:
        """Whether the figures are percentages."""
        return "%" in self.unit


@dataclass(frozen=True)
class Recipe:
    """How to build an exhibit on any day: its builder, what narrows it, its options."""

    builder: str
    region: str = ""
    department: str = ""
    category: str = ""
    residence: str = ""
    period: str = "month"
    options: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, eq=False)
class Exhibit:
    """
    A title, what the figures say of it, and the figures.

    `table` is tidy, its columns named in Chinese as they are exported; `definition` says what is
    counted and the basis of each limit; an empty table says why in `finding`. In a column with a
    suppressed figure stand pairs (`suppressed.py`). `withheld`: outside the access, or not in the
    day's older definitions.
    """

    key: str
    page: str
    title: str
    finding: str
    table: pl.DataFrame
    chart: Chart | None
    definition: str
    as_of: date
    place: str
    compared: date | None = None
    period: str = ""  # of its flows, with both days
    counted_over: str = ""  # the days that its figures are of, where these are not the day's state
    demonstration: bool = False
    version: int = 1  # of the stored day
    recipe: Recipe | None = None
    access: Access = WHOLE  # of the account it was built for
    withheld: bool = False
    older_definitions: int = 0  # the version of the definitions where it is an older one

    @property
    def file_name(self) -> str:
        """覆盖缺口_项目×县区_礼县_2026-10-31, without an ending."""
        name = f"{self.page}_{self.title}_{self.place}".replace("/", "每")
        # A Chinese letter has three bytes, a file's name 255.
        return f"{UNSAFE.sub('', name).replace('..', '')[:70]}_{self.as_of:%Y-%m-%d}"

    @property
    def when(self) -> str:
        """截至2026年10月31日: beside the title, the days that the figures are of or the one day."""
        along = self.chart.span if self.chart else ""
        return self.counted_over or along or f"截至{words.day(self.as_of)}"

    @property
    def source_line(self) -> str:
        """Source, day, region, period, and that the figures are synthetic where they are."""
        day = f"截至{words.day(self.as_of)}（第{self.version}版）"
        phrases = [f"数据来源：{SOURCE}", day, self.place]
        if self.period:
            phrases.append(f"时段{self.period}")
        if self.compared:
            phrases.append(f"对比日{words.day(self.compared)}")
        if self.older_definitions:
            phrases.append(words.by_definitions(self.older_definitions))
        if self.access.open:
            phrases.append("公开口径")
        if self.demonstration:
            phrases.append("演示数据（合成）")
        return "；".join(phrases)
