"""The page on which an indicator is looked into."""

from queries.catalogue import REFERRALS

#: Names of the pages on which indicators are looked into.
PAGES = {
    "coverage": "覆盖缺口",
    "warnings": "预警处置",
    "departments": "部门响应",
    "map": "县区地图",
}

COVERAGE_IDS = (
    *("I0706", "I0802", "I0807", "I0808", "I0809"),
    *("I0890", "I0891", "I0892", "I0893", "I0894", "I0895"),
)

#: Indicators about warnings that stand on their own page.
WARNING_IDS = tuple(f"I07{n:02}" for n in range(1, 16))


def page_of(indicator: str) -> str:
    """The page on which an indicator is looked into."""
    if indicator in COVERAGE_IDS:
        return "coverage"
    if indicator in WARNING_IDS:
        return "warnings"
    return "departments" if indicator in REFERRALS else "map"
