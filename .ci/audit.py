"""Known faults of everything installed, by pip-audit; 1 where a mended version is to be had.

Where its data cannot be reached, that is said in capitals and nothing else fails.
"""

import json
import subprocess
import sys

SECONDS = 60

COMMAND = [
    *(sys.executable, "-m", "pip_audit", "--local", "--format", "json"),
    *("--progress-spinner", "off", "--desc", "off"),
]


def report(audited: list[dict]) -> int:
    """Prints what pip-audit found of each distribution; the exit code."""
    told = [each for each in audited if "skip_reason" not in each]
    faults = [(each, fault) for each in told for fault in each["vulns"]]
    for each, fault in faults:
        mended = ", ".join(fault["fix_versions"]) or "no version yet"
        print(f"{each['name']} {each['version']}: {fault['id']}, mended in {mended}")
    missed = len(audited) - len(told)
    print(f"{len(told)} distributions audited, {len(faults)} known faults, {missed} not audited")
    return int(any(fault["fix_versions"] for _, fault in faults))


def main() -> int:
    """Runs pip-audit for at most a minute."""
    try:
        ended = subprocess.run(COMMAND, capture_output=True, text=True, timeout=SECONDS)
        audited = json.loads(ended.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        audited, why = [], f"no answer within {SECONDS} seconds"
    except ValueError:
        audited, why = [], (ended.stderr.strip().splitlines() or ["it said nothing"])[-1]
    else:
        why = "PyPI's data cannot be reached from here"
    if all("skip_reason" in each for each in audited):
        print(f"*** DEPENDENCIES WERE NOT AUDITED: {why} ***")
        return 0
    return report(audited)


if __name__ == "__main__":
    sys.exit(main())
