"""The phrases of an entry: what is counted, its share and rate, since when, what else."""

from typing import Any

from exhibits.attention.measures import described
from exhibits.wording import names, words
from queries.scope import month_ends
from queries.store.snapshot import Snapshot

#: Who a unit's rate is compared with.
OTHERS = {"department": "其他部门", "county": "其他县区", "township": "全市其他乡镇"}


def unit_name(snapshot: Snapshot, by: str, code: str) -> str:
    """市住建局, 礼县, 全市"""
    if by == "department":
        return names.department(code)
    return "全市" if by == "city" else names.region_names(snapshot).get(code, code)


def what(snapshot: Snapshot, row: dict[str, Any]) -> str:
    """礼县未转办逾期预警493条"""
    unit = unit_name(snapshot, row["by"], row["unit"])
    return f"{unit}{_counted(snapshot, row)}"


def _counted(snapshot: Snapshot, row: dict[str, Any]) -> str:
    measure = described(row["measure"], snapshot.as_of)
    return f"{measure.name}{words.count(row['bad'], measure.unit)}"


def beside(snapshot: Snapshot, row: dict[str, Any], with_units: list[str]) -> str:
    """
    ，占全市66.67%，逾期率66.67%（其他部门14.29%），自2026年6月末以来持续，其中武都区较突出

    `with_units`: codes of the counties whose same cases stand in the entry.
    """
    parts = _of_city(snapshot, row) if row["by"] == "city" else _of_unit(snapshot, row)
    named = words.listed([unit_name(snapshot, "county", code) for code in with_units])
    return "".join(f"，{part}" for part in (*parts, f"其中{named}较突出" if named else "") if part)


def _of_unit(snapshot: Snapshot, row: dict[str, Any]) -> list[str]:
    rate = _rate(snapshot, row)
    others = f"（{OTHERS[row['by']]}{words.value(row['others'], '%')}）" if rate else ""
    share = f"占全市{words.value(row['share'], '%')}"
    return [share, rate + others, _since(snapshot, row)]


def _of_city(snapshot: Snapshot, row: dict[str, Any]) -> list[str]:
    codes = holders(row)
    most = words.listed([unit_name(snapshot, holder_kind(row), code) for code in codes])
    return [_rate(snapshot, row), "未达目标", f"较多的是{most}" if most else ""]


def _rate(snapshot: Snapshot, row: dict[str, Any]) -> str:
    if row["rate"] is None:
        return ""
    return f"{described(row['measure'], snapshot.as_of).rate}{words.value(row['rate'], '%')}"


def holders(row: dict[str, Any]) -> list[str]:
    """Codes of the units that an entry of the city names."""
    return [code for code in (row["named"] or "").split("|") if code]


def holder_kind(row: dict[str, Any]) -> str:
    """county or department: what an entry of the city names."""
    return "county" if all(code.isdecimal() for code in holders(row)) else "department"


def _since(snapshot: Snapshot, row: dict[str, Any]) -> str:
    """Nothing where a single month-end is stored: how long it has lasted is not known."""
    ends = month_ends(snapshot)
    first = ends[0].as_of if ends else None
    since = row["since"]
    if since is None:
        return "本期新出现"
    if since == first == snapshot.as_of:
        return ""
    # What the oldest stored month-end has may have begun before it.
    least = "至少" if since == first else ""
    return f"{least}自{since.year}年{since.month}月末以来持续"


def further(snapshot: Snapshot, rows: list[dict[str, Any]]) -> str:
    """另有死亡未停发37人（占全市68.52%）; empty without rows."""
    counted = [
        f"{_counted(snapshot, row)}（占全市{words.value(row['share'], '%')}）" for row in rows
    ]
    return f"另有{words.listed(counted)}" if counted else ""
