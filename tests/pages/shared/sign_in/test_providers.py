"""Signing in, through Chromium: a real OpenID provider, a proxy's header, time-outs, refusals."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser import free_port, served, settle, turned
from provider import provided, proxied, secrets

OFFICE, COUNTY, STRANGER = "office@longnan.gov.cn", "lixian@longnan.gov.cn", "nobody@mail.cn"
BRIEF, BRIEF_SECONDS = "brief@longnan.gov.cn", 6
PASSWORD = "right-horse"

ACCOUNTS = {
    "office": {"email": OFFICE, "password": PASSWORD},
    "stranger": {"email": STRANGER, "password": PASSWORD},
    "brief": {"email": BRIEF, "password": PASSWORD, "lifetime": BRIEF_SECONDS},
}

USERS = f"""
["{OFFICE}"]
role = "office"
unit = "市委社会工作部"
["{BRIEF}"]
role = "leader"
unit = "市政府"
["{COUNTY}"]
role = "county"
unit = "礼县民政局"
county = "621226"
"""

#: A name of the registry: where it was sent, figures may have been.
DATA = "应救未救".encode()


@pytest.fixture(scope="module")
def users(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.toml"
    path.write_text(USERS)
    return path


@pytest.fixture(scope="module")
def boards(openid, stored, users, tmp_path_factory):
    """The board behind the provider: as it is by default, and one that one leaves quickly."""
    ports = [free_port(), free_port()]
    apps = [f"http://127.0.0.1:{port}" for port in ports]
    with provided(apps, ACCOUNTS) as issuer:
        files = [secrets(tmp_path_factory.mktemp("secrets"), app, issuer) for app in apps]
        usual = {"USERS_FILE": str(users)}
        quick = usual | {"IDLE_MINUTES": "0.1"}
        store = stored("empty")
        with (
            served(store, files[0], port=ports[0], **usual),
            served(store, files[1], port=ports[1], **quick),
        ):
            yield apps


@pytest.fixture(scope="module")
def board(boards):
    return boards[0]


@pytest.fixture(scope="module")
def headers() -> list[str]:
    """What the proxy adds at the moment."""
    return []


@pytest.fixture(scope="module")
def proxy(stored, users, headers):
    """The board behind a proxy that names the user in X-Remote-User."""
    variables = {"USERS_FILE": str(users), "TRUSTED_USER_HEADER": "X-Remote-User"}
    with (
        served(stored("empty"), **variables, IDLE_MINUTES="0.05") as board,
        proxied(board, headers) as url,
    ):
        yield url


@pytest.fixture
def window(context):
    """A window that knows nobody; what it has loaded it keeps."""
    context.clear_cookies()
    yield context
    for page in context.pages:
        page.close()


def arrived(window: BrowserContext, url: str) -> tuple[Page, list[bytes]]:
    """A page, and what the server sends it from then on."""
    page, sent = window.new_page(), []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: sent.append(data)))
    page.goto(url)
    page.wait_for_selector("h1", timeout=30_000)
    settle(page)
    return page, sent


def answer(page: Page, account: str, password: str = PASSWORD) -> None:
    """Fills in the provider's form."""
    page.get_by_role("button", name="登录").click()
    page.get_by_label("Account").fill(account)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Continue").click()


def signed_in(window: BrowserContext, board: str, account: str) -> Page:
    page, _ = arrived(window, board)
    answer(page, account)
    expect(page.get_by_role("button", name="退出")).to_be_visible(timeout=30_000)
    settle(page)
    return page


def reads(page: Page, line: str) -> None:
    """The line at the top right names unit and role."""
    expect(page.locator(".st-key-user-bar [data-testid=stHtml]")).to_have_text(line)


def go(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def is_outside(page: Page, why: str) -> None:
    """The page says why, and nothing of the board is left on it."""
    expect(page.get_by_text(why)).to_be_visible(timeout=30_000)
    settle(page)
    assert (
        page.locator(".st-key-user-bar, [class*=st-key-scope_], [class*=st-key-card-]").count() == 0
    )


def holds_data(sent: list[bytes]) -> bool:
    return any(DATA in frame for frame in sent if isinstance(frame, bytes))


def test_signing_in_opens_the_link_one_came_with_in_ones_role(window, board):
    link = f"{board}/coverage?region=621202&part=long"
    page, sent = arrived(window, link)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    assert page.query_selector("[role=dialog]") is None
    assert not holds_data(sent)
    answer(page, "office")
    expect(page.get_by_role("button", name="退出")).to_be_visible(timeout=30_000)
    settle(page)
    reads(page, "市委社会工作部　联席会议办公室")
    expect(page.locator("h1")).to_have_text("覆盖缺口")
    settle(page)
    assert set(link.split("?")[1].split("&")) <= set(page.url.split("?")[1].split("&"))
    turned(page, "总览")
    assert holds_data(sent)
    assert [text for text in said if "Content Security Policy" in text] == []


def test_a_wrong_password_stays_outside(window, board):
    page, sent = arrived(window, board)
    answer(page, "office", "wrong")
    expect(page.get_by_text("Wrong password")).to_be_visible()
    page.goto(board)
    is_outside(page, "请登录后查看")
    assert not holds_data(sent)


def test_an_account_that_nobody_registered_sees_no_data(window, board):
    page, sent = arrived(window, board)
    answer(page, "stranger")
    is_outside(page, f"账号“{STRANGER}”未登记，不能查看数据。请联系联席会议办公室登记。")
    assert not holds_data(sent)


def test_a_token_that_expired_counts_no_more_on_the_next_click(window, board):
    page = signed_in(window, board, "brief")
    page.wait_for_timeout(BRIEF_SECONDS * 1000)
    # Exports are a part that runs by itself, without the page around it.
    page.get_by_role("button", name="导出").first.click()
    is_outside(page, "登录已到期，请重新登录。")
    page.goto(board)
    is_outside(page, "登录已到期，请重新登录。")
    answer(page, "office")
    reads(page, "市委社会工作部　联席会议办公室")


def test_a_role_that_changes_counts_from_the_next_click(window, board, users):
    page = signed_in(window, board, "office")
    users.write_text(USERS.replace('"office"', '"county"\ncounty = "621226"'))
    go(page, "指标口径")
    reads(page, "市委社会工作部　县区民政局")
    page.goto(f"{board}/?role=leader")
    reads(page, "市委社会工作部　县区民政局")
    assert page.get_by_role("combobox", name="演示身份").count() == 0
    users.write_text(USERS.replace(OFFICE, "gone@longnan.gov.cn"))
    go(page, "数据质量")
    is_outside(page, "未登记")
    users.write_text("not = [toml")
    page.reload()
    is_outside(page, "用户登记有误")
    users.write_text(USERS)
    page.reload()
    reads(page, "市委社会工作部　联席会议办公室")


def test_who_audits_is_offered_no_page_of_figures(window, board, users):
    users.write_text(USERS.replace('"office"', '"auditor"'))
    page = signed_in(window, board, "office")
    _, sent = arrived(window, f"{board}/coverage")
    users.write_text(USERS)
    assert page.get_by_role("link", name="覆盖缺口").count() == 0
    assert not holds_data(sent)


def test_who_signed_out_is_out_in_every_tab_and_with_every_kept_cookie(window, board):
    page = signed_in(window, board, "office")
    other, _ = arrived(window, board)
    kept = window.cookies()
    turned(page, "覆盖缺口")
    page.get_by_role("button", name="退出").click()
    page.get_by_role("button", name="Sign out").click()
    is_outside(page, "请登录后查看")
    assert page.url == f"{board}/"
    page.go_back()
    is_outside(page, "请登录后查看")
    go(other, "指标口径")
    is_outside(other, "您已退出登录。")
    window.add_cookies(kept)
    stolen, sent = arrived(window, board)
    is_outside(stolen, "您已退出登录。")
    assert not holds_data(sent)


def test_who_does_nothing_is_out_and_a_new_tab_does_not_help(window, boards):
    page = signed_in(window, boards[1], "office")
    turned(page, "指标口径")
    page.wait_for_timeout(6_500)
    go(page, "覆盖缺口")
    is_outside(page, "超过0.1分钟未操作，请重新登录。")
    again, sent = arrived(window, boards[1])
    is_outside(again, "超过0.1分钟未操作")
    assert not holds_data(sent)
    answer(page, "office")
    expect(page.locator("h1")).to_have_text("指标口径", timeout=30_000)


def test_the_proxys_header_says_who(window, proxy, headers):
    headers[:] = [f"X-Remote-User: {COUNTY}"]
    page, _ = arrived(window, f"{proxy}/methods")
    reads(page, "礼县民政局　县区民政局")
    page.wait_for_timeout(3_000)
    go(page, "覆盖缺口")
    is_outside(page, "超过0.05分钟未操作")
    page.get_by_role("link", name="重新进入").click()
    reads(page, "礼县民政局　县区民政局")
    expect(page.locator("h1")).to_have_text("指标口径")


@pytest.mark.parametrize(
    "given",
    [
        [],
        [f"X_Remote_User: {OFFICE}", f"X-Forwarded-User: {OFFICE}", "X-Remote-User:  "],
        [f"X-Remote-User: {OFFICE}", f"X-Remote-User: {COUNTY}"],
    ],
)
def test_without_exactly_that_header_there_is_no_data(window, proxy, headers, given):
    headers[:] = given
    page, sent = arrived(window, proxy)
    is_outside(page, "未收到身份信息，请从统一入口访问本看板。")
    assert not holds_data(sent)
