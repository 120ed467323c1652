"""Answers feeds before Flask is entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask


def answer_feed(app: Flask, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes] | None:
    """The response for a feed's address, or None where the address is no feed's."""
    return None
