"""预警处置: which warnings have no destination, where, since when?"""
