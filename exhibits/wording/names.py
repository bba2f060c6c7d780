"""Chinese names of codes, in official order."""

from collections.abc import Mapping
from functools import cache

import polars as pl

from data.reference import policy_tables
from data.reference.files import shipped
from data.reference.place import place
from queries.answers import breakdowns
from queries.answers.breakdowns import regions
from queries.answers.cities import missing
from queries.cache import cached
from queries.region import Region
from queries.store.snapshot import Snapshot

STATES = {
    "unverified": "待核查",
    "unrouted": "待转办",
    "own": "待民政办理",
    "applied": "已启动认定",
    "routed": "已转办待答复",
    "responded": "已答复待办结",
    "coordinating": "县级协调",
    "settled": "核查后待办结",
    "closed": "已办结",
}

#: Who must act in a state of a warning, where no department must.
HOLDERS = {
    "township": "镇（乡、街道）",
    "county": "县区民政局",
    "county_mechanism": "县级协调机制",
}

#: Seasons by the coverage window of their programmes.
SEASONS = {
    "insurance_year": "参保年度",
    "school_year": "学年",
    "heating_season": "采暖季",
    "winter_spring": "冬春救助期",
}

BASES = {"firm": "应救未救", "suspected": "疑似缺口", "none": "不计缺口"}

RESIDENCES = {"rural": "农村", "urban": "城市"}

#: Of what no department, and no source, is named for.
NO_DEPARTMENT, NO_SOURCE = "未填部门", "未填来源"

OVERLAP = "按主类别归类，各类别有交叉，合计已去重。"


def office() -> str:
    """Who issues the meeting's papers: 陇南市社会救助部门联席会议办公室"""
    return f"{place().joint_meeting}办公室"


def board() -> str:
    """What the board is called: 陇南市社会救助部门联席会议看板"""
    return f"{place().joint_meeting}看板"


@cache
def categories() -> dict[str, str]:
    """Names of the main categories by code, in the order that decides which one is main."""
    name_by_code = policy_tables.labels("identification_spell", "category_code")
    return {code: name_by_code[code] for code in breakdowns.categories()}


@cache
def programmes() -> dict[str, str]:
    """Names of the programmes by code, in the order of the policy."""
    return dict(policy_tables.programmes().select("programme_code", "programme_name").rows())


#: Programmes whose full name does not fit beside a chart.
SHORT = {
    "P0803": "重残重病单人户纳入低保",
    "P0804": "成年重残等参照单人户低保",
    "P0914": "门诊慢特病医疗救助",
    "P0922": "义务教育生活补助",
    "P0925": "返贫风险学生监测资助",
    "P0941": "企业吸纳社保补贴",
    "P0945": "劳务输转就近就业",
    "P0946": "就业困难人员援助",
    "P0947": "零就业家庭清零",
    "P1002": "流浪乞讨人员救助",
    "P1103": "城镇重残日间照料",
    "P1203": "重残生活补贴（延伸）",
    "P1204": "残疾儿童康复（延伸）",
    "P1205": "无障碍改造（延伸）",
}


@cache
def _short() -> dict[str, str]:
    """Short forms of the names that the office has left as they are shipped."""
    rows = shipped("programmes").select("programme_code", "programme_name").rows()
    return {
        code: SHORT[code] for code, name in rows if code in SHORT and programmes()[code] == name
    }


def programme(code: str) -> str:
    """A programme's name, short where the full one is long; the code itself when unknown."""
    name = _short().get(code) or programmes().get(code, code)
    return name if len(name) <= 14 else f"{name[:13]}…"


@cache
def departments() -> dict[str, str]:
    """Short names of the departments by code, in official order."""
    return dict(policy_tables.departments().select("dept_code", "short_name_seed").rows())


def named(column: str, name_by_code: Mapping[str, str], nothing: str) -> pl.Expr:
    """Names of the codes in a column; `nothing` where there is none, the code where it has none."""
    codes = pl.col(column).cast(pl.String)
    return codes.replace({**name_by_code, "": nothing}).fill_null(nothing)


def department(code: str | None) -> str:
    """A department's name; the code itself when unknown."""
    return departments().get(code or "", code or NO_DEPARTMENT)


def of_department(code: str, name: str) -> str:
    """A figure's name with the department's it is of; as it is without one."""
    return f"{department(code)}{name.removeprefix('部门')}" if code else name


def whose(snapshot: Snapshot, region: str, code: str, name: str) -> str:
    """A figure's name with its region and department; a department's own is not called 全市."""
    there = "" if code and not region else region_name(snapshot, region)
    return f"{there}{of_department(code, name)}"


def kinds() -> dict[str, str]:
    """Kinds of warnings."""
    return policy_tables.labels("warning", "kind_code")


def sources() -> dict[str, str]:
    """Sources of warnings."""
    return policy_tables.labels("warning", "source_channel")


def outcomes() -> dict[str, str]:
    """Outcomes of closed warnings, and states of open ones."""
    return policy_tables.labels("warning", "outcome_code") | STATES


def region_name(snapshot: Snapshot, region: str) -> str:
    """全市, or the province's or county's name, or county and township."""
    if not region:
        return dict(regions(snapshot, "province")).get(breakdowns.city_code(snapshot), "全市")
    county_by_code = dict(regions(snapshot, "county"))
    if Region(region).level == "county":
        return county_by_code.get(region, region)
    county = Region(region).county
    township = dict(regions(snapshot, "township")).get(region, region)
    return f"{county_by_code.get(county, county)}{township}"


def of_whole(snapshot: Snapshot) -> list[str]:
    """“全市”指临夏回族自治州, and of a province's day 缺2个市：甲市、乙市; nothing of a 市."""
    if "province" not in snapshot.manifest:
        return [] if place().name.endswith("市") else [f"“全市”指{place().name}"]
    gone = missing(snapshot)
    short = [f"缺{len(gone)}个市：{'、'.join(gone)}"] if gone else []
    return [f"“全市”指{region_name(snapshot, '')}", *short]


@cached(6)
def region_names(snapshot: Snapshot) -> Mapping[str, str]:
    """Names of all regions by code; the mapping is shared."""
    rows = snapshot.cube("regions").select("region_code", "region_name").rows()
    return dict(rows)
