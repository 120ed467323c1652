"""The page of helpers: what a link of the day opens, with and without network. Whoever has the link may use it."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.events import queries as events
from app.events.models import Event
from app.kernel import clock
from app.kernel.errors import Invalid, Refusal
from app.kernel.forgery import csrf
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.actors import Actor
from app.presence import presenters, queries, rules
from app.presence.errors import HasNoPlace, LinkExpired, MayNotAdd, TooMuchAtOnce
from app.presence.forms import MarkForm, WalkInForm, new_id
from app.presence.inputs import By, WalkInInput, device_name, scan_from, walk_in_from
from app.presence.models import HelperLink
from app.presence.rules import Answer
from app.presence.services import entering, helping, scanning
from app.presence.views.desk import tell
from app.printing.engine import ROOT

WORKER = ROOT / "static" / "js" / "check-in-worker.js"
bp = Blueprint("helper", __name__, url_prefix="/check-in")

PER_CLIENT = "1200/minute"  # ten phones behind one router, each with a scan a second
MOST_WALK_INS = 50


@bp.get("/worker.js")
def worker() -> Response:
    """What keeps the page on the phone; it stands here because it may only serve what is below it."""
    return send_file(WORKER, mimetype="text/javascript", max_age=0)


@bp.get("/<token>")
@limiter.limit(PER_CLIENT)
def show(token: str) -> AnyResponse:
    now = clock.now()
    try:
        return _page(helping.opened_link(token, now), token)
    except LinkExpired:
        helping.delivering_link(token, now)
        html = render_template("presence/over.html", base=f"/check-in/{token}", words=presenters.phone_words())
        return _private(make_response(html, 404))


@bp.get("/<token>/people.json")
@limiter.limit(PER_CLIENT)
def people(token: str) -> AnyResponse:
    now = clock.now()
    link = helping.opened_link(token, now)
    event, roll = events.event(link.event_id), queries.roll(link.event_id)
    return _private(jsonify(presenters.for_phone(event, roll, link, now)))


@bp.get("/<token>/app.webmanifest")
def manifest(token: str) -> AnyResponse:
    link = helping.opened_link(token, clock.now())
    title = events.event(link.event_id).title.wording(language()).text
    response = _private(
        jsonify(
            {
                "name": _("Check-in: %(event)s", event=title),
                "short_name": _("Check-in"),
                "start_url": f"/check-in/{token}",
                "scope": "/check-in/",
                "display": "standalone",
                "lang": language(),
                "icons": [{"src": "/static/favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
            }
        )
    )
    response.mimetype = "application/manifest+json"
    return response


@bp.post("/<token>/scans")
@csrf.exempt  # the link itself is the proof, and no cookie is asked for
@limiter.limit(PER_CLIENT)
def deliver(token: str) -> AnyResponse:
    """``{"device", "scans": […], "walk_ins": […]}`` → ``{"now", "answers": {id: code}}``; may be sent again."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return _private(make_response(jsonify({"error": say(Answer.REFUSED)}), 400))
    now = clock.now()
    try:
        link = helping.delivering_link(token, now)
        answers = _take(link, body, now)
    except Refusal as refusal:
        return _private(make_response(jsonify({"error": say(refusal.code), "code": refusal.code}), _status(refusal)))
    helping.note_use(link.id, now=now)
    return _private(jsonify({"now": int(now.timestamp() * 1000), "answers": answers}))


@bp.post("/<token>/marks")
@limiter.limit(PER_CLIENT)
def mark(token: str) -> AnyResponse:
    now = clock.now()
    link = helping.opened_link(token, now)
    form = MarkForm()
    if not form.validate():
        return _page(link, token, wrong=form, status=422)
    answers = scanning.deliver(event_id=link.event_id, scans=[form.to_input(now)], by=By(helper_id=link.id), now=now)
    tell(answers[form.id.data])
    return redirect(url_for(".show", token=token, list=form.list.data, q=form.q.data or None), 303)


@bp.post("/<token>/walk-ins")
@limiter.limit(PER_CLIENT)
def walk_in(token: str) -> AnyResponse:
    now = clock.now()
    link = helping.opened_link(token, now)
    form = WalkInForm()
    if not form.validate():
        return _page(link, token, wrong=form, status=422)
    try:
        _let_in(link, form.to_input(now), By(helper_id=link.id), now)
    except (HasNoPlace, MayNotAdd) as error:
        form.form_errors.append(say(error.code))
        return _page(link, token, wrong=form, status=409)
    flash(_("%(name)s is let in as a walk-in.", name=form.given_name.data), "ok")
    return redirect(url_for(".show", token=token, list=form.list.data), 303)


def _take(link: HelperLink, body: dict[str, Any], now: Any) -> dict[str, str]:
    by = By(helper_id=link.id, device=device_name(body.get("device")))
    raw_scans, raw_walk_ins = (body.get(name) or [] for name in ("scans", "walk_ins"))
    if not isinstance(raw_scans, list) or not isinstance(raw_walk_ins, list):
        raise TooMuchAtOnce
    if len(raw_scans) > scanning.MOST_AT_ONCE or len(raw_walk_ins) > MOST_WALK_INS:
        raise TooMuchAtOnce
    answers: dict[str, str] = {}
    for raw, values in [(raw, walk_in_from(raw)) for raw in raw_walk_ins]:
        if values is None or not rules.was_valid(link.validity(), values.at):
            answers |= _refused(raw)
            continue
        try:
            _let_in(link, values, by, now)
            answers[values.id] = Answer.DONE
        except HasNoPlace:
            answers[values.id] = Answer.NO_PLACE
        except Refusal:
            answers[values.id] = Answer.REFUSED
    read = [(raw, scan_from(raw)) for raw in raw_scans]
    good = [scan for _raw, scan in read if scan and rules.was_valid(link.validity(), rules.noted_at(scan.at, now))]
    kept = {scan.id for scan in good}
    for raw, scan in read:
        if scan is None or scan.id not in kept:
            answers |= _refused(raw)
    return answers | scanning.deliver(event_id=link.event_id, scans=good, by=by, now=now)


def _refused(raw: Any) -> dict[str, str]:
    known = raw.get("id") if isinstance(raw, dict) else None
    return {known: Answer.REFUSED} if isinstance(known, str) else {}


def _let_in(link: HelperLink, values: WalkInInput, by: By, now: Any) -> None:
    if not link.may_add:
        raise MayNotAdd
    entering.walk_in(
        event_id=link.event_id,
        values=values,
        locale=language(),
        reason=_("Came without a place; let in by %(helper)s", helper=link.label),
        by=by,
        actor=Actor(name=link.label),
        now=now,
    )


def _page(link: HelperLink, token: str, *, wrong: Any = None, status: int = 200) -> AnyResponse:
    now, event, roll = clock.now(), _event(link), queries.roll(link.event_id)
    views = presenters.list_views(event, roll.lists)
    asked = wrong.list.data if wrong is not None else request.args.get("list", "")
    chosen = presenters.chosen_list(views, event, asked or "", now)
    query = request.args.get("q", "")[:200].replace("\0", "")
    people = presenters.person_views(event, roll, chosen, query)
    html = render_template(
        "presence/phone.html",
        event=event,
        link=link,
        base=f"/check-in/{token}",
        lists=views,
        chosen=chosen,
        counted=presenters.figures(roll, chosen),
        people=people[: presenters.SHOWN],
        hidden=max(0, len(people) - presenters.SHOWN),
        query=query,
        walk_in_form=wrong if isinstance(wrong, WalkInForm) else WalkInForm(formdata=None, list=chosen.key),
        wrong=wrong,
        new_id=new_id,
        words=presenters.phone_words(),
    )
    return _private(make_response(html, status))


def _event(link: HelperLink) -> Event:
    return events.event(link.event_id)


def _status(refusal: Refusal) -> int:
    return 422 if isinstance(refusal, Invalid) else 404


def _private(response: Response) -> Response:
    """Whoever has the link may see it: no cache keeps it and no other site hears of it. Only here is there a camera."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    return response
