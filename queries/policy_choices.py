"""Choices of ours that the policy leaves open; each is named in `docs/decisions.md`."""

#: Departments expected to supply data for cross-matching (denominator of I0401).
EXPECTED_SUPPLIERS = 9
