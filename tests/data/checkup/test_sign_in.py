"""The doctor on who gets in: sign-in and accounts, before the board refuses to start."""

import pytest

from data import settings
from data.checkup import sign_in

SECRET = "s" * 32


@pytest.fixture
def secrets(tmp_path, monkeypatch):
    """The file of secrets, as text that is written into it."""
    file = tmp_path / "secrets.toml"
    monkeypatch.setattr(sign_in, "SECRETS", (file,))
    monkeypatch.setattr(settings, "TRUSTED_USER_HEADER", "")

    def write(text: str, mode: int = 0o600) -> None:
        file.write_text(text)
        file.chmod(mode)

    return write


@pytest.fixture
def users(tmp_path, monkeypatch):
    file = tmp_path / "users.toml"
    monkeypatch.setattr(settings, "USERS_FILE", file)
    return file.write_text


def test_a_provider(secrets):
    secrets(f'[auth]\ncookie_secret = "{SECRET}"')
    assert str(sign_in.sign_in(False)) == "✔ 登录：统一身份认证（OpenID）"


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ('[auth]\ncookie_secret = "short"', 0o600, "cookie_secret 过短"),
        ("[auth\n", 0o600, "无法读取"),
        (f'[auth]\ncookie_secret = "{SECRET}"', 0o644, "chmod 600"),
    ],
)
def test_a_provider_with_which_the_board_does_not_start_or_is_not_safe(secrets, text, mode, why):
    secrets(text, mode)
    result = sign_in.sign_in(False)
    assert result.fatal
    assert why in str(result)
    assert SECRET not in str(result)


def test_a_proxy_and_not_both(secrets, monkeypatch):
    monkeypatch.setattr(settings, "TRUSTED_USER_HEADER", "X-Remote-User")
    assert str(sign_in.sign_in(False)) == "✔ 登录：由反向代理识别，请求头X-Remote-User"
    secrets(f'[auth]\ncookie_secret = "{SECRET}"')
    assert "只保留一种" in str(sign_in.sign_in(False))


def test_none_is_enough_for_the_demonstration_alone(secrets, users):
    assert str(sign_in.sign_in(True)).startswith("✔")
    assert str(sign_in.users(True)).startswith("✔")
    assert "看板不启动" in str(sign_in.sign_in(False))
    assert "否则无人可看" in str(sign_in.users(False))


def test_accounts_by_role_and_none_by_name(users):
    users('[a]\nrole = "office"\n["b@x"]\nrole = "county"\n[c]\nrole = "county"\n')
    assert str(sign_in.users(False)) == "✔ 用户：3个账户：联席会议办公室1，县区民政局2"


@pytest.mark.parametrize("text", ['[a]\nrole = "king"', "[a]\n", "a = 1", "[a"])
def test_accounts_that_get_nobody_in(users, text):
    users(text)
    assert sign_in.users(False).fatal
