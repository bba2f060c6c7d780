"""A topic of a task row in words: what is met of which whole."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Topic:
    """
    A topic of a task row: its table, title, and what is met of which whole.

    Of `topic_details.MEAN`, `met` is money and `rate` yuan each. `share`: drawn as shares of the
    total, not as each row's rate. `apart`: the parts of every region or month beside one another.
    `progress`: the rate is compared with the share of this span that has passed.
    """

    id: str
    row: str
    table: str
    title: str
    label: str
    met: str
    whole: str
    unit: str
    rate: str
    definition: str
    by: str = "part"
    share: bool = False
    apart: bool = False
    progress: Literal["", "quarter", "year"] = ""

    @property
    def name(self) -> str:
        """Its name among the topics: what is counted, and by what."""
        return f"{self.id}-{self.by}"
