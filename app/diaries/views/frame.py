"""What the pages of one person have in common: kept by no cache, told to no other site."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    return private(make_response(render_template(template, **values), status))


def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
