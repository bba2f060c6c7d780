"""What the command lines share: days as arguments, and arguments that cannot be answered."""

import argparse
from datetime import date

from queries.access import Access, AccessError, access, roles


class UsageError(Exception):
    """Arguments that cannot be answered; one clear line, exit 2."""


def day(text: str) -> date:
    """An as-of day such as 2026-10-31, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-10-31") from error


def add_role(parser: argparse.ArgumentParser) -> None:
    """`--role`, and whose region or department it is; without it the office's exact figures."""
    parser.add_argument("--role", choices=list(roles()), default="office")
    parser.add_argument("--own-county", default="", help="county code of the role county")
    parser.add_argument("--own-township", default="", help="township code of the role township")
    parser.add_argument("--own-department", default="", help="code of the role department")


def asked(args: argparse.Namespace) -> Access:
    """The access of the arguments; UsageError for a role that sees no figures or lacks its own."""
    try:
        allowed = access(args.role, args.own_county, args.own_department, args.own_township)
    except AccessError as error:
        raise UsageError(f"--role {args.role}: {error}") from error
    if not allowed.board:
        raise UsageError(f"--role {args.role} sees no figures")
    return allowed
