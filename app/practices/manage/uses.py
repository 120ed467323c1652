"""What happened to practices at an event: the list, and a form for more."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.agenda.queries import items as agenda_items
from app.agenda.rules import clock as clock_words
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.practices import queries, services
from app.practices.forms import UseForm
from app.practices.manage.shared import bp


@bp.route("/events/<slug>/practices", methods=["GET", "POST"])
def uses(slug: str) -> str | Response:
    event = manageable_event(slug, current_actor())
    form = _use_form(event)
    if not form.is_submitted():
        return _uses_page(event, form)
    if not form.validate():
        return make_response(_uses_page(event, form), 422)
    for values in form.to_inputs():
        services.record_use(event_id=event.id, values=values, actor=current_actor(), now=clock.now())
    flash(_("Noted. It stands on the agenda and on the page of the practice."), "ok")
    return redirect(url_for(".uses", slug=slug), 303)


@bp.post("/events/<slug>/practices/<int:use_id>/removal")
def remove_use(slug: str, use_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    services.remove_use(event_id=event.id, use_id=use_id, actor=current_actor(), now=clock.now())
    flash(_("The entry was removed."), "ok")
    return redirect(url_for(".uses", slug=slug), 303)


def _use_form(event: Event) -> UseForm:
    form = UseForm()
    lang = language()
    form.offer(
        practices=[
            (row.id, _("%(practice)s (%(owner)s)", practice=row.title.wording(lang).text, owner=row.owner))
            for row in queries.choices()
        ],
        items=[
            (item.id, f"{clock_words(item.start_minute)} {item.title.wording(lang).text or say(item.kind)}")
            for item in agenda_items(event.id)
        ],
    )
    return form


def _uses_page(event: Event, form: UseForm) -> str:
    return render_template("practices/uses.html", event=event, form=form, uses=queries.uses_at(event.id))
