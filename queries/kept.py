"""Answers that are kept: made once, and by no more threads at a time than there are processors."""

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore, Condition, local
from typing import Any, TypeVar

from cachetools import LRUCache, cached

Answer = TypeVar("Answer", bound=Callable[..., Any])

#: Threads beyond that only pass the interpreter's lock around: hundreds of short Polars calls each
#: wait for it, and whoever asks for much waits for everybody who asks for little.
_turns = BoundedSemaphore(os.cpu_count() or 1)
_thread = local()


def kept(most: int, weigh: Callable[[Any], int] | None = None) -> Callable[[Answer], Answer]:
    """
    Decorates a function of hashable arguments: its last used answers are kept, up to `most` of
    them, or up to a weight of `most` in all.

    Whoever asks for an answer that is being made waits for it: after a refresh the sessions of a
    whole office ask for the same series in one second. What is given back is shared.
    """

    def decorate(make: Answer) -> Answer:
        answers = cached(LRUCache(most, weigh), condition=Condition())(make)

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
