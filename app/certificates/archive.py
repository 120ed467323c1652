"""Certificates as one archive that is sent while it is made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.printing import render

Paper = tuple[str, datetime, Mapping[str, Any]]


class _Outbox:
    """What was written and not yet sent; it cannot be gone back in."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._waiting.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        waiting, self._waiting = b"".join(self._waiting), []
        return waiting


def archive(papers: Iterable[Paper]) -> Iterator[bytes]:
    """A ZIP of a PDF each, one after the other: never more than one of them is held.

    ``papers``: the name of the file, the time it bears, and what :func:`app.printing.render` shows, with every phrase
    of it, for while this is sent no language is in force.
    """
    out = _Outbox()
    with zipfile.ZipFile(out, "w") as made:  # type: ignore[call-overload]
        for name, at, data in papers:
            made.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), render("certificate", data))
            yield out.taken()
    yield out.taken()
