"""The sentence of a topic: how much of what, the highest and lowest, behind or ahead of time."""

from datetime import date

import polars as pl

from exhibits.suppressed import total
from exhibits.tasks.topic import Topic
from exhibits.wording import words
from exhibits.wording.periods import period
from queries.answers.significance import FEWEST
from queries.answers.topic_details import MEAN, MONEY, STOCKS
from queries.store.snapshot import Snapshot

#: Stocks of the households on the quarter's list.
QUARTERLY = ("target_group", "ever_visited")


def finding(
    snapshot: Snapshot,
    topic: Topic,
    since: date,
    rows: pl.DataFrame,
    connected: bool,
    expected: float | None,
) -> str:
    """What the rows say; `expected`: 序时进度 where the topic is compared with it."""
    if not connected:
        return f"{words.NOT_CONNECTED}。"
    stock = "本季度" if topic.id in QUARTERLY else "截至日"
    when = stock if topic.id in STOCKS else period(snapshot, since)
    met, whole = (total(rows[name]) if rows.height else 0 for name in ("met", "whole"))
    if whole == 0:
        return f"{when}{'本单位' if snapshot.access.department else ''}未发生。"
    text = f"{when}{topic.whole}{_amount(topic, whole, MONEY)}，{topic.met}{_met(topic, met)}，"
    text += f"{topic.rate}{_rate(topic, met, whole)}"
    if expected is not None:
        text += _against(met, whole, expected)
    return f"{text}{_over(topic, rows)}{_extremes(topic, rows)}。"


def _amount(topic: Topic, value: float | None, money: tuple[str, ...]) -> str:
    if value is None or topic.id not in money:
        return words.count(value, topic.unit)
    return words.money(value)


def _met(topic: Topic, met: float | None) -> str:
    if met is None and topic.id in MEAN:
        return words.HIDDEN
    return _amount(topic, met, (*MONEY, *MEAN))


def _rate(topic: Topic, met: float | None, whole: float | None) -> str:
    if topic.id not in MEAN:
        return words.share(met, whole)
    return words.HIDDEN if met is None or not whole else f"{met / whole:,.2f}元"


def _against(met: float | None, whole: float | None, expected: float) -> str:
    """，序时进度33.70%，慢于序时进度2.10个百分点"""
    text = f"，序时进度{expected:.2f}%"
    if met is None or not whole:
        return text
    ahead = round(met / whole * 100, 2) - round(expected, 2)
    if abs(ahead) < 0.005:
        return f"{text}，与序时进度持平"
    return f"{text}，{'快于' if ahead > 0 else '慢于'}序时进度{abs(ahead):.2f}个百分点"


def _over(topic: Topic, rows: pl.DataFrame) -> str:
    """Where more was spent than allocated, or given than the cap: a fault, not a success."""
    if topic.id == "small_amount":
        above = rows.filter(pl.col("met") > 0)["label"].to_list()
        return f"；超过上限、须核查的是{words.listed(above)}" if above else ""
    if topic.id not in MONEY:
        return ""
    over = rows.filter(pl.col("met") > pl.col("whole")).sort("rate", descending=True)
    if over.is_empty():
        return ""
    most = [
        f"{label}（{rate:.2f}%）" for label, rate in over.select("label", "rate").head(3).rows()
    ]
    more = f"等{over.height}处" if topic.by == "region" else f"等{over.height}项"
    listed = f"{words.listed(most)}{more if over.height > 3 else ''}"
    return f"；支出超过下达、须核查的是{listed}"


def _extremes(topic: Topic, rows: pl.DataFrame) -> str:
    enough = rows.filter(pl.col("whole") >= FEWEST).drop_nulls("rate")
    if enough.height < 2 or topic.by == "month" or topic.share or topic.apart:
        return ""
    unit = "元" if topic.id in MEAN else "%"
    low, high = (enough.sort("rate").row(i, named=True) for i in (0, -1))
    if low["rate"] == high["rate"]:
        return ""
    if topic.id in MONEY:
        return f"；进度最低的是{low['label']}（{low['rate']:.2f}%）"
    return (
        f"；最高的是{high['label']}（{high['rate']:,.2f}{unit}），"
        f"最低的是{low['label']}（{low['rate']:,.2f}{unit}）"
    )
