"""Any Spark cluster from 4.0 on, or Sail, over Spark Connect: `SPARK_REMOTE=sc://host:15002`.

Only `pyspark-client` is needed here, which is Python alone. What is read twice is written as
Parquet into a folder that every worker sees under the same path, and read back: a cached frame
keeps its plan, and plans that grow until planning never ends were what made Spark not finish.
"""

import os
import re
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals as nw

from queries.cubes.engine import Engine, EngineError

REMOTE = "SPARK_REMOTE"

#: Days and times are what they are written as, wherever the workers stand.
SETTINGS = {"spark.sql.session.timeZone": "UTC"}

#: Times that a call is tried again, each wait four times the last: some 20 seconds in all.
RETRIES = 5

START = (
    f"--engine spark needs {REMOTE}=sc://host:port. On one machine: pip install pysail; "
    f"sail spark server --port 50051 & export {REMOTE}=sc://127.0.0.1:50051"
)


def spark(work: Path | None = None) -> Engine:
    """
    Spark at SPARK_REMOTE; EngineError when it does not answer, or its client is not installed.

    `work`: a folder that all workers see; without one the system's for temporary files, which is
    enough for workers on this machine.
    """
    remote = os.environ.get(REMOTE)
    if not remote:
        raise EngineError(START)
    with _failing():
        session = _session(remote)

    # Where a frame has no rows Sail writes nothing, neither a folder nor a word on its columns.
    columns: dict[Path, Any] = {}

    def scan(file: Path) -> Any:
        reader = session.read.schema(columns[file]) if file in columns else session.read
        return reader.parquet(str(file))

    def keep(frame: Any, file: Path) -> Any:
        frame.write.mode("overwrite").parquet(str(file))
        # Else the files say it: a plan may promise 32 bits of a number that is written with 64.
        columns.pop(file, None)
        if not (file.exists() and any(file.glob("*.parquet"))):
            file.mkdir(exist_ok=True)
            columns[file] = frame.schema
        return scan(file)

    def sink(frames: Mapping[str, Any], folder: Path) -> None:
        for name, frame in frames.items():
            keep(frame, folder / f"{name}.parquet")

    def catalogue(schema: str) -> dict[str, Any]:
        names = [each.name for each in session.catalog.listTables(schema)]
        return {name.lower(): session.table(f"{schema}.`{name}`") for name in names}

    return Engine(
        "spark",
        scan,
        keep,
        sink,
        (work or Path(tempfile.gettempdir())).absolute(),
        _failing,
        catalogue,
        row_sums,
    )


def row_sums(frame: nw.LazyFrame, columns: list[str]) -> nw.LazyFrame:
    """
    Sums of the two halves of the row hashes, see `data.registry.fingerprint`.

    A null is a text of its own, so that two columns cannot change places.
    """
    from pyspark.sql.connect import functions as sql

    texts = [sql.coalesce(sql.col(each).cast("string"), sql.lit("\0")) for each in columns]
    hashed = nw.to_native(frame).select(sql.xxhash64(*texts).alias("hash"))
    high, low = sql.shiftright("hash", 32), sql.col("hash").bitwiseAND(sql.lit(2**32 - 1))
    return nw.from_native(
        hashed.select(sql.sum(high).alias("hash high"), sql.sum(low).alias("hash low"))
    )


def _session(remote: str) -> Any:
    try:
        with warnings.catch_warnings():
            # It says that it was made for pandas 2, which is not used here.
            warnings.simplefilter("ignore")
            from pyspark.sql.connect.client.retries import DefaultPolicy
            from pyspark.sql.connect.session import SparkSession
    except ImportError as error:
        raise EngineError(
            f"--engine spark needs the package pyspark-client ({error}): pip install pyspark-client"
        ) from None
    session = SparkSession.builder.remote(remote).create()
    # By default it tries for ten minutes to reach what is gone.
    session.client.set_retry_policies([DefaultPolicy(max_retries=RETRIES)])
    for name, value in SETTINGS.items():
        session.conf.set(name, value)
    return session


@contextmanager
def _failing() -> Iterator[None]:
    """Errors of the client and of the connection → EngineError, their first line."""
    try:
        with warnings.catch_warnings():
            # The client's own word that it gave up; the error says so too.
            warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED\]")
            yield
    except Exception as error:
        if not re.match(r"(pyspark|grpc)\b", type(error).__module__):
            raise
        raise EngineError(f"Spark: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    details = re.search(r'details = "([^"\n]*)', str(error))
    return details[1] if details else str(error).strip().partition("\n")[0]
