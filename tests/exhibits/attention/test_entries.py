"""What an entry says: who, what, since when, by which limit, what was decided, who must act."""

from datetime import date

import pytest

from counted_days import stored
from exhibits.attention.entries import entries, nothing
from queries.scope import Scope, open_snapshot

D, BEFORE = date(2026, 10, 31), date(2026, 9, 30)

MEETINGS = """
    meeting_id | meeting_name      | held_on    | data_cutoff_on
    m1         | 2026年全体会议    | 2026-03-20 | 2026-02-28
    m2         | 2026年第2次会议   | 2026-08-18 | 2026-07-31
"""

ITEMS = """
    item_id | meeting_id | item_name          | indicator_id | lead_dept          | region_code | due_on     | done_on    | status_code
    i1      | m1         | 未转办预警清理     | I0708        | county_governments | 621202      | 2026-06-20 | 2026-06-01 | done
    i2      | m2         | 未转办预警限期清零 | I0708        | county_governments | 621202      | 2026-10-17 |            |
    i3      | m2         | 别的县区的事项     | I0708        | county_governments | 621221      | 2026-10-17 |            |
"""

CROWDED = """
    621200 unrouted 60  200
    621200 I0104    5   100
    621202 unrouted 50  60
    621221 unrouted 10  140
    621202 I0104    5   50
"""


OF_A_FURTHER_MEASURE = """
    item_id | meeting_id | item_name              | indicator_id | lead_dept          | region_code | due_on     | done_on | status_code
    i1      | m2         | 审核时限整改“回头看”   | I0104        | county_governments | 621202      | 2026-11-30 |         |
"""

REFERRALS = """
    621200 I0724 60 200
    621202 I0724 40 60
    621221 I0724 20 140
"""


def worded(folder, regions, departments="", **tables):
    stored(folder, D, regions, departments, **tables)
    return entries(open_snapshot(folder, D), Scope(D))


def test_a_countys_entry_says_what_was_decided_and_that_its_government_must_act(tmp_path):
    stored(tmp_path, BEFORE, CROWDED)
    (entry,) = worded(tmp_path, CROWDED, joint_meeting=MEETINGS, meeting_item=ITEMS)
    assert entry.what == "武都区未转办逾期预警50条"
    assert entry.sentence == (
        "武都区未转办逾期预警50条，占全市83.33%，逾期率83.33%（其他县区7.14%），"
        "至少自2026年9月末以来持续。"
        "时限核查9、转办2、启动认定5个工作日（系统默认）。"
        "2026年第2次会议议定“未转办预警限期清零”，应于2026年10月17日前办结，逾期未办结。"
        "另有10月到期未按时办结的认定申请5件（占全市100.00%）。"
    )
    assert entry.action == (
        "责任单位：武都区人民政府；建议时限：2026年11月27日；建议：逐件核查、转办，逾期预警清零。"
    )
    assert (entry.cooperating, entry.counties) == ("市民政局", "武都区")


def test_an_entry_leads_to_its_chart_and_to_the_list_of_its_cases(tmp_path):
    (entry,) = worded(tmp_path, CROWDED)
    assert (entry.page, dict(entry.options)) == ("warnings", {"part": "unrouted"})
    assert (entry.scope.region, entry.cases) == ("621202", "warning")


def test_a_decision_stands_behind_the_measure_that_it_is_about(tmp_path):
    (entry,) = worded(tmp_path, CROWDED, joint_meeting=MEETINGS, meeting_item=OF_A_FURTHER_MEASURE)
    assert entry.previous == ""
    assert entry.sentence.endswith(
        "。另有10月到期未按时办结的认定申请5件（占全市100.00%）。"
        "10月到期未按时办结的认定申请：2026年第2次会议议定“审核时限整改‘回头看’”，"
        "应于2026年11月30日前办结，办理中。"
    )


@pytest.mark.parametrize(
    ("before", "since"),
    [
        # A single month-end does not tell how long it has lasted.
        ((), ""),
        ((date(2026, 9, 30),), "，至少自2026年9月末以来持续"),
    ],
)
def test_since_when(tmp_path, before, since):
    for day in before:
        stored(tmp_path, day, CROWDED)
    (entry,) = worded(tmp_path, CROWDED)
    assert entry.short == (
        f"武都区未转办逾期预警50条，占全市83.33%，逾期率83.33%（其他县区7.14%）{since}。"
    )


def test_what_was_none_at_the_first_month_end_began_later(tmp_path):
    stored(tmp_path, date(2026, 8, 31), "621200 unrouted 0 200")
    stored(tmp_path, BEFORE, CROWDED)
    (entry,) = worded(tmp_path, CROWDED)
    assert entry.short.endswith("，自2026年9月末以来持续。")


def test_a_departments_entry_names_the_county_of_the_same_cases(tmp_path):
    (entry,) = worded(
        tmp_path,
        REFERRALS,
        """
        housing   621202 I0724 35 40
        housing   621221 I0724 5  20
        education 621202 I0724 5  20
        education 621221 I0724 15 120
        """,
    )
    assert entry.short == (
        "市住建局逾期未办结推送40件，占全市66.67%，逾期率66.67%（其他部门14.29%），其中武都区较突出。"
    )
    assert entry.action.startswith("责任单位：市住建局；")
    assert (entry.cooperating, entry.cases) == ("武都区人民政府", "referral")


def test_of_a_countys_late_referrals_the_departments_must_act(tmp_path):
    """No department is one of few alone: the county's is the entry, the departments answer."""
    (entry,) = worded(
        tmp_path,
        REFERRALS,
        """
        housing   621202 I0724 20 30
        education 621202 I0724 20 30
        housing   621221 I0724 10 70
        education 621221 I0724 10 70
        """,
    )
    assert entry.short.startswith("武都区逾期未办结推送40件，")
    assert entry.action.startswith("责任单位：市教育局、市住建局；")
    assert entry.cooperating == "武都区人民政府"


def test_a_missed_target_of_the_city_is_of_those_who_hold_most(tmp_path):
    (entry,) = worded(
        tmp_path,
        """
        621200 P0911 20 200
        621202 P0911 10 100
        621221 P0911 9  90
        """,
    )
    assert entry.short == (
        "全市资助参保（全额）应救未救20人，未覆盖率10.00%，未达目标，较多的是武都区、成县。"
    )
    assert entry.action.startswith("责任单位：武都区人民政府、成县人民政府；")
    assert entry.cooperating == "市医保局"


def test_nothing_due_is_said(tmp_path):
    assert worded(tmp_path, "621200 unrouted 0 20") == ()
    assert nothing(open_snapshot(tmp_path, D), Scope(D)) == "无需提请关注的单位。"
