"""Which rows count: rows set aside, read off `docs/definitions.md` and the contract's notes."""

from plain.world import day, table

STEPS = {
    "referral": [("sent_at", "accepted_at returned_at responded_at feedback_at")],
    "warning": [("raised_at", "verified_at closed_at")],
    "application": [
        (
            "accepted_on",
            "township_reviewed_on publicity_from publicity_to county_received_on decided_on "
            "notified_on uploaded_at",
        )
    ],
    "appeal": [("raised_at", "accepted_at resolved_at replied_at")],
    "coordination_case": [("opened_at", "meeting_on decided_at implemented_at closed_at")],
    "emergency_case": [
        ("reported_at", "first_aid_at relieved_on closed_at"),
        ("relieved_on", "paperwork_done_on"),
    ],
}

SPELLS = ("identification_spell", "circumstance_spell", "benefit_spell", "programme_policy")

CODES = {
    ("person", "sex"): "male female",
    ("identification_spell", "category_code"): "tekun dibao dibao_margin rigid_expenditure "
    "relapse_monitored other",
    ("identification_spell", "residence_type"): "urban rural",
    ("warning", "direction"): "entry exit",
    (
        "warning",
        "source_channel",
    ): "data_match field_visit self_report appeal dept_push upper_level",
    ("referral", "outcome_code"): "assisted not_eligible already_covered declined no_quota pending",
    ("coordination_case", "source_type"): "warning referral emergency appeal",
    ("appeal", "handling_mode"): "on_site cadre_led joint supervised",
    ("programme_policy", "category_code"): "tekun dibao dibao_margin rigid_expenditure "
    "relapse_monitored other any",
}


def before(step, start):
    if hasattr(step, "hour") and hasattr(start, "hour"):
        return step < start
    return day(step) < day(start)


def sound(name, row):
    for start, steps in STEPS.get(name, []):
        for step in steps.split():
            if row[step] is not None and row[start] is not None and before(row[step], row[start]):
                return False
    start, end = row.get("valid_from"), row.get("valid_to")
    if name in SPELLS and None not in (start, end) and end < start:
        return False
    for (where, column), codes in CODES.items():
        if where == name and row[column] is not None and row[column] not in codes.split():
            return False
    return True


def formed(name, row):
    """Whether a region's code has the digits of its level."""
    if name != "region":
        return True
    code, level = row["region_code"], row["region_level"]
    digits = {"province": 6, "city": 6, "county": 6, "township": 9, "village": 12}
    return code.isdigit() and len(code) in ([digits[level]] if level else digits.values())


def keys_of(name):
    return [
        c["column"] for c in table("registry_contract") if c["table"] == name and c["key"] == "PK"
    ]


def set_aside(registry):
    counted = {}
    for name, rows in registry.items():
        keys = [tuple(row[k] for k in keys_of(name)) for row in rows]
        counted[name] = [
            row
            for row, key in zip(rows, keys, strict=True)
            if None not in key and keys.count(key) == 1 and sound(name, row) and formed(name, row)
        ]
    return counted
