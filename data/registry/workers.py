"""A registry that the workers of a cluster read: no row of it passes this process.

`spark:catalog.schema` are tables or views of the cluster's catalogue, `parquet:////srv/registry` is
a folder that workers see under the same path.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import narwhals as nw
from sqlalchemy import URL

from data.registry import contract
from data.registry.connection import CATALOGUE, registry_url
from data.registry.errors import RegistryError
from data.registry.fingerprint import RowSums
from data.registry.frames import Native
from data.registry.inspection import Survey, survey_of
from data.registry.typed_frames import refused, typed


class Workers(Protocol):
    """What reads for this process; `queries.cubes.engine.Engine` of a cluster is one."""

    @property
    def scan(self) -> Callable[[Path], Native]:
        """Opens a Parquet file, or a folder of them."""

    @property
    def keep(self) -> Callable[[Native, Path], Native]:
        """Writes a frame as Parquet and reads it back."""

    @property
    def catalogue(self) -> Callable[[str], Mapping[str, Native]]:
        """Tables and views of a schema by lower-case name."""

    @property
    def row_sums(self) -> RowSums:
        """Sums of row hashes."""


def are_asked(url: str | URL) -> bool:
    """Whether workers can read what the address names."""
    return str(url).startswith(CATALOGUE) or registry_url(url).get_backend_name() == "parquet"


def tables(url: str | URL, workers: Workers) -> tuple[Survey, dict[str, nw.LazyFrame]]:
    """What of the contract is there, and its tables as they are, under the contract's names."""
    found = {
        name: nw.from_native(frame)
        for name, frame in _there(str(url), workers).items()
        if name in contract.TABLES
    }
    names = {name: frame.collect_schema().names() for name, frame in found.items()}
    survey = survey_of(
        {
            name: {each.lower(): each for each in names[name]} if name in names else None
            for name in contract.TABLES
        }
    )
    hint = f"查找处：{url}。该处有{len(found)}张登记库的表或视图"
    return replace(survey, hint=hint), {
        name: found[name].select(*(nw.col(there).alias(each) for each, there in columns.items()))
        for name, columns in survey.columns.items()
    }


def _there(url: str, workers: Workers) -> Mapping[str, Native]:
    if url.startswith(CATALOGUE):
        schema = url.removeprefix(CATALOGUE)
        if not re.fullmatch(r"\w+(\.\w+)*", schema):
            raise RegistryError(
                f"登记库地址写法有误：应为 {CATALOGUE}目录.模式，如 spark:gov.registry"
            )
        return workers.catalogue(schema)
    folder = Path(registry_url(url).database or "")
    if not folder.is_dir():
        raise RegistryError(f"没有这个文件夹 {folder}，本机与各工作节点须以同一路径看到它")
    return {
        path.stem.lower(): workers.scan(path)
        for path in sorted(folder.iterdir())
        if path.stem.lower() in contract.TABLES and _holds_parquet(path)
    }


def _holds_parquet(path: Path) -> bool:
    return any(path.rglob("*.parquet")) if path.is_dir() else path.suffix == ".parquet"


def staged(raw: Mapping[str, nw.LazyFrame], workers: Workers, folder: Path) -> dict[str, Native]:
    """
    Every table typed, as Parquet that workers write under `folder` (see `typed_frames`).

    RegistryError, with all of them, for columns of types that are not read.
    """
    if columns := [each for name, frame in raw.items() for each in refused(name, frame)]:
        raise RegistryError(
            f"以下列的类型不是合同的类型：{'、'.join(columns)}。请在集群中建视图，用CAST转换后再读"
        )
    folder.mkdir(parents=True)
    return {
        name: workers.keep(nw.to_native(typed(name, frame)), folder / f"{name}.parquet")
        for name, frame in raw.items()
    }
