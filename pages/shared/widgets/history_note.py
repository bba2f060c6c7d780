"""A note while the days before the newest one are still being computed."""

from pathlib import Path

from queries.scope import is_under_way, stored_days, unfinished_history


def unfinished(folder: Path) -> str:
    """Whether month-ends are being computed or wait for a refresh; empty when all are stored."""
    owed = unfinished_history(folder)
    if not owed or not owed.missing:
        return ""
    how_far = f"（{len(owed.done)}/{len(owed.wanted)}）"
    stored = set(owed.missing) <= set(stored_days(folder))
    what = "历史月末按新口径重算" if stored else "历史月末计算"
    if is_under_way(folder):
        return f"{what}中{how_far}，算完即自动列入走势和对比。"
    if stored:
        return f"历史月末尚未按新口径算完{how_far}，下次刷新继续。"
    again = "请重新运行 `make run` 或 `python -m queries refresh` 继续计算。"
    return f"历史月末尚未算完{how_far}，{again}"
