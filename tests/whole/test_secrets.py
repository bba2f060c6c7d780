"""No password, no secret of the sign-in: not on a screen, in a log, the store or the audit log."""

import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, quote_plus, urlencode
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from benchmarks.streamlit_server import ROOT, await_health, command, free_port
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from data.registry.connection import RegistryError, registry_url
from data.registry.masking import masked, shown_address

#: In every spelling of every secret here, however it is encoded.
CORE = "Geheim7"

PASSWORD = f"p@ss%{CORE}/+'x y\\:ä"

SIGN_IN = f"""
[auth]
redirect_uri = "http://localhost/oauth2callback"
cookie_secret = "{CORE}-cookie-0123456789-0123456789"
client_id = "board"
client_secret = "{CORE}-client"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""


def address(where: str, encoded: str) -> dict[str, str]:
    """The three places of an address in which a password may stand."""
    return {
        "password": f"postgresql://reader:{encoded}@{where}/registry",
        "query": f"postgresql://reader@{where}/registry?password={encoded}",
        "options": f"postgresql://reader@{where}/registry?options=-c%20a.b%3D{encoded}",
    }


def ran(url: str, folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and all that a command prints."""
    variables = {"REGISTRY_URL": url, "SNAPSHOT_DIR": f"{folder}/store", "AUDIT_DIR": f"{folder}/a"}
    ended = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return ended.returncode, ended.stdout


COMMANDS = [
    ("data", "check"),
    ("data", "doctor"),
    ("queries", "refresh", "--as-of", "2026-10-31", "--months", "0"),
]


def clean(folder: Path, *told: str) -> bool:
    """Whether neither what was told nor any file of a folder holds a secret."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return all(CORE.encode() not in each for each in [*files, *(one.encode() for one in told)])


@contextmanager
def echoing() -> Iterator[int]:
    """A server that refuses every password, and says it in its error; its port."""

    def told(peer: socket.socket) -> None:
        def received(count: int) -> bytes:
            return peer.recv(count, socket.MSG_WAITALL)

        (size,) = struct.unpack("!i", received(4))
        begins = received(size - 4)
        if size == 8:  # asks for TLS
            peer.sendall(b"N")
            begins = received(struct.unpack("!i", received(4))[0] - 4)
        peer.sendall(struct.pack("!cii", b"R", 8, 3))
        (size,) = struct.unpack("!xi", received(5))
        wrong = (
            b"SFATAL\0C28P01\0Mwrong: " + received(size - 4)[:-1] + begins[8:].replace(b"\0", b" ")
        )
        peer.sendall(struct.pack("!ci", b"E", len(wrong) + 6) + wrong + b"\0\0")

    def serve() -> None:
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            with peer:
                told(peer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("place", ["password", "query", "options"])
def test_a_server_that_is_down_or_refuses_the_password(tmp_path, place):
    with echoing() as port:
        urls = [address(f"127.0.0.1:{n}", quote(PASSWORD, safe=""))[place] for n in (1, port)]
        if place == "options":
            urls[1] = urls[1].replace("reader@", "reader:other@")
        for url in urls:
            for arguments in COMMANDS:
                code, told = ran(url, tmp_path, *arguments)
                assert code == 1
                assert "登记库" in told
                assert "Traceback" not in told
                assert clean(tmp_path, told), told
        assert "wrong: ***" in told or place == "options"


@pytest.fixture
def guarded(postgres_url) -> Iterator[str]:
    """A registry, its address with a password in all three places."""
    write_registry(build(World(persons=2_000, months=4)), postgres_url)
    url = make_url(postgres_url)
    options = f"-c app.token={PASSWORD.replace(chr(92), '').replace(' ', '')}"
    query = {**url.query, "sslpassword": PASSWORD, "options": options}
    asked = urlencode(query, quote_via=quote_plus)
    place = f"{url.host or ''}{f':{url.port}' if url.port else ''}/{url.database}?{asked}"
    yield f"postgresql://{url.username}:{quote(PASSWORD, safe='')}@{place}"


@pytest.mark.slow
def test_where_all_goes_well(guarded, tmp_path):
    told = [ran(guarded, tmp_path, *arguments) for arguments in COMMANDS]
    assert [code for code, _ in told] == [0, 0, 0]
    assert (tmp_path / "store" / "2026-10-31" / "current").exists()
    assert clean(tmp_path, *(text for _, text in told))


@pytest.mark.slow
def test_where_both_ways_of_reading_fail_with_the_secret_in_the_reason(guarded, tmp_path):
    engine = create_engine(registry_url(guarded), poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("COMMIT; BEGIN READ WRITE"))
        connection.execute(text("ALTER TABLE person RENAME TO rows_of_person"))
        connection.execute(
            text(
                "CREATE FUNCTION broken() RETURNS boolean LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'with %', current_setting('app.token'); END $$"
            )
        )
        connection.execute(
            text("CREATE VIEW person AS SELECT * FROM rows_of_person WHERE broken()")
        )
        connection.execute(text("COMMIT"))
    for arguments in (COMMANDS[0], COMMANDS[2]):
        code, told = ran(guarded, tmp_path, *arguments)
        assert code == 1
        assert "ADBC cannot read person" in told
        assert "with ***" in told
        assert "读取登记库的表或视图 person 时出错" in told
        assert clean(tmp_path, told), told


@pytest.mark.slow
@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://reader:p@ss%{CORE}/x@10.0.0.5/registry",
        f"postgresql://reader:p@{CORE}@10.0.0.5/registry",
        f"postgresql://reader:p@host:{CORE}/registry",
        f"nothing://reader:{CORE}@host/registry",
        f"postgresql://reader@127.0.0.1:1/registry?password=a&{CORE}=1",
        f"{CORE}",
    ],
)
def test_an_address_that_is_not_written_as_it_should_be(tmp_path, url):
    code, told = ran(url, tmp_path, *COMMANDS[2])
    assert code == 1
    assert "Traceback" not in told
    assert clean(tmp_path, told), told


def test_every_spelling_is_hidden_and_the_rest_is_told():
    url = registry_url(
        f"postgresql://reader:{quote(PASSWORD, safe='')}@h/d?sslmode=require&passfile=x"
    )
    assert shown_address(url) == "postgresql+psycopg://reader:***@h/d?sslmode=require"
    spellings = [PASSWORD, quote(PASSWORD, safe=""), quote_plus(PASSWORD).lower(), repr(PASSWORD)]
    for each in spellings:
        assert CORE.lower() not in masked(url, f"no {each} here").lower()
    assert masked(url, "host h, database d: require") == "host h, database d: require"
    with pytest.raises(RegistryError, match="%40"):
        registry_url("postgresql://reader:p@ss@h/d")
    assert registry_url("sqlite:////srv/a@b@c.db").database == "/srv/a@b@c.db"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("secrets", "starts"),
    [
        (SIGN_IN, True),
        (SIGN_IN.replace("-cookie-0123456789-0123456789", ""), False),
        (SIGN_IN.replace(f'"{CORE}-client"', f"{CORE}-client"), False),
        (SIGN_IN.replace(f'"{CORE}-client"', f'"{CORE}-client'), False),
    ],
    ids=["fit", "short", "unquoted", "open"],
)
def test_the_board_with_a_provider(tmp_path, secrets, starts):
    file, port = tmp_path / "secrets.toml", free_port()
    file.write_text(secrets)
    log, store, audit = tmp_path / "log", tmp_path / "store", tmp_path / "audit"
    variables = {"SNAPSHOT_DIR": str(store), "AUDIT_DIR": str(audit)}
    variables["REGISTRY_URL"] = f"postgresql://reader:{CORE}@127.0.0.1:1/registry"
    with (
        log.open("w") as written,
        subprocess.Popen(
            command(port, f"--secrets.files={file}", "--logger.level=debug"),
            cwd=ROOT,
            env=os.environ | variables,
            stdout=written,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        answers = []
        try:
            if starts:
                await_health(port, process)
                for path in ("", "healthz", "auth/login?provider=default", "oauth2callback?code=x"):
                    answers.append(_answer(f"http://127.0.0.1:{port}/{path}"))
            else:
                process.wait(60)
        finally:
            process.terminate()
    file.unlink()
    assert log.stat().st_size
    assert clean(tmp_path, *answers), log.read_text()


def _answer(url: str) -> str:
    try:
        with urlopen(url) as answer:
            return answer.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.read().decode()
