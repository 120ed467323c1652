"""The page of the link with which a reader unsubscribes, also in one click of the mail program (RFC 8058)."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.forgery import csrf
from app.mailings import links, queries, services
from app.mailings.forms import ButtonForm
from app.mailings.models import MailingRecipient

bp = Blueprint("mailings", __name__)


@bp.get("/unsubscribe/<token>")
def ask(token: str) -> str:
    """Asks before it does anything: programs that follow every link of a mail unsubscribe nobody."""
    return _page(links.open_recipient(token))


@bp.post("/unsubscribe/<token>")
@csrf.exempt
def unsubscribe(token: str) -> Response | str | tuple[str, int]:
    """The link is what proves the reader; a page of ours sends its token besides, a mail program cannot."""
    if request.form.get("List-Unsubscribe") == "One-Click":
        recipient = links.open_recipient(token)
        services.unsubscribe(recipient.public_id, how="one-click", now=clock.now())
        return "", 200
    csrf.protect()
    recipient = links.open_recipient(token)
    if request.form.get("again"):
        services.subscribe_again(recipient.public_id)
    else:
        services.unsubscribe(recipient.public_id, how="page", now=clock.now())
    return _page(recipient, was_asked=True)


def _page(recipient: MailingRecipient, *, was_asked: bool = False) -> str:
    circle = queries.circle_of(queries.mailing(recipient.mailing_id))
    return render_template(
        "mailings/unsubscribe.html",
        circle=circle,
        recipient=recipient,
        is_away=bool(queries.unsubscribed(circle.scope, {recipient.address_key})),
        was_asked=was_asked,
        button=ButtonForm(formdata=None),
    )
