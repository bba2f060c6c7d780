"""Choices of ours that the policy leaves open; each is named in `docs/decisions.md`."""

#: `child_age_limit()` of R1204, in full years.
CHILD_AGE_LIMIT = 18
