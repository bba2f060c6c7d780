"""What an office edits by hand is checked at every start, table by table."""

from data import settings
from data.reference import checks, eligibility_rules, office
from data.reference.checks import codes, complete, each, listed, unique
from data.reference.files import FOLDER, REPLACEABLE, ConfigurationError, path, shipped, table
from data.reference.place import path as place_file
from data.reference.place import place
from data.reference.policy_tables import OF_PROGRAMME

BASES = ("statute", "reference", "default")

NUMBER = "须为0以上的数"
WHOLE = "须为0以上的整数"


def check_edited() -> None:
    """Reads every table that an office may edit; ConfigurationError for what cannot be one."""
    _folder()
    place()
    for name in REPLACEABLE:
        checks.header(name)
    _codes()
    _departments()
    _programmes()
    _limits()
    _targets()
    _texts()
    eligibility_rules.rules()
    checks.versions("eligibility_rules", "rule_id")
    _of_series("levels", "from", "reason")
    _of_series("notes", "day", "text")


def replaced() -> list[str]:
    """Names of the files that the office has of its own."""
    files = [place_file(), *map(path, REPLACEABLE)]
    return [file.name for file in files if file.resolve().parent != FOLDER]


def _folder() -> None:
    """A file that would never be read is a slip in its name."""
    folder = settings.REFERENCE_DIR
    if folder.resolve() == FOLDER:
        return
    if not folder.is_dir():
        raise ConfigurationError(f"REFERENCE_DIR={folder}：没有这个目录")
    for file in sorted(folder.glob("*.csv")):
        if file.stem not in REPLACEABLE:
            names = "、".join(f"{name}.csv" for name in REPLACEABLE)
            raise ConfigurationError(f"{file}：不是可以替换的表，可以替换的有{names}")


def _codes() -> None:
    unique("codes", "table", "column", "code", "within")
    complete("codes", "table", "column", "code", "within")
    each("codes", "label_zh", checks.is_given, "名称不能为空")
    lists = set(shipped("codes").select("table", "column").rows())
    for row, key in enumerate(table("codes").select("table", "column").rows()):
        if key not in lists:
            checks.refuse("codes", row, "table+column", "，".join(map(str, key)), "没有这个代码表")
    unique("hardship_events", "event_code")
    each("hardship_events", "event_code", checks.is_given, "代码不能为空")
    each("hardship_events", "label_zh", checks.is_given, "名称不能为空")


def _departments() -> None:
    name = "departments"
    unique(name, "dept_code")
    complete(name, "dept_code")
    for column in ("dept_code", "full_name", "short_name_seed"):
        each(name, column, checks.is_given, "不能为空")
    each(name, "sort_order", checks.is_whole, WHOLE)
    listed(name, "member", {"0", "1"}, "须为1（联席会议成员单位）或0")
    each(name, "valid_from", checks.is_day_or_empty, "须为2026-07-01这样的日期，或留空")
    successor_by_code = dict(table(name).select("dept_code", "successor_code").rows())
    listed(name, "successor_code", [None, *successor_by_code], "没有这个部门")
    for row, code in enumerate(successor_by_code):
        seen, at = {code}, successor_by_code[code]
        while at:
            if at in seen:
                checks.refuse(name, row, "successor_code", successor_by_code[code], "承接关系成环")
            seen.add(at)
            at = successor_by_code[at]


def _programmes() -> None:
    name = "programmes"
    unique(name, "programme_code")
    complete(name, "programme_code")
    each(name, "programme_name", checks.is_given, "不能为空")
    for column in ("benefit_unit", "evidence_table", "coverage_window"):
        known = set(shipped(name)[column])
        listed(name, column, known, f"须为{'、'.join(sorted(known))}之一")
    listed(name, "task_row", codes("tasks", "row_id"), "没有这个任务行")
    listed(name, "operating_dept", codes("departments", "dept_code"), "没有这个部门")
    listed(name, "covered_by", codes(name, "programme_code"), "没有这个项目", sep="|")
    for column in ("grace_months", "response_limit"):
        each(name, column, checks.is_whole_or_empty, WHOLE + "，或留空")
    for column in ("payout_due", "season_end"):
        each(name, column, _is_month_day, "须为03-31这样的月日，或留空")


def _is_month_day(value: str | None) -> bool:
    return value is None or checks.is_day(f"2025-{value}")


def _limits() -> None:
    name = "sla"
    steps = set(shipped(name)["step_code"])
    own = {f"{OF_PROGRAMME}{code}" for code in codes("programmes", "programme_code")}
    listed(name, "step_code", steps | own, "没有这个时限")
    complete(name, "step_code")
    each(name, "limit_value", checks.is_whole, WHOLE)
    each(name, "warn_before", checks.is_whole_or_empty, WHOLE + "，或留空")
    listed(name, "basis", BASES, f"须为{'、'.join(BASES)}之一")
    unit_by_step = checks.shipped_by(name, "step_code", "limit_unit") | dict.fromkeys(
        own, "workday"
    )
    for row, (step, unit) in enumerate(table(name).select("step_code", "limit_unit").rows()):
        if unit != unit_by_step[step]:
            checks.refuse(name, row, "limit_unit", unit, f"该时限按{unit_by_step[step]}计算")
    checks.versions(name, "step_code", always=steps)


def _targets() -> None:
    listed("targets", "id", codes("indicators", "id"), "没有这个指标")
    each("targets", "target", checks.is_number, NUMBER)
    checks.versions("targets", "id")


def _texts() -> None:
    name = "definitions_zh"
    listed(name, "id", codes("indicators", "id"), "没有这个指标")
    unique(name, "id")
    complete(name, "id")
    each(name, "numerator", checks.is_given, "不能为空")
    listed(name, "limit", [None, *codes("sla", "step_code")], "没有这个时限")
    tables = codes("registry_contract", "table")
    listed(name, "tables", [None, *tables], "没有这个数据表", sep="|")


def _of_series(name: str, day: str, text: str) -> None:
    """The office's own `levels` and `notes`."""
    listed(name, "indicator", codes("indicators", "id"), "没有这个指标")
    each(name, "group", office.is_group, "没有这个地区、部门、项目、类别或任务行的代码")
    each(name, day, checks.is_day, "须为2026-07-01这样的日期")
    each(name, text, checks.is_given, "不能为空")
    unique(name, "indicator", "group", day)
