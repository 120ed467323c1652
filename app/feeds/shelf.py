"""Feeds that this process has joined, ready to be sent."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from app.changes.queries import Version

MOST_BYTES = 16 * 2**20


@dataclass(frozen=True)
class Copy:
    """The bytes of a feed at one version, and the headers that go with them.

    ``about`` are those that a 304 carries too, ``content`` those that only the whole answer has.
    """

    version: Version
    etag: str
    about: tuple[tuple[str, str], ...]
    content: tuple[tuple[str, str], ...]
    body: bytes

    @cached_property
    def gzipped(self) -> bytes:
        """Made for the first who asks; no time stands in it."""
        return gzip.compress(self.body, 6, mtime=0)

    @property
    def weight(self) -> int:
        return len(self.body) + len(self.body) // 4


class Shelf:
    """A bounded store; what was asked for longest ago leaves first. Safe among threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._weight = 0
        self._copies: OrderedDict[str, Copy] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str, version: Version) -> Copy | None:
        """The copy at this very version."""
        with self._lock:
            copy = self._copies.get(address)
            if copy is None or copy.version != version:
                return None
            self._copies.move_to_end(address)
            return copy

    def put(self, address: str, copy: Copy) -> None:
        with self._lock:
            if old := self._copies.pop(address, None):
                self._weight -= old.weight
            if copy.weight > self._most:
                return
            self._copies[address] = copy
            self._weight += copy.weight
            while self._weight > self._most:
                self._weight -= self._copies.popitem(last=False)[1].weight
