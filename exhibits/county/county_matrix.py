"""The headline figures of the counties as a matrix: counts by share, rates by significance."""

from collections.abc import Iterator

import polars as pl

from exhibits.county.headline_figures import HeadlineFigures
from exhibits.permitted import enough
from exhibits.standing import MARKS, NOT_SHOWN
from exhibits.wording import words
from exhibits.wording.figures import figure, in_brackets, parts, short
from queries.catalogue import QUANTILES, Indicator

CELLS = dict.fromkeys(("y", "x", "text", "mark", "code", "hover"), pl.String)

#: Classes of a count by its share of the city: from so many per cent on.
SHARES = ((40, "share3"), (20, "share2"), (10, "share1"))

LEGEND = (
    ("▲ 优于全市", "improvement"),
    ("▼ 劣于全市", "concern"),
    ("占全市10%以上", "share1"),
    ("20%以上", "share2"),
    ("40%以上", "share3"),
    ("与全市无显著差异或不足全市10%", "plain"),
    ("样本过少（分母不足30）", "few"),
    ("无可比数据", "none"),
    NOT_SHOWN,
)

#: Shares and figures worse than the city's that the sentence names.
NAMED = 3


def cells(figures: HeadlineFigures) -> pl.DataFrame:
    """The data of a matrix chart: the city's line, then a line a county."""
    rows: list[tuple[str, ...]] = [
        ("全市", figures.names[i.id], short(city), "plain", "", figure(city))
        for i, city in _of_city(figures)
    ]
    for code in figures.counties:
        rows += [_cell(figures, code, i, city) for i, city in _of_city(figures)]
    return pl.DataFrame(rows, schema=CELLS, orient="row")


def _of_city(figures: HeadlineFigures) -> Iterator[tuple[Indicator, dict]]:
    return ((i, figures.city[i.id]) for i in figures.indicators)


def _cell(figures: HeadlineFigures, code: str, about: Indicator, city: dict) -> tuple[str, ...]:
    rows, county, name = figures.counties[code], figures.name_by_code[code], figures.names[about.id]
    mark, share = _mark(figures, about, code), figures.share(about, code)
    text = f"{short(rows[about.id])}{MARKS.get(mark, '')}"
    own = f"{figure(rows[about.id])}{in_brackets(parts(about.id, rows))}"
    part = "" if share is None else f"（占{share:.2f}%）"
    hover = f"{county}：{name} {own}<br>全市 {figure(city)}{part}"
    return county, name, text, mark, code, hover


def _mark(figures: HeadlineFigures, about: Indicator, code: str) -> str:
    share = figures.share(about, code)
    standing = figures.standing(about, code)
    if share is None or standing in ("none", "hidden"):
        return "plain" if standing == "usual" else standing
    return next((mark for least, mark in SHARES if share >= least), "plain")


def best_and_worst(figures: HeadlineFigures) -> dict[str, tuple[str, str]]:
    """By the name of a figure: 99.01 成县, 95.46 康县; dashes of what is not ranked."""
    return {figures.names[i.id]: _ends(figures, i) for i in figures.indicators}


def _ends(figures: HeadlineFigures, about: Indicator) -> tuple[str, str]:
    ranked = [
        row
        for county in figures.counties.values()
        if (row := county[about.id])["status"] == "ok" and (not about.is_rate or enough(row))
    ]
    if not (about.is_rate or about.id in QUANTILES) or about.better == "neutral" or not ranked:
        return "—", "—"
    ordered = sorted(ranked, key=lambda row: row["value"], reverse=about.better == "up")
    named = [f"{short(row)} {figures.name_by_code[row['group']]}" for row in ordered]
    return named[0], named[-1]


def finding(figures: HeadlineFigures) -> str:
    """礼县未转办逾期预警数占全市88.19%；显著劣于全市的有救助覆盖率（宕昌县、康县）。"""
    phrases = [phrase for phrase in (_concentrated(figures), _worse(figures)) if phrase]
    return f"{'；'.join(phrases) or '各县区均无集中或显著劣于全市的指标'}。"


def _concentrated(figures: HeadlineFigures) -> str:
    """The largest shares of the darkest class, of counts that should be low."""
    shares = [
        (share, f"{figures.name_by_code[code]}{i.name}占全市{share:.2f}%")
        for i in figures.indicators
        for code in figures.counties
        if i.better == "down" and (share := figures.share(i, code) or 0) >= SHARES[0][0]
    ]
    return words.listed([text for _, text in sorted(shares, reverse=True)[:NAMED]])


def _worse(figures: HeadlineFigures) -> str:
    """显著劣于全市的有救助覆盖率（宕昌县、康县、西和县）"""
    counties = {
        i.name: [
            figures.name_by_code[code]
            for code in figures.counties
            if figures.standing(i, code) == "concern"
        ]
        for i in figures.indicators
    }
    worse = [f"{name}（{words.listed(which)}）" for name, which in counties.items() if which]
    return f"显著劣于全市的有{words.listed(worse[:NAMED])}" if worse else ""
