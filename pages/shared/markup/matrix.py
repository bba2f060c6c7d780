"""HTML of a matrix: its columns are sorted by a click, totals stand still; on a phone a list."""

import re
from collections.abc import Mapping
from html import escape
from typing import Literal

from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.wording.words import TOTALS
from pages.shared.markup.legend import legend

#: Rows that stand still when the table is sorted, with the totals: the best and the worst.
ENDS = ("居首", "居末")

#: The figure at the start of a cell's text.
NUMBER = re.compile(r"[\d,]+(\.\d+)?")

#: The cells of a row by column.
Row = dict[str, dict[str, str]]


def table(
    chart: Chart,
    links: Mapping[str, str],
    regions: Literal["x", "y"] = "x",
    ends: Mapping[str, tuple[str, str]] | None = None,
) -> str:
    """
    The matrix of a chart, with its legend below.

    `links`: where a region's name leads, by its code; `regions`: whether columns or rows are
    regions; `ends`: by column the best and the worst row's figure. A phone shows one column as a
    list, the first until another is chosen.
    """
    rows: dict[str, Row] = {}
    for cell in chart.data.to_dicts():
        rows.setdefault(cell["y"], {})[cell["x"]] = cell
    named = chart.data.unique(regions, maintain_order=True)
    link_by_name = {
        name: links[code] for name, code in named.select(regions, "code").rows() if code in links
    }
    columns = chart.data["x"].unique(maintain_order=True).to_list()
    below = {name: cells for name, cells in rows.items() if name not in TOTALS}
    largest = {column: _largest(below, column) for column in columns}

    def line(name: str, place: int = 0) -> str:
        return _row(_linked(name, link_by_name), rows[name], largest, place)

    first = sorted(below, key=lambda name: -_figure(below[name].get(columns[0])))
    whole = "".join(line(name) for name in rows if name in TOTALS)
    body = "".join(line(name, first.index(name)) for name in below)
    head = "".join(_head(column, link_by_name.get(column, "")) for column in columns)
    return (
        '<div class="board-scroll wide" tabindex="0"><table class="matrix"><thead>'
        f"<tr><td></td>{head}</tr>{whole}{_ends(ends, columns) if ends else ''}</thead>"
        f"<tbody>{body}</tbody></table></div>"
        f"{legend(chart)}"
    )


def _head(column: str, link: str) -> str:
    """A column's name, which sorts; of a region it leads there, and a sign beside it sorts."""
    label, _, period = column.partition("（")
    name = escape(label) + (f"<small>（{escape(period)}</small>" if period else "")
    if not link:
        return f'<th scope="col"><button type="button">{name}</button></th>'
    sign = f'<button type="button" aria-label="按{escape(column)}排序" title="排序">⇅</button>'
    return f'<th scope="col"><a href="{escape(link)}" target="_self">{name}</a>{sign}</th>'


def _row(name: str, cells: Row, largest: Mapping[str, float], place: int) -> str:
    """A row; `place`: where it stands in the list of the first column, as a phone shows it."""
    figures = "".join(_cell(cells.get(column), most) for column, most in largest.items())
    return f'<tr style="--place:{place}"><th scope="row">{name}</th>{figures}</tr>'


def _cell(cell: dict[str, str] | None, most: float) -> str:
    if cell is None:
        return "<td></td>"
    mark, share = cell["mark"], _figure(cell) / most * 100 if most else 0
    shade = palette.CLASSES[mark]
    bar = palette.LAND if shade == palette.GROUND else shade
    look = f"--class:{shade};--ink:{palette.on_class(mark)};--bar:{bar};--share:{share:.0f}%"
    hover = cell["hover"].replace("<br>", "；")
    named = ' class="named"' if cell.get("named") else ""
    return f'<td{named} style="{look}" title="{escape(hover)}">{escape(cell["text"])}</td>'


def _ends(ends: Mapping[str, tuple[str, str]], columns: list[str]) -> str:
    return "".join(
        f'<tr class="end"><th scope="row">{name}</th>'
        f"{''.join(f'<td>{escape(ends[column][i])}</td>' for column in columns)}</tr>"
        for i, name in enumerate(ENDS)
    )


def _linked(name: str, link_by_name: Mapping[str, str]) -> str:
    link = link_by_name.get(name)
    return f'<a href="{escape(link)}" target="_self">{escape(name)}</a>' if link else escape(name)


def _figure(cell: dict[str, str] | None) -> float:
    """The number that a cell shows; 0 without one."""
    found = NUMBER.match(cell["text"]) if cell else None
    return float(found[0].replace(",", "")) if found else 0


def _largest(rows: Mapping[str, Row], column: str) -> float:
    return max((_figure(cells.get(column)) for cells in rows.values()), default=0)
