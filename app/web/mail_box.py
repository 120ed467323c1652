"""The mails that were sent or could not be, for administrators."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.kernel.date_words import clock_time, local_day, short_day
from app.kernel.errors import Forbidden
from app.mail import queries, services
from app.mail.box import StoredMail, stored_mail
from app.mail.errors import MessageNotFound
from app.mail.models import Message
from app.mail.transports import transport_for
from app.network.current import current_actor
from config import Config

bp = Blueprint("mail_box", __name__, url_prefix="/manage/mail")
bp.before_request(ask_to_sign_in)
PAGE = 50
LAST_PAGE = 10_000


@bp.before_request
def only_for_administrators() -> None:
    if not current_actor().is_administrator:
        raise Forbidden


@bp.after_request
def keep_to_oneself(response: Response) -> Response:
    """Mails hold links that open things."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("", strict_slashes=False)
def overview() -> Response:
    """Dead letters first, then all mails, newest first; ``to`` narrows by address."""
    recipient = request.args.get("to", "").replace("\0", "")[:254]  # PostgreSQL cannot even look for it
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    messages = queries.newest_messages(recipient, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return _page(
        "mail_box/overview.html",
        dead=queries.dead_messages(),
        messages=messages[:PAGE],
        recipient=recipient,
        page=page,
        has_more=len(messages) > PAGE,
        when=_when,
    )


@bp.get("/<message_id>")
def message(message_id: str) -> Response:
    found = _message(message_id)
    return _page("mail_box/message.html", message=found, mail=_stored(found), when=_when)


@bp.get("/<message_id>.eml")
def source(message_id: str) -> Response:
    """The whole mail as a file, for a mail program."""
    mail = _stored(_message(message_id))
    if mail is None:
        raise MessageNotFound(message=message_id)
    response = make_response(mail.source)
    response.headers["Content-Type"] = "message/rfc822"
    response.headers["Content-Disposition"] = f'attachment; filename="{message_id}.eml"'
    return response


@bp.post("/<message_id>/again")
def try_again(message_id: str) -> Response:
    services.try_again(message_id, now=clock.now())
    flash(_("It is sent again in a moment."), "ok")
    return redirect(url_for(".overview"), 303)


def _message(message_id: str) -> Message:
    found = queries.message(message_id)
    if found is None:
        raise MessageNotFound(message=message_id)
    return found


def _stored(message: Message) -> StoredMail | None:
    config: Config = current_app.config["FILO"]
    return stored_mail(transport_for(config.mail_url), f"{message.message_id}@{config.uid_domain}")


def _when(instant: datetime) -> str:
    words = {"day": short_day(local_day(instant, "UTC")), "time": clock_time(instant, "UTC")}
    return str(_("%(day)s, %(time)s UTC", **words))


def _page(template: str, **values: object) -> Response:
    return make_response(render_template(template, **values))
