"""任务清单: the eighteen rows of the policy, what the data say, what was reported."""
