"""The rule of who may get in: where the board may listen, what is an account, how long it lasts."""

import os
import shutil
import subprocess
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from browser import ROOT, choose, command, free_port, opened, served
from data import settings
from pages.shared.sign_in import authenticate, authentication_mode, providers, sessions
from pages.shared.sign_in.providers import Refusal
from pages.shared.sign_in.sessions import Session
from queries.access import AccessError, User, access
from stores import D

OFFICE = "office@longnan.gov.cn"


@pytest.mark.parametrize(
    ("store", "option", "why"),
    [
        ("empty", "--server.address=0.0.0.0", "listens on 127.0.0.1 alone, not on 0.0.0.0"),
        ("real", "--server.address=127.0.0.1", "holds more than the demonstration"),
    ],
)
def test_without_sign_in_it_starts_on_this_machine_with_made_up_figures_only(
    stored, tmp_path, store, option, why
):
    (tmp_path / "last_refresh.json").write_text("{}")
    folder = tmp_path if store == "real" else stored(store)
    environment = os.environ | {"SNAPSHOT_DIR": str(folder)}
    run = command(free_port(), option)
    ended = subprocess.run(
        run, cwd=ROOT, env=environment, timeout=60, check=False, capture_output=True, text=True
    )
    told = [text for text in ended.stderr.splitlines() if "The board does not start" in text]
    assert ended.returncode != 0
    assert len(told) == 1
    assert why in told[0]
    assert "Traceback" not in ended.stderr


def test_secrets_that_cannot_be_read_are_no_secrets_left_out(stored, tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[auth]\ncookie_secret = "not closed\n')
    run = command(free_port(), f"--secrets.files={secrets}")
    environment = os.environ | {"SNAPSHOT_DIR": str(stored("empty"))}
    ended = subprocess.run(
        run, cwd=ROOT, env=environment, timeout=60, check=False, capture_output=True, text=True
    )
    assert ended.returncode != 0
    assert f"The board does not start: {secrets} cannot be read as TOML" in ended.stderr
    assert "not closed" not in ended.stderr


@pytest.fixture
def undecided(monkeypatch, tmp_path):
    """The rule before it was asked, with an empty store."""
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", tmp_path)
    authentication_mode.mode.cache_clear()
    yield monkeypatch
    authentication_mode.mode.cache_clear()


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "10.0.0.5", "::"])
def test_every_address_but_this_machines_needs_a_sign_in(undecided, address):
    assert "docs/access.md" in authentication_mode.refusal(address)
    assert authentication_mode.refusal("127.0.0.1") == ""


def test_a_trusted_header_is_a_sign_in(undecided):
    undecided.setattr(settings, "TRUSTED_USER_HEADER", "X-Remote-User")
    assert authentication_mode.refusal("0.0.0.0") == ""


@pytest.mark.parametrize(
    ("length", "header", "why"),
    [
        (32, "", ""),
        (31, "", "cookie_secret in [auth] has fewer than 32 characters"),
        (32, "X-Remote-User", "keep one of them"),
    ],
)
def test_a_provider_is_a_sign_in_if_its_cookie_cannot_be_guessed(undecided, length, header, why):
    undecided.setattr(
        authentication_mode, "provider_settings", lambda: {"cookie_secret": "s" * length}
    )
    undecided.setattr(settings, "TRUSTED_USER_HEADER", header)
    told = authentication_mode.refusal("0.0.0.0")
    assert why in told
    assert bool(why) == bool(told)


def test_a_file_asked_for_later_is_made_only_while_the_user_is_the_same(monkeypatch):
    session = Session(OFFICE, 0.0, 1e12, "files")
    office, county = (User(OFFICE, "", access(role, "621226")) for role in ("office", "county"))
    monkeypatch.setattr(authenticate, "_session", lambda: session)
    monkeypatch.setattr(authenticate, "user", lambda: office)
    monkeypatch.setattr(authenticate, "_registered_user", lambda _: office)
    made = authenticate.guard(lambda: "file")
    sessions.use(session)
    assert made() == "file"
    monkeypatch.setattr(authenticate, "_registered_user", lambda _: county)
    with pytest.raises(AccessError):
        made()
    monkeypatch.setattr(authenticate, "_registered_user", lambda _: office)
    sessions.end(session)
    with pytest.raises(AccessError):
        made()


def test_a_sign_in_lasts_while_it_is_used_and_no_longer_than_it_may(monkeypatch):
    now = 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    session = Session(OFFICE, now, now + 36_000, "one")
    assert sessions.over(session) == ""
    now += 29 * 60
    sessions.use(session)
    now += 29 * 60
    assert sessions.over(session) == ""
    now += 60
    assert sessions.over(session) == "超过30分钟未操作，请重新登录。"
    sessions.use(session)
    now = session.until
    assert sessions.over(session) == "登录已到期，请重新登录。"


def test_after_a_restart_an_old_cookie_was_last_used_when_it_was_made():
    assert sessions.over(Session(OFFICE, 0.0, 1e12, "unseen")).startswith("超过30分钟")


@pytest.mark.parametrize("claims", [{"email": OFFICE, "email_verified": False}, {"name": OFFICE}])
def test_only_an_address_that_the_provider_vouches_for_is_an_account(monkeypatch, claims):
    told = {"is_logged_in": True, "preferred_username": OFFICE, "sub": OFFICE} | claims
    monkeypatch.setattr("streamlit.user", SimpleNamespace(to_dict=lambda: told))
    assert providers.of_provider() == Refusal("身份提供方未给出可用的账号，请联系系统管理员。")


@pytest.mark.slow
def test_the_demonstration_is_seen_in_any_role_and_a_real_store_in_none(context, stored, tmp_path):
    store = shutil.copytree(stored("empty"), tmp_path / "store")
    manifest = store / D.isoformat() / "1" / "manifest.json"
    with served(store) as url:
        page, _ = opened(context, f"{url}/coverage?role=county")
        role = page.get_by_role("combobox", name="演示身份")
        expect(role).to_have_value("县区民政局")
        page.get_by_role("link", name="数据质量").click()
        page.wait_for_url("**/quality?role=county")
        choose(page, "演示身份", "审计")
        expect(page.get_by_role("link", name="覆盖缺口")).to_have_count(0)
        choose(page, "演示身份", "联席会议办公室")
        page.wait_for_url(f"{url}/")
        told = manifest.read_text().replace('"demonstration": true', '"demonstration": false')
        shutil.copytree(manifest.parent, manifest.parent.with_name("2"))
        (manifest.parent.with_name("2") / "manifest.json").write_text(told)
        (manifest.parents[1] / "current").write_text("2")
        # Which version is current is looked up once a second.
        page.wait_for_timeout(1100)
        page.get_by_role("link", name="覆盖缺口").click()
        expect(page.get_by_text("尚未配置登录方式，不能显示真实数据")).to_be_visible()
        expect(page.get_by_text("数据质量")).to_be_hidden()
        page.close()
