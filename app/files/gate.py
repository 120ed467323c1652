"""Larger requests, on the addresses that take files and on no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import current_app, request

from app.files.rules import REQUEST_MOST

P = ParamSpec("P")
T = TypeVar("T")
_MARK = "takes_files"


def takes_files(
    *, most: int = REQUEST_MOST, allowed: Callable[[], bool] | None = None
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Mark a view that takes requests of up to ``most`` bytes, from those whom ``allowed`` lets.

    Put it below the route. What is larger is answered with 413 before it is read.
    """

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        setattr(view, _MARK, (most, allowed))
        return view

    return mark


def raise_limit() -> None:
    """Before anything reads the request, the check against forged forms included."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or not hasattr(view, _MARK):
        return
    most, allowed = getattr(view, _MARK)
    if allowed is None or allowed():
        request.max_content_length = most
