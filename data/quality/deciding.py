"""What decides whether, and where, a row counts; rows in which it is not filled are told."""

import narwhals as nw

from data.quality.set_aside_rules import Rule

#: Columns without which a row counts nowhere.
COUNTING = {
    "identification_spell": ["person_key", "category_code", "valid_from"],
    "circumstance_spell": ["person_key", "circumstance_code", "valid_from"],
    "benefit_spell": ["person_key", "programme_code", "valid_from"],
    "benefit_event": ["programme_code", "occurred_on"],
    "warning": ["direction", "raised_at"],
    "referral": ["sent_at"],
}

#: Columns without which a row counts, but at no place or in no department.
PLACING = {
    "identification_spell": ["region_code"],
    "benefit_spell": ["region_code"],
    "warning": ["region_code"],
    "referral": ["to_dept", "region_code"],
}

#: Columns without which a row has no name, or no age.
NAMING = {"region": ["region_name"], "person": ["birth_month"]}

#: The code of a city itself, which is in no county.
CITY = r"^\d{4}00$"


def unfilled(table: str) -> list[Rule]:
    """Rows that lack such a value; of the register also those that are coded to the city alone."""
    columns = [each for of in (COUNTING, PLACING, NAMING) for each in of.get(table, [])]
    rules = [Rule("no_value", each, nw.col(each).is_null()) for each in columns]
    if table == "identification_spell":
        to_city = nw.col("region_code").str.contains(CITY).fill_null(False)
        rules.append(Rule("no_county", "region_code", to_city))
    return rules
