"""Files of the folder that `STATIC` names, compressed as any server of files would."""

import os

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

app = Starlette(
    routes=[Mount("/", StaticFiles(directory=os.environ["STATIC"], html=True))],
    middleware=[Middleware(GZipMiddleware)],
)
