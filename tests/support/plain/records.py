"""How fresh and how complete the records are, row by row."""

from plain.world import day, happened


def county(row):
    for name in ("region_code", "county_code", "incident_region"):
        if name in row:
            return (row[name] or "")[:6]
    return ""


def freshness(registry, as_of, days):
    """(table, county) -> the last day."""
    last = {}
    for name, columns in days.items():
        for row in registry.get(name, []):
            for column in columns:
                if happened(row[column], as_of):
                    key = name, county(row)
                    last[key] = max(last.get(key, day(row[column])), day(row[column]))
    return last


def completeness(registry, as_of, fields):
    """(table, field, county) -> (rows, filled)."""
    counts = {}
    for name, (start, columns) in fields.items():
        for row in registry.get(name, []):
            if start is None or happened(row[start], as_of):
                for column in columns:
                    key = name, column, county(row)
                    rows, filled = counts.get(key, (0, 0))
                    counts[key] = rows + 1, filled + (row[column] is not None)
    return counts
