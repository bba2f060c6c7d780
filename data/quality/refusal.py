"""A reason not to publish a registry, and what its sentences are made of."""

from dataclasses import dataclass

from data.registry.contract import TABLES

#: Rows of an optional or small table below which nothing is concluded from its columns.
FEW = 10


@dataclass(frozen=True)
class Refusal:
    """A rule that is broken: in English for the log, in Chinese for the screen, with what to do."""

    rule: str
    text: str
    text_zh: str


def label(table: str) -> str:
    """认定时段（identification_spell）"""
    return f"{TABLES[table].info['label']}（{table}）"


def percent(part: int, whole: int) -> str:
    """12.5%"""
    return f"{part / whole:.1%}"


def occurring(values: tuple[str, ...]) -> str:
    """Values that occur, in English; nothing for none."""
    return f", such as {', '.join(values)}" if values else ""


def occurring_zh(values: tuple[str, ...]) -> str:
    """（621202、…）; nothing for none."""
    return f"（{'、'.join(values)}）" if values else ""
