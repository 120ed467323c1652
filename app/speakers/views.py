"""The page behind a speaker's own link, and what everybody may see of a speaker."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from app.events.services.access import visible_event
from app.files.errors import FileNotFound, FileRefused
from app.files.gate import takes_files
from app.files.intake import accept
from app.files.rules import MEGABYTE, FileKind
from app.files.serving import send
from app.kernel import clock
from app.kernel.date_words import day_words, local_day
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.materials.errors import PermissionMissing
from app.network.current import current_actor
from app.registration.presenters import moment_words
from app.registration.services.keeping import erasure_day
from app.speakers import links, queries, services
from app.speakers.calendar import calendar_of, etag_of
from app.speakers.errors import SpeakerNotFound
from app.speakers.forms import AnswerForm, NeedsForm, ProfileForm, SlidesForm
from app.speakers.models import Speaker
from app.speakers.presenters import own_data, own_page_of
from app.speakers.rules import PHOTO_SIDE, SpeakerReply

bp = Blueprint("speakers", __name__)
PER_CLIENT = "60/minute; 300/hour"
ANSWERS = "20/minute; 60/hour"  # each writes to the organiser
MOST_PHOTO, MOST_SLIDES = 16 * MEGABYTE, 26 * MEGABYTE


def _has_the_link() -> bool:
    """Asked before a large request is read."""
    return bool(links.open_page((request.view_args or {})["speaker_token"]))


@bp.get("/speaking/<speaker_token>")
def show(speaker_token: str) -> AnyResponse:
    return _main(speaker_token)


@bp.post("/speaking/<speaker_token>/answer")
@limiter.limit(ANSWERS)
def answer(speaker_token: str) -> AnyResponse:
    """Yes or no to one part, or to several at once."""
    speaker, form = links.open_page(speaker_token), AnswerForm()
    if not form.validate():
        return _main(speaker_token, form, 422)
    said = SpeakerReply(form.answer.data)
    try:
        services.answer(
            speaker.id,
            link_version=speaker.link_version,
            answer=said,
            seen=form.seen(),
            reason=form.reason.data or "" if said is SpeakerReply.DECLINED else "",
            now=clock.now(),
        )
    except SpeakerNotFound:
        raise
    except Refusal as refusal:
        return _main(speaker_token, form, _put(form, refusal))
    thanks = _("Thank you, see you there.") if said is SpeakerReply.ACCEPTED else _("Thank you for telling us.")
    flash(thanks, "ok")
    return redirect(url_for(".show", speaker_token=speaker_token), 303)


@bp.route("/speaking/<speaker_token>/profile", methods=["GET", "POST"])
@takes_files(most=MOST_PHOTO, allowed=_has_the_link)
@limiter.limit(PER_CLIENT, methods=["POST"])
def profile(speaker_token: str) -> AnyResponse:
    speaker = links.open_page(speaker_token)
    if request.method == "GET":
        return _page("profile", speaker_token, ProfileForm.of(speaker))
    form = ProfileForm()
    if not form.validate():
        return _page("profile", speaker_token, form, 422)

    def keep() -> None:
        photo = None
        if form.has_photo:
            photo = accept(
                form.photo.data.stream, form.photo.data.filename, {FileKind.PICTURE}, longest_side=PHOTO_SIDE
            )
        values = replace(form.to_input(language=language()), photo=photo)
        services.keep_profile(speaker.id, link_version=speaker.link_version, values=values, now=clock.now())

    return _kept("profile", speaker_token, form, keep, field="photo")


@bp.route("/speaking/<speaker_token>/needs", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def needs(speaker_token: str) -> AnyResponse:
    speaker = links.open_page(speaker_token)
    zone = queries.event_of_speaker(speaker).timezone
    if request.method == "GET":
        return _page("needs", speaker_token, NeedsForm.of(speaker, zone))
    form = NeedsForm(zone=zone)
    if not form.validate():
        return _page("needs", speaker_token, form, 422)
    values = form.to_input()
    return _kept(
        "needs",
        speaker_token,
        form,
        lambda: services.keep_needs(speaker.id, link_version=speaker.link_version, values=values, now=clock.now()),
    )


@bp.route("/speaking/<speaker_token>/slides", methods=["GET", "POST"])
@takes_files(most=MOST_SLIDES, allowed=_has_the_link)
@limiter.limit(PER_CLIENT, methods=["POST"])
def slides(speaker_token: str) -> AnyResponse:
    speaker = links.open_page(speaker_token)
    page = own_page_of(speaker, clock.now())
    form = SlidesForm() if request.method == "POST" else SlidesForm(language=language())
    form.offer(items=page.item_choices)
    if request.method == "GET":
        return _page("slides", speaker_token, form)
    if not form.validate():
        return _page("slides", speaker_token, form, 422)

    def keep() -> None:
        services.send_slides(
            speaker.id,
            link_version=speaker.link_version,
            accepted=accept(form.file.data.stream, form.file.data.filename),
            values=form.to_input(name=page.name),
            now=clock.now(),
        )

    return _kept("slides", speaker_token, form, keep, field="file")


@bp.post("/speaking/<speaker_token>/slides/<int:material_id>/removal")
@limiter.limit(PER_CLIENT)
def take_back(speaker_token: str, material_id: int) -> AnyResponse:
    speaker = links.open_page(speaker_token)
    services.take_back_slides(speaker.id, link_version=speaker.link_version, material_id=material_id, now=clock.now())
    flash(_("It was removed."), "ok")
    return redirect(url_for(".slides", speaker_token=speaker_token), 303)


@bp.get("/speaking/<speaker_token>/slides/<int:material_id>")
def sent_file(speaker_token: str, material_id: int) -> AnyResponse:
    """What this person sent, whoever else may see it."""
    found = queries.slides_of(links.open_page(speaker_token).id, material_id).material
    if found.file is None:
        raise FileNotFound
    return private(send(found.file))


@bp.get("/speaking/<speaker_token>/photo")
def own_photo(speaker_token: str) -> AnyResponse:
    speaker = links.open_page(speaker_token)
    if speaker.photo is None:
        raise FileNotFound
    return private(send(speaker.photo, inline=True))


@bp.get("/speaking/<speaker_token>/data")
def data(speaker_token: str) -> AnyResponse:
    """Everything that is kept about somebody, to take along."""
    response = private(json.dumps(own_data(links.open_page(speaker_token)), ensure_ascii=False, indent=2).encode())
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="filo-speaker.json"'
    return response


@bp.get("/speaking/<slots_token>/slots.ics")
def slots(slots_token: str) -> AnyResponse:
    """The slots for calendar programs, which look again by themselves; 304 while nothing changed."""
    speaker = links.open_slots(slots_token)
    content = calendar_of(speaker, queries.event_of_speaker(speaker), public_url=_public_url())
    response = private(content)
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = 'inline; filename="filo-my-parts.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response.set_etag(etag_of(content))
    return response.make_conditional(request)


@bp.get("/speakers/photos/<photo_id>")
def public_photo(photo_id: str) -> AnyResponse:
    """A photo whose owner agreed, as long as the page of the event shows it."""
    found = queries.public_photo(photo_id)
    if found is None or found.photo is None or not queries.accepts_something(found):
        raise FileNotFound(public_id=photo_id)
    visible_event(found.event.slug, current_actor())
    return send(found.photo, inline=True)


def private(page: str | bytes | AnyResponse, status: int = 200) -> Response:
    """Whoever has the link may see it: no cache keeps it and no other site hears of it."""
    response = make_response(page) if isinstance(page, AnyResponse) else make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _main(token: str, form: AnswerForm | None = None, status: int = 200) -> AnyResponse:
    view = own_page_of(links.open_page(token), clock.now())
    page = render_template(
        "speakers/own.html",
        view=view,
        event=view.event,
        token=token,
        answer_by=moment_words(view.answer_by, view.event) if view.answer_by else "",
        form=form or AnswerForm(formdata=None),
        answered=list(form.seen()) if form else [],
    )
    return private(page, status)


def _page(name: str, token: str, form: FlaskForm, status: int = 200) -> AnyResponse:
    """The rows are read anew: a refused verb has let go what was read before it."""
    speaker = links.open_page(token)
    view = own_page_of(speaker, clock.now())
    page = render_template(
        f"speakers/{name}.html", view=view, event=view.event, token=token, form=form, erased_on=_erased_on(speaker)
    )
    return private(page, status)


def _kept(name: str, token: str, form: Any, keep: Callable[[], None], field: str = "") -> AnyResponse:
    """Do it; a refusal stands beside its field, with everything that was typed."""
    try:
        keep()
    except SpeakerNotFound:
        raise
    except Refusal as refusal:
        if isinstance(refusal, FileRefused) or refusal.details.get("field") == "files":
            refusal.details["field"] = field
        if isinstance(refusal, PermissionMissing):
            refusal.details["field"], refusal.code = "permits", "speakers.permission_missing"
        return _page(name, token, form, _put(form, refusal))
    flash(_("Saved. Thank you."), "ok")
    back = ".slides" if name == "slides" else ".show"
    return redirect(url_for(back, speaker_token=token), 303)


def _put(form: FlaskForm, refusal: Refusal) -> int:
    """Write a refusal beside its field or above the form; the status of the answer."""
    if not put_beside_field(form, refusal):
        form.form_errors.append(say(refusal.code, **refusal.details))
    return 409 if isinstance(refusal, Conflict) else 422


def _erased_on(speaker: Speaker) -> str:
    event = queries.event_of_speaker(speaker)
    day = erasure_day(event.ends_at, current_app.config["FILO"].retention_days)
    return day_words(local_day(day, event.timezone))


def _public_url() -> str:
    return current_app.config["FILO"].public_url  # type: ignore[no-any-return]
