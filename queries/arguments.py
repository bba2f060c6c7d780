"""What the command lines share: days as arguments, and arguments that cannot be answered."""

import argparse
from datetime import date


class UsageError(Exception):
    """Arguments that cannot be answered; one clear line, exit 2."""


def day(text: str) -> date:
    """An as-of day such as 2026-10-31, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-10-31") from error
