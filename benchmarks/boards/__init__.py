"""Other dashboards that draw 预警处置's four charts of 未转办, measured as ours is."""
