"""Rows of a succeeded department count under its successor, open referrals among them."""

from datetime import date

import narwhals as nw
from narwhals.typing import IntoLazyFrameT

from data.reference.departments import successors
from queries.cubes.register import Staged

#: Columns by which rows are counted or shown under a department.
COLUMNS = {
    "referral": "to_dept",
    "match_run": "dept_code",
    "data_submission": "dept_code",
    "meeting_item": "lead_dept",
    "task_progress": "reporter_dept",
}


def under_successors(staged: Staged, as_of: date) -> Staged:
    """Staged frames with the department that counts on the day."""
    return {table: _succeeded(table, frame, as_of) for table, frame in staged.items()}


def succeeded(table: str, frame: IntoLazyFrameT, as_of: date) -> IntoLazyFrameT:
    """A frame of a contract table with the department that counts on the day."""
    return nw.to_native(_succeeded(table, nw.from_native(frame), as_of))


def _succeeded(table: str, frame: nw.LazyFrame, as_of: date) -> nw.LazyFrame:
    column = COLUMNS.get(table)
    if column is None:
        return frame
    department = nw.col(column)
    for code, successor in successors(as_of).items():
        is_succeeded = nw.col(column) == code
        department = nw.when(is_succeeded).then(nw.lit(successor)).otherwise(department)
    return frame.with_columns(department.alias(column)) if successors(as_of) else frame
