"""Small multiples of a map of the counties: a picture a panel, as many abreast as there is room."""

from base64 import b64encode
from functools import cache
from html import escape

import polars as pl

from exhibits import palette
from exhibits.exhibit import Chart
from geo import boundaries
from pages.shared.markup.legend import legend

#: Pixels of a pattern's tile, of its dots and of its strokes.
TILE, DOT, STROKE = 14, 2.2, 2


def grid(chart: Chart) -> str:
    """A `figure` a panel with its name below, and the classes' legend."""
    panels = chart.data.partition_by("panel", as_dict=True, maintain_order=True)
    figures = "".join(_figure(str(name), rows) for (name,), rows in panels.items())
    return (
        f'<div class="small-maps" role="group" aria-label="{escape(chart.description)}">{figures}'
        f"</div>{legend(chart)}"
    )


def _figure(name: str, rows: pl.DataFrame) -> str:
    mark_by_code = dict(rows.select("code", "mark").rows())
    names = {county.code: county.name for county in boundaries.counties()}
    said = "、".join(
        f"{names.get(code, code)}{text}" for code, text in rows.select("code", "text").rows()
    )
    counties = "".join(
        f'<path d="{path}" fill="{palette.CLASSES[mark]}"/>{_pattern(path, mark)}'
        for code, path in _paths()
        for mark in [mark_by_code.get(code, "none")]
    )
    west, south, east, north = boundaries.window()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{west:.0f} {-north:.0f} '
        f'{east - west:.0f} {north - south:.0f}">{_patterns()}<g stroke="{palette.MUTED}" '
        f'stroke-width="1">{counties}</g></svg>'
    )
    return (
        f'<figure><img src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" '
        f'alt="{escape(f"{name}：{said}")}"><figcaption>{escape(name)}</figcaption></figure>'
    )


@cache
def _paths() -> tuple[tuple[str, str], ...]:
    """Each county's outline as SVG draws it, south down."""
    return tuple((code, _drawn(outline)) for code, outline in boundaries.sketch())


def _drawn(outline: boundaries.Path2D) -> str:
    drawn, pen = [], "M"
    for x, y in zip(*outline, strict=True):
        if x is None or y is None:
            pen = "zM"
            continue
        drawn.append(f"{pen}{x:.1f} {-y:.1f}")
        pen = "L"
    return "".join([*drawn, "z"])


def _pattern(path: str, mark: str) -> str:
    pattern = palette.PATTERNS.get(mark)
    return f'<path d="{path}" fill="url(#{mark})"/>' if pattern else ""


def _patterns() -> str:
    """The patterns of classes that colour alone does not distinguish."""
    stroke = f'stroke="{palette.MUTED}" stroke-width="{STROKE}"'
    one, other = (
        f'<path d="M0 {TILE}L{TILE} 0" {stroke}/>',
        f'<path d="M0 0L{TILE} {TILE}" {stroke}/>',
    )
    middle = TILE / 2
    dot = f'<circle cx="{middle}" cy="{middle}" r="{DOT}" fill="{palette.MUTED}"/>'
    drawn = {".": dot, "/": one, "x": one + other}
    return "<defs>{}</defs>".format(
        "".join(
            f'<pattern id="{mark}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse">'
            f"{drawn[pattern]}</pattern>"
            for mark, pattern in palette.PATTERNS.items()
        )
    )
