"""Addresses that are answered before Flask is entered: what programs fetch all day must cost next to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from flask import Flask

Environ = dict[str, Any]
Headers = Sequence[tuple[str, str]]
Start = Callable[..., Any]
_EARLY = "early_answers"


class EarlyAnswer(Protocol):
    """``answer`` gives the body, having called ``start``; None where the address is another's."""

    def answer(self, environ: Environ, start: Start) -> Iterable[bytes] | None: ...


def answer_early(app: Flask, answerer: EarlyAnswer) -> None:
    """Ask ``answerer`` before Flask, for every address that ends in ``.ics``; who joined the house first is asked
    first. Host check and log line have their place before it."""
    early_answers(app).append(answerer)


def early_answers(app: Flask) -> list[EarlyAnswer]:
    """Whom to ask, in turn."""
    answers: list[EarlyAnswer] = app.extensions.setdefault(_EARLY, [])
    return answers
