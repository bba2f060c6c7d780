"""Many rows in one state, without a result, or dead on one day, are refused."""

from judged import REFERRALS, drawn, refused, rules


def test_many_rows_of_one_state():
    assert rules(referral=drawn(REFERRALS, 100)) == []
    assert rules(referral=drawn(REFERRALS | {"accepted_at": ""}, 99)) == []
    assert rules(referral=drawn(REFERRALS | {"accepted_at": ""}, 100)) == ["one_state"]
    constant = REFERRALS | {"outcome_code": "assisted"}
    [(rule, said)] = refused(referral=drawn(constant, 100))
    assert (rule, "状态全部相同：assisted" in said) == ("one_state", True)
    # Answered, and none says with what.
    answered = REFERRALS | {"responded_at": "2026-01-09", "outcome_code": ""}
    assert [rules(referral=drawn(answered, rows)) for rows in (99, 100)] == [[], ["one_state"]]


def test_most_persons_dead_on_one_day():
    usual = {"person_key": "p{i}", "birth_month": "1960-01-01", "death_date": "1970-01-01"}
    said = [text for _, text in refused(person=drawn(usual, 100)) if "death_date" in text]
    assert said == [
        "人员（去标识化）（person）的death_date已填100行，其中100行（100.0%）是同一天：1970-01-01。健在的请留空"
    ]
    assert "one_state" not in rules(person=drawn(usual | {"death_date": ""}, 100))
