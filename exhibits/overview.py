"""总览: the bulletin, the headline indicators and the county table, as words and tidy tables."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from exhibits import words
from queries.answers.bulletin import Bulletin, bulletin
from queries.answers.indicators import indicators
from queries.answers.regions import regions
from queries.answers.trend import is_month_end, series
from queries.catalogue import Indicator, headline
from queries.snapshot import Snapshot, open_snapshot, stored_days

#: Month-ends shown beside a headline figure.
SPARK = 13


@dataclass(frozen=True)
class Paragraph:
    """One part of the bulletin: a heading and its sentence."""

    title: str
    text: str


@dataclass(frozen=True)
class Headline:
    """A headline indicator: its figure in words, its change, and the months behind it."""

    indicator: Indicator
    figure: str
    change: str
    direction: str  # improvement, concern or neutral
    months: tuple[float, ...]
    basis: str


def _support(yuan: float | None) -> str:
    return words.UNKNOWN if yuan is None else f"{yuan:.0f}元/人·月"


def _than(now: int, before: int | None, unit: str = "人") -> str:
    return words.change(now, before, unit)


def paragraphs(snapshot: Snapshot, before: Snapshot | None, region: str = "") -> list[Paragraph]:
    """低保, 特困, 临时救助, in the order of the published bulletins."""
    now = bulletin(snapshot, region)
    then = bulletin(before, region) if before else None
    place = dict(regions(snapshot, "county")).get(region, "全市")
    return [_dibao(now, then, place), _tekun(now, then), _aid(now)]


def _since(then: Bulletin | None) -> str:
    return f"（对比日：{words.day(then.as_of)}）" if then else ""


def _dibao(now: Bulletin, then: Bulletin | None, place: str) -> Paragraph:
    total = now.dibao_urban + now.dibao_rural
    before = then.dibao_urban + then.dibao_rural if then else None
    return Paragraph(
        "最低生活保障",
        f"{place}低保对象{words.count(total, '人')}，{_than(total, before)}{_since(then)}；"
        f"其中城市{words.count(now.dibao_urban, '人')}，"
        f"月人均救助水平{_support(now.support_urban)}；"
        f"农村{words.count(now.dibao_rural, '人')}，"
        f"月人均救助水平{_support(now.support_rural)}。",
    )


def _tekun(now: Bulletin, then: Bulletin | None) -> Paragraph:
    total = now.tekun_central + now.tekun_scattered
    before = then.tekun_central + then.tekun_scattered if then else None
    return Paragraph(
        "特困人员救助供养",
        f"特困人员{words.count(total, '人')}，{_than(total, before)}；"
        f"其中集中供养{words.count(now.tekun_central, '人')}，"
        f"分散供养{words.count(now.tekun_scattered, '人')}。",
    )


def _aid(now: Bulletin) -> Paragraph:
    if now.aid_cases is None:
        return Paragraph("临时救助", f"{words.NOT_CONNECTED}。")
    if now.aid_mean is None:
        return Paragraph("临时救助", f"{now.as_of.year}年以来未发生急难型临时救助。")
    return Paragraph(
        "临时救助",
        f"{now.as_of.year}年以来实施急难型临时救助{words.count(now.aid_cases, '人次')}，"
        f"人次均救助水平{now.aid_mean:.2f}元。",
    )


def month_end_snapshots(folder: Path, as_of: date) -> tuple[Snapshot, ...]:
    """Stored month-ends up to a day, oldest first, and the day itself."""
    days = [d for d in stored_days(folder) if d <= as_of and (is_month_end(d) or d == as_of)]
    return tuple(open_snapshot(folder, d) for d in days)


def headlines(snapshot: Snapshot, before: Snapshot | None, region: str = "") -> list[Headline]:
    """The catalogue's headline indicators in its order."""
    now = _figures(snapshot, region)
    then = _figures(before, region) if before else {}
    months = _months(snapshot, region)
    return [_headline(i, now, then, months.get(i.id, ())) for i in headline()]


Figure = tuple[float | None, str]


def _figures(snapshot: Snapshot, region: str) -> dict[str, Figure]:
    by = "county" if region else "city"
    rows = indicators(snapshot, by)
    chosen = rows.filter(pl.col("group") == region) if region else rows
    rows = chosen.select("id", "value", "status").rows()
    return {i: (figure, status) for i, figure, status in rows}


def _headline(
    indicator: Indicator,
    now: dict[str, Figure],
    then: dict[str, Figure],
    months: tuple[float, ...],
) -> Headline:
    figure, status = now.get(indicator.id, (None, "undefined"))
    before = then.get(indicator.id, (None, "undefined"))[0]
    return Headline(
        indicator=indicator,
        figure=words.value(figure, indicator.unit, status),
        change=words.change(figure, before, indicator.unit),
        direction=words.judged(figure, before, indicator.better),
        months=months,
        basis=f"{indicator.numerator} ÷ {indicator.denominator}"
        if indicator.denominator
        else indicator.numerator,
    )


def _months(snapshot: Snapshot, region: str) -> dict[str, tuple[float, ...]]:
    """The last month-ends of each headline indicator."""
    opened = month_end_snapshots(snapshot.folder, snapshot.as_of)[-SPARK:]
    ids = tuple(i.id for i in headline())
    rows = series(opened, ids, "county" if region else "city").drop_nulls("value")
    chosen = rows.filter(pl.col("group") == region) if region else rows
    return {
        indicator: tuple(values)
        for indicator, values in chosen.group_by("id").agg(pl.col("value")).rows()
    }


@dataclass(frozen=True)
class Cell:
    """A figure of the county table: in words, and how it stands against the city."""

    text: str
    standing: str = ""  # improvement or concern, only when the 95 % interval excludes the city


@dataclass(frozen=True)
class CountyTable:
    """Counties in official order under the city's row; a column an indicator."""

    columns: list[str]
    city: list[Cell]
    counties: list[tuple[str, list[Cell]]]


def county_table(snapshot: Snapshot) -> CountyTable:
    """Headline indicators by county, marked where a county differs from the city beyond chance."""
    chosen = headline()
    city = {row["id"]: row for row in indicators(snapshot, "city").to_dicts()}
    county = {(r["id"], r["group"]): r for r in indicators(snapshot, "county").to_dicts()}
    return CountyTable(
        columns=[f"{i.name}（{i.unit}）" for i in chosen],
        city=[Cell(_plain(city[i.id])) for i in chosen],
        counties=[
            (name, [_cell(i, county[i.id, code], city[i.id]) for i in chosen])
            for code, name in regions(snapshot, "county")
        ],
    )


def _plain(row: dict) -> str:
    if row["status"] != "ok":
        return words.STATUS[row["status"]]
    return f"{row['value']:.2f}" if row["unit"] == "%" else f"{row['value']:,.0f}"


def _cell(indicator: Indicator, row: dict, city: dict) -> Cell:
    return Cell(_plain(row), standing(indicator, row, city))


def standing(indicator: Indicator, row: dict, city: dict) -> str:
    """Better or worse than the city only when the 95 % interval excludes the city's value."""
    comparable = row["status"] == city["status"] == "ok" and indicator.is_rate
    if not comparable or indicator.better == "neutral" or row["lower"] is None:
        return ""
    if row["lower"] <= city["value"] <= row["upper"]:
        return ""
    higher = row["lower"] > city["value"]
    return "improvement" if higher == (indicator.better == "up") else "concern"


def arrow(change: str) -> str:
    """Which way a change points: up, down, or off when it is flat or cannot be told."""
    if change.startswith(("上升", "增长", "延长", "新增")):
        return "up"
    return "down" if change.startswith(("下降", "缩短")) else "off"
