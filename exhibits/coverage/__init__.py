"""覆盖缺口: who is entitled and not reached?"""
