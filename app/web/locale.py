"""Keeps the language that was chosen in an address, and links to the same page in another one."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, Response, g, request

from app.kernel.i18n import COOKIE, LANGUAGE_NAMES, language
from app.kernel.texts import LANGUAGES

ONE_YEAR = 31_536_000


def init(app: Flask) -> None:
    @app.after_request
    def keep_language(response: Response) -> Response:
        if g.get("same_for_everybody"):  # a room said so: the language stands in the address, and nobody is asked
            return response
        chosen = request.args.get("lang")
        # a paper or a calendar in another language is not a wish to read the pages in it
        is_page = response.mimetype == "text/html"
        if chosen in LANGUAGES and is_page and request.cookies.get(COOKIE) != chosen:
            response.set_cookie(
                COOKIE, chosen, max_age=ONE_YEAR, secure=app.config["SESSION_COOKIE_SECURE"], samesite="Lax"
            )
        if request.endpoint != "static":
            response.vary.update(("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", language())
        return response

    app.jinja_env.globals.update(in_language=in_language, LANGUAGE_NAMES=LANGUAGE_NAMES)


def in_language(code: str) -> str:
    """The present address in another language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode([*pairs, ('lang', code)])}"
