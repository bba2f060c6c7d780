"""The cache of answers: computed once at a time (single flight), under a limit of threads."""

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore, Condition, local
from typing import Any, TypeVar

from cachetools import LRUCache
from cachetools import cached as memoised
from cachetools.keys import hashkey

Answer = TypeVar("Answer", bound=Callable[..., Any])

#: Threads beyond that only pass the interpreter's lock around: hundreds of short Polars calls each
#: wait for it, and whoever asks for much waits for everybody who asks for little.
_turns = BoundedSemaphore(os.cpu_count() or 1)
_thread = local()

#: Counts the changes of what is stored: an answer asked for before one is not found after it.
_changes = 0


def cached(
    most: int, weigh: Callable[[Any], int] | None = None, lasting: bool = False
) -> Callable[[Answer], Answer]:
    """
    Decorates a function of hashable arguments: its last used answers are kept, up to `most` of
    them, or up to a weight of `most` in all, until other days or versions are stored.

    `lasting`: also then, for what is read from one version alone.

    Whoever asks for an answer that is being made waits for it: after a refresh the sessions of a
    whole office ask for the same series in one second. What is given back is shared.
    """

    def decorate(make: Answer) -> Answer:
        key = hashkey if lasting else _key
        answers = memoised(LRUCache(most, weigh), key, condition=Condition())(make)

        @wraps(make)
        def asked(*arguments: Hashable, **named: Hashable) -> Any:
            key = answers.cache_key(*arguments, **named)
            with answers.cache_condition:
                if key in answers.cache:
                    return answers.cache[key]
            # The turn comes first: who has one never waits for somebody who has none.
            with _turn():
                return answers(*arguments, **named)

        asked.cache_clear = answers.cache_clear
        return asked

    return decorate


def _key(*arguments: Hashable, **named: Hashable) -> tuple[Hashable, ...]:
    return hashkey(_changes, *arguments, **named)


def outdate() -> None:
    """Something else is stored: what was answered before may be made of too few days."""
    global _changes
    _changes += 1


@contextmanager
def _turn() -> Iterator[None]:
    """One of the turns; a thread that has one keeps it for what its answer needs."""
    if getattr(_thread, "has_turn", False):
        yield
        return
    with _turns:
        _thread.has_turn = True
        try:
            yield
        finally:
            _thread.has_turn = False
