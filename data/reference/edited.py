"""What an office edits by hand."""

from data.reference import eligibility_rules, policy_tables, seasons


def check_edited() -> None:
    """Reads limits, targets, seasons and rules; ConfigurationError for what cannot be one."""
    policy_tables.limits()
    policy_tables.targets()
    seasons.check()
    eligibility_rules.rules()
