"""What is proposed about each measure that an entry may have."""

import pytest

from exhibits.attention.advice import advice
from queries.answers.attention_counts import measures


@pytest.mark.parametrize("measure", measures())
def test_something_is_proposed_about_every_measure(measure):
    assert advice(measure).endswith("。")


def test_what_is_entitled_is_given_and_what_has_ended_is_stopped():
    assert advice("P0912") == "逐人逐户核实，符合条件的按规定给予救助。"
    assert advice("I0808") == "逐人核实，不再符合条件的依规停发。"
