"""Which tables and columns of the contract a registry has."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import URL, Engine, inspect
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from data.registry import contract, mysql, whereabouts
from data.registry.connection import failure, is_duckdb, open_engine, registry_url


@dataclass(frozen=True)
class Survey:
    """What of the contract a registry has.

    `columns`: table → contract column → its name in the database, for the tables to be read.
    `missing_tables`, and `missing_columns` of tables that are there: what is not. `hint`: where
    required tables that are missing were looked for. `secured`: tables under row-level security.
    """

    columns: dict[str, dict[str, str]]
    missing_tables: list[str]
    missing_columns: dict[str, list[str]]
    hint: str = ""
    secured: tuple[str, ...] = ()

    def refusal(self) -> str | None:
        """Why the registry cannot be used: required tables or columns it lacks, all of them."""
        lacking = [name for name in self.missing_tables if name in contract.REQUIRED] + [
            f"{name}.{missing}"
            for name, columns in self.missing_columns.items()
            if name in contract.REQUIRED
            for missing in columns
        ]
        hint = f"。{self.hint}" if self.hint else ""
        return f"登记库缺少必需的表或列：{'、'.join(lacking)}{hint}" if lacking else None


def survey(url: str | URL, progress: Callable[[], None] = lambda: None) -> Survey:
    """
    Which contract tables (or views) and columns are there. RegistryError if nothing answers.

    `progress` is called whenever the registry has answered.
    """
    address = registry_url(url)
    if is_duckdb(address):
        # Imported where it reads: that takes a tenth of a second.
        from data.registry import duckdb_files

        there = duckdb_files.columns(address)
        found = survey_of({name: there.get(name) for name in contract.TABLES})
        return replace(found, hint=whereabouts.hint_of_files(address, list(there)))
    engine = open_engine(address)
    try:
        found = survey_of(_present(engine, progress))
        lost = [name for name in found.missing_tables if name in contract.REQUIRED]
        hint = whereabouts.hint(engine, address, lost) if lost else ""
        hidden = whereabouts.secured(engine, list(found.columns))
        return replace(found, hint=hint, secured=tuple(hidden))
    except SQLAlchemyError as error:
        raise failure(address, "无法读取登记库的表结构", error) from error
    finally:
        engine.dispose()


def survey_of(present: dict[str, dict[str, str] | None]) -> Survey:
    """The survey of these tables: table → lower-case column → name; None where it is absent."""
    columns, missing_tables, missing_columns = {}, [], {}
    for name, there in present.items():
        wanted = list(contract.polars_schema(name))
        if there is None:
            missing_tables.append(name)
        elif lacking := [each for each in wanted if each not in there]:
            missing_columns[name] = lacking
        else:
            columns[name] = {each: there[each] for each in wanted}
    return Survey(columns, missing_tables, missing_columns)


def _present(engine: Engine, progress: Callable[[], None]) -> dict[str, dict[str, str] | None]:
    """Contract table → its columns as `_columns`, or None where it is absent."""
    if engine.dialect.name == "mysql":
        with engine.connect() as connection:
            there = mysql.columns(connection, contract.TABLES)
        return {name: there.get(name) for name in contract.TABLES}
    present = {}
    for name in contract.TABLES:
        progress()
        present[name] = _columns(engine, name)
    return present


def _columns(engine: Engine, name: str) -> dict[str, str] | None:
    """Lower-case column → name in the database; None when there is no such table or view."""
    inspector = inspect(engine)
    if not (inspector.has_table(name) or name in inspector.get_view_names()):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # types of a product that SQLAlchemy lacks
        return {each["name"].lower(): each["name"] for each in inspector.get_columns(name)}
