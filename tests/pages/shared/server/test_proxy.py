"""The proxy's configuration in docs/deploy.md, run as it is written, in front of a board."""

import getpass
import os
import re
import socket
import ssl
import subprocess
import time
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import provider
from browser import FLAGS, ROOT, failed, free_port, served, settle
from pages.shared.server import scripts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(provider.missing_of_proxy()), reason="test of the proxy: apt-get install nginx openssl"
    ),
]

HOST = "board.example.gov.cn"
OFFICE, COUNTY = "office", "lixian"

USERS = f"""
[{OFFICE}]
role = "office"
unit = "市委社会工作部"
[{COUNTY}]
role = "county"
unit = "礼县民政局"
county = "621226"
"""


def configuration(folder: Path, board: str, ports: dict[str, int]) -> str:
    """The documented one at this test's ports and files; nothing else of it is changed."""
    documented = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```nginx\n(.*?)```", documented, re.DOTALL)
    for old, new in {
        "http://127.0.0.1:8501": board,
        "listen 80;": f"listen 127.0.0.1:{ports['http']};",
        "listen 443 ssl;": f"listen 127.0.0.1:{ports['https']} ssl;",
        "/etc/ssl/": f"{folder}/",
        "/etc/nginx/": f"{folder}/",
        "allow 10.0.0.0/8": "allow 127.0.0.1",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Else its workers are a user who may not read pytest's folders.
    own = f"user {getpass.getuser()};\n" if os.geteuid() == 0 else ""
    return (
        f"{own}pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}{text}}}\n"
    )


@pytest.fixture(scope="module")
def ports() -> dict[str, int]:
    return {"http": free_port(), "https": free_port()}


@pytest.fixture(scope="module")
def proxy(stored, ports, tmp_path_factory):
    """nginx with the documented configuration before a board that trusts its header."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "users.toml").write_text(USERS)
    (folder / "board.htpasswd").write_text(f"{OFFICE}:{{PLAIN}}right\n{COUNTY}:{{PLAIN}}right\n")
    files = ["-keyout", f"{folder}/board.key", "-out", f"{folder}/board.pem"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}"]
    subprocess.run([*make, *files], check=True, capture_output=True)
    variables = {"USERS_FILE": f"{folder}/users.toml", "TRUSTED_USER_HEADER": "X-Remote-User"}
    with served(stored("empty"), **variables) as board:
        (folder / "nginx.conf").write_text(configuration(folder, board, ports))
        run = ["nginx", "-p", str(folder), "-c", f"{folder}/nginx.conf", "-g", "daemon off;"]
        with subprocess.Popen(run) as process:
            _await(ports["https"])
            yield
            process.terminate()


def _await(port: int) -> None:
    for _ in range(50):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture
def ask(proxy, ports):
    """Asks as the office by default: status, headers as pairs, body."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE

    def asked(path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        # office:right
        known = {"Host": HOST, "Authorization": "Basic b2ZmaWNlOnJpZ2h0"}
        told = known | {name.replace("_", "-"): value for name, value in headers.items()}
        there = HTTPSConnection("127.0.0.1", ports["https"], context=trusting, timeout=30)
        there.request(method, path, body, told)
        answer = there.getresponse()
        found = answer.status, answer.getheaders(), answer.read()
        there.close()
        return found

    return asked


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/coverage?region=621226", 200),
        (scripts.TRANSLATION, 200),
        ("/favicon.png", 200),
        ("/healthz", 200),
        ("/_stcore/health", 200),
        ("/_stcore/host-config", 200),
        ("/_stcore/metrics", 404),
        ("/_stcore/agent/openapi.json", 404),
        ("/media/nothing.csv", 404),
        ("/coverage/", 301),
    ],
)
def test_every_answer_of_the_board_has_its_headers_once(ask, path, status):
    found, headers, _ = ask(path)
    names = [name.lower() for name, _ in headers]
    assert found == status
    for name in (
        *("strict-transport-security", "content-security-policy", "x-content-type-options"),
        *("x-frame-options", "referrer-policy", "permissions-policy"),
        *("cross-origin-opener-policy", "cross-origin-resource-policy"),
    ):
        assert names.count(name) == 1, name
    assert dict(headers)["Server"] == "nginx"


def test_cookies_are_secure(ask):
    _, headers, _ = ask("/auth/login")
    _, more, _ = ask("/_stcore/host-config")
    cookies = [value for name, value in [*headers, *more] if name.lower() == "set-cookie"]
    assert cookies
    assert all("Secure" in told for told in cookies)


def test_without_a_password_nothing_opens(ask):
    started = time.monotonic()
    status, headers, body = ask("/", Authorization="Basic b2ZmaWNlOndyb25n")
    assert (status, dict(headers)["Strict-Transport-Security"]) == (401, "max-age=31536000")
    assert b"streamlit" not in body.lower()
    assert time.monotonic() - started > 0.9


def test_plain_http_leads_to_https(proxy, ports):
    with socket.create_connection(("127.0.0.1", ports["http"])) as there:
        there.sendall(f"GET /map?a=1 HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
        answer = there.recv(4096).decode()
    assert "301 Moved Permanently" in answer
    assert f"Location: https://{HOST}/map?a=1\r\n" in answer


def test_what_is_too_large_is_refused(ask):
    assert ask("/_stcore/upload_file/a/b", "PUT", b"x" * 3_000_000)[0] == 413


def test_signing_in_cannot_be_tried_without_end(ask):
    found = [ask("/auth/login")[0] for _ in range(60)]
    assert 429 in found
    assert ask("/healthz")[0] == 200


def test_whoever_the_proxy_knows_is_in_whatever_a_visitor_sends(chromium, proxy, ports):
    """Web sockets pass, or the page would stay empty; the forged header is the office's."""
    flags = [*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        context = browser.new_context(
            ignore_https_errors=True,
            http_credentials={"username": COUNTY, "password": "right"},
            extra_http_headers={"X-Remote-User": OFFICE},
        )
        page = context.new_page()
        page.goto(f"https://{HOST}:{ports['https']}/methods")
        bar = page.wait_for_selector(".st-key-user-bar [data-testid=stHtml]", timeout=30_000)
        settle(page)
        assert bar.inner_text() == "礼县民政局　县区民政局"
        assert failed(page) == []
        browser.close()
