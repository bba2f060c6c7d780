"""The sparkline of a headline indicator: month-ends, control limits, signals, as an SVG picture."""

from base64 import b64encode
from html import escape

from exhibits import palette
from exhibits.overview.headlines import Headline, Spark
from exhibits.wording.periods import name_of

#: The drawing area of a sparkline, and how far from its edges the line stays.
WIDE, HIGH, EDGE = 200.0, 44.0, 5.0


def image(item: Headline) -> str:
    """An `img` element; a note where there are fewer than two month-ends."""
    spark = item.spark
    if len(spark.values) < 2:
        return '<p class="spark">月末数据不足</p>'
    values = [v for v in (*spark.values, spark.lower, spark.upper) if v is not None]
    low, high = min(values), max(values)
    points = _points(spark, low, high)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    shapes = "".join(_signal(x, y, s) for (x, y), s in zip(points, spark.signals, strict=True) if s)
    x, y = points[-1]
    alt = f"{name_of(item.indicator)}近{len(points)}个月末走势与控制限，{item.variation_text}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:.0f} {HIGH:.0f}">'
        f"{_limits(spark, low, high)}"
        f'<polyline points="{line}" fill="none" stroke="{palette.PRIMARY}" stroke-width="1.8"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{palette.PRIMARY}"/>{shapes}</svg>'
    )
    # An inline svg does not pass the page's sanitiser; a picture does.
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img class="spark" src="{source}" alt="{escape(alt)}">'


def _height(value: float, low: float, high: float) -> float:
    span = (high - low) or 1.0
    return HIGH - EDGE - (value - low) / span * (HIGH - 2 * EDGE)


def _points(spark: Spark, low: float, high: float) -> list[tuple[float, float]]:
    step = (WIDE - 2 * EDGE) / (len(spark.values) - 1)
    return [(EDGE + step * i, _height(v, low, high)) for i, v in enumerate(spark.values)]


def _limits(spark: Spark, low: float, high: float) -> str:
    if spark.lower is None or spark.upper is None or spark.mean is None:
        return ""
    top, bottom = _height(spark.upper, low, high), _height(spark.lower, low, high)
    mean = _height(spark.mean, low, high)
    return (
        f'<rect x="0" y="{top:.1f}" width="{WIDE:.0f}" height="{bottom - top:.1f}" '
        f'fill="{palette.LAND}"/>'
        f'<line x1="0" x2="{WIDE:.0f}" y1="{mean:.1f}" y2="{mean:.1f}" stroke="{palette.MUTED}"/>'
    )


def _signal(x: float, y: float, signal: str) -> str:
    colours = {"concern": palette.CONCERN, "improvement": palette.IMPROVEMENT}
    colour = colours.get(signal, palette.MUTED)
    up = -1 if signal == "improvement" else 1
    tip, base = y + 5 * up, y - 3 * up
    corners = f"{x - 4:.1f},{base:.1f} {x + 4:.1f},{base:.1f} {x:.1f},{tip:.1f}"
    return f'<polygon points="{corners}" fill="{colour}"/>'
