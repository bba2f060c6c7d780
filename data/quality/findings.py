"""What a check found, and what each rule means and asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

import narwhals as nw

from data.quality.shown_values import counted
from data.registry.frames import collected, sums

#: rule → (English text for the log, Chinese name, what to do).
RULES = {
    "missing_table": (
        "a contract table that is not there",
        "缺少表",
        "建立同名的表或视图后即接入",
    ),
    "missing_column": (
        "an optional table lacks contract columns and is read as not connected",
        "缺少列",
        "在视图中补上该列（没有数据时可为空值），否则整张表按未接入处理",
    ),
    "wrong_type": (
        "a value that its type cannot hold",
        "类型不符",
        "在源系统或视图中改为合同规定的类型，如日期 2026-01-31、整数、金额",
    ),
    "null_key": ("a null key", "主键为空", "补齐主键后重新载入"),
    "duplicate_key": (
        "a repeated key: all its rows",
        "主键重复",
        "查明重复来源，每个主键只保留一行；多源合并时给主键加来源前缀",
    ),
    "unknown_code": (
        "a code outside its closed list",
        "代码不在清单内",
        "在视图中把源代码对应到合同清单；清单之外的情形填“其他”或留空",
    ),
    "wrong_form": (
        "a region code without 6, 9 or 12 digits, or with others than its level has",
        "区划代码形式不符",
        "改为统计用区划代码：市、县区6位，乡镇9位，村12位；末尾补零的12位代码可以直接读取",
    ),
    "reversed_spell": (
        "a spell that ends before it starts",
        "时段止早于起",
        "核对起止日期；作废的时段应从视图中去掉",
    ),
    "step_before_start": (
        "a step before its own row's start",
        "环节早于起点",
        "核对该环节与起点的时间，多为补录或时区写错",
    ),
    "orphan_reference": (
        "a reference to a row that is not there",
        "引用无着落",
        "核对被引用的表是否完整、编码是否一致",
    ),
    "overlapping_spells": (
        "spells of one person and one kind overlap",
        "同类时段重叠",
        "上一时段未及时终止时补上终止日；人数已去重，不影响人数",
    ),
    "no_value": (
        "a row without a value that decides whether or where it counts",
        "必要的值为空",
        "在视图中填上；缺这个值的行不计入按它统计的指标",
    ),
    "no_county": (
        "a row of the register that is coded to the city alone",
        "只填到市级",
        "在视图中填到居住的县区、乡镇；否则只计入全市，各县区合计少于全市",
    ),
    "nobody_insured": (
        "nobody of dibao has the circumstance resident_insurance",
        "低保对象均无参保情形",
        "接入城乡居民医保参保数据；资助参保只计参保人员，没有时该项目无人符合条件",
    ),
    "event_before_birth": (
        "an event before the person's birth",
        "早于出生",
        "核对出生年月与发生日期，或人员键是否对错人",
    ),
    "steps_out_of_order": (
        "steps of a row out of order among themselves",
        "环节先后颠倒",
        "核对各环节时间，多为事后补录",
    ),
    "after_load": (
        "a row dated after the load",
        "晚于载入日",
        "仅供了解：晚于截至日的记录不进入指标；系统时钟或年份有误时更正",
    ),
}


@dataclass(frozen=True)
class Finding:
    """
    Rows of one table that break one rule in one column.

    `column` may be several joined by `+` (a composite key) or empty; `rows` counts rows;
    `examples` are up to three keys, the smallest first, parts of a composite key joined by `|`;
    `values`: codes that occur with their rows, or samples of what cannot be read, nothing personal.
    `set_aside`: the rows do not count; otherwise they count as they stand.
    """

    table: str
    rule: str
    column: str
    rows: int
    examples: tuple[str, ...] = ()
    set_aside: bool = False
    values: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """What to do, in Chinese."""
        return RULES[self.rule][2]

    @property
    def label(self) -> str:
        """The rule's Chinese name."""
        return RULES[self.rule][1]

    @property
    def text(self) -> str:
        """The rule in English, for the log."""
        return RULES[self.rule][0]


def examples(table: str, broken: nw.LazyFrame) -> tuple[str, ...]:
    """The keys of up to three of these rows of a contract table, smallest first."""
    # With the contract comes SQLAlchemy, which whoever reads the rules' names does not need.
    from data.registry import contract

    keys = contract.key_of(table)
    parts = [nw.col(each).cast(nw.String).fill_null("（空）") for each in keys]
    texts = broken.select(key=nw.concat_str(parts, separator="|"))
    return tuple(collected(texts.sort("key").head(3))["key"])


def found(
    table: str, rule: str, column: str, broken: nw.LazyFrame, with_codes: bool = False
) -> Iterator[Finding]:
    """The finding that reports these rows, if there are any; with the codes that occur or not."""
    (rows,) = sums(broken, nw.len())
    if rows:
        codes = counted(column, broken) if with_codes else ()
        yield Finding(table, rule, column, rows, examples(table, broken), values=codes)
