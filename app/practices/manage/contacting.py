"""Writing to the people of a practice, for members of the community."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Conflict, TooMany
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.current import current_actor
from app.practices import queries, services
from app.practices.errors import MayNotWriteTo, PracticeNotFound
from app.practices.forms import MessageForm
from app.practices.manage.shared import bp
from app.practices.rules.contacting import KEPT
from app.practices.services.contacting import is_of_community

PER_CLIENT = "20/minute; 100/hour"


@bp.route("/practices/<slug>/message", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def write_to(slug: str) -> str | Response:
    """A mail to who knows the practice, that goes through the house."""
    practice = queries.practice_for_page(slug)
    if not practice.is_published:
        raise PracticeNotFound(slug=slug)
    if not is_of_community(current_actor()):
        raise MayNotWriteTo
    form, status = MessageForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                services.write_to(
                    practice_id=practice.id, text=form.text.data or "", actor=current_actor(), now=clock.now()
                )
            except (Conflict, TooMany) as refusal:
                form.form_errors.append(say(refusal.code))
                status = 429 if isinstance(refusal, TooMany) else 409
            else:
                flash(_("Your message is on its way; the answer comes to you by mail."), "ok")
                return redirect(url_for("practices.show", slug=slug), 303)
    practice = queries.practice_for_page(slug)
    return make_response(
        render_template("practices/message.html", form=form, practice=practice, days=KEPT.days), status
    )
