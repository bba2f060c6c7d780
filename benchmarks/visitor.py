"""A visitor without a browser: Streamlit's own messages over its WebSocket.

What a browser keeps between clicks (messages by their hash) is not kept, so the server sends every
element of every click whole: the load is a little heavier than that of browsers.
"""

import random
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect

PAGES = (
    *("", "coverage", "warnings", "departments", "map", "county"),
    *("tasks", "meeting", "quality", "explore", "methods"),
)
DAYS = ("", "", "2026-09-30", "2026-08-31", "2026-03-31", "2025-10-31")
REGIONS = ("", "", "621202", "621221", "621226")
DEPARTMENTS = ("", "", "education", "housing")
#: The office most of the time; other roles are narrowed, or see the open edition, which costs more.
ROLES = ("", "", "", "office", "county", "partner")

#: The boxes of the scope bar; the role is chosen by link.
BOXES = ("截至", "对比", "县区", "部门", "类别", "城乡")

#: Seconds after which a click counts as lost.
PATIENCE = 60


class PageError(Exception):
    """A click that ended in an exception on the page."""


def link(chance: random.Random) -> tuple[str, str]:
    """Page and query string of a link that somebody was sent."""
    asked = {
        "as_of": chance.choice(DAYS),
        "region": chance.choice(REGIONS),
        "department": chance.choice(DEPARTMENTS),
        "role": chance.choice(ROLES),
    }
    return chance.choice(PAGES), urlencode({k: v for k, v in asked.items() if v})


def opened(port: int) -> connect:
    """A connection as the front end opens it."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    return connect(address, subprotocols=["streamlit"], max_size=None, compression=None)


@dataclass
class Visitor:
    """One session: where it is, which boxes the page has and which pages there are."""

    socket: ClientConnection
    query: str = ""
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, Selectbox] = field(default_factory=dict)

    async def follow(self, page: str, query: str) -> float:
        """A link to a page; milliseconds."""
        self.query = query
        return await self._rerun(page, {})

    async def turn(self, chance: random.Random) -> float:
        """A click on another page; milliseconds."""
        return await self._rerun(chance.choice(list(self.pages)), {})

    async def click(self, chance: random.Random) -> float:
        """A click on another page, or another choice in a box; milliseconds."""
        usable = [b for b in self.boxes.values() if not b.disabled and len(b.options) > 1]
        if not usable or chance.random() < 0.5:
            return await self.turn(chance)
        states = {box.id: box.raw_value for box in self.boxes.values()}
        box = chance.choice(usable)
        states[box.id] = chance.choice([o for o in box.options if o != box.raw_value])
        return await self._rerun(self.page, states)

    async def _rerun(self, page: str, states: dict[str, str]) -> float:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_name = self.query, page
        run.page_script_hash = self.pages.get(page, "")
        for name, value in states.items():
            state = run.widget_states.widgets.add()
            state.id, state.string_value = name, value
        self.page, self.boxes = page, {}
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._finished()
        return (time.perf_counter() - started) * 1000

    async def _finished(self) -> None:
        """Reads to the end of the run; PageError, once it has ended, when the page shows one."""
        failed = ""
        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "delta":
                failed = self._element(message.delta.new_element) or failed
            elif kind == "navigation":
                # 放映 is hidden and has no scope bar to click in.
                offered = {page.url_pathname: page for page in message.navigation.app_pages}
                self.pages = {p: offered[p].page_script_hash for p in PAGES if p in offered}
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "script_finished" and message.script_finished != _AGAIN:
                break
        if failed or message.script_finished == _UNCOMPILED:
            raise PageError(f"/{self.page}?{self.query}: {failed or 'cannot be compiled'}")

    def _element(self, element) -> str:
        """Notes a box of the scope bar; the text of an exception."""
        match element.WhichOneof("type"):
            case "selectbox" if element.selectbox.label in BOXES:
                self.boxes[element.selectbox.label] = element.selectbox
            case "exception":
                return f"{element.exception.type}: {element.exception.message}"
        return ""


_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_UNCOMPILED = ForwardMsg.FINISHED_WITH_COMPILE_ERROR
