"""Recipes: how an exhibit is rebuilt, for a meeting's selection and for files."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import cache, wraps
from typing import Any, ParamSpec, Protocol, cast

import exhibits
from exhibits.exhibit import Exhibit, Recipe
from exhibits.make import refused
from exhibits.wording.faults import in_words
from queries.access import AccessError
from queries.answers.breakdowns import require_own_region
from queries.answers.periods import PERIODS
from queries.cache import cached
from queries.catalogue import catalogue
from queries.scope import Scope, like_with_like
from queries.store.snapshot import Snapshot
from queries.store.versions import OlderDefinitions

#: Options that name indicators; a file from outside may name others.
INDICATORS = ("indicator", "ids", "second")

#: Characters of an option from outside.
LONGEST = 200

#: Modules of builders as files written before their move name them.
MOVED = {
    "comparison": "county.comparison",
    "explore": "explore.indicators",
    "tasks.found": "tasks.visits",
    "warnings.passed": "warnings.returned_twice",
    "warnings.passed_around": "warnings.returned_twice",
}

#: What of a scope a recipe holds; a file may leave out what is as by default.
NARROWING = ("region", "department", "category", "residence", "period")

#: Options of files written before the scope held their meaning.
DROPPED = ("since",)

Given = ParamSpec("Given")


class Builder(Protocol[Given]):
    """Builds an exhibit of `(snapshot, scope, options…)`; the last ones are in a cache."""

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Exhibit:
        """The exhibit, with its recipe."""

    def cache_clear(self) -> None:
        """Empties the cache."""


_builders: dict[str, Builder[...]] = {}
_builds: dict[str, Callable[..., Exhibit]] = {}

#: Bytes that the exhibits in the cache may take, and what one takes beside its rows.
KEPT, APIECE = 16_000_000, 20_000


class RecipeError(ValueError):
    """A recipe that cannot be built; the message says why."""


def builder(build: Callable[Given, Exhibit]) -> Builder[Given]:
    """
    Decorates `(snapshot, scope, options…) → Exhibit`: exhibits are cached and have a recipe.

    Options are strings, booleans, days or tuples of strings. Outside the access, and where the
    day's older definitions lack the figures, it returns an exhibit that says so, so that no page
    breaks and nothing withheld reads as 0.
    """
    signature = inspect.signature(build)
    name = f"{build.__module__.removeprefix('exhibits.')}.{build.__name__}"

    @wraps(build)
    def built(snapshot: Snapshot, scope: Scope, *options: Any, **named: Any) -> Exhibit:
        # Every request is narrowed to the snapshot's access, and to a day that compares.
        allowed = like_with_like(snapshot, snapshot.access.narrowed(scope))
        bound = signature.bind(snapshot, allowed, *options, **named).arguments
        return _answer(name, snapshot, allowed, tuple(bound.items())[2:])

    wrapper = cast(Any, built)
    wrapper.cache_clear = _answer.cache_clear
    _builders[name] = wrapper
    _builds[name] = build
    return wrapper


def _weight(exhibit: Exhibit) -> int:
    drawn = exhibit.chart.data.estimated_size() if exhibit.chart else 0
    return APIECE + int(exhibit.table.estimated_size() + drawn)


# One cache for all: a page asks one builder for up to nine exhibits, and whoever goes through the
# counties of a city comes back to each of them.
@cached(KEPT, weigh=_weight)
def _answer(
    name: str, snapshot: Snapshot, scope: Scope, options: tuple[tuple[str, Any], ...]
) -> Exhibit:
    narrowing = {field: getattr(scope, field) for field in NARROWING}
    recipe = Recipe(name, options=options, **narrowing)
    try:
        require_own_region(snapshot)
        exhibit = _builds[name](snapshot, scope, **dict(options))
    except (AccessError, OlderDefinitions) as error:
        chosen = [str(value) for _, value in options]
        exhibit = refused(snapshot, scope, "-".join([name, *chosen]), in_words(error))
    return replace(exhibit, recipe=recipe)


@cache
def builders() -> dict[str, Builder[...]]:
    """Every builder by name."""
    for module in pkgutil.walk_packages(exhibits.__path__, "exhibits."):
        importlib.import_module(module.name)
    return _builders


def build(snapshot: Snapshot, recipe: Recipe, compared: date | None) -> Exhibit:
    """The recipe's exhibit as of the snapshot's day; RecipeError when it cannot be built."""
    narrowing = {field: getattr(recipe, field) for field in NARROWING}
    scope = snapshot.access.narrowed(Scope(snapshot.as_of, compared, **narrowing))
    if scope.region and scope.region not in set(snapshot.cube("regions")["region_code"]):
        raise RecipeError(f"there is no region {scope.region!r}")
    try:
        return builders()[recipe.builder](snapshot, scope, **dict(recipe.options))
    except (KeyError, ValueError, TypeError) as error:
        raise RecipeError(f"{recipe.builder} cannot be made: {error!r}") from error


def to_json(recipe: Recipe) -> dict[str, Any]:
    """Plain values, empty ones left out; days as 2026-10-31."""
    options = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in recipe.options
    }
    fields = {k: v for k, v in asdict(recipe).items() if v and k != "options"}
    return fields | ({"options": options} if options else {})


def from_json(stored: object) -> Recipe:
    """The recipe of `to_json`, from an untrusted file; RecipeError if invalid."""
    fields = stored if isinstance(stored, Mapping) else {}
    name = _present_name(fields.get("builder"))
    if name not in builders():
        raise RecipeError(f"no such exhibit: {str(stored)[:80]}")
    unknown = set(fields) - {"builder", "options", *NARROWING}
    narrowing = {field: fields.get(field, getattr(Recipe, field)) for field in NARROWING}
    options = fields.get("options", {})
    if unknown or not isinstance(options, Mapping):
        raise RecipeError(f"{name}: cannot read {sorted(unknown) or 'its options'}")
    if wrong := [field for field, value in narrowing.items() if not isinstance(value, str)]:
        raise RecipeError(f"{name}: {wrong[0]} is no text")
    if narrowing["period"] not in PERIODS:
        raise RecipeError(f"{name}: there is no period {narrowing['period']!r}")
    parameters = inspect.signature(builders()[name]).parameters
    read = tuple(
        (key, _option(parameters, key, value))
        for key, value in options.items()
        if key not in DROPPED
    )
    return Recipe(name, options=read, **narrowing)


def _present_name(builder: object) -> str:
    """The present name of a builder that may have moved since the file was written."""
    module, _, function = str(builder).rpartition(".")
    return f"{MOVED.get(module, module)}.{function}"


def _option(parameters: Mapping[str, inspect.Parameter], key: str, value: object) -> Any:
    """An option of the kind that the builder declares."""
    if key not in list(parameters)[2:]:
        raise RecipeError(f"there is no option {key!r}")
    kind = parameters[key].annotation
    if kind in (date, date | None) and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise RecipeError(f"{key}: {value!r} is no day") from error
    if kind == tuple[str, ...] and isinstance(value, list):
        value = tuple(value)
    values = value if isinstance(value, tuple) else (value,)
    if len(values) > len(catalogue()) or any(
        isinstance(n, str) and len(n) > LONGEST for n in values
    ):
        raise RecipeError(f"{key}: longer than anything it takes")
    if key in INDICATORS and any(n not in catalogue() for n in values if n):
        raise RecipeError(f"{key}: there is no indicator {value!r}")
    if kind not in (str, bool, tuple[str, ...]) or not isinstance(
        value, tuple if kind == tuple[str, ...] else kind
    ):
        raise RecipeError(f"{key}: {value!r} is not what it takes")
    return value
