"""A note while the days before the newest one are still being computed."""

from pathlib import Path

from queries.scope import is_under_way, unfinished_history


def unfinished(folder: Path) -> str:
    """Whether month-ends are being computed or wait for a refresh; empty when all are stored."""
    owed = unfinished_history(folder)
    if not owed or not owed.missing:
        return ""
    how_far = f"（{len(owed.done)}/{len(owed.wanted)}）"
    if is_under_way(folder):
        return f"历史月末计算中{how_far}，算完即自动列入走势和对比。"
    again = "请重新运行 `make run` 或 `python -m queries refresh` 继续计算。"
    return f"历史月末尚未算完{how_far}，{again}"
