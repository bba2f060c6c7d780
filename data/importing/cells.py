"""Cells of a file → rows of a contract table, and each cell that cannot be one with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import narwhals as nw
import polars as pl

from data.importing.choices import choices
from data.importing.headers import matched
from data.importing.typed_days import spelled
from data.registry import codes, conversion, texts
from data.registry.contract import TABLES, base_type, key_of, polars_schema

#: Local code → the contract's, by (table, column); the file of `--codes`.
LocalCodes = dict[tuple[str, str], dict[str, str]]


@dataclass(frozen=True)
class Local:
    """
    What the sender writes otherwise, and where its rows lie.

    `headers`: its own headers → columns, by table; `prefix`: what codes of its regions begin with.
    """

    codes: LocalCodes = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    prefix: str = ""

    def headers_of(self, table: str) -> Mapping[str, str]:
        """Its own headers of a table."""
        return self.headers.get(table, {})


#: Columns that say whose a row is; another may name where something happened.
OWN = ("region_code", "county_code")

#: Number of the file's row, beside the contract's columns.
ROW = "file_row"


@dataclass(frozen=True)
class Refusal:
    """A cell that is sent back. `row` is the file's, 1 the header; `private`: shown as ■."""

    row: int
    header: str
    reason: str
    private: bool = False


def typed(table: str, cells: pl.DataFrame, local: Local) -> tuple[pl.DataFrame, list[Refusal]]:
    """Rows in the contract's types with `file_row`, blank rows left out, and what is refused."""
    column_by_header = matched(table, cells.columns, local.headers_of(table))
    headers = {column: header for header, column in column_by_header.items()}
    filled = cells.with_row_index(ROW, offset=2).filter(
        pl.any_horizontal(pl.col(cells.columns).str.strip_chars() != "")
    )
    read, refusals = {ROW: filled[ROW].cast(pl.Int64)}, []
    for column, dtype in polars_schema(table).items():
        if column not in headers:
            read[column] = pl.repeat(None, filled.height, dtype=dtype, eager=True)
            continue
        text = _in_contract_form(table, column, filled[headers[column]], local.codes)
        declared = TABLES[table].columns[column].info["type"]
        values, wrong = conversion.typed(text, declared)
        read[column] = texts.region_codes(values) if column in texts.REGIONS else values
        reason = f"不能读作{_kind(declared)}"
        refusals += [Refusal(row, headers[column], reason) for row in filled[ROW].filter(wrong)]
    frame = pl.DataFrame(read)
    return frame, [*refusals, *_unfit(table, frame, headers, local.prefix)]


def _in_contract_form(table: str, column: str, text: pl.Series, local: LocalCodes) -> pl.Series:
    if base_type(TABLES[table].columns[column].info["type"]) in ("date", "timestamp"):
        return spelled(text, column)
    names = choices(table, column)
    labels = texts.bare(pl.Series([*names], dtype=pl.String))
    bare_names = dict(zip(labels, names.values(), strict=True))
    translated = local.get((table, column), {})
    if not bare_names and not translated:
        return text
    return texts.bare(text).replace(translated).replace(bare_names)


def _kind(declared: str) -> str:
    kinds = {"date": "日期", "timestamp": "时间", "decimal": "金额", "double": "数"}
    return kinds.get(base_type(declared), "整数")


def _unfit(
    table: str, frame: pl.DataFrame, headers: dict[str, str], prefix: str
) -> Iterator[Refusal]:
    """Values that are read and still are none of the contract's."""
    keys = key_of(table)
    repeated = pl.struct(keys).is_duplicated()
    rules = [(column, pl.col(column).is_null(), "必须填写") for column in keys]
    rules += [(keys[0], repeated & ~pl.any_horizontal(pl.col(keys).is_null()), "同一键出现多次")]
    for column in headers:
        declared = TABLES[table].columns[column].info["type"]
        if column in texts.REGIONS:
            form = ~pl.col(column).str.contains(texts.REGION_FORM)
            rules.append((column, form, "区划代码应为6、9或12位数字"))
            if column in OWN:
                foreign = ~form & ~pl.col(column).str.starts_with(prefix)
                rules.append((column, foreign, f"不是本地区（{prefix}）的区划代码"))
        elif (outside := codes.unknown(table, column)) is not None:
            is_outside = nw.from_native(frame).select(outside).to_native().to_series()
            rules.append((column, pl.lit(is_outside), "不在代码表中"))
        if base_type(declared) == "varchar":
            most = int(declared.split("(")[1].rstrip(")"))
            rules.append((column, pl.col(column).str.len_chars() > most, f"超过{most}个字"))
    for column, broken, reason in rules:
        for row in frame.filter(broken.fill_null(False))[ROW]:
            yield Refusal(row, headers.get(column, ""), reason)
