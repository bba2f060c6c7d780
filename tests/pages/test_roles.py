"""The pages as each role gets them, in Chromium; no address leads further."""

import re

import pytest

from browser import PAGES, failed, opened, parts, served, turned

OWN = "礼县"

BROKEN = re.compile(r"(?<![A-Za-z])(nan|NaN|None)(?![A-Za-z])|\d\.0(?=[人户件条个])")

WITHHELD = "此项超出本角色的查看范围"


@pytest.fixture(scope="module")
def board(stored):
    with served(stored("demonstration")) as url:
        yield url


def shown(page, every_part: bool = True) -> str:
    """What stands on a page, in all its parts or the first; no error and no broken number."""
    texts = []
    for _part in parts(page) if every_part else [""]:
        assert failed(page) == []
        texts.append(page.inner_text("body"))
    text = "\n".join(texts)
    assert BROKEN.findall(text) == []
    return text


def offered(page) -> list[str]:
    """Names of the pages in the menu, the first one first."""
    return [name for name in page.get_by_test_id("stTopNavLink").all_inner_texts() if name]


@pytest.mark.parametrize("path", ["/overview", "/coverage", "/county"])
def test_a_county_that_forges_an_address_sees_itself(context, board, path):
    page, _ = opened(context, f"{board}{path}?role=county&region=621224&township=621224100")
    assert OWN in shown(page)
    assert page.get_by_role("combobox", name="县区").first.input_value() == OWN
    page.close()


@pytest.mark.parametrize(
    "role", ["county", "county_government", "township", "department", "partner"]
)
def test_every_page_of_a_role_is_whole(context, board, role):
    """All parts in all roles are built without a browser: test_open_edition_exhibits.py."""
    page, _ = opened(context, f"{board}/?role={role}")
    for name in offered(page):
        turned(page, name)
        # A page may say of a part that it is not the role's; it is never all that it says.
        assert shown(page, every_part=False).count(WITHHELD) < 6, name
    page.close()


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("office", "总览"),
        ("county", "待办"),
        ("township", "待办"),
        ("department", "待办"),
        ("auditor", "审计日志"),
    ],
)
def test_a_role_lands_on_its_first_page(context, board, role, first):
    page, _ = opened(context, f"{board}/?role={role}")
    assert page.locator("h1").inner_text() == first
    page.close()


def test_the_list_of_a_county_is_sorted_filtered_and_taken_along(context, board, tmp_path):
    page, _ = opened(context, f"{board}/?role=county")
    page.get_by_role("combobox", name="时限").click()
    page.get_by_role("option", name="▲ 逾期").click()
    page.keyboard.press("Escape")
    page.wait_for_selector("text=/显示\\d+条，共\\d+条/")
    page.get_by_role("button", name="导出").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel数据").click()
    assert download.value.suggested_filename.startswith("待办_待办预警清单_礼县")
    page.close()


def test_a_township_takes_its_list_and_no_other_file(context, board):
    page, _ = opened(context, f"{board}/coverage?role=township")
    page.get_by_role("button", name="导出").first.click()
    page.wait_for_selector("text=本角色只能导出本单位待办清单")
    assert page.get_by_role("button", name="Excel数据").count() == 0
    page.close()


def test_a_file_may_be_taken_in_the_open_edition(context, board):
    page, _ = opened(context, f"{board}/coverage?region=621226")
    page.get_by_role("button", name="导出").first.click()
    page.get_by_text("公开口径（取整）").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV数据").click()
    assert download.value.suggested_filename.endswith("_公开口径.csv")
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


def test_the_pages_of_the_office_are_those_of_the_board(context, board):
    page, _ = opened(context, f"{board}/")
    assert offered(page) == ["总览", "待办", *list(PAGES.values())[1:]]
    page.close()
