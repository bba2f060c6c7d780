"""The measures of the ranking in words: what is counted, by which limit, and where it is seen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from data.reference import policy_tables
from data.reference.validity import holding
from exhibits.overview.page_of import PAGES, page_of
from exhibits.wording import names
from exhibits.wording.definitions import BASES, limit
from queries.answers.attention_counts import STATES
from queries.answers.coverage import unit_of
from queries.cubes.programmes import programme_numbers

#: What is late by a department's doing, though a county counts it.
OF_REFERRALS = ("routed", "I0724", "I0723", "I0204", "I0203")

#: 名称、单位、比率: flows are of the month to date, “{month}” is its name.
NAMES = {
    "I0724": ("逾期未办结推送", "件", "逾期率"),
    "I0723": ("{month}到期未按时响应的推送", "件", "未按时率"),
    "I0204": ("{month}到期未及时签收的推送", "件", "未及时率"),
    "I0203": ("{month}到期未及时反馈的推送", "件", "未及时率"),
    "I0104": ("{month}到期未按时办结的认定申请", "件", "未按时率"),
    "I0301": ("{month}未按时上报的数据", "批次", "未按时率"),
    "I0302": ("{month}未及时汇入的监测对象数据", "批次", "未及时率"),
    "I0502": ("{month}到期未按时办结的诉求", "件", "未按时率"),
    "I1001": ("{month}未及时先行救助的急难个案", "件", "未及时率"),
    "I0303": ("{month}上报数据问题", "条", "问题率"),
    "I0601": ("走访低于序时进度", "户", "欠进度比例"),
    "I1302": ("逾期议定事项", "项", "逾期率"),
    "I0808": ("死亡未停发", "人", "占在享人数"),
    "I0809": ("重复享受", "人", "占在享人数"),
    "I0706": ("应退未退", "人", "占核实不再符合条件人数"),
    "I0807": ("部分成员保障（待核实）", "户", "占低保户数"),
}

#: Steps of `sla.csv` whose limit a measure is judged by.
STEPS = {
    "coordinating": "coordination.decide",
    "routed": "referral.feedback",
    "responded": "warning.finish",
    "applied": "application.total",
    "settled": "warning.finish",
    "I0724": "referral.feedback",
    "I0723": "referral.feedback",
    "I0204": "referral.accept",
    "I0203": "referral.feedback",
    "I0104": "application.total",
    "I0301": "submission.county",
    "I0302": "submission.county",
    "I1001": "emergency.first_aid",
    "I0706": "warning.exit_terminate",
}

#: Steps of the three parts of 未转办.
UNROUTED = {"核查": "warning.verify", "转办": "warning.refer", "启动认定": "warning.apply_start"}

#: Of measures without one step of their own.
OTHERWISE = {
    "I0502": "按各办理方式的时限",
    "I1302": "会议议定的完成时限",
    "I0808": "死亡次月起仍在发放",
    "I0809": "同时享受两项及以上",
    "I0807": "按规则筛查、待核实",
}

#: The part of the page that shows a measure.
PARTS = {
    "unrouted": "unrouted",
    **dict.fromkeys(("coordinating", "routed", "responded", "applied", "settled"), "flow"),
    **{"I0724": "trend", "I0723": "on_time", "I0204": "accepted", "I0203": "feedback"},
    **dict.fromkeys(("I0808", "I0809", "I0706"), "beyond"),
    "I0807": "missing",
    "I1302": "last",
}


@dataclass(frozen=True)
class Measure:
    """A measure in words."""

    name: str
    unit: str
    rate: str
    limit: str


def described(measure: str, day: date) -> Measure:
    """未转办逾期预警、条、逾期率、时限及依据."""
    if measure in programme_numbers():
        target, basis = policy_tables.targets(day).get("I0891", (None, ""))
        aim = f"覆盖率目标{target:g}%（{basis}）；" if target is not None else ""
        name = f"{names.programme(measure)}应救未救"
        return Measure(name, unit_of(measure), "未覆盖率", f"{aim}按规则筛查、待核实")
    if measure in STATES.values():
        state = "未转办" if measure == "unrouted" else names.STATES[measure]
        return Measure(f"{state}逾期预警", "条", "逾期率", _limit(measure, day))
    name, unit, rate = NAMES[measure]
    return Measure(name.format(month=f"{day.month}月"), unit, rate, _limit(measure, day))


def _limit(measure: str, day: date) -> str:
    if measure in STEPS:
        return limit(STEPS[measure])
    if measure == "unrouted":
        held = holding(policy_tables.table("sla"), day).to_dicts()
        rows = {row["step_code"]: row for row in held}
        days = "、".join(f"{name}{rows[step]['limit_value']}" for name, step in UNROUTED.items())
        bases = "、".join(dict.fromkeys(BASES[rows[step]["basis"]] for step in UNROUTED.values()))
        return f"时限{days}个工作日（{bases}）"
    if measure == "I0601" and measure in policy_tables.targets(day):
        target, basis = policy_tables.targets(day)[measure]
        return f"目标{target:g}%，按序时进度（{basis}）"
    return OTHERWISE.get(measure, "未设目标，与其他地区比较")


def seen_on(measure: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The page that shows a measure, and what is chosen there."""
    if measure in programme_numbers():
        return "coverage", (("part", "cascade"),)
    if measure == "I1302":
        return "meeting", (("part", "last"),)
    if measure in STATES.values():
        return "warnings", (("part", PARTS[measure]),)
    part = (("part", PARTS[measure]),) if measure in PARTS else ()
    return page_of(measure), (*part, ("indicator", measure))


def of_month(measure: str) -> bool:
    """Whether a measure counts the month to date, whatever period is chosen."""
    return "{month}" in NAMES.get(measure, ("",))[0]


def recipe_of(measure: str) -> tuple[str, dict[str, Any]]:
    """The builder of the exhibit that shows a measure, and its options."""
    if measure in programme_numbers():
        return "coverage.cascade.cascade", {"basis": "firm"}
    if measure == "unrouted":
        return "warnings.unrouted.by_group", {"by": "county"}
    if measure in STATES.values():
        return "warnings.cases.states", {}
    if measure in ("I0723", "I0204", "I0203"):
        return "response.rates.rate", {"indicator": measure}
    if measure == "I1302":
        return "meeting.decisions.decided", {}
    if measure in ("I0808", "I0809", "I0706"):
        return "coverage.beyond.not_terminated", {"indicator": measure}
    if measure == "I0807":
        return "coverage.by_region.by_region", {"indicator": measure}
    page = PAGES[page_of(measure)]
    return "series.trend", {"indicator": measure, "page": page}


def indicators_of(measure: str) -> tuple[str, ...]:
    """Indicators that a decision about the measure names."""
    if measure in programme_numbers():
        return ()
    if measure in STATES.values():
        return ("I0707", "I0708") if measure == "unrouted" else ()
    return ("I0723", "I0724") if measure in OF_REFERRALS[1:3] else (measure,)


def list_of(measure: str) -> str:
    """The list of 待办 that holds the cases of a measure: warning, referral, or none."""
    if measure in STATES.values():
        return "warning"
    return "referral" if measure == "I0724" else ""
