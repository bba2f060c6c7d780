"""A row in words."""

from exhibits.wording.figures import households


def test_hidden_households_keep_their_unit():
    assert households({"value": 12_520.0, "status": "ok"}) == "1.25万户"
    assert households({"value": None, "status": "suppressed"}) == "*户"
    assert households({"value": None, "status": "no_data"}) == ""
    assert households(None) == ""
