"""HTML of the county table: a matrix whose columns are sorted by a click, the city on top."""

from html import escape

from exhibits import palette
from exhibits.exhibit import Chart

#: Rows that stand still when the table is sorted, with the city's.
ENDS = ("居首", "居末")


def table(chart: Chart, ends: dict[str, tuple[str, str]], links: dict[str, str]) -> str:
    """
    The matrix of a chart, with its legend below.

    `ends`: by column the best and the worst county's figure; `links`: where a county's name leads.
    """
    columns = chart.data["x"].unique(maintain_order=True).to_list()
    head = "".join(
        f'<th scope="col"><button type="button">{_named(name)}</button></th>' for name in columns
    )
    rows = [row.to_dicts() for _, row in chart.data.group_by("code", maintain_order=True)]
    whole = _row(rows[0], "")
    for i, name in enumerate(ENDS):
        cells = "".join(f"<td>{escape(ends[column][i])}</td>" for column in columns)
        whole += f'<tr class="end"><th scope="row">{name}</th>{cells}</tr>'
    body = "".join(_row(cells, links.get(cells[0]["code"], "")) for cells in rows[1:])
    return (
        '<div class="board-scroll wide" tabindex="0"><table class="county-table"><thead>'
        f'<tr><th scope="col">地区</th>{head}</tr>{whole}</thead>'
        f"<tbody>{body}</tbody></table></div>"
        f'<p class="key">{_legend(chart)}</p>'
    )


def _named(name: str) -> str:
    """The period of a flow smaller, on a line of its own."""
    label, _, period = name.partition("（")
    return escape(label) + (f"<small>（{escape(period)}</small>" if period else "")


def _row(cells: list[dict[str, str]], link: str) -> str:
    name = cells[0]["y"]
    label = f'<a href="{escape(link)}" target="_self">{escape(name)}</a>' if link else escape(name)
    figures = "".join(
        f'<td style="{_colours(cell["mark"])}" title="{escape(_plain(cell["hover"]))}">'
        f"{escape(cell['text'])}</td>"
        for cell in cells
    )
    return f'<tr><th scope="row">{label}</th>{figures}</tr>'


def _colours(mark: str) -> str:
    return f"background:{palette.CLASSES[mark]};color:{palette.on_class(mark)}"


def _plain(hover: str) -> str:
    return hover.replace("<br>", "；")


def _legend(chart: Chart) -> str:
    """The classes that occur."""
    used = set(chart.data["mark"])
    return "".join(
        f'<span><i style="background:{palette.CLASSES[mark]}"></i>{escape(label)}</span>'
        for label, mark in chart.classes
        if mark in used
    )
