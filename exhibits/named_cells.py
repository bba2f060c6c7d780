"""Which cells of a matrix its sentence names: they stand out, so that it is found in the table."""

import re

import polars as pl

#: How a legend explains what they look like.
KEY = "加粗：上文所述"

#: Counties or departments in brackets behind what is said of them: 救助覆盖率（宕昌县、康县）.
LISTED = r"{name}（([^（）]*)）"


def with_named(data: pl.DataFrame, finding: str) -> pl.DataFrame:
    """A matrix' data with `named`: whether the sentence names a cell's row with its column."""
    named = [_named(finding, x, y) for x, y in data.select("x", "y").rows()]
    return data.with_columns(named=pl.Series(named, dtype=pl.Boolean))


def any_named(data: pl.DataFrame) -> bool:
    """Whether a sentence names a cell; an archive of before has no such column."""
    return "named" in data.columns and bool(data["named"].any())


def _named(finding: str, x: str, y: str) -> bool:
    """武都区最低生活保障, 礼县未转办逾期预警数, 救助覆盖率（宕昌县、康县）"""
    for one, other in ((x, y), (y, x)):
        for name in {other, without_period(other)}:
            if f"{one}{name}" in finding:
                return True
            lists = re.findall(LISTED.format(name=re.escape(name)), finding)
            if any(one in listed.split("等")[0].split("、") for listed in lists):
                return True
    return False


def without_period(name: str) -> str:
    """部门按时响应率 of 部门按时响应率（当月）"""
    return re.sub(r"（(当月|本年|本季度|上次会议以来|近12个月)）$", "", name)
