"""HTML of tables and headings; colours from the palette, text escaped."""

from html import escape

import polars as pl

from exhibits import palette
from exhibits.overview import Cell, CountyTable

MARK = {"improvement": "▲ 优于全市", "concern": "▼ 劣于全市", "": ""}

STYLE = f"""
<style>
.stMainBlockContainer {{ padding-top: 3.2rem; padding-bottom: 2rem; }}
.board-title {{ display: flex; align-items: baseline; gap: .9rem; margin: 0; }}
.board-title h1 {{ font-size: 1.9rem; padding: 0; margin: 0; color: {palette.PRIMARY}; }}
.board-title span {{ font-size: .85rem; color: {palette.MUTED}; }}
.board-title .tag {{ color: {palette.CONCERN}; background: {palette.CONCERN_PALE};
  border-radius: 3px; padding: .1rem .5rem; font-weight: 600; }}
.board-table {{ width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }}
.board-table th {{ text-align: right; font-weight: 600; color: {palette.MUTED};
  border-bottom: 2px solid {palette.PRIMARY}; padding: .45rem .6rem; vertical-align: bottom;
  font-size: .82rem; line-height: 1.3; }}
.board-table td {{ text-align: right; padding: .42rem .6rem; color: {palette.INK};
  border-bottom: 1px solid {palette.LINE}; font-size: .95rem; }}
.board-table th:first-child, .board-table td:first-child {{ text-align: left;
  white-space: nowrap; }}
.board-table tr.total td {{ font-weight: 700; background: {palette.BAND}; }}
.board-table td.improvement {{ background: {palette.IMPROVEMENT_PALE};
  color: {palette.IMPROVEMENT}; }}
.board-table td.concern {{ background: {palette.CONCERN_PALE}; color: {palette.CONCERN}; }}
.board-table small {{ display: block; font-size: .72rem; }}
.board-heading {{ display: flex; align-items: baseline; gap: .8rem; margin-top: .4rem; }}
.board-heading h2 {{ font-size: 1.2rem; padding: 0; margin: 0; color: {palette.INK}; }}
.board-heading span {{ font-size: .85rem; color: {palette.MUTED}; }}
.board-finding {{ margin: .3rem 0 0; line-height: 1.6; color: {palette.INK}; }}
.bulletin {{ display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; }}
.bulletin section {{ background: {palette.BAND}; border-left: 4px solid {palette.PRIMARY};
  padding: .8rem 1rem; }}
.bulletin h3 {{ font-size: 1rem; margin: 0 0 .35rem; padding: 0; color: {palette.PRIMARY}; }}
.bulletin p {{ margin: 0; line-height: 1.65; color: {palette.INK}; }}
@media (max-width: 900px) {{ .bulletin {{ grid-template-columns: 1fr; }} }}
</style>
"""


def title(name: str, question: str, demonstration: bool) -> str:
    """Page name and question; made-up data are labelled on every page."""
    tag = '<span class="tag">演示数据（合成）</span>' if demonstration else ""
    return (
        f'{STYLE}<div class="board-title"><h1>{escape(name)}</h1>'
        f"<span>{escape(question)}</span>{tag}</div>"
    )


def heading(name: str, note: str) -> str:
    """A section's heading with a note beside it."""
    return f'<div class="board-heading"><h2>{escape(name)}</h2><span>{escape(note)}</span></div>'


def bulletin(parts: list[tuple[str, str]]) -> str:
    """Paragraphs side by side: title and text."""
    sections = [
        f"<section><h3>{escape(title)}</h3><p>{escape(text)}</p></section>" for title, text in parts
    ]
    return f'<div class="bulletin">{"".join(sections)}</div>'


def county_table(table: CountyTable) -> str:
    """The county table; a mark in word and shape stands with every colour."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = [_row("全市", table.city, "total")]
    rows += [_row(name, cells) for name, cells in table.counties]
    return (
        f'<table class="board-table"><thead><tr><th scope="col">地区</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _row(name: str, cells: list[Cell], kind: str = "") -> str:
    body = "".join(_cell(cell) for cell in cells)
    return f'<tr class="{kind}"><td>{escape(name)}</td>{body}</tr>'


def _cell(cell: Cell) -> str:
    mark = f"<small>{MARK[cell.standing]}</small>" if cell.standing else ""
    return f'<td class="{cell.standing}">{escape(cell.text)}{mark}</td>'


def finding(question: str, text: str) -> str:
    """The sentence above a chart that says what it shows."""
    return (
        f'<div class="board-heading"><h2>{escape(question)}</h2></div>'
        f'<p class="board-finding">{escape(text)}</p>'
    )


def plain_table(table: pl.DataFrame) -> str:
    """A table as it is; an empty cell is a dash."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_text(value)}</td>" for value in row) + "</tr>"
        for row in table.iter_rows()
    )
    return f'<table class="board-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _text(value: object) -> str:
    if value is None:
        return "—"
    return escape(f"{value:,}" if isinstance(value, int) else str(value))
