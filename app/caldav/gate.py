"""Who asks: a user name and an app password, or nobody where everything is public."""

from __future__ import annotations

from flask import request

from app.accounts import services as accounts
from app.accounts.errors import TooManyTries
from app.caldav.errors import Refused
from app.caldav.resources import Visitor
from app.kernel import clock
from app.kernel.clients import client_of
from app.kernel.i18n import language
from app.kernel.ids import digest
from app.mail.rules import address_key
from app.personal import queries
from app.personal.rules import typed_password

REALM = 'Basic realm="Filo", charset="UTF-8"'
_PUBLIC = ("/caldav/public/", "/caldav/public")


def visitor() -> Visitor:
    """The owner of the app password that came with the request. Raises Refused: 401, or 429 after too many wrong ones.

    The password is looked up first: at 138 bits nobody guesses one, and wrong tries from the same house must not lock
    the right device out. What is limited is how many wrong ones are answered at all.
    """
    given = request.authorization
    if given is None or given.type != "basic":
        if "Authorization" not in request.headers and request.path.startswith(_PUBLIC):
            return Visitor(None, language())
        raise Refused(401, **{"WWW-Authenticate": REALM})
    name, password = given.username or "", given.password or ""
    found = queries.opened_by_password(digest(typed_password(password)))
    if found is None or found.email_key != address_key(name):
        _note_wrong(name)
    assert found is not None  # noqa: S101 (whoever is wrong was refused)
    return Visitor(found, found.language)


def _note_wrong(name: str) -> None:
    try:
        accounts.note_wrong_try(
            subject=f"calendar:{address_key(name)[:300]}",
            client=f"dav {client_of(request.remote_addr)}",
            now=clock.now(),
        )
    except TooManyTries as error:
        raise Refused(429, **{"Retry-After": str(error.details["retry_after"])}) from error
    raise Refused(401, **{"WWW-Authenticate": REALM})
