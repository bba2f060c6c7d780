"""部门响应: how fast does each department answer?"""
