"""自助分析: any indicator by any breakdown that makes sense, for any period."""
