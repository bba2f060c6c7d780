"""What an office edits by hand."""

from data.reference import eligibility_rules, policy_tables


def check_edited() -> None:
    """Reads limits, targets and rules; ConfigurationError for what cannot be one."""
    policy_tables.limits()
    policy_tables.targets()
    eligibility_rules.rules()
