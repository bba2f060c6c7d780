"""预警处置: which warnings lie unrouted, where, since when?"""
