"""The mark of every exported file: internal, by which account, when."""

from dataclasses import dataclass
from datetime import datetime

from queries.access.audit_trail import CHINA

WATERMARK = "内部资料 注意保存"


@dataclass(frozen=True)
class Mark:
    """The account and unit that exported a file, and when (with its time zone)."""

    account: str
    unit: str
    at: datetime

    @property
    def who(self) -> str:
        """市民政局 zhang, on one line whatever an account is called."""
        return " ".join(f"{self.unit} {self.account}".split())

    @property
    def when(self) -> str:
        """2026年11月24日 09:30, in China."""
        at = self.at.astimezone(CHINA)
        return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"

    @property
    def line(self) -> str:
        """内部资料 注意保存；市民政局 zhang 2026年11月24日 09:30 导出, as far as it has a maker."""
        made = f"{self.who} {self.when}".strip()
        return f"{WATERMARK}；{made} 导出"


def marked(account: str, unit: str) -> Mark:
    """The mark of a file exported now."""
    return Mark(account, unit, datetime.now(CHINA))
