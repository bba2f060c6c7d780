"""The findings of a check in words, as JSON and as CSV."""

import json
from collections.abc import Sequence

import polars as pl

from data.quality.findings import RULES, Finding
from data.quality.loading import Loaded
from data.quality.not_connected import disabled
from data.quality.refusal import Refusal
from data.registry import contract
from data.registry.inspection import Survey

COLUMNS = ["table", "rule", "column", "rows", "examples", "treatment", "advice", "values"]

#: treatment → Chinese.
TREATMENTS = {
    "refused": "必需，不能载入",
    "not_connected": "未接入",
    "set_aside": "剔除",
    "counted": "照计",
}


def missing(survey: Survey) -> list[Finding]:
    """Contract tables and columns that are not there, as findings on no rows, in contract order."""
    columns = {table: [""] for table in survey.missing_tables} | survey.missing_columns
    return [
        Finding(table, "missing_column" if column else "missing_table", column, 0)
        for table in contract.TABLES
        for column in columns.get(table, [])
    ]


def lines(findings: list[Finding]) -> list[dict]:
    """Findings as rows of `COLUMNS`; `examples` a list of keys, `values` of what occurs."""
    return [
        {
            "table": finding.table,
            "rule": finding.rule,
            "column": finding.column,
            "rows": finding.rows,
            "examples": list(finding.examples),
            "treatment": _treatment(finding),
            "advice": _advice(finding),
            "values": list(finding.values),
        }
        for finding in findings
    ]


def _treatment(finding: Finding) -> str:
    if finding.rule in ("missing_table", "missing_column"):
        return "refused" if finding.table in contract.REQUIRED else "not_connected"
    return "set_aside" if finding.set_aside else "counted"


def _advice(finding: Finding) -> str:
    lost = disabled(finding.table) if _treatment(finding) == "not_connected" else ""
    return f"{finding.advice}。{lost}" if lost else finding.advice


def as_json(
    findings: list[Finding], loaded: Loaded | None, refusals: Sequence[Refusal] = ()
) -> str:
    """An object: `fingerprint`, `tables` (rows read and set aside), `findings`, `refused`."""
    report = {
        "fingerprint": loaded.fingerprint if loaded else None,
        "tables": [
            {"table": name, "rows": rows, "set_aside": loaded.set_aside(name)}
            for name, rows in loaded.rows_read.items()
        ]
        if loaded
        else [],
        "findings": lines(findings),
        "refused": [{"rule": each.rule, "why": each.text_zh} for each in refusals],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_csv(findings: list[Finding]) -> str:
    """`COLUMNS` with a header; example keys and values joined by a space."""
    rows = [
        line | {each: " ".join(line[each]) for each in ("examples", "values")}
        for line in lines(findings)
    ]
    schema = {name: pl.Int64 if name == "rows" else pl.String for name in COLUMNS}
    return pl.DataFrame(rows, schema=schema).write_csv().rstrip("\n")


def as_text(
    findings: list[Finding], loaded: Loaded | None, refusals: Sequence[Refusal] = ()
) -> str:
    """
    For people: why it cannot be published, then table by table, what is missing, what was set
    aside, what counts as it stands.
    """
    parts = [_summary(loaded)] if loaded else ["登记库不能载入。"]
    parts += [f"〔不予发布〕 {each.text_zh}" for each in refusals]
    listed = lines(findings)
    for table in dict.fromkeys(line["table"] for line in listed):
        of_table = [line for line in listed if line["table"] == table]
        parts.append(_table_text(table, of_table, loaded))
    if not listed:
        parts.append("没有发现问题。")
    return "\n\n".join(parts)


def _summary(loaded: Loaded) -> str:
    rows = sum(loaded.rows_read.values())
    return (
        f"已接入 {len(loaded.frames)} 张表，共 {rows:,} 行，剔除 {loaded.set_aside():,} 行，"
        f"计入 {rows - loaded.set_aside():,} 行。内容指纹 {loaded.fingerprint}。"
    )


def _table_text(table: str, of_table: list[dict], loaded: Loaded | None) -> str:
    counts = ""
    if loaded and table in loaded.frames:
        counts = f"（{loaded.rows_read[table]:,} 行，剔除 {loaded.set_aside(table):,} 行）"
    heading = f"{contract.TABLES[table].info['label']} {table}{counts}"
    return "\n".join([heading, *(_line_text(line) for line in of_table)])


def _line_text(line: dict) -> str:
    words = [f"〔{TREATMENTS[line['treatment']]}〕", RULES[line["rule"]][1]]
    if line["column"]:
        words.append(line["column"])
    if line["rows"]:
        words.append(f"{line['rows']:,} 行")
    if line["examples"]:
        words.append(f"例：{'、'.join(line['examples'])}")
    if line["values"]:
        words.append(f"值：{'、'.join(line['values'])}")
    return f"  {' '.join(words)}\n      {line['advice']}"
