"""The process that reads the registry for `watchdog`, and sends it what it reads."""

import logging
import os
import sys
import threading
import traceback
from multiprocessing.connection import Connection

from sqlalchemy import URL

from data.registry.connection import RegistryError, failure
from data.registry.inspection import survey
from data.registry.masking import masked
from data.registry.reader import stage


def serve() -> None:
    """Reads what the connection asks for; its number is the last argument."""
    asker = Connection(int(sys.argv[-1]))
    url, folder, fast = asker.recv()
    threading.Thread(target=_end_with, args=(asker,), daemon=True).start()
    teller = _Teller(asker, url)
    logging.basicConfig(level=logging.INFO, handlers=[teller])
    teller.tell("started")
    try:
        surveyed = survey(url, teller.alive)
        teller.tell("read", surveyed)
        if folder and not surveyed.refusal():
            for table in stage(url, surveyed, folder, fast=fast, progress=teller.alive):
                teller.tell("read", table)
        teller.tell("ended")
    except RegistryError as error:
        teller.tell("failed", str(error))
    except Exception as error:
        # Whatever else a driver raises; the trace goes by the log, where nothing secret passes.
        logging.getLogger(__name__).error("%s", traceback.format_exc())
        teller.tell("failed", str(failure(url, "读取登记库时出错", error)))


def _end_with(asker: Connection) -> None:
    """Nothing more is asked: what can be received is only that the asker has gone."""
    try:
        asker.recv()
    except (EOFError, OSError):
        os._exit(1)


class _Teller(logging.Handler):
    """Sends the asker what is read, signs of life and what is logged, from any thread."""

    def __init__(self, asker: Connection, url: URL):
        super().__init__()
        self.asker, self.url, self.one = asker, url, threading.Lock()

    def tell(self, *message: object) -> None:
        with self.one:
            self.asker.send(message)

    def alive(self) -> None:
        """Called after each step: the registry has answered."""
        self.tell("alive")

    def emit(self, record: logging.LogRecord) -> None:
        self.tell("log", record.levelno, masked(self.url, self.format(record)))
