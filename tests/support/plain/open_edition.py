"""The open edition, read from “Small numbers” a second time: one row and one cell at a time."""

WORK_IDS = {
    "I0301",
    "I0302",
    "I0303",
    "I0401",
    "I0602",
    "I0895",
    "I1201",
    "I1301",
    "I1302",
    "I1303",
}
MEDIANS = {"I0709", "I0721", "I0722"}


def cell(count):
    """None for 1–7, else the nearest multiple of 5."""
    if count is None or 1 <= count <= 7:
        return None
    return 5 * ((count + 2) // 5)


def is_small(count):
    return count is not None and 1 <= count <= 7


def row(exact, counts, resting):
    """A row of an answer as it is released."""
    shown = dict(exact)
    for name in counts:
        shown[name] = cell(exact[name])
    for name, count in resting.items():
        if is_small(exact[count]):
            shown[name] = None
    shown["suppressed"] = any(is_small(exact[name]) for name in counts)
    return shown


def indicator(exact):
    """value and status of an indicator's row of a county, from the exact row."""
    if exact["status"] in ("no_data", "off_season", "undefined") or exact["id"] in WORK_IDS:
        return exact["value"], exact["status"]
    numerator, denominator, unit = exact["numerator"], exact["denominator"], exact["unit"]
    if exact["id"] in MEDIANS:
        small = is_small(denominator)
        return (None, "suppressed") if small else (exact["value"], exact["status"])
    if unit == "%":
        if is_small(denominator) or is_small(numerator):
            return None, "suppressed"
        return 100 * cell(numerator) / cell(denominator), "ok"
    if unit.startswith("元"):
        return (None, "suppressed") if is_small(denominator) else (exact["value"], "ok")
    return (None, "suppressed") if is_small(numerator) else (cell(numerator), "ok")
