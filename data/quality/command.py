"""`python -m data check`: is this registry fit to be read, and what in it does not count?"""

import argparse
import logging
import sys
from datetime import date

from data import settings
from data.quality import report
from data.quality.findings import Finding
from data.quality.loading import Loaded, load, with_report
from data.quality.plausible import implausible, missing
from data.quality.refusal import Refusal
from data.registry.connection import RegistryError
from data.registry.scratch import scratch
from data.registry.watchdog import surveyed

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "--url", default=settings.REGISTRY_URL, help="登记库地址（SQLAlchemy URL），只读打开"
    )
    parser.add_argument(
        "--format", choices=["text", "json", "csv"], default="text", help="输出格式"
    )
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help="载入日，晚于此日的记录会列出；默认今天",
    )


def run(args: argparse.Namespace) -> int:
    """
    Prints the report; 0, or 1 when the registry cannot be reached, lacks what is required, or
    holds what `refresh` refuses to publish.
    """
    try:
        survey = surveyed(args.url)
        findings = report.missing(survey)
        if survey.refusal():
            print(_render(args.format, findings, None, [missing(survey)]))
            return 1
        with scratch() as folder:
            loaded = with_report(load(args.url, folder), args.today)
            refusals = implausible(loaded)
    except RegistryError as error:
        print(error, file=sys.stderr)
        return 1
    on_rows = [finding for finding in loaded.findings if finding.rows]
    for refusal in refusals:
        log.error("not to be published: %s", refusal.text)
    in_order = findings + _in_contract_order(on_rows, loaded)
    print(_render(args.format, in_order, loaded, refusals))
    return int(bool(refusals))


def _in_contract_order(findings: list[Finding], loaded: Loaded) -> list[Finding]:
    """Table by table; within a table first what is set aside."""
    tables = list(loaded.frames)
    return sorted(findings, key=lambda each: (tables.index(each.table), not each.set_aside))


def _render(
    form: str, findings: list[Finding], loaded: Loaded | None, refusals: list[Refusal]
) -> str:
    match form:
        case "json":
            return report.as_json(findings, loaded, refusals)
        case "csv":
            return report.as_csv(findings)
        case _:
            return report.as_text(findings, loaded, refusals)
