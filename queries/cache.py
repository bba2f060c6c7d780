"""The cache of answers: computed once at a time (single flight), under a limit of threads."""

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore, Condition, local
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from cachetools import LRUCache
from cachetools import cached as memoised
from cachetools.keys import hashkey

Given = ParamSpec("Given")
Answer = TypeVar("Answer", covariant=True)


class Cached(Protocol[Given, Answer]):
    """A function whose last answers are in a cache."""

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        """The answer, from the cache where it is there."""

    def cache_clear(self) -> None:
        """Empties the cache."""


#: Threads beyond that only pass the interpreter's lock around: hundreds of short Polars calls each
#: wait for it, and whoever asks for much waits for everybody who asks for little.
_slots = BoundedSemaphore(os.cpu_count() or 1)
_thread = local()

#: Number of times that the store changed: part of the key of every answer that depends on it.
_changes = 0

#: Number of times that days were taken out of it: part of the key of what lasts.
_losses = 0


def cached(
    size: int, weigh: Callable[[Any], float] | None = None, lasting: bool = False
) -> Callable[[Callable[Given, Answer]], Cached[Given, Answer]]:
    """
    Decorates a function of hashable arguments: its last used answers are cached until the store
    changes, up to `size` of them, or up to a sum of `size` of their weights.

    `lasting`: also then, for what is read from one version alone.

    Whoever asks for an answer that is being computed waits for it: after a refresh the sessions of
    a whole office ask for the same series in one second. What is returned is shared.
    """

    def decorate(compute: Callable[Given, Answer]) -> Cached[Given, Answer]:
        condition = Condition()
        key_of = _lasting_key if lasting else _key
        answers: Any = memoised(LRUCache(size, weigh), key_of, condition=condition)(compute)

        @wraps(compute)
        def answer(*arguments: Hashable, **named: Hashable) -> Any:
            key = key_of(*arguments, **named)
            with condition:
                if key in answers.cache:
                    return answers.cache[key]
            # The slot comes first: who has one never waits for somebody who has none.
            with _slot():
                return answers(*arguments, **named)

        wrapper = cast(Any, answer)
        wrapper.cache_clear = answers.cache_clear
        return wrapper

    return decorate


def _key(*arguments: Hashable, **named: Hashable) -> tuple[Hashable, ...]:
    return hashkey(_changes, *arguments, **named)


def _lasting_key(*arguments: Hashable, **named: Hashable) -> tuple[Hashable, ...]:
    return hashkey(_losses, *arguments, **named)


def forget() -> None:
    """Days were taken out of the store: what was read of them may not stand for others."""
    global _losses
    _losses += 1
    outdate()


def outdate() -> None:
    """The store has changed: answers computed before may be made of too few days."""
    global _changes
    _changes += 1


@contextmanager
def _slot() -> Iterator[None]:
    """One of the slots; a thread that has one keeps it for what its answer needs."""
    if getattr(_thread, "has_slot", False):
        yield
        return
    with _slots:
        _thread.has_slot = True
        try:
            yield
        finally:
            _thread.has_slot = False
