"""`python -m data demo`: writes the demonstration registry into any kind the board reads."""

import argparse
import sys

from data.demo.build import progress_on_stderr
from data.demo.load import make
from data.demo.schema import CannotLoad
from data.demo.world import LEAD_IN, USUAL_PERSONS, World


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", help="SQLAlchemy URL; default: REGISTRY_URL, else var/demo.db")
    parser.add_argument(
        "--persons", type=int, default=USUAL_PERSONS, help="in the register on the last day"
    )
    parser.add_argument("--seed", type=int, default=1, help="same seed, same registry")
    parser.add_argument("--months", type=int, default=36, help="of history up to 2026-10-31")
    parser.add_argument("--replace", action="store_true", help="drop tables that hold rows")


def run(args: argparse.Namespace) -> int:
    from data.settings import REGISTRY_URL

    world = World(args.persons, args.seed, args.months + LEAD_IN)
    try:
        make(world, args.url or REGISTRY_URL, args.replace, progress_on_stderr())
    except CannotLoad as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0
