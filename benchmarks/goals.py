"""A goal, what was measured, and how it stands against an older checkout in the same run."""


def row(what: str, now: float, before: float | None, goal: float) -> str:
    """A row of a table: what, goal, value, the checkout's, their ratio, met or missed."""
    if not before:
        return f"| {what} | ≤ {goal} × | {now:g} | – | – | no checkout to compare with |"
    ratio = now / before
    verdict = "met" if ratio <= goal else "missed"
    return f"| {what} | ≤ {goal} × | {now:g} | {before:g} | {ratio:.2f} | {verdict} |"


#: The head of a table of such rows.
HEAD = "| what | goal | now | before | ratio | |\n|---|---|---|---|---|---|"
