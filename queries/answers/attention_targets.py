"""Measures of which no unit stands out, and whose city figure misses its target all the same."""

from datetime import date

import polars as pl

from data.reference import policy_tables
from queries.answers import breakdowns
from queries.answers.attention_counts import MISSED, OF_DEPARTMENTS, STATES
from queries.answers.attention_units import of_city
from queries.cubes.programmes import programme_numbers
from queries.statistics.progress import expected_progress
from queries.store.snapshot import Snapshot

#: How many units an entry of the city names.
NAMED = 3


def off_target(snapshot: Snapshot, rows: pl.DataFrame) -> pl.DataFrame:
    """Measures without a candidate whose city figure misses its target, the largest units named."""
    candidates = set(rows.filter("candidate")["measure"])
    code = breakdowns.city_code(snapshot)
    found = []
    for row in of_city(snapshot).to_dicts():
        measure, bad, cases = row["measure"], row["bad"], row["all"]
        if measure in candidates or not misses(measure, bad, cases, snapshot.as_of):
            continue
        by = "department" if measure in OF_DEPARTMENTS else "county"
        units = rows.filter(pl.col("bad") > 0, by=by, measure=measure)
        largest = units.sort("bad", descending=True, maintain_order=True)["unit"].head(NAMED)
        rate = bad / cases * 100 if cases else None
        record = {"by": "city", "unit": code, "entry": f"{code} {measure}", "measure": measure}
        found.append(record | {"bad": bad, "all": cases, "rate": rate, "named": "|".join(largest)})
    return pl.DataFrame(found, schema_overrides={"rate": pl.Float64})


def target_of(measure: str) -> str:
    """The indicator whose target a measure has."""
    if measure in STATES.values():
        return "I0708" if measure == "unrouted" else ""
    return "I0891" if measure in programme_numbers() else measure


def misses(measure: str, bad: float, cases: float, day: date) -> bool:
    """Whether a city's figure is on the wrong side of its target; False without one."""
    target = policy_tables.targets(day).get(target_of(measure))
    if target is None:
        return False
    aim = target[0]
    if measure in MISSED or measure in programme_numbers():
        return cases > 0 and round(100 - bad / cases * 100, 2) < aim
    if measure == "I0601":
        share = expected_progress(day, "quarter") / 100
        return cases > 0 and round((share - bad / cases) * 100, 2) < round(aim * share, 2)
    return bad > aim
