"""What the dashboard cannot say when an optional table is not connected."""

import polars as pl

from data.reference.eligibility_rules import rules
from data.reference.policy_tables import programmes
from data.reference.policy_tables import table as reference_table
from data.reference.rule_language import terms

#: Indicators that read an optional table. Without `coordination_case` no case was opened: no entry.
INDICATORS = {
    "region_population": ["I0102"],
    "programme_policy": ["I1201"],
    "application": ["I0104", "I0105", "I0110", "I0404"],
    "benefit_event": ["I0403", "I0901", "I0902", "I0905", "I1202"],
    "match_run": ["I0401"],
    "data_submission": ["I0301", "I0302", "I0303"],
    "field_visit": ["I0601", "I0602"],
    "visit_target": ["I0601"],
    "appeal": ["I0501", "I0502", "I0503", "I0504"],
    "emergency_case": ["I0403", "I1001", "I1002", "I1003", "I1004", "I1005"],
    "service_record": ["I0403", "I1101", "I1102", "I1103"],
    "fund_ledger": ["I1303"],
    "joint_meeting": ["I1301"],
    "meeting_item": ["I1301", "I1302"],
}

#: The term of an eligibility rule that reads a table.
TERMS = {"hardship_event": "ev", "programme_policy": "policy_in_scope"}

#: What else a table carries, in Chinese.
ELSE = {
    "coordination_case": "视为没有提请协调机制的个案",
    "benefit_event": "救助水平图只含按月待遇",
    "joint_meeting": "不能“较上次会议”",
    "task_progress": "任务清单不显示填报进展",
}


def disabled(table: str) -> str:
    """What falls away without an optional table, in Chinese: indicators, programmes, the rest."""
    parts = [
        _named("指标", reference_table("indicators"), "id", "name", INDICATORS.get(table, [])),
        _named("项目", programmes(), "programme_code", "programme_name", lost_programmes(table)),
        ELSE.get(table, ""),
    ]
    return "；".join(part for part in parts if part)


def lost_programmes(table: str) -> list[str]:
    """Programmes whose evidence, or whose every eligibility rule, is in this table."""
    by_evidence = programmes().filter(evidence_table=table)["programme_code"].to_list()
    term = TERMS.get(table)
    left = {
        rule.programme
        for rule in rules()
        if term not in {each.name for each in terms(rule.expression)}
    }
    by_rule = {rule.programme for rule in rules()} - left
    return sorted({*by_evidence, *by_rule})


def _named(kind: str, names: pl.DataFrame, code: str, name: str, codes: list[str]) -> str:
    listed = [
        f"{row[code]}{row[name]}" for row in names.iter_rows(named=True) if row[code] in codes
    ]
    return f"{kind}无数据：{'、'.join(listed)}" if listed else ""
