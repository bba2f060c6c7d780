"""What `data_submission` says of a county's month: records, wrong ones, files sent back."""

from datetime import date

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Integer,
    String,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
)

from data.importing.batches import BATCH, EXACT, Batch, metadata
from data.registry.contract import TABLES

#: The data set of `data_submission` that a table belongs to.
DATASETS = {
    "identification_spell": "low_income_registry",
    "benefit_spell": "assistance_feedback",
    "benefit_event": "assistance_feedback",
}

#: A row a file that was sent back: how many of its rows were wrong, and none of what they held.
RETURN = Table(
    "import_return",
    metadata,
    Column("county_code", String(32), primary_key=True),
    Column("period_month", String(7), primary_key=True),
    Column("table_name", String(64), primary_key=True),
    Column("file_hash", String(64), primary_key=True),
    Column("returned_at", DateTime),
    Column("returned_by", String(64)),
    Column("error_count", Integer),
    **EXACT,
)


def returned(connection: Connection, batch: Batch, errors: int) -> None:
    """Notes that a file went back with so many wrong rows; the same file again is noted once."""
    same = and_(_of(batch), RETURN.c.table_name == batch.table, RETURN.c.file_hash == batch.digest)
    connection.execute(delete(RETURN).where(same))
    row = {
        "county_code": batch.county,
        "period_month": batch.month,
        "table_name": batch.table,
        "file_hash": batch.digest,
        "returned_at": batch.at,
        "returned_by": batch.by,
        "error_count": errors,
    }
    connection.execute(insert(RETURN), [row])


def submit(connection: Connection, batch: Batch) -> None:
    """
    The county's row of `data_submission` for the month, counted anew from its batches.

    `error_count`: of each table the most rows that one of its files was sent back with.
    """
    dataset = DATASETS.get(batch.table)
    if dataset is None:
        return
    tables = [table for table, of in DATASETS.items() if of == dataset]
    its = and_(BATCH.c.county_code == batch.county, BATCH.c.period_month == batch.month)
    records = connection.execute(
        select(func.sum(BATCH.c.record_count)).where(its, BATCH.c.table_name.in_(tables))
    ).scalar()
    wrong = connection.execute(
        select(func.max(RETURN.c.error_count), func.count())
        .where(_of(batch), RETURN.c.table_name.in_(tables))
        .group_by(RETURN.c.table_name)
    ).all()
    submission = TABLES["data_submission"]
    number = f"import-{batch.county}-{batch.month[2:4]}{batch.month[5:]}-{dataset[:3]}"
    connection.execute(delete(submission).where(submission.c.submission_id == number))
    row = {
        "submission_id": number,
        "region_code": batch.county,
        "dept_code": "civil_affairs",
        "dataset_code": dataset,
        "period_month": date.fromisoformat(f"{batch.month}-01"),
        "submitted_at": batch.at,
        "accepted_at": batch.at,
        "record_count": int(records or 0),
        "error_count": sum(errors for errors, _ in wrong),
        "returned_times": sum(times for _, times in wrong),
    }
    connection.execute(insert(submission), [row])


def _of(batch: Batch):
    return and_(RETURN.c.county_code == batch.county, RETURN.c.period_month == batch.month)
