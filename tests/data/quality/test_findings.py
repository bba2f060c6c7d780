"""What is said of rows at fault."""

from data.quality.findings import RULES


def test_every_rule_says_what_to_do():
    assert all(all(texts) for texts in RULES.values())
