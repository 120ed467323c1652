"""A paper as an answer."""

from __future__ import annotations

from flask import Response

from app.kernel.i18n import language


def pdf(content: bytes, filename: str) -> Response:
    """Its name says the language too: papers in three of them lie in one folder."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}-{language()}.pdf"'
    return response


def private(response: Response) -> Response:
    """What names people is kept by no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response
