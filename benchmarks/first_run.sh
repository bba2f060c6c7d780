#!/usr/bin/env bash
# How long `make run` takes on a fresh clone, commit by commit, one after the other on the same machine:
#
#     benchmarks/first_run.sh [COMMIT …]        (HEAD when none is named)
#
# Prints one line a step and commit, seconds each time since `make run` was called: the registry is made, the
# newest day is stored, the board answers (at most 10 s after the day), every day is stored; and the seconds
# until it answers when `make run` is called again, and that the newest day takes alone (without its history, the
# registry being there). Commits up to a3056d4 store the newest day last and open the board after it.
set -euo pipefail
repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
work=$(mktemp -d)
port=8599
newest=var/snapshot/2026-10-31/current
trap 'stop; rm -rf "$work"' EXIT

server=""
stop() {
    [ -z "$server" ] || kill -INT -- "-$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    server=""
}
now() { date +%s.%N; }
line() { printf '%-10s %-34s %8.1f s\n' "$commit" "$1" "$(echo "$(now) - $2" | bc)"; }
answers() { curl --silent --fail --output /dev/null "http://127.0.0.1:$port/_stcore/health"; }
made() { [ -e var/demo.db ]; }
day_stored() { [ -e "$newest" ]; }
# The day is stored last by old commits; newer ones remove the note of what is owed after their last day.
all_stored() { day_stored && [ ! -e var/snapshot/history.json ]; }

await() {
    until "$1"; do
        kill -0 "$server" 2>/dev/null || { cat "$work/$commit.log" >&2; exit 1; }
        sleep 0.1
    done
}
start() {
    setsid make run PORT="$port" >>"$work/$commit.log" 2>&1 &
    server=$!
}

for commit in "${@:-HEAD}"; do
    commit=$(git -C "$repository" rev-parse --short "$commit")
    git clone --quiet "$repository" "$work/$commit"
    cd "$work/$commit"
    git checkout --quiet "$commit"
    begun=$(now)
    make --silent .venv/installed >"$work/$commit.log" 2>&1
    line "packages installed" "$begun"
    begun=$(now)
    start
    await made
    line "first run: registry made" "$begun"
    await day_stored
    line "first run: newest day stored" "$begun"
    await answers
    line "first run: board opens" "$begun"
    await all_stored
    line "first run: all $(find var/snapshot -mindepth 2 -maxdepth 2 -name current | wc -l) days stored" "$begun"
    stop
    begun=$(now)
    start
    await answers
    line "second run: board opens" "$begun"
    stop
    begun=$(now)
    .venv/bin/python -m queries refresh --url sqlite:///var/demo.db --snapshot "$work/alone-$commit" \
        --as-of 2026-10-31 --months 0 >>"$work/$commit.log" 2>&1
    line "newest day alone, for comparison" "$begun"
    cd "$repository"
done
