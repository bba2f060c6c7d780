"""The line under a page: source, as-of day, version, what is not connected."""

import streamlit as st

from data import china
from exhibits.quality.stale_line import STALE, partial
from exhibits.wording import words
from exhibits.wording.mark import WATERMARK
from queries.scope import Snapshot


def show(snapshot: Snapshot) -> None:
    """Source, as-of day and version; rows set aside and tables not connected when there are any."""
    parts = [
        "数据来源：低收入人口动态监测数据库",
        f"截至{words.day(snapshot.as_of)}（第{snapshot.version}版）",
    ]
    if "definitions" in snapshot.changes:
        parts.append("口径已调整")
    if "revision" in snapshot.changes:
        parts.append("数据已修订")
    if (age := (china.today() - snapshot.as_of).days) > STALE:
        parts.append(f"截至日距今{age}日，请确认是否已更新")
    elif age < 0:
        parts.append("截至日晚于服务器当日，请核对服务器时钟")
    parts += partial(snapshot)
    st.caption(f"{'；'.join(parts)}。{WATERMARK}")
