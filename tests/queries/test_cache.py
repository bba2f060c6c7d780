"""An answer is computed once at a time, and anew when the store has changed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from queries.cache import cached, outdate


def counting(**options):
    """A cached function of one argument, and what it was asked."""
    asked = []

    @cached(2, **options)
    def answer(of):
        asked.append(of)
        return [of]

    return answer, asked


def test_the_same_question_has_the_same_answer():
    answer, asked = counting()
    assert answer(1) is answer(1)
    assert asked == [1]


def test_the_last_used_stay():
    answer, asked = counting()
    for of in (1, 2, 1, 3, 1, 2):
        answer(of)
    assert asked == [1, 2, 3, 2]


def test_by_their_weight_where_they_are_weighed():
    answer, asked = counting(weigh=lambda answered: answered[0])
    for of in (1, 1, 2, 1):
        answer(of)
    assert asked == [1, 2, 1]


@pytest.mark.parametrize(("lasting", "times"), [(False, 2), (True, 1)])
def test_a_changed_store_outdates_all_but_what_lasts(lasting, times):
    answer, asked = counting(lasting=lasting)
    answer(1)
    outdate()
    answer(1)
    assert len(asked) == times


def test_a_fault_is_not_kept():
    tries = []

    @cached(2)
    def answer():
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("the first time")
        return "answered"

    with pytest.raises(ValueError, match="the first time"):
        answer()
    assert answer() == "answered"


def test_who_asks_for_what_is_being_computed_waits_for_it():
    asked, begun, go_on, together = [], Event(), Event(), Barrier(3)

    @cached(2)
    def slow():
        asked.append(1)
        begun.set()
        go_on.wait(5)
        return object()

    def ask():
        together.wait(5)
        return slow()

    with ThreadPoolExecutor(3) as sessions:
        answers = [sessions.submit(ask) for _ in range(3)]
        assert begun.wait(5)
        go_on.set()
        assert len({id(each.result(5)) for each in answers}) == 1
    assert asked == [1]
