"""One table from refusals to answers."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.audit import services as audit
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, TooMany, Unavailable
from app.kernel.limits import limiter
from app.kernel.phrases import knows, say
from app.network.actors import ANYBODY
from app.network.current import current_actor
from app.web.refill import form_again
from app.web.request_log import without_secrets

STATUS: dict[type[Refusal], int] = {
    NotFound: 404,
    Forbidden: 403,
    Invalid: 422,
    Conflict: 409,
    TooMany: 429,
    Unavailable: 503,
}
log = structlog.get_logger()


def init(app: Flask) -> None:
    app.register_error_handler(Refusal, refuse)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(InterfaceError, _database_away)
    app.register_error_handler(InternalServerError, _broken)


def status_of(refusal: Refusal) -> int:
    """The HTTP status that a refusal answers with."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def refuse(refusal: Refusal) -> Response:
    """A page that says why and what to do; a refused permission is audited in a transaction of its own."""
    status = status_of(refusal)
    if isinstance(refusal, Forbidden):
        audit.note(
            "refused", subject=request.path, account_id=current_actor().account_id, now=clock.now(), code=refusal.code
        )
    message = say(refusal.code, **refusal.details) if knows(refusal.code) else _titles(status)[1]
    retry_after = refusal.details.get("retry_after")
    return _page(status, message, code=refusal.code, retry_after=retry_after, next_step=_next_step(refusal))


def _next_step(refusal: Refusal) -> tuple[str, str] | None:
    """Where somebody who is signed in already goes from what is not for them."""
    return ("/manage", _("What you manage")) if isinstance(refusal, Forbidden) and current_actor().signed_in else None


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    way_back = _form_that_sent_it() if error.code == 413 else None
    return _page(error.code, _titles(error.code)[1], next_step=(way_back, _("Back to the form")) if way_back else None)


def _form_that_sent_it() -> str | None:
    """The page with the form of a request that was not read: the one at its own address, else where it came from."""
    came_from = urlsplit(request.referrer or "")
    pages = [(request.path, request.query_string.decode(errors="replace"))]
    if came_from.netloc == request.host:
        pages.append((came_from.path, came_from.query))
    return next((urlunsplit(("", "", *page, "")) for page in pages if _can_be_opened(page[0])), None)


def _can_be_opened(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True


def _too_often(error: RateLimitExceeded) -> Response:
    """The form with all that was typed, and when to send it again; without a form the usual page."""
    limit = limiter.current_limit
    seconds = max(int(limit.reset_at - clock.now().timestamp()) + 1, 1) if limit else 60
    message = ngettext(
        "That was a lot at once. Send it again in %(num)d minute: what you typed is still here.",
        "That was a lot at once. Send it again in %(num)d minutes: what you typed is still here.",
        -(-seconds // 60),
    )
    page = form_again(message, 429) or _page(429, _titles(429)[1])
    page.headers["Retry-After"] = str(seconds)
    return page


def _forged(error: CSRFError) -> Response:
    return _page(
        400, _("This page was open for too long, or came from elsewhere. Go back, reload it and send it again.")
    )


def _database_away(error: Exception) -> Response:
    db.session.rollback()
    log.error("database_away", error=str(error))
    return _page(503, _titles(503)[1], retry_after=5)


def _broken(error: InternalServerError) -> Response:
    db.session.rollback()
    log.error("broken", path=without_secrets(request.path), exc_info=error.original_exception)
    return _page(500, _titles(500)[1])


def _titles(status: int) -> tuple[str, str]:
    titles = {
        400: (_("This request cannot be read"), _("Go back, reload the page and try again.")),
        403: (_("You may not do this"), _("Sign in with an account that may, or ask the organiser.")),
        404: (_("There is nothing here"), _("It may have moved or been withdrawn. Look for it in the list of events.")),
        405: (_("This address does not do that"), _("Go back and use the buttons of the page.")),
        409: (_("This cannot be done now"), _("Something changed meanwhile. Reload the page and look again.")),
        413: (
            _("This is too large"),
            _(
                "Nothing was kept: all of it together may be up to %(most)s MB. Go back to the form, choose a smaller "
                "file or write less, and send it again. The back button of your browser keeps what you typed.",
                most=_most_sent(),
            ),
        ),
        422: (_("Something needs a look"), _("Go back and mend what is marked.")),
        429: (_("That was a lot at once"), _("Wait a minute, then try again. Nothing is lost.")),
        503: (_("One moment, please"), _("The system is busy. Please press again: nothing is counted twice.")),
    }
    return titles.get(status, (_("This went wrong on our side"), _("Please try again in a minute.")))


def _most_sent() -> int:
    """How many megabytes the address in hand takes."""
    return (request.max_content_length or 0) // 1_000_000


def _page(
    status: int,
    message: str,
    *,
    code: str = "",
    retry_after: object = None,
    next_step: tuple[str, str] | None = None,
) -> Response:
    if status >= 500:
        g.actor = ANYBODY  # a page about a database that is away must not ask it who reads
    page = render_template(
        "errors/error.html",
        status=status,
        title=_titles(status)[0],
        message=message,
        code=code,
        next_step=next_step,
    )
    response = make_response(page, status)
    if retry_after or status == 429:
        response.headers["Retry-After"] = str(retry_after or 60)
    return response
