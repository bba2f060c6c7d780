"""The line under a page: source, as-of day, version, what is not connected."""

from datetime import date

import streamlit as st

from exhibits import words
from queries.scope import Snapshot

#: Days after which a page says how old its figures are: a month and ten days to report it.
STALE = 40


def show(snapshot: Snapshot) -> None:
    """Source, as-of day and version; rows set aside and tables not connected when there are any."""
    manifest = snapshot.manifest
    aside = sum(manifest["rows_read"].values()) - sum(manifest["rows_kept"].values())
    parts = [
        "数据来源：低收入人口动态监测数据库",
        f"截至{words.day(snapshot.as_of)}（第{snapshot.version}版）",
    ]
    if snapshot.version > 1:
        parts.append("数据已修订")
    if aside:
        parts.append(f"校验剔除{aside}行")
    if (age := (date.today() - snapshot.as_of).days) > STALE:
        parts.append(f"截至日距今{age}日，请确认是否已更新")
    if manifest["absent"]:
        parts.append(f"{len(manifest['absent'])}张数据表未接入")
    st.caption("；".join(parts) + "。内部资料 注意保存")
