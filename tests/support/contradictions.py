"""Where what is shown contradicts itself: marks, targets, and names with two figures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from exhibits.marks import target_on
from queries.catalogue import catalogue
from shown import Shown

UP = ("上升", "增长", "延长", "新增", "多", "高", "长")
DOWN = ("下降", "缩短", "少", "低", "短")

#: What a change in the figure's unit begins with: 比7月末多12件.
COMPARED = re.compile(r"^比(?:\d{4}年)?\d+月(?:末|\d+日)(?:月均)?")

NUMBER = re.compile(r"([\d,]+(?:\.(\d+))?)(万|亿)?")
FACTORS = {"万": 10_000, "亿": 100_000_000}

#: Who reads the same number in 万 and whole must find it within the digits that are shown.
Range = tuple[float, float]


def faults(figures: Sequence[Shown], day: date) -> list[Shown | tuple[Shown, Shown]]:
    """Those whose mark, change, target and figure do not go together; names with two figures."""
    alone = [each for each in figures if against_mark(each) or against_target(each, day)]
    return [*alone, *two_figures(figures)]


def against_mark(each: Shown) -> bool:
    """Whether a mark says better or worse of what is shown to be the other way."""
    if each.mark[:1] not in ("▲", "▼"):
        return False
    # What is none of the catalogue's counts what is bad.
    better = catalogue()[each.id].better if each.id else "down"
    rises = (each.mark[0] == "▲") == (better == "up")
    if not each.beside:
        change = COMPARED.sub("", each.change.removeprefix("月均"))
        return change.startswith(DOWN if rises else UP)
    own, other = number(each.figure), number(each.beside)
    if own is None or other is None:
        return True
    return own[1] < other[0] if rises else own[0] > other[1]


def against_target(each: Shown, day: date) -> bool:
    """Whether a target is called missed that the figure meets, or met that it misses."""
    about = catalogue().get(each.id)
    if about is None or not each.target:
        return False
    target, value = target_on(about, day), number(each.figure)
    if target is None or value is None:
        return each.target != "—"
    middle = round(sum(value) / 2, 4)
    meets = middle >= target[0] if about.better == "up" else middle <= target[0]
    now = each.target.partition("，")[0]
    return "达标" not in now or ("未达标" in now) == meets


def two_figures(figures: Iterable[Shown]) -> Iterator[tuple[Shown, Shown]]:
    """Pairs under one name, of the same, that do not show one number."""
    first: dict[tuple[str, str], Shown] = {}
    for each in figures:
        other = first.setdefault((each.whose, each.name), each)
        if not _same(each.figure, other.figure):
            yield other, each


def _same(one: str, other: str) -> bool:
    ranges = number(one), number(other)
    if None in ranges:
        # “—” in a narrow cell stands for whatever reason is given elsewhere.
        return ranges == (None, None)
    (low, high), (lowest, highest) = ranges
    return low <= highest and lowest <= high


def number(figure: str) -> Range | None:
    """The numbers that a figure may stand for: 3.42万 is 34,150 to 34,250."""
    read = NUMBER.match(figure)
    if not read:
        return None
    factor = FACTORS.get(read[3], 1)
    value = float(read[1].replace(",", "")) * factor
    # Neighbours do not touch.
    half = 0.499999 * 10 ** -len(read[2] or "") * factor
    return value - half, value + half
