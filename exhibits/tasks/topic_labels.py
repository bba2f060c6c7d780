"""Labels of a topic's breakdown by code, in their order."""

from collections.abc import Callable, Mapping

from data.reference import policy_tables
from exhibits.wording import names
from queries.answers.topic_details import AID_HOURS, PAPERWORK_DAYS
from queries.catalogue import OF_PROGRAMMES
from queries.cubes.term_columns import MONITORED_KINDS

STEPS = {"township_review": "乡镇初审", "county_confirm": "县级确认", "upload": "录入上传"}

SUPPLY = {"purchased": "政府购买", "own": "自行提供"}

HOME = {"local": "本地户籍", "nonlocal": "非本地户籍"}


def _bands(ends: tuple[int, ...], unit: str, still: str) -> dict[str, str]:
    """Names of the bands of a clock, in their order."""
    starts = (0, *ends)
    name_by_band = {str(b): f"{a}–{b}{unit}" for a, b in zip(starts, ends, strict=False)}
    return name_by_band | {"over": f"超过{ends[-1]}{unit}", "open": still}


def _some(table: str, column: str, codes: tuple[str, ...]) -> dict[str, str]:
    """Labels of some codes of a column."""
    return {code: policy_tables.labels(table, column)[code] for code in codes}


#: Latin codes of matched data sets are departments here.
LABELS: dict[str, Callable[[], Mapping[str, str]]] = {
    "application_step": lambda: STEPS,
    "appeal_mode": lambda: policy_tables.labels("appeal", "handling_mode"),
    "appeal_again": lambda: policy_tables.labels("appeal", "handling_mode"),
    "appeal_satisfaction": lambda: policy_tables.labels("appeal", "satisfaction"),
    "visit_role": lambda: policy_tables.labels("field_visit", "visitor_role"),
    "visit_group": lambda: policy_tables.labels("field_visit", "target_group"),
    "target_group": lambda: policy_tables.labels("field_visit", "target_group"),
    "emergency_mode": lambda: policy_tables.labels("emergency_case", "mode_code"),
    "emergency_severity": lambda: policy_tables.labels("emergency_case", "severity"),
    "emergency_home": lambda: HOME,
    "paperwork_mode": lambda: policy_tables.labels("emergency_case", "mode_code"),
    "paperwork_severity": lambda: policy_tables.labels("emergency_case", "severity"),
    "aid_hours": lambda: _bands(AID_HOURS, "小时", "尚未救助"),
    "paperwork_days": lambda: _bands(PAPERWORK_DAYS, "个工作日", "尚未补齐"),
    "ever_visited": lambda: policy_tables.labels("field_visit", "target_group"),
    "silence": names.departments,
    "monitored_kind": lambda: _some("identification_spell", "sub_code", MONITORED_KINDS),
    "insured": names.categories,
    "premium_paid": names.categories,
    "medical_aid": lambda: {p: names.programme(p) for p in OF_PROGRAMMES["I0905"]},
    "temporary_aid": lambda: {p: names.programme(p) for p in OF_PROGRAMMES["I1005"]},
    "aid_cause": lambda: policy_tables.labels("emergency_case", "cause_code"),
    "small_amount": lambda: policy_tables.labels("emergency_case", "severity"),
    "service_purchased": lambda: SUPPLY,
    "service_type": lambda: policy_tables.labels("service_record", "service_type"),
    "case_reason": lambda: policy_tables.labels("coordination_case", "reason_code"),
    "case_undecided": lambda: policy_tables.labels("coordination_case", "reason_code"),
    "fund": names.programmes,
    "match": names.departments,
    "submission": lambda: policy_tables.labels("data_submission", "dataset_code"),
}
