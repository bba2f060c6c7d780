"""Who issues a bulletin and to whom each edition goes."""

from briefing.meeting.selection import Selection
from data.reference.departments import CIVIL_AFFAIRS
from exhibits.wording import names
from queries.store.snapshot import Snapshot

#: 主送 and 抄送 of the city's edition.
CITY = ("各成员单位，各县（区）人民政府", "市委社会工作部")


def recipients(snapshot: Snapshot, chosen: Selection) -> tuple[str, str]:
    """主送 and 抄送 of an edition; 抄送 is empty where there is nobody."""
    if chosen.department:
        own = chosen.department == CIVIL_AFFAIRS
        return names.department(chosen.department), "" if own else names.department(CIVIL_AFFAIRS)
    if not chosen.region:
        return CITY
    county = names.region_name(snapshot, chosen.scope.region.county)
    if chosen.scope.region.township:
        return names.region_name(snapshot, chosen.region), f"{county}人民政府"
    return f"{county}人民政府", f"{county}民政局"
