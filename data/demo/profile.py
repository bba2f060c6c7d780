"""How counties and departments behave: the ordinary differences and the planted stories."""

from dataclasses import dataclass

from data.demo.clock import day

#: Counties in official order; positions are used everywhere below.
WUDU, CHENG, WEN, DANGCHANG, KANG, XIHE, LI, HUI, LIANGDANG = range(9)

#: People in the register, relative to the residents.
POVERTY = (0.92, 0.78, 1.04, 1.22, 1.12, 1.14, 1.20, 0.74, 0.88)
#: Share of the entitled who are reached, added to each programme's own.
REACH = (0.012, 0.018, -0.005, -0.022, 0.000, -0.018, -0.012, 0.015, 0.004)

#: A programme that one county never started.
NEVER_STARTED = ("P0946", LIANGDANG)
#: From this day on, most warnings of the county are visited and referred late, or not at all.
PILE_COUNTY, PILE_FROM = LI, day(2026, 6, 1)
#: First aid in emergencies comes late.
SLOW_AID_COUNTY = DANGCHANG
#: Few of the households to be visited are visited.
POOR_VISITS_COUNTY = XIHE
#: Monthly data come late from this day on.
LATE_DATA_COUNTY, LATE_DATA_FROM = WEN, day(2025, 9, 1)
#: People verified as no longer eligible go on being paid.
STILL_PAID_COUNTY, STILL_PAID_FROM = HUI, day(2025, 6, 1)
#: Deaths since then are not always reported to those who pay: there often, elsewhere seldom.
PAID_ON_COUNTY, PAID_ON_FROM, PAID_ON_SHARE = KANG, day(2026, 3, 1), (0.55, 0.012)
#: From this day on some hold two benefits of which one excludes the other; the district checks.
TWICE_FROM, TWICE_NOT_IN = day(2026, 5, 1), WUDU
#: Small amounts that are paid at once lie above the cap now and then.
OVER_CAP_COUNTY, OVER_CAP_FROM = HUI, day(2026, 1, 1)
#: Applications are decided late from this day on.
SLOW_DECISION_COUNTY, SLOW_DECISION_FROM = XIHE, day(2026, 1, 1)
#: Housing and emergency departments send one another the houses damaged by the flood.
PING_PONG_COUNTY, PING_PONG_FROM = WEN, day(2026, 8, 13)
#: Households of dibao of which the first member alone is paid (一人保代替整户保): usual, there.
PAID_IN_PART, PAID_IN_PART_COUNTY, PAID_IN_PART_THERE = 0.004, KANG, 0.015
#: Public rental housing reaches few.
POOR_HOUSING_COUNTY = CHENG


@dataclass(frozen=True)
class Department:
    """Median and spread of the working days to an answer; share sent back."""

    code: str
    median: float
    sigma: float
    returned: float


DEPARTMENTS = (
    Department("civil_affairs", 5.0, 0.95, 0.03),
    Department("education", 6.0, 0.85, 0.05),
    Department("human_resources", 8.0, 0.72, 0.06),
    Department("housing", 9.0, 0.60, 0.09),
    Department("health", 7.0, 0.78, 0.06),
    Department("emergency", 4.0, 1.05, 0.06),
    Department("rural_revitalization", 8.0, 0.70, 0.05),
    Department("medical_security", 6.0, 0.88, 0.05),
    Department("disabled_federation", 12.0, 0.42, 0.07),
    Department("women_federation", 10.0, 0.52, 0.05),
)
DEPT_CODES = [d.code for d in DEPARTMENTS]
#: Median working days where the programme decides, not the department; each has a limit of its own.
LONG_CASES = {"P0931": 35.0, "P0932": 22.0, "P0933": 95.0, "P0955": 95.0, "P1205": 62.0}
#: One department is late by its own limits: what is due, and what it signs for, since March 2026.
SLOWING = DEPT_CODES.index("housing")
SLOWED_CASES, SLOWING_FROM = {"P0931": 170.0, "P0932": 140.0}, day(2025, 12, 25)
LATE_SIGNING_FROM = day(2026, 3, 1)

#: Floods and the like: county, day, share of the county's register that is hit.
DISASTERS = (
    (WUDU, day(2024, 7, 18), 0.010),
    (KANG, day(2024, 8, 5), 0.020),
    (DANGCHANG, day(2025, 7, 26), 0.016),
    (LI, day(2025, 8, 9), 0.012),
    (XIHE, day(2026, 7, 14), 0.008),
    (WEN, day(2026, 8, 12), 0.040),
    (DANGCHANG, day(2026, 10, 22), 0.004),
)
DROUGHTS = (
    (LI, day(2025, 5, 28), 0.020),
    (XIHE, day(2025, 6, 2), 0.018),
    (HUI, day(2026, 8, 20), 0.006),
)
