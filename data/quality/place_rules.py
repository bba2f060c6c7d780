"""Rules on places: one city, its own counties, rows coded to regions that there are."""

from collections.abc import Iterator

import narwhals as nw
import polars as pl

from data.quality.deciding import CITY
from data.quality.loading import Loaded
from data.quality.refusal import FEW, Refusal, label, occurring, occurring_zh, percent
from data.quality.shown_values import counted
from data.reference.place import path, place
from data.registry.contract import polars_schema
from data.registry.frames import opened, rows_where, small, sums
from data.registry.texts import DIGITS

#: The table whose rows are added up level by level.
REGISTER = "identification_spell"

#: Of the rows coded to a level, the share that must belong to a region there; of the register's,
#: also the share of those of the level above.
PLACED = 0.5

LEVELS_ZH = {"city": "全市", "county": "县区", "township": "乡镇"}


def top_region(loaded: Loaded) -> Iterator[Refusal]:
    """Not exactly the top row that place.toml names."""
    cities, ours = _regions(loaded, "city"), place()
    if cities.rows() != [(ours.code, ours.name)]:
        yield Refusal(
            "top_region",
            f"region has {cities.height} rows of the level city ({_named(cities)}); it must have "
            f"one, {ours.code} {ours.name}, as {path()} says. Check region_level, region_code and "
            "region_name; for another city set code and name in a place.toml in REFERENCE_DIR",
            f"行政区划（region）层级为city的有{cities.height}行（{_named(cities)}），应当只有一行："
            f"{ours.code} {ours.name}（{path()}）。请核对层级、代码、名称，"
            "以及接入的是不是本市的登记库；用于其他市的，请在REFERENCE_DIR目录的place.toml中写明该市的代码、名称",
        )


def other_places(loaded: Loaded) -> Iterator[Refusal]:
    """Counties of another place."""
    counties, ours = _regions(loaded, "county"), place()
    others = counties.filter(~pl.col("region_code").str.starts_with(ours.prefix))
    if others.height:
        share = percent(others.height, counties.height)
        yield Refusal(
            "other_place",
            f"{others.height} of {counties.height} counties ({share}) lie outside {ours.name}: "
            f"{_named(others)}. Leave them out of region, or read the city's own registry",
            f"{counties.height}个县区中有{others.height}个（{share}）不属于{ours.name}："
            f"{_named(others)}。请从行政区划中去掉，或核对接入的是不是本市的登记库",
        )


def _regions(loaded: Loaded, level: str) -> pl.DataFrame:
    regions = small(loaded.frames["region"]).filter(region_level=level)
    return regions.select("region_code", "region_name").sort("region_code").collect()


def _named(regions: pl.DataFrame) -> str:
    codes = [f"{code} {name or ''}".strip() for code, name in regions.head(FEW).rows()]
    return "、".join(codes) or "—"


def unplaced_rows(loaded: Loaded) -> Iterator[Refusal]:
    """Rows coded to counties or townships of which most belong to none of the region table."""
    for table, frame in opened(loaded.frames).items():
        column = _place(table)
        if column is None:
            continue
        for level, (is_coded, is_placed) in _levels(loaded, column).items():
            unplaced = is_coded & ~is_placed
            rows, lost = sums(frame, rows_where(is_coded), rows_where(unplaced))
            if rows >= (1 if table == REGISTER else FEW) and lost > rows * PLACED:
                yield _unplaced(table, column, level, rows, lost, frame.filter(unplaced))


def level_sums(loaded: Loaded) -> Iterator[Refusal]:
    """Counties, or townships, with under half of the register's rows of the level above."""
    frame, above = opened(loaded.frames)[REGISTER], "city"
    for level, (is_coded, is_placed) in _levels(loaded, "region_code").items():
        is_there = rows_where(is_coded & is_placed)
        rows, coded, placed = sums(frame, nw.len(), rows_where(is_coded), is_there)
        # Where no row is coded to a level it has no figures; where most are unplaced, that is told.
        if coded >= FEW and placed >= coded * PLACED and placed < rows * PLACED:
            elsewhere = frame.filter(~(is_coded & is_placed).fill_null(False))
            yield _short_sum(level, above, rows, placed, elsewhere)
        frame, above = frame.filter(is_coded & is_placed), level


def _levels(loaded: Loaded, column: str) -> dict[str, tuple[nw.Expr, nw.Expr]]:
    """Level → whether a row is coded to it, and whether there is such a region."""
    code, levels = nw.col(column), {}
    for level in ("county", "township"):
        names = _regions(loaded, level)["region_code"].to_list()
        levels[level] = code.str.slice(0, DIGITS[level]).is_in(names)
    return {
        "county": (~code.str.contains(CITY), levels["county"]),
        "township": (
            (code.str.len_chars() >= DIGITS["township"]) & levels["county"],
            levels["township"],
        ),
    }


def _place(table: str) -> str | None:
    """The column that says where a row of facts belongs."""
    names = ("region_code", "county_code", "incident_region")
    columns = [name for name in names if name in polars_schema(table)]
    return columns[0] if columns and table != "region" else None


def _unplaced(
    table: str, column: str, level: str, rows: int, lost: int, frame: nw.LazyFrame
) -> Refusal:
    short = nw.col(column).str.slice(0, DIGITS[level])
    codes, level_zh = counted(column, frame.with_columns(short.alias(column))), LEVELS_ZH[level]
    return Refusal(
        "level_sum",
        f"{table}.{column}: {lost} of {rows} rows coded to a {level} ({percent(lost, rows)}) "
        f"belong to none in region{occurring(codes)}; the {level} figures would be 0 or under half "
        "of the level above. Make both use the same codes, or complete region",
        f"{label(table)}的{column}有{rows:,}行填到{level_zh}，其中{lost:,}行"
        f"（{percent(lost, rows)}）在行政区划中没有对应的{level_zh}{occurring_zh(codes)}，"
        f"{level_zh}合计将为0或不足上一级的一半。请核对两处代码是否一致、行政区划是否完整",
    )


def _short_sum(level: str, above: str, rows: int, placed: int, elsewhere: nw.LazyFrame) -> Refusal:
    named = nw.col("region_code").fill_null("（空）")
    codes = counted("region_code", elsewhere.with_columns(named))
    return Refusal(
        "level_sum",
        f"{REGISTER}.region_code: {placed} of {rows} rows ({percent(placed, rows)}) of the {above} "
        f"belong to a {level}, the others to none{occurring(codes)}; the {level} figures would be "
        "under half of the level above. Code them to the region in which they live",
        f"{label(REGISTER)}计入{LEVELS_ZH[above]}的{rows:,}行中，填到{LEVELS_ZH[level]}的只有{placed:,}行"
        f"（{percent(placed, rows)}），其余未填到{LEVELS_ZH[level]}{occurring_zh(codes)}，"
        f"{LEVELS_ZH[level]}合计不足上一级的一半。请在视图中填到居住的{LEVELS_ZH[level]}",
    )
