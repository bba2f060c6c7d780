"""HTML of titles, cards, lists and tables; text escaped, word and shape beside each colour."""

from base64 import b64encode
from html import escape

import polars as pl

from briefing.files import cells
from exhibits import palette
from exhibits.overview.headlines import ASSURANCE, VARIATION, Headline, Spark
from pages.shared.markup.style import STYLE

#: Rows of a table on the page; the files hold all.
ROWS = 60

#: The drawing area of a sparkline, and how far from its edges the line stays.
WIDE, HIGH, EDGE = 200.0, 44.0, 5.0


def title(name: str, question: str, demonstration: bool) -> str:
    """Page name and question; made-up data are labelled on every page."""
    tag = '<span class="tag">演示数据（合成）</span>' if demonstration else ""
    return (
        f'{STYLE}<div class="board-title"><h1>{escape(name)}</h1>'
        f"<span>{escape(question)}</span>{tag}</div>"
    )


def heading(name: str, note: str = "") -> str:
    """A section's heading with a note beside it."""
    return f'<div class="board-heading"><h2>{escape(name)}</h2><span>{escape(note)}</span></div>'


def bulletin(parts: list[tuple[str, str]]) -> str:
    """Paragraphs side by side: title and text."""
    sections = [
        f"<section><h3>{escape(title)}</h3><p>{escape(text)}</p></section>" for title, text in parts
    ]
    return f'<div class="bulletin">{"".join(sections)}</div>'


def cards(headlines: tuple[Headline, ...], against: str) -> str:
    """The headline indicators: figure, change, the months with their limits, both marks."""
    return f'<div class="cards">{"".join(_card(item, against) for item in headlines)}</div>'


def _card(item: Headline, against: str) -> str:
    marks = [f'<span class="{item.variation}">{VARIATION[item.variation]}</span>']
    if item.assurance:
        tone = {"fail": "concern", "pass": "improvement"}.get(item.assurance, "")
        marks.append(f'<span class="{tone}">{ASSURANCE[item.assurance]}</span>')
    marks.append(f"<span>{escape(item.target)}</span>")
    return (
        f'<div class="card {item.variation}" title="{escape(item.definition)}">'
        f"<h3>{escape(item.indicator.name)}</h3>"
        f'<div class="figure">{escape(item.figure)}</div>'
        f'<div class="change">{escape(against)}{escape(item.change)}</div>'
        f"{_spark(item)}"
        f'<div class="marks">{"".join(marks)}</div></div>'
    )


def _spark(item: Headline) -> str:
    spark = item.spark
    if len(spark.values) < 2:
        return '<p class="spark">月末数据不足</p>'
    known = [v for v in (*spark.values, spark.lower, spark.upper) if v is not None]
    low, high = min(known), max(known)
    points = _points(spark, low, high)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    shapes = "".join(_signal(x, y, s) for (x, y), s in zip(points, spark.signals, strict=True) if s)
    x, y = points[-1]
    said = f"{item.indicator.name}近{len(points)}个月末走势与控制限，{VARIATION[item.variation]}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:.0f} {HIGH:.0f}">'
        f"{_limits(spark, low, high)}"
        f'<polyline points="{line}" fill="none" stroke="{palette.PRIMARY}" stroke-width="1.8"/>'
        f'{shapes}<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{palette.PRIMARY}"/></svg>'
    )
    # An inline svg does not pass the page's sanitiser; a picture does.
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img class="spark" src="{source}" alt="{escape(said)}">'


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


def numbers(items: list[tuple[str, str, bool]]) -> str:
    """Figures in a row: name, figure, whether it needs attention."""
    parts = [
        f'<div class="card{" concern" if bad else ""}"><h3>{escape(name)}</h3>'
        f'<div class="figure">{escape(figure)}</div></div>'
        for name, figure, bad in items
    ]
    return f'<div class="numbers">{"".join(parts)}</div>'


def findings(items: list[tuple[str, str, str]]) -> str:
    """Exceptions: label, sentence, link to where it is seen."""
    if not items:
        return '<p class="board-finding">无需提请关注的事项。</p>'
    lines = [
        f"<li><b>{escape(label)}</b>{escape(text)} "
        f'<a href="{escape(link)}" target="_self">查看</a></li>'
        for label, text, link in items
    ]
    return f'<ul class="finding-list">{"".join(lines)}</ul>'


def finding(question: str, text: str) -> str:
    """The sentence above a chart that says what it shows."""
    return (
        f'<div class="board-head"><div class="board-heading"><h2>{escape(question)}</h2></div>'
        f'<p class="board-finding">{escape(text)}</p></div>'
    )


def agenda_line(number: int, title: str, kind: str, reason: str, lead: str, struck: bool) -> str:
    """A line of the agenda: what, why, who leads; struck ones are crossed out and say so."""
    led = f"　牵头：{lead}" if lead else ""
    gone = " struck" if struck else ""
    return (
        f'<div class="agenda{gone}"><b>{number}. {escape(title)}</b>'
        f"<span>{escape(kind)}{'（已删除）' if struck else ''}</span>"
        f"<p>{escape(reason)}{escape(led)}</p></div>"
    )


def below(table: pl.DataFrame, definition: str) -> str:
    """What is counted, and the table behind a chart."""
    return f'<p class="board-below">口径：{escape(definition)}</p>{plain_table(table)}'


def plain_table(table: pl.DataFrame, most: int = ROWS) -> str:
    """A table as it is; an empty cell is a dash; long ones are cut and say so."""
    textual = [kind == pl.String for kind in table.dtypes]
    head = "".join(
        f'<th scope="col"{_class(text)}>{escape(name)}</th>'
        for name, text in zip(table.columns, textual, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{_class(t)}>{escape(v)}</td>" for v, t in zip(row, textual, strict=True))
        + "</tr>"
        for row in cells.texts(table.head(most))
    )
    cut = (
        f"<p>共{table.height}行，此处列前{most}行，全部见导出。</p>" if table.height > most else ""
    )
    return (
        f'<div class="board-scroll" tabindex="0"><table class="board-table"><thead><tr>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>{cut}"
    )


def _class(textual: bool) -> str:
    return ' class="text"' if textual else ""
