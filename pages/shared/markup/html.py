"""HTML of titles, cards, lists and tables; text is escaped, a colour comes with word and shape."""

from html import escape

import polars as pl

from briefing.files import cells
from exhibits.meeting.agenda_item import KINDS, Item
from exhibits.overview.headlines import Headline
from pages.shared.markup import sparkline
from pages.shared.markup.style import STYLE

#: Rows of a table on the page; the files hold all.
ROWS = 60

#: Columns from which a phone shows a card a row.
MANY = 5


def title(name: str, subject: str, demonstration: bool) -> str:
    """Page name and subject; synthetic data are labelled on every page."""
    tag = '<span class="tag">演示数据（合成）</span>' if demonstration else ""
    return (
        f'{STYLE}<div class="board-title"><h1>{escape(name)}</h1>'
        f"<span>{escape(subject)}</span>{tag}</div>"
    )


def scope_line(phrases: list[str]) -> str:
    """The scope in one line; a phrase does not break."""
    spans = "".join(f"<span>{escape(phrase)}</span>" for phrase in phrases)
    return f'<p class="scope-line">{spans}</p>'


def heading(name: str, note: str = "") -> str:
    """A section's heading with a note beside it."""
    return f'<div class="board-heading"><h2>{escape(name)}</h2><span>{escape(note)}</span></div>'


def bulletin(parts: list[tuple[str, str]]) -> str:
    """A line each: title and text."""
    lines = [f"<p><b>{escape(title)}</b>{escape(text)}</p>" for title, text in parts]
    return f'<div class="bulletin">{"".join(lines)}</div>'


def cards(headlines: tuple[Headline, ...]) -> str:
    """The headline indicators: figure, change, the months with their limits, one verdict."""
    return f'<div class="cards">{"".join(_card(item) for item in headlines)}</div>'


def _card(item: Headline) -> str:
    verdict, tone = item.verdict
    parts = f'<div class="change">{escape(item.parts)}</div>' if item.parts else ""
    said = f'<b class="{tone}">{escape(verdict)}</b> ' if verdict else ""
    return (
        f'<div class="card {tone}" title="{escape(item.definition)}">'
        f"<h3>{escape(item.name)}</h3>"
        f'<div class="figure">{escape(item.figure)}</div>'
        f"{parts}"
        f'<div class="change">{escape(item.since)}</div>'
        f"{sparkline.image(item)}"
        f'<div class="marks">{said}{escape(item.target)}</div></div>'
    )


def numbers(items: list[tuple[str, str, bool]]) -> str:
    """Figures in a row: name, figure, whether it needs attention."""
    parts = [
        f'<div class="card{" concern" if bad else ""}"><h3>{escape(name)}</h3>'
        f'<div class="figure">{escape(figure)}</div></div>'
        for name, figure, bad in items
    ]
    return f'<div class="numbers">{"".join(parts)}</div>'


def leading(items: list[tuple[str, str, str, str, str]]) -> str:
    """The largest entries, numbered: what, beside it, decided before, who must act, links."""
    lines = [
        f"<li><p><b>{escape(what)}</b>{escape(beside)}</p>"
        + (f'<p class="before">{escape(before)}</p>' if before else "")
        + f'<p class="act">{escape(action)} {links}</p></li>'
        for what, beside, before, action, links in items
    ]
    return f'<ol class="leading">{"".join(lines)}</ol>'


def findings(items: list[tuple[str, str]], nothing: str) -> str:
    """Entries: sentence, links to where it is seen; `nothing` where there is none."""
    if not items:
        return f'<p class="board-finding">{escape(nothing)}</p>'
    lines = [f"<li>{escape(text)} {links}</li>" for text, links in items]
    return f'<ol class="finding-list">{"".join(lines)}</ol>'


def links(by_text: dict[str, str]) -> str:
    """Links beside one another: 查看 逐件清单."""
    each = (
        f'<a href="{escape(link)}" target="_self">{escape(text)}</a>'
        for text, link in by_text.items()
    )
    return " ".join(each)


def finding(title: str, text: str, when: str = "") -> str:
    """The sentence above a chart that says what it shows; `when`: beside its title."""
    beside = f"<span>{escape(when)}</span>" if when else ""
    return (
        f'<div class="board-head"><div class="board-heading"><h2>{escape(title)}</h2>{beside}</div>'
        f'<p class="board-finding">{escape(text)}</p></div>'
    )


def agenda_line(number: int, item: Item, edited: bool) -> str:
    """A topic: 事由, kind, 现状, 建议, who must act by when; of a struck one (0) the title."""
    kind = escape(KINDS[item.kind])
    if not number:
        return (
            f'<div class="agenda struck"><b>{escape(item.title)}</b>'
            f"<span>{kind}（已删除，不列入议程）</span></div>"
        )
    texts = {"现状：": item.reason, "建议：": item.advice, "": item.parties}
    paragraphs = "".join(f"<p>{label}{escape(text)}</p>" for label, text in texts.items() if text)
    return (
        f'<div class="agenda"><b>{number}. {escape(item.title)}</b>'
        f"<span>{kind}{'（已修改）' if edited else ''}</span>{paragraphs}</div>"
    )


def below(table: pl.DataFrame, definition: str) -> str:
    """The definition, and the table of a chart."""
    return f'<p class="board-below">口径：{escape(definition)}</p>{plain_table(table)}'


def plain_table(table: pl.DataFrame, most: int = ROWS) -> str:
    """A table; an empty cell is a dash; a long one is truncated with a note; wide: cards."""
    textual = [kind == pl.String for kind in table.dtypes]
    many = table.width > MANY
    names = [f' data-name="{escape(name)}"' if many else "" for name in table.columns]
    head = "".join(
        f'<th scope="col"{_class(text)}>{escape(name)}</th>'
        for name, text in zip(table.columns, textual, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_class(text)}{name}>{escape(value)}</td>"
            for value, text, name in zip(row, textual, names, strict=True)
        )
        + "</tr>"
        for row in cells.texts(table.head(most))
    )
    note = (
        f"<p>共{table.height}行，此处列前{most}行，全部见导出。</p>" if table.height > most else ""
    )
    return (
        f'<div class="board-scroll" tabindex="0">'
        f'<table class="board-table{" many" if many else ""}"><thead><tr>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>{note}"
    )


def case_cards(table: pl.DataFrame, most: int) -> str:
    """The first cases of a list, each a card: how late, what, where, with whom; for a phone."""
    texts = cells.texts(table.head(most))
    cases = [dict(zip(table.columns, row, strict=True)) for row in texts]
    more = f"<p>共{table.height}条，此处列前{most}条。</p>" if table.height > most else ""
    return f'<div class="case-cards"><ul>{"".join(map(_case_card, cases))}</ul>{more}</div>'


def _case_card(case: dict[str, str]) -> str:
    late = "concern" if case["时限"].startswith("■") else ""
    lines = (
        f"{case['类型']} · {case['状态']} · {case['县区']}{case['乡镇']}",
        f"承办单位：{case['承办单位']}；编号：{case['编号']}",
    )
    waiting = f"{case['时限']}　已等待{case['已等待（工作日）']}个工作日"
    return (
        f'<li class="{late}"><b>{escape(waiting)}</b>'
        f"<span>应办结日 {escape(case['应办结日'])}</span>"
        + "".join(f"<p>{escape(line)}</p>" for line in lines)
        + "</li>"
    )


def _class(textual: bool) -> str:
    return ' class="text"' if textual else ""
