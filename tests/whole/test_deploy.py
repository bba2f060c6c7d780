"""docs/deploy.md is followed where a test can: units, environment, container file, offline install.

Its proxy is run in `tests/pages/shared/server/test_proxy.py`.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from browser import ROOT
from data.__main__ import parser as data_parser
from queries.__main__ import _parser as queries_parser

TEXT = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
UNITS = dict(
    re.findall(
        r"`/etc/systemd/system/([\w.-]+)`[^`]*(?:`[^`]*`[^`]*)*?```ini\n(.*?)```", TEXT, re.DOTALL
    )
)
SERVICES = [name for name in UNITS if name.endswith(".service")]
(ENVIRONMENT,) = re.findall(r"\n```\n(REGISTRY_URL=.*?)```", TEXT, re.DOTALL)
VARIABLES = dict(line.split("=", 1) for line in ENVIRONMENT.splitlines())
(CONTAINER,) = re.findall(r"```dockerfile\n(.*?)```", TEXT, re.DOTALL)
STEPS = [line.split(" ", 1) for line in CONTAINER.replace("\\\n", "").splitlines()]
PYTHON = "/srv/board/app/.venv/bin/python"


def values(unit: str, key: str) -> list[str]:
    return [
        word for line in re.findall(rf"^{key}=(.*)$", UNITS[unit], re.M) for word in line.split()
    ]


def step(name: str) -> list[str]:
    return [rest.strip() for found, rest in STEPS if found == name]


def test_every_unit_is_found():
    assert {*UNITS} == {"board.service", "board-refresh.service", "board-refresh.timer"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="apt-get install systemd")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text.replace(PYTHON, sys.executable))
    verify = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no"]
    found = subprocess.run(
        [*verify, *(tmp_path / name for name in UNITS)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_write_what_it_is_told_to_write_and_is_bounded(name):
    written = {"board.service": {"SNAPSHOT_DIR", "AUDIT_DIR"}}.get(name, {"SNAPSHOT_DIR"})
    assert {*values(name, "ReadWritePaths")} == {VARIABLES[each] for each in written}
    assert values(name, "ProtectSystem") == ["strict"]
    assert values(name, "MemoryMax") == ["3G"]
    # Debian 13 keeps /tmp in memory; PrivateTmp gives a /var/tmp of its own too.
    assert values(name, "Environment") == ["TMPDIR=/var/tmp"]
    assert values(name, "PrivateTmp") == ["yes"]
    assert values(name, "User") == ["board"]


def test_the_refresh_and_the_commands_of_the_text_are_commands():
    _, _, module, *arguments = values("board-refresh.service", "ExecStart")
    assert module == "queries"
    assert queries_parser().parse_args(arguments).command == "refresh"
    commands = re.findall(r"python -m (data|queries) ([\w -]+(?:=[\w=,-]+)?)", TEXT)
    assert len(commands) >= 5
    for module, line in commands:
        parse = (data_parser() if module == "data" else queries_parser()).parse_args
        parse(line.split())


def test_the_environment_names_variables_of_the_program():
    known = (ROOT / "data" / "settings.py").read_text()
    assert [name for name in VARIABLES if f'"{name}"' not in known] == []


def test_the_container_file():
    """What a linter asks for, and what must agree with the rest of the text."""
    assert STEPS[0][0] == "FROM"
    assert re.fullmatch(r"python:3\.\d+-slim", step("FROM")[0])
    assert "latest" not in step("FROM")[0]
    (packages,) = [run for run in step("RUN") if "apt-get" in run]
    assert "--no-install-recommends" in packages
    assert packages.endswith("rm -rf /var/lib/apt/lists/*")
    assert all("--require-hashes" in run for run in step("RUN") if "pip install" in run)
    assert step("COPY").index("requirements.lock .") < step("COPY").index(". .")
    names = [name for name, _ in STEPS]
    assert step("USER") == ["board"]
    assert names.index("USER") < names.index("CMD")
    assert not {"ADD", "MAINTAINER"} & {*names}


def test_the_container_runs_what_the_service_runs():
    (command,) = step("CMD")
    served = values("board.service", "ExecStart")[1:]
    assert {*json.loads(command)[1:]} ^ {*served} == {
        "--server.address=0.0.0.0",
        "--server.address=127.0.0.1",
    }
    variables = dict(word.split("=") for word in shlex.split(step("ENV")[0]))
    known = (ROOT / "data" / "settings.py").read_text()
    own = {"PYTHONDONTWRITEBYTECODE", "TZ", "TMPDIR"}
    assert [name for name in variables if f'"{name}"' not in known and name not in own] == []
    health = json.loads(step("HEALTHCHECK")[0].split(" CMD ")[1])
    compile(health[2], "health check", "exec")


def test_packages_of_the_container_are_those_of_the_machine():
    (installed,) = re.findall(r"apt-get install -y (.*)", TEXT.split("## Service")[0])
    (packages,) = [run for run in step("RUN") if "apt-get" in run]
    in_container = {*packages.split("--no-install-recommends ")[1].split(" &&")[0].split()}
    assert in_container == {*installed.split()} - {"python3-venv", "make"}


def test_secrets_stay_out_of_the_image():
    kept_out = (ROOT / ".dockerignore").read_text().split()
    assert {".streamlit/secrets.toml", ".streamlit/users.toml", "var", ".git"} <= {*kept_out}


def test_what_is_installed_without_internet_is_what_make_downloads():
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^wheels: ", makefile, re.M)
    assert "-r requirements.lock -d wheels" in makefile
    assert "--no-index --find-links wheels --require-hashes -r requirements.lock" in TEXT


@pytest.mark.parametrize("wanted", [Path("requirements.lock"), Path(".dockerignore")])
def test_files_that_the_text_copies_are_there(wanted):
    assert (ROOT / wanted).is_file()
