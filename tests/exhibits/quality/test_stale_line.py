"""One line under every page: what of the day is stale, partial or does not add up."""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from edited_reference import in_place
from exhibits.quality.stale_line import partial

D = date(2026, 10, 31)

SPELLS = """
    spell_id | person_key | category_code | region_code | valid_from
    1        | a          | dibao         | 621202001   | 2026-01-01
    2        | b          | dibao         | 621221001   | 2026-01-01
    3        | c          | dibao         | {last}      | 2026-01-01
"""


def line(tmp_path, last):
    spells = SPELLS.format(last=last)
    return partial(snapshot_of(registry(identification_spell=spells), tmp_path, D))


def test_counties_that_do_not_add_up_to_the_city_say_so(tmp_path):
    said = "低收入人口1人未归入县区，各县区合计少于全市"
    assert said in line(tmp_path / "none", "")
    assert said in line(tmp_path / "unknown", "621299001")
    assert said not in line(tmp_path / "known", "621202")


@pytest.mark.parametrize(
    ("name", "said"), [("临夏回族自治州", ["“全市”指临夏回族自治州"]), ("天水市", [])]
)
def test_a_place_that_is_no_city_says_what_the_whole_means(tmp_path, name, said):
    day = snapshot_of(registry(), tmp_path / "store", D)
    with in_place(tmp_path, "621200", name):
        assert [phrase for phrase in partial(day) if "全市" in phrase] == said


def test_cases_of_no_county_are_counted_beside_the_persons(tmp_path):
    frames = registry(
        identification_spell=SPELLS.format(last=""),
        warning="""
            warning_id | direction | region_code | raised_at
            w1         | entry     |             | 2026-10-01 09:00:00
            w2         | entry     | 621202001   | 2026-10-01 09:00:00
        """,
        referral="""
            referral_id | to_dept | programme_code | region_code | sent_at
            r1          | health  | P0913          | 621299      | 2026-03-02
        """,
    )
    said = "低收入人口1人、在办预警1条、逾期未办结推送1件未归入县区，各县区合计少于全市"
    assert said in partial(snapshot_of(frames, tmp_path, D))
