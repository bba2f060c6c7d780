"""The 50 rules as predicates of a person; true or false, nothing more."""

from plain.world import birthday, holds, limit


def build(w):
    """Rule id -> function of a person key."""

    def cat(p, *codes):
        for spell in w.spells[p]:
            if spell["category_code"] in codes:
                return True
            scattered = spell["sub_code"] == "tekun_scattered"
            if "tekun_scattered" in codes and spell["category_code"] == "tekun" and scattered:
                return True
        return False

    def held(p):
        return [s for s in w.rows("circumstance_spell", p) if holds(s, w.as_of)]

    def has(p, code):
        return any(s["circumstance_code"] == code for s in held(p))

    def severe(p):
        for s in held(p):
            if s["circumstance_code"] == "disability" and (
                s["attr1"] in ("1", "2")
                or (s["attr1"] == "3" and s["attr2"] in ("intellectual", "mental"))
            ):
                return True
        return False

    def disabled(p, *types):
        return any(s["circumstance_code"] == "disability" and s["attr2"] in types for s in held(p))

    def stage(p, *stages):
        return any(s["circumstance_code"] == "student" and s["attr1"] in stages for s in held(p))

    def ev(p, code):
        return any(
            e["event_code"] == code
            and e["occurred_on"] is not None
            and e["occurred_on"] <= w.as_of
            and (e["window_to"] is None or e["window_to"] >= w.as_of)
            for e in w.rows("hardship_event", p)
        )

    def policy(p, programme):
        county = (w.region(p) or "")[:6]
        return any(
            row["programme_code"] == programme
            and row["region_code"] == county
            and row["in_scope"] == 1
            and (row["category_code"] == "any" or cat(p, row["category_code"]))
            and holds(row, w.as_of)
            for row in w.registry.get("programme_policy", [])
        )

    def born(p):
        return w.persons.get(p, {}).get("birth_month")

    def grown(p, years):
        return born(p) is not None and birthday(born(p), years) <= w.as_of

    def res(p, code):
        return w.main[p]["residence_type"] == code

    def housed(p):
        return cat(p, "dibao", "tekun_scattered", "dibao_margin", "rigid_expenditure")

    def stricken(p):
        return cat(p, "dibao", "tekun", "dibao_margin", "rigid_expenditure")

    def assisted(p):
        return any(holds(s, w.as_of) for s in w.rows("benefit_spell", p))

    def rent(p):
        return res(p, "urban") and housed(p) and has(p, "urban_housing_difficulty")

    learning = ("preschool", "primary", "junior", "senior_high", "vocational")
    return {
        "R0801": lambda p: cat(p, "dibao"),
        "R0802": lambda p: cat(p, "tekun"),
        "R0803a": lambda p: cat(p, "dibao_margin") and severe(p),
        "R0803b": lambda p: cat(p, "dibao_margin") and has(p, "major_disease"),
        "R0803c": lambda p: cat(p, "dibao_margin") and has(p, "other_special_difficulty"),
        "R0804": lambda p: grown(p, 18) and has(p, "unemployed") and severe(p),
        "R0911": lambda p: cat(p, "tekun") and has(p, "resident_insurance"),
        "R0912a": lambda p: cat(p, "dibao") and has(p, "resident_insurance"),
        "R0912b": lambda p: (
            policy(p, "P0912")
            and has(p, "resident_insurance")
            and not cat(p, "tekun")
            and not cat(p, "dibao")
        ),
        "R0913": lambda p: has(p, "major_disease") and ev(p, "designated_inpatient_cost"),
        "R0914": lambda p: (
            has(p, "chronic_long_term")
            or (has(p, "major_disease") and ev(p, "long_term_outpatient_cost"))
        ),
        "R0915": lambda p: (
            ev(p, "medical_aid_received")
            and (
                ev(p, "insured_place_designated")
                or (ev(p, "referral_standard") and ev(p, "in_province"))
            )
            and ev(p, "burden_still_heavy")
        ),
        "R0916": lambda p: (
            ev(p, "emergency_treatment") and (ev(p, "identity_unknown") or ev(p, "unable_to_pay"))
        ),
        "R0921": lambda p: stage(p, "preschool"),
        "R0922": lambda p: stage(p, "primary", "junior"),
        "R0923": lambda p: stage(p, "senior_high"),
        "R0924": lambda p: stage(p, "vocational"),
        "R0925": lambda p: cat(p, "relapse_monitored") and stage(p, *learning),
        "R0926": lambda p: ev(p, "student_loan"),
        "R0927": lambda p: stage(p, "senior_high", "vocational", "higher"),
        "R0931": rent,
        "R0932": rent,
        "R0933": lambda p: res(p, "rural") and housed(p) and has(p, "rural_housing_unsafe"),
        "R0941": lambda p: ev(p, "hired_by_enterprise"),
        "R0942": lambda p: has(p, "startup_willing"),
        "R0943": lambda p: has(p, "startup_willing"),
        "R0944": lambda p: has(p, "startup_willing"),
        "R0945": lambda p: res(p, "rural") and has(p, "labour_capable") and has(p, "unemployed"),
        "R0946": lambda p: (
            has(p, "labour_capable") and has(p, "unemployed") and has(p, "job_willing")
        ),
        "R0947": lambda p: any(has(m, "zero_employment_household") for m in w.members(p)),
        "R0948": lambda p: has(p, "market_hard_to_employ"),
        "R0951": lambda p: stricken(p) and ev(p, "disaster_emergency_stage"),
        "R0952": lambda p: stricken(p) and ev(p, "disaster_transition_stage"),
        "R0953": lambda p: stricken(p) and ev(p, "drought_difficulty"),
        "R0954": lambda p: stricken(p) and ev(p, "winter_spring_difficulty"),
        "R0955": lambda p: stricken(p) and ev(p, "house_damaged_by_disaster"),
        "R1001": lambda p: ev(p, "emergency_event"),
        "R1002": lambda p: ev(p, "vagrant"),
        "R1003": lambda p: ev(p, "emergency_event") and ev(p, "severity_minor"),
        "R1004": lambda p: ev(p, "emergency_event") and ev(p, "severity_serious"),
        "R1101": lambda p: assisted(p) and has(p, "need_care"),
        "R1102": lambda p: (
            disabled(p, "intellectual", "mental") or (disabled(p, "physical") and severe(p))
        ),
        "R1103": lambda p: res(p, "urban") and severe(p),
        "R1104": lambda p: True,
        "R1201": lambda p: policy(p, "P1201"),
        "R1202": lambda p: policy(p, "P1202") and ev(p, "death"),
        "R1203": lambda p: policy(p, "P1203") and cat(p, "dibao_margin") and severe(p),
        "R1204": lambda p: (
            policy(p, "P1204")
            and cat(p, "dibao_margin")
            and has(p, "disability")
            and born(p) is not None
            and not grown(p, limit("child.age", w.as_of))
        ),
        "R1205": lambda p: (
            policy(p, "P1205") and cat(p, "dibao_margin") and any(severe(m) for m in w.members(p))
        ),
        "R1206": lambda p: True,
    }
