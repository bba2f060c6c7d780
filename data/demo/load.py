"""Writes the tables into a registry of any kind that the board reads."""

from collections.abc import Callable

import polars as pl
from sqlalchemy import URL

from data.demo import load_files, load_server, load_sqlite
from data.demo.build import Say, build
from data.demo.schema import CannotLoad
from data.demo.slices import slices
from data.demo.world import USUAL_PERSONS, World
from data.registry.connection import RegistryError, registry_url

#: Kind of database → module with `check(url, replace)` and `load(frames, url, replace, say)`.
LOADERS = {
    "sqlite": load_sqlite,
    "postgresql": load_server,
    "mysql": load_server,
    "duckdb": load_files,
    "parquet": load_files,
}


def check(url: str, replace: bool = False) -> URL:
    """The address, when tables can be written there: CannotLoad says why not."""
    try:
        address = registry_url(url)
    except RegistryError as error:
        raise CannotLoad(str(error)) from error
    if address.get_backend_name() not in LOADERS:
        raise CannotLoad(
            f"the demonstration registry cannot be written into {address.get_backend_name()}, "
            f"only into {', '.join(LOADERS)}"
        )
    LOADERS[address.get_backend_name()].check(address, replace)
    return address


def load(
    frames: dict[str, pl.DataFrame],
    url: str,
    replace: bool = False,
    say: Callable[[str], None] = lambda step: None,
) -> None:
    """CannotLoad when tables hold rows and `replace` is not given, or nothing can be written."""
    address = check(url, replace)
    LOADERS[address.get_backend_name()].load(frames, address, replace, say)


def make(world: World, url: str, replace: bool, say: Say) -> None:
    """
    Makes the registry of a world and writes it, into Parquet slice by slice where it is large.

    CannotLoad as `load`, before a minute of making what cannot be written.
    """
    address = check(url, replace)
    if address.get_backend_name() == "parquet" and world.persons > USUAL_PERSONS:
        load_files.load_parts(slices(world, say), address)
    else:
        load(build(world, say), url, replace, say)
