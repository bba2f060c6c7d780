"""Choices of ours that the policy leaves open; each is named in `docs/decisions.md`."""

#: `child_age_limit()` of R1204, in full years.
CHILD_AGE_LIMIT = 18

#: Departments expected to supply data for cross-matching (denominator of I0401).
EXPECTED_SUPPLIERS = 9
