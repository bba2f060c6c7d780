"""The ASGI server: routes, middleware and warm-up that Streamlit is started with."""

import importlib
from contextlib import asynccontextmanager

import anyio
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.shared.server import scripts, sockets
from pages.shared.server.health import health
from pages.shared.server.shell import Shell

#: Modules to import at start: about a second that the first visitor would wait.
WARM = (
    "exhibits.draw",
    "exhibits.maps",
    "exhibits.county.comparison",
    "briefing.files.images",
    "briefing.pack",
)


async def _health(_request) -> JSONResponse:
    """200 while some day can be served, 503 otherwise; for a load balancer or a monitor."""
    state = await anyio.to_thread.run_sync(health)
    return JSONResponse(state, status_code=200 if state["as_of"] else 503)


@asynccontextmanager
async def warm(_app):
    """Before the first request: sockets that do not wait, modules of `WARM`, Plotly compressed."""
    sockets.send_at_once()
    for name in WARM:
        await anyio.to_thread.run_sync(importlib.import_module, name)
    await anyio.to_thread.run_sync(scripts.compressed, scripts.PLOTLY)
    yield


ROUTES = [
    *scripts.ROUTES,
    Route("/healthz", _health),
]

MIDDLEWARE = [Middleware(Shell)]
