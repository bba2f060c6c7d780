"""The pages as each role gets them, in Chromium; no address leads further."""

import re

import pytest

from browser import PAGES, failed, opened, parts, served, turned

OWN, OTHERS = "礼县", ("康县", "徽县", "两当县", "宕昌县")

BROKEN = re.compile(r"(?<![A-Za-z])(nan|NaN|None)(?![A-Za-z])|\d\.0(?=[人户件条个])")


@pytest.fixture(scope="module")
def board(stored):
    with served(stored("demonstration")) as url:
        yield url


def shown(page) -> str:
    """What stands on a page, all its parts; it has no error and no broken number."""
    said = []
    for _part in parts(page):
        assert failed(page) == []
        said.append(page.inner_text("body"))
    text = "\n".join(said)
    assert BROKEN.findall(text) == []
    return text


@pytest.mark.parametrize("path", ["/", "/coverage", "/county"])
def test_a_county_that_forges_an_address_sees_itself(context, board, path):
    page, _ = opened(context, f"{board}{path}?role=county&region=621224&township=621224100")
    text = shown(page)
    assert OWN in text
    assert [name for name in OTHERS if name in text] == []
    page.close()


def test_what_was_forged_leads_nowhere_on_any_other_page(context, board):
    page, _ = opened(context, f"{board}/?role=county&region=621224&township=621224100")
    for name in PAGES.values():
        turned(page, name)
        text = shown(page)
        # Definitions and the list of tasks name no place.
        assert OWN in text or name in ("指标口径", "任务清单")
        assert [other for other in OTHERS if other in text] == [], name
    page.close()


@pytest.mark.parametrize("role", ["department", "analyst"])
def test_rounded_pages_are_whole(context, board, role):
    page, _ = opened(context, f"{board}/?role={role}&category=dibao&residence=rural")
    for name in PAGES.values():
        turned(page, name)
        assert "低保对象·" not in shown(page), name
    page.close()


def test_a_department_is_told_that_it_makes_no_files(context, board):
    page, _ = opened(context, f"{board}/departments?role=department")
    page.get_by_role("button", name="导出").first.click()
    page.wait_for_selector("text=本角色不能导出文件")
    assert page.get_by_role("button", name="Excel数据").count() == 0
    page.close()


def test_the_office_is_told_that_a_countys_files_are_rounded(context, board):
    page, _ = opened(context, f"{board}/coverage?region=621226")
    page.get_by_role("button", name="导出").first.click()
    page.wait_for_selector("text=文件含县级以下数据")
    page.get_by_role("button", name="Excel数据").wait_for()
    page.close()


def test_the_auditor_sees_the_log_and_no_figure(context, board):
    page, _ = opened(context, f"{board}/coverage?role=auditor")
    text = page.inner_text("body")
    assert "审计日志" in text
    assert "应救未救" not in text.split("审计日志")[0]
    page.close()


def test_the_tasks_of_a_department_have_their_own_choice_beside_the_role(context, board):
    page, _ = opened(context, f"{board}/tasks?department=housing&duty=lead")
    assert "牵头" in shown(page)
    page.close()
