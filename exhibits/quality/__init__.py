"""数据质量: freshness, completeness, rows at fault, submissions, overlap, revisions."""
