"""What is refused, the first time too, because no city looks like it."""

from judged import rules, spells


def test_a_sound_registry_and_an_empty_one_are_published():
    assert rules(identification_spell=spells()) == []
    assert rules() == []
    assert rules(region="region_code", person="person_key") == []
