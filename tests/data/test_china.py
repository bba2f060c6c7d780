"""Today and now are China's, wherever the machine is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from data import china

DAWN = datetime(2026, 11, 1, 5, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = datetime(2026, 10, 31, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai", "Pacific/Auckland"])
def test_the_machines_zone_changes_neither(zone):
    # time_machine sets the zone of the process too.
    with time_machine.travel(DAWN.astimezone(ZoneInfo(zone)), tick=False):
        assert china.today() == date(2026, 11, 1)
        assert china.now() == datetime(2026, 11, 1, 5, 30)
    with time_machine.travel(NIGHT.astimezone(ZoneInfo(zone)), tick=False):
        assert china.today() == date(2026, 10, 31)
