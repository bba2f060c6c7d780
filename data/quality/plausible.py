"""Whether what was read may be published, the first time too, or looks like no city."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from data.quality.foreign_keys import known, target_of
from data.quality.loading import Loaded
from data.quality.shown_values import counted
from data.reference.place import CITY, CITY_NAME, PREFIX
from data.registry.contract import REQUIRED, TABLES, polars_schema
from data.registry.inspection import Survey
from data.registry.texts import DIGITS

#: A required table that loses more of the rows read than this is not published; of a small table
#: `FEW` rows or half of it: two slips among nine warnings say nothing of the rest.
LOST, HALF = 0.1, 0.5

#: Of the rows coded to a level, the share that must belong to a region there.
PLACED = 0.5

#: Of the codes of departments or programmes in a column, the share of rows that must be known.
NAMED = 0.1

#: Rows of an optional or small table below which nothing is concluded from its columns.
FEW = 10

#: Rows after which all of them in one state is no chance, and with one key no household.
MANY, HOUSEHOLD = 100, 30

#: Rows of one key among all from which the figures are wrong.
ONE_KEY = 0.01

#: Columns without which a row counts nowhere.
DECIDING = {
    "identification_spell": ["person_key", "category_code", "region_code", "valid_from"],
    "circumstance_spell": ["person_key", "circumstance_code", "valid_from"],
    "benefit_spell": ["person_key", "programme_code", "region_code", "valid_from"],
    "warning": ["direction", "region_code", "raised_at"],
    "referral": ["to_dept", "region_code", "sent_at"],
}

#: Results, and steps of which one at least is taken of many rows.
RESULTS = {"warning": ["verify_result", "outcome_code"], "referral": ["outcome_code"]}
FIRST_STEPS = {
    "warning": ["verified_at", "closed_at"],
    "referral": ["accepted_at", "returned_at", "responded_at"],
}


@dataclass(frozen=True)
class Refusal:
    """A rule that is broken: in English for the log, in Chinese for the screen, with what to do."""

    rule: str
    text: str
    text_zh: str


def implausible(loaded: Loaded) -> list[Refusal]:
    """Why a registry is not to be published; empty when it may be, and for one without any row."""
    hidden = list(_hidden(loaded))
    if not any(loaded.rows_read.values()):
        return hidden
    rules = (_lost, _empty_columns, _top, _other_counties, _levels, _nameless, _states, _one_key)
    return hidden + [refusal for rule in rules for refusal in rule(loaded)]


def missing(survey: Survey) -> Refusal:
    """The refusal of a registry that lacks required tables or columns."""
    return Refusal("missing", str(survey.refusal()), str(survey.refusal()))


def _hidden(loaded: Loaded) -> Iterator[Refusal]:
    if loaded.hidden:
        tables = ", ".join(loaded.hidden)
        yield Refusal(
            "row_security",
            f"row-level security shows this account no row of {tables} (0%). Add a policy that "
            "lets it read them (CREATE POLICY … FOR SELECT TO …), or read a view of their owner",
            f"{'、'.join(map(_label, loaded.hidden))}启用了行级安全，本账户一行也看不到。"
            "请由库管理员为本账户建立可读策略（CREATE POLICY … FOR SELECT TO …），"
            "或改读由表所有者建立的视图",
        )


def _label(table: str) -> str:
    return f"{TABLES[table].info['label']}（{table}）"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}"


def _one(frame: pl.LazyFrame, *sums: pl.Expr) -> tuple:
    numbered = [each.alias(str(number)) for number, each in enumerate(sums)]
    return frame.select(numbered).collect(engine="streaming").row(0)


def _lost(loaded: Loaded) -> Iterator[Refusal]:
    for table in REQUIRED:
        rows, lost = loaded.rows_read[table], loaded.set_aside(table)
        if lost <= rows * (LOST if lost >= FEW else HALF):
            continue
        reasons = [each for each in loaded.findings if each.table == table and each.set_aside]
        why = "; ".join(
            f"{each.column}: {each.text}, {each.rows} rows{_values(each.values)}"
            for each in reasons
        )
        why_zh = "；".join(
            f"{each.column}{each.label}{each.rows:,}行{_values_zh(each.values)}，{each.advice}"
            for each in reasons
        )
        yield Refusal(
            "lost_rows",
            f"{table}: {lost} of {rows} rows ({_share(lost, rows)}) do not count ({why}). Correct "
            "them in the view or the source",
            f"{_label(table)}读入{rows:,}行，剔除{lost:,}行（{_share(lost, rows)}），"
            f"超过十分之一。{why_zh}",
        )


def _values(values: tuple[str, ...]) -> str:
    return f", such as {', '.join(values)}" if values else ""


def _values_zh(values: tuple[str, ...]) -> str:
    return f"（{'、'.join(values)}）" if values else ""


def _empty_columns(loaded: Loaded) -> Iterator[Refusal]:
    for table, columns in DECIDING.items():
        rows, *filled = _one(
            loaded.frames[table], pl.len(), *(pl.col(each).count() for each in columns)
        )
        for column in [c for c, n in zip(columns, filled, strict=True) if rows >= FEW and n == 0]:
            yield Refusal(
                "empty_column",
                f"{table}.{column} is empty in all {rows} rows (100%), so none of them counts. "
                "Fill the column in the view",
                f"{_label(table)}的{column}在全部{rows:,}行（100%）中为空，没有一行能计入。"
                "请在视图中填上该列",
            )


def _regions(loaded: Loaded, level: str) -> pl.DataFrame:
    regions = loaded.frames["region"].filter(region_level=level)
    return regions.select("region_code", "region_name").sort("region_code").collect()


def _named(regions: pl.DataFrame) -> str:
    codes = [f"{code} {name or ''}".strip() for code, name in regions.head(FEW).rows()]
    return "、".join(codes) or "—"


def _top(loaded: Loaded) -> Iterator[Refusal]:
    cities = _regions(loaded, "city")
    if cities.rows() != [(CITY, CITY_NAME)]:
        yield Refusal(
            "top_region",
            f"region has {cities.height} rows of the level city ({_named(cities)}); it must have "
            f"one, {CITY} {CITY_NAME}. Check region_level, region_code and region_name",
            f"行政区划（region）层级为city的有{cities.height}行（{_named(cities)}），应当只有一行："
            f"{CITY} {CITY_NAME}。请核对层级、代码、名称，以及接入的是不是本市的登记库",
        )


def _other_counties(loaded: Loaded) -> Iterator[Refusal]:
    counties = _regions(loaded, "county")
    others = counties.filter(~pl.col("region_code").str.starts_with(PREFIX))
    if others.height:
        share = _share(others.height, counties.height)
        yield Refusal(
            "other_place",
            f"{others.height} of {counties.height} counties ({share}) lie outside {CITY_NAME}: "
            f"{_named(others)}. Leave them out of region, or read the city's own registry",
            f"{counties.height}个县区中有{others.height}个（{share}）不属于{CITY_NAME}："
            f"{_named(others)}。请从行政区划中去掉，或核对接入的是不是本市的登记库",
        )


def _levels(loaded: Loaded) -> Iterator[Refusal]:
    """Rows coded to counties or townships of which most belong to none of the region table."""
    regions = {level: _regions(loaded, level)["region_code"] for level in ("county", "township")}
    for table, frame in loaded.frames.items():
        column = _place(table)
        if column is None:
            continue
        code = pl.col(column)
        in_county = code.str.slice(0, DIGITS["county"]).is_in(regions["county"].implode())
        # A city's own code ends in 00 and is coded to no county.
        coded = {"county": ~code.str.contains(r"^\d{4}00$")}
        coded["township"] = (code.str.len_bytes() >= DIGITS["township"]) & in_county
        for level, is_coded in coded.items():
            short = code.str.slice(0, DIGITS[level])
            unplaced = is_coded & ~short.is_in(regions[level].implode())
            rows, lost = _one(frame, is_coded.sum(), unplaced.sum())
            if rows >= (1 if table == "identification_spell" else FEW) and lost > rows * PLACED:
                yield _unplaced(table, column, level, rows, lost, frame.filter(unplaced), short)


def _place(table: str) -> str | None:
    """The column that says where a row of facts belongs."""
    names = ("region_code", "county_code", "incident_region")
    columns = [name for name in names if name in polars_schema(table)]
    return columns[0] if columns and table != "region" else None


def _unplaced(
    table: str, column: str, level: str, rows: int, lost: int, frame: pl.LazyFrame, code: pl.Expr
) -> Refusal:
    codes = counted(column, frame.with_columns(code.alias(column)))
    level_zh = {"county": "县区", "township": "乡镇"}[level]
    return Refusal(
        "level_sum",
        f"{table}.{column}: {lost} of {rows} rows coded to a {level} ({_share(lost, rows)}) belong "
        f"to none in region{_values(codes)}; the {level} figures would be 0 or under half of the "
        "level above. Make both use the same codes, or complete region",
        f"{_label(table)}的{column}有{rows:,}行填到{level_zh}，其中{lost:,}行"
        f"（{_share(lost, rows)}）在行政区划中没有对应的{level_zh}{_values_zh(codes)}，"
        f"{level_zh}合计将为0或不足上一级的一半。请核对两处代码是否一致、行政区划是否完整",
    )


def _nameless(loaded: Loaded) -> Iterator[Refusal]:
    for table, frame in loaded.frames.items():
        for column in polars_schema(table):
            target = target_of(table, column)
            if target not in ("departments", "programmes"):
                continue
            names = known(loaded.frames, target)
            if names is None:
                continue
            codes = names.collect().to_series().implode()
            unknown = pl.col(column).is_not_null() & ~pl.col(column).is_in(codes)
            rows, lost = _one(frame, pl.col(column).count(), unknown.sum())
            if rows >= FEW and rows - lost < rows * NAMED:
                yield _unknown(table, column, target, rows, lost, frame.filter(unknown))


def _unknown(
    table: str, column: str, target: str, rows: int, lost: int, frame: pl.LazyFrame
) -> Refusal:
    codes, kind = counted(column, frame), {"departments": "部门", "programmes": "项目"}[target]
    return Refusal(
        "unknown_names",
        f"{table}.{column}: {lost} of {rows} codes ({_share(lost, rows)}) are in no row of "
        f"{target}.csv{_values(codes)}. Map them in the view, or add them to the table",
        f"{_label(table)}的{column}已填{rows:,}行，其中{lost:,}行（{_share(lost, rows)}）"
        f"不是已知的{kind}代码{_values_zh(codes)}。请在视图中对应到{target}.csv的代码，或在该表中补充",
    )


def _states(loaded: Loaded) -> Iterator[Refusal]:
    """Many rows that are all in one state: a view's constant, or steps that are not connected."""
    for table, steps in FIRST_STEPS.items():
        results = RESULTS[table]
        rows, *taken = _one(
            loaded.frames[table],
            pl.len(),
            pl.any_horizontal(pl.col(steps).is_not_null()).sum(),
            *(pl.col(each).count() for each in results),
            *(pl.col(each).drop_nulls().n_unique() for each in results),
        )
        begun, filled, states = taken[0], taken[1 : 1 + len(results)], taken[1 + len(results) :]
        if rows >= MANY and not begun:
            yield _one_state(table, "+".join(steps), rows, rows, "（空）")
        for column, coded, different in zip(results, filled, states, strict=True):
            if coded >= MANY and different == 1:
                filled_rows = loaded.frames[table].filter(pl.col(column).is_not_null())
                (code,) = _one(filled_rows, pl.col(column).first())
                yield _one_state(table, column, coded, rows, code)


def _one_state(table: str, column: str, coded: int, rows: int, state: str) -> Refusal:
    share = _share(coded, rows)
    return Refusal(
        "one_state",
        f"{table}.{column}: all {coded} rows that say so ({share} of {rows}) are in one state: "
        f"{state}. See whether the view fills the column",
        f"{_label(table)}的{column}已填的{coded:,}行（占{rows:,}行的{share}）状态全部相同：{state}。"
        "请核对视图是否正确取数",
    )


def _one_key(loaded: Loaded) -> Iterator[Refusal]:
    """A household or person with so many rows that the key must mean “unknown”."""
    spells = loaded.frames["identification_spell"]
    rows = loaded.rows_kept["identification_spell"]
    for column, kind in {"household_key": "家庭", "person_key": "人员"}.items():
        keys = spells.filter(pl.col(column).is_not_null()).group_by(column).len()
        (most,) = _one(keys, pl.col("len").max())
        if most and most > HOUSEHOLD and most > rows * ONE_KEY:
            share = _share(most, rows)
            yield Refusal(
                "one_key",
                f"identification_spell.{column}: {most} of {rows} rows ({share}) have one and the "
                "same key; leave the column empty where the key is not known",
                f"认定时段（identification_spell）的{column}有{most:,}行（占{rows:,}行的{share}）是同一个{kind}键。"
                "不知道的请留空，不要填同一个值",
            )
