"""The legend of a chart that is drawn without Plotly."""

from html import escape

from exhibits import named_cells, palette
from exhibits.exhibit import Chart


def legend(chart: Chart) -> str:
    """A line with the classes that occur, each beside its colour."""
    used = set(chart.data["mark"])
    named = f"<span><b>{named_cells.KEY}</b></span>" if named_cells.any_named(chart.data) else ""
    classes = "".join(
        f'<span><i style="background:{palette.CLASSES[mark]}"></i>{escape(label)}</span>'
        for label, mark in chart.classes
        if mark in used
    )
    return f'<p class="key">{named}{classes}</p>'
