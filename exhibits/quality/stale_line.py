"""One line on every page where what it shows is stale or partial."""

import polars as pl

from exhibits.wording import names, words
from queries.answers.indicators import indicators
from queries.answers.quality import STALE, stale, table_names
from queries.cache import cached
from queries.store.snapshot import Snapshot

__all__ = ["FORCED", "STALE", "partial"]

#: Of a day that was published though it would have been refused.
FORCED = "发布前核对未通过，经人工确认发布"

#: Counts of the city that are the sum of its counties where every row has a county.
PLACED = {
    "I0101": "低收入人口{n}人",
    "I0711": "在办预警{n}条",
    "I0724": "逾期未办结推送{n}件",
}


def partial(snapshot: Snapshot) -> list[str]:
    """Cities missing, forced, rows set aside or in no county, tables absent or stale: in words."""
    manifest, name_by_table = snapshot.manifest, table_names()
    aside = sum(manifest["rows_read"].values()) - sum(manifest["rows_kept"].values())
    phrases = names.of_whole(snapshot)
    phrases += [f"{FORCED}，原因见“数据质量”"] if manifest.get("forced") else []
    phrases += [f"校验剔除{aside}行"] if aside else []
    if outside := _outside_counties(snapshot):
        phrases.append(f"{words.listed(outside)}未归入县区，各县区合计少于全市")
    if absent := [name_by_table.get(table, table) for table in manifest["absent"]]:
        phrases.append(f"未接入：{_some(absent)}")
    if old := stale(snapshot):
        phrases.append(f"超过{STALE}日无新记录：{_some(old)}")
    return phrases


@cached(24)
def _outside_counties(snapshot: Snapshot) -> list[str]:
    """What belongs to no county of the region table, by kind; nothing for who does not see all."""
    by_county, whole = (
        indicators(snapshot, by)
        .filter(pl.col("id").is_in(list(PLACED)))
        .group_by("id")
        .agg(pl.col("value").sum(), pl.col("value").has_nulls().alias("unknown"))
        for by in ("county", "city")
    )
    outside = (
        whole.join(by_county, on="id", suffix="_county")
        .filter(~pl.col("unknown") & ~pl.col("unknown_county"))
        .select("id", n=pl.col("value") - pl.col("value_county"))
        .filter(pl.col("n") > 0)
        .sort("id")
    )
    return [PLACED[each].format(n=f"{n:.0f}") for each, n in outside.rows()]


def _some(names: list[str]) -> str:
    """Up to three names, and how many there are."""
    more = f"等{len(names)}张表" if len(names) > 3 else ""
    return f"{words.listed(names[:3])}{more}"
