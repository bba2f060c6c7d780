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
        WITH sent AS (
            SELECT *, coalesce(returned_at <= {day}, false) returned,
                   NOT returned AND coalesce(responded_at > {day}, true) unanswered
            FROM '{folder}/referral.parquet' WHERE sent_at <= {day}
        ), referred AS (
            SELECT warning_id, count(*) FILTER (returned) returns,
                   max(returned_at) FILTER (returned) last_return,
                   max(responded_at) FILTER (NOT returned) answered,
                   min(sent_at) FILTER (unanswered) routed_since,
                   min(due) FILTER (unanswered) routed_due
            FROM sent GROUP BY warning_id
        ), coordinated AS (
            SELECT source_id warning_id, max(closed_at) FILTER (closed_at <= {day}) case_closed,
                   min(CASE WHEN decided_at <= {day} THEN decided_at ELSE opened_at END)
                       FILTER (closed_at IS NULL OR closed_at > {day}) coordinating_since
            FROM '{folder}/coordination_case.parquet'
            WHERE source_type = 'warning' AND opened_at <= {day} GROUP BY source_id
        ), applied AS (
            SELECT warning_id,
                   min(CASE WHEN decided_on <= {day} THEN decided_on ELSE accepted_on END)
                       applied_since
            FROM '{folder}/application.parquet'
            WHERE accepted_on <= {day} AND (decided_on IS NULL OR decided_on > {day}
                  OR coalesce(result_code NOT IN ('rejected', 'withdrawn'), true))
            GROUP BY warning_id
        ), stated AS (
            SELECT *, greatest(answered, case_closed) responded_since,
                   CASE WHEN closed_at <= {day} THEN 'closed'
                        WHEN coordinating_since IS NOT NULL THEN 'coordinating'
                        WHEN routed_since IS NOT NULL THEN 'routed'
                        WHEN responded_since IS NOT NULL THEN 'responded'
                        WHEN applied_since IS NOT NULL THEN 'applied'
                        WHEN verified_at IS NULL OR verified_at > {day} THEN 'unverified'
                        WHEN coalesce(verify_result, '') NOT IN ('true_need', 'no_longer_eligible')
                        THEN 'settled' ELSE 'own or unrouted' END state
            FROM '{folder}/warning.parquet'
            LEFT JOIN referred USING (warning_id) LEFT JOIN coordinated USING (warning_id)
            LEFT JOIN applied USING (warning_id)
            WHERE raised_at <= {day} AND duplicate_of IS NULL
        ), begun AS (
            SELECT *, CASE state WHEN 'coordinating' THEN coordinating_since
                        WHEN 'routed' THEN routed_since WHEN 'responded' THEN responded_since
                        WHEN 'applied' THEN applied_since WHEN 'unverified' THEN raised_at
                        WHEN 'settled' THEN verified_at WHEN 'own or unrouted'
                        THEN greatest(verified_at, last_return) END since
            FROM stated
        )
        SELECT region_code[:9], direction, kind_code, source_channel, programme_code, state,
               {workday} - c.workday_no AS wait, routed_due - {day} AS to_go,
               coalesce(returns >= 2, false) AND state <> 'closed', count(*)
        FROM begun LEFT JOIN '{folder}/calendar.parquet' c ON c.day = since GROUP BY ALL
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
