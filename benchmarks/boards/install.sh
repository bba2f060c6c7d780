#!/usr/bin/env bash
# The peers that the package registries give, each in a folder of its own in $BOARDS_DIR (var/boards):
#
#     benchmarks/boards/install.sh
#
# Superset comes from PyPI (some 1.2 GB, minutes), Observable Framework from npm (Node 20.6 or later). Metabase and
# DataEase are Java programs that neither PyPI nor npm carries: they are not installed, and said to be missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${BOARDS_DIR:-$here/../../var/boards}
mkdir -p "$folder/framework"
cd "$folder"

[ -x superset/bin/python ] || python3 -m venv superset
superset/bin/pip install --quiet --disable-pip-version-check apache-superset==6.1.0 psycopg2-binary gunicorn rich cachetools "flask-caching<2.4"
cp "$here/static/package.json" framework/
npm install --prefix framework --no-audit --no-fund --loglevel=error
