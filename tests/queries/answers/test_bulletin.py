"""Figures of the three-part bulletin: 低保, 特困, 临时救助."""

from dataclasses import replace

import pytest

from queries.access import AccessError, access
from queries.answers.bulletin import bulletin, tekun_households


def test_persons_in_dibao_by_residence_their_households_and_the_mean_support(day):
    city = bulletin(day)
    assert (city.dibao_urban, city.dibao_rural, city.dibao) == (2, 1, 3)
    # 700 and 500 yuan go to one household; the person of the village is paid nothing.
    assert (city.dibao_households, city.support_urban, city.support_rural) == (1, 600.0, None)


def test_persons_in_tekun_by_form_of_care(day):
    city = bulletin(day)
    assert (city.tekun_central, city.tekun_scattered, city.tekun) == (1, 1, 2)
    assert tekun_households(day)["value"] == 2


def test_temporary_aid_counts_since_the_first_of_january(day):
    city = bulletin(day)
    assert (city.aid_cases, city.aid_mean) == (2, 1000.0)


def test_a_county_has_its_own_and_0_where_nobody_is(day):
    county = bulletin(day, "621221")
    assert (county.dibao_urban, county.dibao_rural, county.dibao_households) == (0, 1, 0)
    assert (county.tekun_central, county.tekun_scattered) == (0, 1)
    assert (county.aid_cases, county.aid_mean) == (1, 1200.0)


def test_a_department_has_the_city_and_no_region(day):
    housing = replace(day, access=access("department", department="housing"))
    with pytest.raises(AccessError):
        bulletin(housing, "621221")


def test_the_open_edition_names_what_it_hides_and_a_sum_of_it_is_unknown(day):
    opened = bulletin(replace(day, access=access("partner")), "621202")
    assert (opened.dibao_urban, opened.dibao, opened.support_urban) == (None, None, None)
    # 0 is shown, and the mean of what is hidden is hidden.
    assert opened.dibao_rural == 0
    assert opened.suppressed == {
        *("dibao_urban", "dibao_households", "support_urban"),
        *("tekun_central", "aid_cases", "aid_mean"),
    }
