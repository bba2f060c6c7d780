"""审计日志 for the audit role alone; what is looked at or taken leaves one line."""

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from briefing import export
from browser import choose, failed, opened, served, settle
from data import settings
from data.audit import append, read, verify
from marks import LINE, MARK
from pages.shared.audit import viewing
from pages.shared.sign_in import authenticate
from queries.access import Access, AccessError, User, access

AUDITOR = User("audit1", "市民政局", access("auditor"))

PAGE = str(Path(__file__).parents[2] / "pages" / "audit.py")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "AUDIT_DIR", tmp_path)
    return tmp_path


def note(folder: Path, event: str, what: str, account: str = "zhang") -> None:
    texts = {"account": account, "unit": "市残联", "role": "county", "source": "10.0.0.7"}
    scope = {"as_of": "2026-10-31", "department": "civil_affairs", "category": "dibao"}
    append(folder, event=event, what=what, scope=scope, now=datetime.now(UTC), **texts)


def opened_by(user: User) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.session_state["user"] = user
    return page.run()


def test_an_empty_log_opens(folder):
    page = opened_by(AUDITOR)
    assert not page.exception
    assert page.success[0].value == "● 日志完整：各条首尾相接，未发现改动、删除或调换。"
    assert page.dataframe[0].value.empty


def test_any_other_role_is_refused_and_that_is_noted_once(folder):
    note(folder, "page", "总览")
    page = opened_by(User("li", "市教育局", Access())).run()
    assert page.info[0].value == "审计日志仅供审计角色查看。"
    assert not page.dataframe
    assert read(folder).select("account", "event", "what").row(-1) == ("li", "refused", "审计日志")
    assert read(folder).height == 2


def test_the_newest_comes_first_and_a_filter_narrows(folder):
    for event, what in (("sign_in", ""), ("page", "总览"), ("export", "a.csv")):
        note(folder, event, what)
    note(folder, "page", "覆盖缺口", "wang")
    page = opened_by(AUDITOR)
    table = page.dataframe[0].value
    assert list(table["事件"]) == ["查看", "导出", "查看", "登录"]
    assert list(table["账号"]) == ["wang", "zhang", "zhang", "zhang"]
    assert table.iloc[0][["角色", "部门", "类别"]].to_list() == [
        "县区民政局",
        "市民政局",
        "低保对象",
    ]
    page.multiselect(key="audit-账号").set_value(["zhang"])
    page.multiselect(key="audit-事件").set_value(["导出"]).run()
    assert list(page.dataframe[0].value["页面或文件"]) == ["a.csv"]


def test_the_first_bad_line_is_named_with_a_shape(folder):
    for number in range(3):
        note(folder, "page", f"页{number}")
    (path,) = folder.glob("*.jsonl")
    path.write_text(path.read_text().replace("页1", "页9"))
    page = opened_by(AUDITOR)
    assert page.error[0].value == f"▼ 日志不完整：{verify(folder).text}。"
    assert f"{path.name}第2行缺失或与原记录不符" in page.error[0].value


def test_its_files_carry_the_mark():
    table = pl.DataFrame({"账号": ["zhang"]})
    text = export.table_file(table, ("审计日志",), "csv", MARK).decode("utf-8-sig")
    assert text == f"# {LINE}\n账号\nzhang\n"
    book = openpyxl.load_workbook(io.BytesIO(export.table_file(table, ("审计日志",), "xlsx", MARK)))
    assert [book.active["A1"].value, book.active["A2"].value] == ["审计日志", LINE]


@pytest.fixture
def visitor(monkeypatch):
    """Somebody who is signed in and stays so."""
    monkeypatch.setattr(authenticate, "user", lambda: User("demonstration", "演示", Access()))
    monkeypatch.setattr(authenticate, "guard", lambda make: make)


def test_a_file_is_noted_before_it_is_handed_over(folder, visitor):
    made = viewing.file("a.csv", {"as_of": "2026-10-31"}, lambda mark: mark.line.encode())
    assert not list(folder.glob("*.jsonl"))
    assert made().decode().startswith("内部资料 注意保存；演示 demonstration 20")
    assert read(folder).select("event", "what").rows() == [("export", "a.csv")]


def test_a_refused_file_is_noted_as_refused(folder, visitor):
    def refuse(_):
        raise AccessError("无导出权限")

    with pytest.raises(AccessError):
        viewing.file("a.csv", {}, refuse)()
    assert read(folder).select("event", "what").rows() == [("refused", "a.csv")]


def test_a_file_that_cannot_be_noted_is_not_handed_over(folder, visitor, monkeypatch):
    (folder / "file").write_text("")
    monkeypatch.setattr(settings, "AUDIT_DIR", folder / "file")
    with pytest.raises(viewing.audit.AuditError):
        viewing.file("a.csv", {}, lambda mark: b"x")()


@pytest.fixture(scope="module")
def store(stored):
    return stored("demonstration")


def events(log: Path) -> list[tuple[str, str]]:
    return read(log).select("event", "what").rows()


@pytest.mark.slow
def test_pages_and_files_leave_one_line_each(context, store, tmp_path, monkeypatch):
    log = tmp_path / "audit"
    monkeypatch.setenv("AUDIT_DIR", str(log))
    with served(store) as url:
        page, _ = opened(context, f"{url}/map?evil=<script>")
        page.get_by_role("radio", name="近12个月").click()
        settle(page)
        choose(page, "类别", "低保对象")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="导出").first.click()
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name="CSV数据").click()
        name = waiting.value.suggested_filename
        page.get_by_role("button", name="Excel数据").hover()
        page.goto(f"{url}/present?meeting=J007&kept=1")
        page.wait_for_selector(".screen.cover")
        settle(page)
        assert failed(page) == []
        page.close()
    entries = read(log)
    # Another address is another visit.
    assert events(log) == [
        ("sign_in", "登录"),
        ("page", "县区地图"),
        ("page", "县区地图"),
        ("page", "县区地图"),
        ("export", name),
        ("sign_in", "登录"),
        ("page", "放映"),
    ]
    assert entries["category"].to_list() == ["", "", "", "dibao", "dibao", "", ""]
    assert entries["options"].to_list()[1:3] == ["", '{"part": "months"}']
    assert entries["options"].to_list()[6] == '{"meeting": "J007", "kept": "1"}'
    assert entries["source"].unique().to_list() == ["127.0.0.1"]
    assert verify(log) is None


def test_without_a_log_pages_go_on_and_files_are_refused(context, store, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("AUDIT_DIR", str(tmp_path / "file" / "audit"))
    with served(store) as url:
        page, _ = opened(context, f"{url}/warnings")
        page.wait_for_selector("text=审计日志无法写入，请联系管理员。恢复之前不能导出文件。")
        assert page.query_selector(".board-finding")
        page.get_by_role("button", name="导出").first.click()
        page.get_by_role("button", name="CSV数据").click()
        page.wait_for_selector("text=文件未能生成，请刷新页面后重试。")
        page.close()
