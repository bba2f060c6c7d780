"""What month-ends and targets say of a figure, in words: a mark is a shape and a word."""

from datetime import date

from exhibits.wording import words
from queries.answers.marks import Mark
from queries.catalogue import Indicator

VARIATION = {
    "improvement": "▲ 异常好转",
    "concern": "▼ 异常变差",
    "neutral": "◆ 异常变化",
    "common": "● 正常波动",
}

#: Why nothing is claimed of a series.
UNJUDGED = {
    "none": "不作判断",
    "few": "月末不足12个，不作判断",
    "still": "变化太少，不作判断",
    "season": "随季节变化，不作判断",
    "progress": "随进度累计，不作判断",
}

ASSURANCE = {
    "pass": "✔ 持续达标",
    "fail": "✘ 持续未达标",
    "met": "✔ 达标",
    "missed": "✘ 未达标",
    "met_mostly_missed": "◆ 本期达标，{span}多数月末未达标",
    "missed_mostly_met": "◆ 本期未达标，{span}多数月末达标",
    "": "—",
}

#: The class that colours a statement on a target; what points both ways has none.
TONES = {"pass": "improvement", "met": "improvement", "fail": "concern", "missed": "concern"}

#: What says that the present value misses its target, whatever the month-ends did.
MISSED = ("missed", "fail", "missed_mostly_met")

#: Two years of month-ends, with or without the one that ends them.
TWO_YEARS = (24, 25)


def span(points: int) -> str:
    """近两年, or as many months as there are."""
    return "近两年" if points in TWO_YEARS else f"近{points}个月"


def told(rule: str, upward: bool | None, run: int | None, about: str, unit: str = "个月") -> str:
    """连续9个月高于近两年平均水平: what a rule saw; `about`: 近两年, `run`: as `xmr` counts it."""
    return {
        "outside": "高于控制上限" if upward else "低于控制下限",
        "trend": f"连续{run}{unit}{'上升' if upward else '下降'}",
        "two_of_three": f"近3{unit}中至少2{unit}接近控制{'上' if upward else '下'}限",
        "shift": f"连续{run}{unit}{'高于' if upward else '低于'}{about}平均水平",
    }[rule]


def seen(mark: Mark) -> str:
    """What the rule saw at the last month-end."""
    return told(mark.rule, mark.upward, mark.run, span(len(mark.values)))


def variation(about: Indicator, mark: Mark) -> str:
    """▼ 异常变差; where the change goes the other way: ◆ 连续9个月上升，较对比日下降."""
    if mark.unjudged:
        return f"○ {UNJUDGED[mark.unjudged]}"
    if mark.against:
        return f"◆ {seen(mark)}，{_other_way(about, mark)}"
    return VARIATION[mark.variation]


def _other_way(about: Indicator, mark: Mark) -> str:
    """较对比日下降, or of the month-ends alone: 9月末较6月末下降."""
    verb = words.verb(-1 if mark.upward else 1, about.unit)
    if mark.against == "compared" or not mark.last or not mark.base:
        return f"较对比日{verb}"
    years = mark.last.year != mark.base.year
    return f"{_month_end(mark.last, years)}较{_month_end(mark.base, years)}{verb}"


def _month_end(day: date, with_year: bool) -> str:
    return f"{f'{day.year}年' if with_year else ''}{day.month}月末"


def sentence(about: Indicator, mark: Mark) -> str:
    """The same within a sentence: 异常变差，属正常波动."""
    said = variation(about, mark)[2:]
    if mark.unjudged or mark.against:
        return said
    return f"属{said}" if mark.variation == "common" else said


def target(met: str, mark: Mark) -> str:
    """✘ 未达标; a dash where there is no target."""
    return ASSURANCE[met].format(span=span(len(mark.values)))


def verdict(about: Indicator, mark: Mark, met: str) -> tuple[str, str]:
    """
    One statement on a figure and its class: ✘ 未达标，异常变差; empty where nothing is claimed.

    The target decides the class; what the month-ends say stands behind it.
    """
    moved = "" if mark.unjudged or mark.variation in ("common", "") else variation(about, mark)
    if not met:
        return moved, mark.variation if moved else ""
    text, tone = target(met, mark), TONES.get(met, "")
    if not moved:
        return text, tone
    apart = {tone, mark.variation} == {"improvement", "concern"}
    return f"{text}，{'但' if apart else ''}{moved[2:]}", tone
