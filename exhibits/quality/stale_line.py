"""One line on every page where what it shows is stale or partial."""

from exhibits.wording import words
from queries.answers.indicators import indicators
from queries.answers.quality import STALE, stale, table_names
from queries.store.snapshot import Snapshot

__all__ = ["FORCED", "STALE", "partial"]

#: Of a day that was published though it would have been refused.
FORCED = "发布前核对未通过，经人工确认发布"


def partial(snapshot: Snapshot) -> list[str]:
    """Published by force, rows set aside or in no county, tables absent or stale, each in words."""
    manifest, name_by_table = snapshot.manifest, table_names()
    aside = sum(manifest["rows_read"].values()) - sum(manifest["rows_kept"].values())
    phrases = [f"{FORCED}，原因见“数据质量”"] if manifest.get("forced") else []
    phrases += [f"校验剔除{aside}行"] if aside else []
    if outside := _outside_counties(snapshot):
        phrases.append(f"低收入人口中{outside:.0f}人未归入县区，各县区合计少于全市")
    if absent := [name_by_table.get(table, table) for table in manifest["absent"]]:
        phrases.append(f"未接入：{_some(absent)}")
    if old := stale(snapshot):
        phrases.append(f"超过{STALE}日无新记录：{_some(old)}")
    return phrases


def _outside_counties(snapshot: Snapshot) -> float:
    """Persons of the register in no county of the region table; 0 for who does not see them all."""
    city, counties = (
        indicators(snapshot, by).filter(id="I0101")["value"] for by in ("city", "county")
    )
    if city.is_empty() or city.has_nulls() or counties.has_nulls():
        return 0
    return max(0, sum(city.to_list()) - sum(counties.to_list()))


def _some(names: list[str]) -> str:
    """Up to three names, and how many there are."""
    more = f"等{len(names)}张表" if len(names) > 3 else ""
    return f"{words.listed(names[:3])}{more}"
