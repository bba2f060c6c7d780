"""Superset's dashboard of the four charts and a filter, made through its API."""

import json
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import APIRequestContext, Playwright

LOGIN = {"username": "bench", "password": "bench"}
BREAKDOWNS = ("county", "band", "kind", "source")


def define(
    playwright: Playwright, url: str, database: str, sql: Mapping[str, str]
) -> dict[str, str]:
    """Makes, of each named query, a dashboard of four stacked bars with a filter; their URLs."""
    plain = playwright.request.new_context(base_url=url)
    token = _posted(plain, "security/login", LOGIN | {"provider": "db"})["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    api = playwright.request.new_context(base_url=url, extra_http_headers=bearer)
    made = {"database_name": "registry", "sqlalchemy_uri": database, "expose_in_sqllab": True}
    source = _posted(api, "database/", made)["id"]
    return {name: url + _dashboard(api, source, name, query) for name, query in sql.items()}


def _dashboard(api: APIRequestContext, database: int, name: str, sql: str) -> str:
    dataset = _posted(
        api, "dataset/", {"database": database, "schema": "public", "table_name": name, "sql": sql}
    )["id"]
    dashboard = _posted(api, "dashboard/", {"dashboard_title": name, "published": True})["id"]
    charts = [_chart(api, dataset, dashboard, breakdown) for breakdown in BREAKDOWNS]
    shown = {
        "position_json": json.dumps(_positions(charts)),
        "json_metadata": json.dumps({"native_filter_configuration": [_county(dataset, charts)]}),
    }
    answer = api.put(f"/api/v1/dashboard/{dashboard}", data=shown)
    assert answer.ok, answer.text()
    return f"/superset/dashboard/{dashboard}/"


def _chart(api: APIRequestContext, dataset: int, dashboard: int, breakdown: str) -> int:
    drawn = {
        "datasource": f"{dataset}__table",
        "viz_type": "echarts_timeseries_bar",
        "x_axis": breakdown,
        "metrics": [
            {
                "expressionType": "SIMPLE",
                "column": {"column_name": "n"},
                "aggregate": "SUM",
                "label": "n",
            }
        ],
        "groupby": ["state"],
        "stack": "Stack",
        "orientation": "horizontal",
        "row_limit": 1000,
        "adhoc_filters": [],
    }
    return _posted(
        api,
        "chart/",
        {
            "slice_name": breakdown,
            "viz_type": drawn["viz_type"],
            "datasource_id": dataset,
            "datasource_type": "table",
            "params": json.dumps(drawn),
            "dashboards": [dashboard],
        },
    )["id"]


def _positions(charts: list[int]) -> dict[str, Any]:
    """Two rows of two charts, which fill the width."""
    rows = [charts[:2], charts[2:]]
    cells = {
        f"CHART-{chart}": {
            "type": "CHART",
            "id": f"CHART-{chart}",
            "children": [],
            "parents": ["ROOT_ID", "GRID_ID", f"ROW-{number}"],
            "meta": {"chartId": chart, "width": 6, "height": 45},
        }
        for number, row in enumerate(rows)
        for chart in row
    }
    lines = {
        f"ROW-{number}": {
            "type": "ROW",
            "id": f"ROW-{number}",
            "children": [f"CHART-{chart}" for chart in row],
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for number, row in enumerate(rows)
    }
    grid = {"type": "GRID", "id": "GRID_ID", "children": list(lines), "parents": ["ROOT_ID"]}
    root = {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]}
    return {"DASHBOARD_VERSION_KEY": "v2", "ROOT_ID": root, "GRID_ID": grid, **lines, **cells}


def _county(dataset: int, charts: list[int]) -> dict[str, Any]:
    return {
        "id": "NATIVE_FILTER-county",
        "name": "县区",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [{"datasetId": dataset, "column": {"name": "county"}}],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "chartsInScope": charts,
        "controlValues": {"multiSelect": False, "enableEmptyFilter": False, "creatable": False},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}},
        "cascadeParentIds": [],
    }


def _posted(api: APIRequestContext, path: str, data: dict) -> Any:
    answer = api.post(f"/api/v1/{path}", data=data)
    assert answer.ok, answer.text()
    return answer.json()
