"""The sums over programmes of the scope's region in words: 应救未救…人，较…；救助覆盖率…"""

from exhibits.coverage.rows import SCREENED
from exhibits.wording import names, words
from exhibits.wording.changes import change
from exhibits.wording.figures import and_households
from queries.answers.coverage import narrowed_by
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.catalogue import catalogue
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

OVERALL = {"firm": ("I0890", "I0891"), "suspected": ("I0892", "I0893")}


def persons_row(snapshot: Snapshot, scope: Scope, indicator: str) -> dict:
    """The indicator's figure of the region; for a department's role that of its programmes."""
    by, group, region = _place(snapshot, scope)
    narrowed = (scope.residence or None, scope.category or None)
    rows = indicators(snapshot, by, None, *narrowed, region)
    return rows.filter(id=indicator, group=group).row(0, named=True)


def _place(snapshot: Snapshot, scope: Scope) -> tuple[str, str, str]:
    """Breakdown, group and region of `persons_row`."""
    if own := snapshot.access.department:
        return "department", own, scope.region
    return scope.region.level, own_group(snapshot, scope.region), ""


def _change_since(snapshot: Snapshot, scope: Scope, now: dict) -> str:
    """较2026年10月31日下降5.66%（不含取暖救助）, 变化无可比数据; `now`: of `persons_row`."""
    then = before(snapshot, scope)
    old = persons_row(then, scope, now["id"])["value"] if then else None
    narrowed = narrowed_by(scope.residence, scope.category)
    by, group, region = _place(snapshot, scope)
    about, figures = catalogue()[now["id"]], (now["value"], old)
    changed = change(snapshot, scope, about, figures, by, group, region, narrowed)
    if then is None or changed == words.UNKNOWN:
        return f"变化{words.UNKNOWN}"
    return f"较{words.day(then.as_of)}{changed}"


def overall_words(snapshot: Snapshot, scope: Scope, basis: str) -> str:
    """应救未救…人，较…；救助覆盖率…"""
    missing, covered = OVERALL[basis]
    now, name = persons_row(snapshot, scope, missing), names.BASES[basis]
    homes = persons_row(snapshot, scope, "I0894") if basis == "firm" else None
    if now["status"] != "ok":
        return f"{name}{words.STATUS[now['status']]}"
    rate, unit = persons_row(snapshot, scope, covered), now["unit"]
    return (
        f"{names.whose(snapshot, scope.region, snapshot.access.department, name)}"
        f"{words.count(now['value'], unit)}{and_households(homes)}（{SCREENED}），"
        f"{_change_since(snapshot, scope, now)}；"
        f"{rate['name']}{words.value(rate['value'], '%', rate['status'])}"
    )
