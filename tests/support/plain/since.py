"""Eligible since: the day that a rule has held from, for programmes whose gap waits for a grace."""

from plain.world import ORDER, holds

LEARNING = ("preschool", "primary", "junior", "senior_high", "vocational")


def run_start(spells, as_of):
    """Where the run of touching or overlapping spells that holds began."""
    whole = [s for s in spells if s["valid_to"] is None or s["valid_from"] < s["valid_to"]]
    holding = [s["valid_from"] for s in whole if holds(s, as_of)]
    if not holding:
        return None
    start, moved = min(holding), True
    while moved:
        moved = False
        for s in whole:
            if s["valid_from"] < start and (s["valid_to"] is None or s["valid_to"] >= start):
                start, moved = s["valid_from"], True
    return start


def first(days):
    known = [d for d in days if d is not None]
    return min(known) if known else None


def build(w):
    """Rule id -> function of a person for whom the rule holds: the day since which it does."""

    def cat(p, *codes):
        rows = [s for s in w.registry["identification_spell"] if s["person_key"] == p]
        return first(
            run_start([s for s in rows if s["category_code"] == code], w.as_of) for code in codes
        )

    def has(p, code):
        rows = w.rows("circumstance_spell", p)
        return run_start([s for s in rows if s["circumstance_code"] == code], w.as_of)

    def stage(p, *stages):
        rows = w.rows("circumstance_spell", p)
        return run_start(
            [s for s in rows if s["circumstance_code"] == "student" and s["attr1"] in stages],
            w.as_of,
        )

    def ev(p, code):
        return first(
            e["occurred_on"]
            for e in w.rows("hardship_event", p)
            if e["event_code"] == code
            and e["occurred_on"] is not None
            and e["occurred_on"] <= w.as_of
            and (e["window_to"] is None or e["window_to"] >= w.as_of)
        )

    def policy(p, programme):
        county, starts = (w.region(p) or "")[:6], []
        for category in ("any", *ORDER):
            rows = [
                r
                for r in w.registry["programme_policy"]
                if r["programme_code"] == programme
                and r["region_code"] == county
                and r["category_code"] == category
                and r["in_scope"] == 1
            ]
            start = run_start(rows, w.as_of)
            if start is not None:
                own = cat(p, *ORDER) if category == "any" else cat(p, category)
                start = None if own is None else max(start, own)
            starts.append(start)
        return first(starts)

    def student(*stages):
        return lambda p: max(cat(p, *ORDER), stage(p, *stages))

    stricken = ("dibao", "tekun", "dibao_margin", "rigid_expenditure")
    return {
        "R0801": lambda p: cat(p, "dibao"),
        "R0802": lambda p: cat(p, "tekun"),
        "R0911": lambda p: max(cat(p, "tekun"), has(p, "resident_insurance")),
        "R0912a": lambda p: max(cat(p, "dibao"), has(p, "resident_insurance")),
        "R0912b": lambda p: max(policy(p, "P0912"), has(p, "resident_insurance")),
        "R0921": student("preschool"),
        "R0922": student("primary", "junior"),
        "R0923": student("senior_high"),
        "R0924": student("vocational"),
        "R0925": lambda p: max(cat(p, "relapse_monitored"), stage(p, *LEARNING)),
        "R0927": student("senior_high", "vocational", "higher"),
        "R0954": lambda p: max(cat(p, *stricken), ev(p, "winter_spring_difficulty")),
        "R1201": lambda p: policy(p, "P1201"),
    }
