"""One verdict on a figure: the target decides, what the month-ends say stands behind it."""

import pytest

from exhibits.wording.marks import verdict
from queries.answers.marks import Mark
from queries.catalogue import catalogue

ON_TIME = catalogue()["I0723"]

WORSE = Mark(variation="concern", unjudged="", rule="outside", upward=False)
BETTER = Mark(variation="improvement", unjudged="", rule="outside", upward=True)
USUAL = Mark(variation="common", unjudged="")
FEW = Mark(unjudged="few")


@pytest.mark.parametrize(
    ("mark", "met", "said", "tone"),
    [
        (WORSE, "missed", "✘ 未达标，异常变差", "concern"),
        (BETTER, "missed", "✘ 未达标，但异常好转", "concern"),
        (WORSE, "met", "✔ 达标，但异常变差", "improvement"),
        (USUAL, "fail", "✘ 持续未达标", "concern"),
        (FEW, "met", "✔ 达标", "improvement"),
        (WORSE, "", "▼ 异常变差", "concern"),
        (USUAL, "", "", ""),
        (FEW, "", "", ""),
        (FEW, "met_mostly_missed", "◆ 本期达标，近0个月多数月末未达标", ""),
    ],
)
def test_a_card_has_one_verdict(mark, met, said, tone):
    assert verdict(ON_TIME, mark, met) == (said, tone)
