"""The end of a command that is told to end: no rows of the registry stay behind."""

import os
import signal

from data.registry.scratch import abandon

ENDING = (signal.SIGTERM, signal.SIGHUP)


def clean() -> None:
    """From now on this process cleans up when it is told to end; under nohup it is not told."""
    for each in ENDING:
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, _end)


def _end(number: int, _frame: object) -> None:
    # It is told once more for every thread that its parent had.
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    try:
        abandon()
    finally:
        # An exception would be lost where Polars calls Python, and the command would go on.
        os._exit(128 + number)
