"""One line on every page where what it shows is stale or partial."""

from exhibits.wording import words
from queries.answers.quality import STALE, stale, table_names
from queries.store.snapshot import Snapshot

__all__ = ["STALE", "partial"]


def partial(snapshot: Snapshot) -> list[str]:
    """Rows set aside, tables not connected and tables without new records, each in words."""
    manifest, named = snapshot.manifest, table_names()
    aside = sum(manifest["rows_read"].values()) - sum(manifest["rows_kept"].values())
    parts = [f"校验剔除{aside}行"] if aside else []
    if absent := [named.get(table, table) for table in manifest["absent"]]:
        parts.append(f"未接入：{_some(absent)}")
    if old := stale(snapshot):
        parts.append(f"超过{STALE}日无新记录：{_some(old)}")
    return parts


def _some(names: list[str]) -> str:
    """Up to three names, and how many there are."""
    more = f"等{len(names)}张表" if len(names) > 3 else ""
    return f"{words.listed(names[:3])}{more}"
