"""The change beside a figure, in words: 月均 of unequal lengths, sums of the same programmes."""

from collections.abc import Callable

from data.reference import policy_tables
from exhibits.wording import names, words
from exhibits.wording.periods import offered_on
from queries.answers.compared_sums import Pair, compared
from queries.answers.periods import by_month, per_month
from queries.answers.programme_sums import members
from queries.catalogue import Indicator
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

#: How two figures and their unit are compared.
InWords = Callable[[float | None, float | None, str], str]


def change(
    snapshot: Snapshot,
    scope: Scope,
    about: Indicator,
    figures: Pair,
    by: str,
    group: str,
    region: str = "",
    narrowed: tuple[tuple[str, str], ...] = (),
    in_words: InWords = words.change,
) -> str:
    """
    The change against the compared day of a group's figure; `figures`: of both days, the whole.

    Of counts over unequal lengths 月均下降5.66%; of a sum over programmes without those that do not
    compare: 下降5.66%（不含取暖救助）. `in_words`: how two figures and their unit are compared.
    """
    earlier = before(snapshot, scope)
    if earlier is None:
        return words.UNKNOWN
    both = [offered_on(each).get(scope.period) for each in (snapshot, earlier)]
    months = by_month(about, *both)
    if months is not None and None not in figures and figures[1]:
        return f"月均{in_words(*per_month(*figures, months), about.unit)}"
    days = snapshot, earlier
    return change_between(days, about, figures, by, group, region, narrowed, in_words)


def change_between(
    days: tuple[Snapshot, Snapshot],
    about: Indicator,
    figures: Pair,
    by: str,
    group: str,
    region: str = "",
    narrowed: tuple[tuple[str, str], ...] = (),
    in_words: InWords = words.change,
) -> str:
    """The same between two days, of figures that need no 月均."""
    figures, left = compared(days, about.id, figures, by, group, region, narrowed)
    text = in_words(*figures, about.unit)
    if not left or text == words.UNKNOWN:
        return text
    return f"{text}（不含{_named(left, members(about.id, by, group, days[0].as_of))}）"


def since(
    snapshot: Snapshot, scope: Scope, about: Indicator, figures: Pair, by: str, group: str
) -> str:
    """比7月末多12件, 与7月末持平: the change in the figure's own unit, with the compared day."""
    text = change(snapshot, scope, about, figures, by, group, in_words=words.difference)
    earlier = before(snapshot, scope)
    if earlier is None or text.startswith(words.UNKNOWN):
        return f"变化{words.UNKNOWN}"
    day = words.on(earlier.as_of, snapshot.as_of)
    return f"{'与' if text.startswith('持平') else '比'}{day}{text}"


def _named(left: list[str], summed: list[str]) -> str:
    """学年各项目、取暖救助: a season by its name where all its programmes are left out."""
    named: dict[str, None] = {}
    for programme in left:
        kind = _kind(programme)
        same = [p for p in summed if _kind(p) == kind]
        whole = kind in names.SEASONS and len(same) > 1 and set(same) <= set(left)
        named[f"{names.SEASONS[kind]}各项目" if whole else names.programme(programme)] = None
    return words.listed(list(named))


def _kind(programme: str) -> str:
    return policy_tables.programme(programme)["coverage_window"]
