"""The mark of the files that tests make, and the line that each of them must hold."""

from datetime import UTC, datetime

from exhibits.wording.mark import Mark

MARK = Mark("zhang", "市民政局", datetime(2026, 11, 24, 1, 30, tzinfo=UTC))

LINE = "内部资料 注意保存；市民政局 zhang 2026年11月24日 09:30 导出"
