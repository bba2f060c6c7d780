"""口径说明: what the figures of the meeting's pages count, on one page."""

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.meeting.decisions import PAGE
from exhibits.meeting.summary import SIX, SIX_OF_DEPARTMENT
from exhibits.recipe import builder
from exhibits.wording.definitions import target, texts
from exhibits.wording.periods import name_of, named
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Indicators of the departments' page beside the six.
FURTHER = ("I0721", "I0203")

MARKS = (
    (
        "标记",
        "▲优于、▼劣于：95%置信区间不含对照值，分母满30；■逾期；✔达标、✘未达标，只看当前值；"
        "◆异常变化、前后相反或临期；●正常；○不作判断。",
    ),
    ("议题排序", "按超出数：单位比照其他单位的比率多出的件数，除以该项全市平时每月的变动。"),
)


@builder
def notes(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Name, and what is counted with its target and basis."""
    ids = SIX_OF_DEPARTMENT if scope.department else (*SIX, *FURTHER)
    rows = [
        ("统计期", f"流量指标为{named(snapshot, scope)}，存量指标为截至日。"),
        *(_counted(i, scope.period) for i in ids),
    ]
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"notes-{scope.department}",
        title="口径说明",
        finding="政策原文未规定天数、目标；时限、目标均注明依据：法定、外省参照或系统默认。",
        table=pl.DataFrame([*rows, *MARKS], schema=["名称", "口径"], orient="row"),
        chart=None,
        definition="完整口径见看板“指标口径”。",
    )


def _counted(indicator: str, period: str) -> tuple[str, str]:
    text, aim = texts()[indicator], target(indicator)
    of = f"÷{text['denominator']}" if text["denominator"] else ""
    name = name_of(catalogue()[indicator], period)
    return name, f"{text['numerator']}{of}{f'；目标{aim}' if aim else ''}。"
