"""A line to a house that can be cut: what a browser calls offline lets some requests of a worker through."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.house import House

LISTENING = 64
_LINES: dict[BrowserContext, Line] = {}


def on_a_line(browser: Browser, house: House, **options: Any) -> BrowserContext:
    """A context whose pages reach the house by a line of their own."""
    line = Line(house)
    context = browser.new_context(base_url=line.url, locale="en-GB", **options)
    _LINES[context] = line
    context.on("close", lambda closed: _LINES.pop(closed).close())
    return context


def cut(context: BrowserContext) -> None:
    """Let nothing through, and have the pages know it."""
    line = _LINES[context]
    line.is_cut = True
    line.hang_up()
    context.set_offline(True)


def mend(context: BrowserContext) -> None:
    _LINES[context].is_cut = False
    context.set_offline(False)


class Line:
    """An address of its own before a house; while it is cut nothing comes through, and what was open is closed."""

    def __init__(self, house: House) -> None:
        self.is_cut = False
        self._house = house
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=LISTENING)
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.hang_up()

    def hang_up(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _address = self._door.accept()
                if self.is_cut:
                    caller.close()
                    continue
                callee = socket.create_connection(("127.0.0.1", self._house.port))
                with self._lock:
                    self._open |= {caller, callee}
                for source, target in ((caller, callee), (callee, caller)):
                    threading.Thread(target=_carry, args=(source, target), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
