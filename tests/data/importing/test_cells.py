"""What people type, as the contract's rows."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from data.importing.cells import Local, Refusal, typed
from data.importing.choices import choices
from data.importing.files import read
from data.importing.workbooks import file_name, write_template
from data.registry.contract import TABLES, base_type, key_of, polars_schema


@pytest.mark.parametrize(
    "spelling",
    ["2024/1/1", "20240101", "2024年1月1日", "2024-1-1", "2024.01.01", "45292", "２０２４/1/1"],
)
def test_a_day_is_read_as_people_type_it(spelling):
    cells = pl.DataFrame({"人员代理键": ["p1"], "死亡日期": [spelling]})
    rows, refused = typed("person", cells, Local())
    assert (rows["death_date"].to_list(), refused) == ([date(2024, 1, 1)], [])


@pytest.mark.parametrize("spelling", ["2024年3月", "202403", "2024-3", "2024/3/1"])
def test_a_month_is_its_first_day(spelling):
    rows, refused = typed(
        "person", pl.DataFrame({"person_key": ["p"], "出生年月": [spelling]}), Local()
    )
    assert (rows["birth_month"].to_list(), refused) == ([date(2024, 3, 1)], [])


def test_a_time_is_read_with_an_hour_of_one_digit_and_as_a_serial():
    cells = pl.DataFrame({"预警号": ["w1", "w2"], "产生时间": ["2024/1/1 8:30", "45292.5"]})
    rows, _ = typed("warning", cells, Local())
    assert rows["raised_at"].to_list() == [datetime(2024, 1, 1, 8, 30), datetime(2024, 1, 1, 12)]


def test_codes_come_as_codes_as_chinese_names_and_as_local_codes():
    cells = pl.DataFrame({"person_key": ["a", "b", "c", "d"], "性别": ["男", "female", "01", "甲"]})
    rows, refused = typed("person", cells, Local({("person", "sex"): {"01": "male"}}))
    assert rows["sex"].to_list() == ["male", "female", "male", "甲"]
    assert refused == [Refusal(5, "性别", "不在代码表中")]


def test_a_refused_cell_is_named_by_the_row_of_the_file():
    cells = pl.DataFrame({"人员代理键*": ["a", "", "", "a"], "出生年月": ["x", "", "2000-01", ""]})
    rows, refused = typed("person", cells, Local())
    assert rows["file_row"].to_list() == [2, 4, 5]
    assert refused == [
        Refusal(2, "出生年月", "不能读作日期"),
        Refusal(4, "人员代理键*", "必须填写"),
        Refusal(2, "人员代理键*", "同一键出现多次"),
        Refusal(5, "人员代理键*", "同一键出现多次"),
    ]


def test_a_csv_is_read_in_utf_8_and_in_gbk(tmp_path):
    for encoding in ("utf-8-sig", "gbk"):
        (tmp_path / "person.csv").write_bytes("人员代理键,性别\np1,女\n".encode(encoding))
        assert read(tmp_path / "person.csv").cells.rows() == [("p1", "女")]


VALUES = {
    "date": st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    "timestamp": st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    "decimal": st.decimals(-(10**6), 10**6, places=2),
    "double": st.floats(-180, 180),
    "integer": st.integers(0, 10**6),
    "smallint": st.integers(0, 1),
    "varchar": st.text("abc赵", min_size=3, max_size=8),
}


@st.composite
def _table(draw) -> tuple[str, pl.DataFrame]:
    """A table with up to four rows that keep the contract."""
    name = draw(st.sampled_from([*TABLES]))
    number = count(10)
    columns = {}
    rows = draw(st.integers(1, 4))
    for column in TABLES[name].columns:
        kind = base_type(column.info["type"])
        allowed = [*choices(name, column.name).values()]
        one = st.sampled_from(allowed) if allowed and kind == "varchar" else VALUES[kind]
        if column.name in ("attr1", "attr2"):
            one = st.none()
        if column.name.endswith("region") or (column.name.endswith("_code") and not allowed):
            one = st.sampled_from(["621202", "621202100", "621202100001"])
        if column.name in key_of(name) and not allowed and kind == "varchar":
            one = st.builds(lambda: f"6212021000{next(number)}")
        elif column.name not in key_of(name):
            one = st.none() | one
        columns[column.name] = draw(st.lists(one, min_size=rows, max_size=rows))
    frame = pl.DataFrame(columns, schema=_schema(name), strict=False)
    return name, frame.unique(key_of(name), keep="first", maintain_order=True)


def _schema(name: str) -> dict:
    money = {c.name for c in TABLES[name].columns if base_type(c.info["type"]) == "decimal"}
    return {c: pl.Decimal(14, 2) if c in money else t for c, t in polars_schema(name).items()}


@settings(max_examples=25)
@given(_table())
def test_what_is_written_into_a_template_is_read_again_row_by_row(tmp_path_factory, drawn):
    name, frame = drawn
    path = tmp_path_factory.mktemp("written") / file_name(name)
    write_template(name, path, [list(row) for row in frame.rows()])
    rows, refused = typed(name, read(path).cells, Local())
    money = [c for c, t in _schema(name).items() if t == pl.Decimal(14, 2)]
    fen = frame.with_columns((pl.col(money) * Decimal(100)).cast(pl.Int64))
    assert refused == []
    assert_frame_equal(rows.drop("file_row"), fen)
