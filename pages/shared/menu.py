"""The board's pages: file, name, address."""

#: Pages that show figures; the first is the one that a role starts with.
BOARD = [
    ("overview.py", "总览", ""),
    ("coverage.py", "覆盖缺口", "coverage"),
    ("warnings.py", "预警处置", "warnings"),
    ("response.py", "部门响应", "departments"),
    ("map.py", "县区地图", "map"),
    ("county.py", "县区画像", "county"),
    ("tasks.py", "任务清单", "tasks"),
    ("meeting.py", "联席会议", "meeting"),
    ("present.py", "放映", "present"),
    ("quality.py", "数据质量", "quality"),
    ("explore.py", "自助分析", "explore"),
    ("methods.py", "指标口径", "methods"),
]

#: Pages that show the log.
LOG = [("audit.py", "审计日志", "audit")]
