"""The cubes' main group-bys, written in DuckDB SQL on the same staged Parquet files."""

from pathlib import Path

import duckdb

MEMBERS = """
    WITH held AS (
        SELECT c.* FROM '{folder}/category_spell.parquet' c
        ANTI JOIN (SELECT person FROM '{folder}/lifetime.parquet' WHERE death_date <= {day}) dead
        USING (person)
        WHERE counts_from <= {day} AND until > {day}
    ), main AS (
        SELECT arg_max(region, "order") region, arg_max(category, "order") category,
               arg_max(residence, "order") residence, person
        FROM held GROUP BY person
    )
"""

QUERIES = {
    "register": MEMBERS + "SELECT region[:9], category, residence, count(*) FROM main GROUP BY ALL",
    "facts": """
        SELECT person, {aggregates}
        FROM '{folder}/fact.parquet'
        WHERE counts_from <= {day} AND until > {day} GROUP BY person
    """,
    "responses": """
        SELECT region_code[:9], to_dept, programme_code, sent_at,
               CASE WHEN returned_at <= {day} THEN 'returned'
                    WHEN responded_at <= {day} THEN 'responded' ELSE 'open' END AS state,
               greatest(0, CASE WHEN returned_at <= {day} THEN returned_at_w
                    WHEN responded_at <= {day} THEN responded_at_w ELSE {workday} END - sent_at_w),
               CASE WHEN responded_at <= {day} THEN responded_at END,
               CASE WHEN responded_at <= {day} THEN greatest(0, responded_at_w - sent_at_w) END,
               CASE WHEN returned_at <= {day} THEN return_reason END, count(*)
        FROM '{folder}/referral.parquet' WHERE sent_at <= {day} GROUP BY ALL
    """,
    "warnings": """
        WITH referred AS (
            SELECT warning_id,
                   count(*) FILTER (returned_at IS NULL OR returned_at > {day}) live,
                   count(*) FILTER ((returned_at IS NULL OR returned_at > {day})
                                    AND (responded_at IS NULL OR responded_at > {day})) unanswered,
                   max(returned_at_w) FILTER (returned_at <= {day}) return_w,
                   min(to_dept) <> max(to_dept)
                       OR count(*) FILTER (returned_at <= {day}) >= 2 AS passed
            FROM '{folder}/referral.parquet' WHERE sent_at <= {day} GROUP BY warning_id
        ), coordinated AS (
            SELECT source_id warning_id, count(*) cases,
                   count(*) FILTER (closed_at IS NULL OR closed_at > {day}) open_case
            FROM '{folder}/coordination_case.parquet'
            WHERE source_type = 'warning' AND opened_at <= {day} GROUP BY source_id
        ), stated AS (
            SELECT *, CASE WHEN closed_at <= {day} THEN 'closed'
                           WHEN open_case > 0 THEN 'coordinating'
                           WHEN unanswered > 0 THEN 'routed'
                           WHEN live > 0 OR cases > 0 THEN 'responded' ELSE 'unrouted' END state
            FROM '{folder}/warning.parquet'
            LEFT JOIN referred USING (warning_id) LEFT JOIN coordinated USING (warning_id)
            WHERE raised_at <= {day} AND duplicate_of IS NULL
        )
        SELECT region_code[:9], direction, kind_code, source_channel, programme_code, state,
               CASE WHEN state = 'unrouted' THEN {workday} - coalesce(return_w, raised_at_w)
                    WHEN state <> 'closed' THEN {workday} - raised_at_w END AS wait,
               coalesce(passed, false) AND state <> 'closed', count(*)
        FROM stated GROUP BY ALL
    """,
    "visits": """
        SELECT region_code[:9], visited_on, count(*) FILTER (finding_code = 'potential_eligible'),
               count(*)
        FROM '{folder}/field_visit.parquet' WHERE visited_on <= {day} GROUP BY ALL
    """,
}


def aggregates(earliest: list[int], latest: list[int]) -> str:
    """One conditional minimum or maximum a term, as the register's columns are."""
    parts = [f"min(CASE WHEN term = {n} THEN day END)" for n in earliest]
    return ", ".join(parts + [f"max(CASE WHEN term = {n} THEN day END)" for n in latest])


def run(name: str, folder: Path, day: int, workday: int, columns: str) -> int:
    """Runs a query to an Arrow table; returns its rows."""
    sql = QUERIES[name].format(folder=folder, day=day, workday=workday, aggregates=columns)
    with duckdb.connect() as connection:
        return connection.sql(sql).to_arrow_table().num_rows
