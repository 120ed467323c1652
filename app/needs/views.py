"""Needs on the phone of a participant or of a table, and the list for everybody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.agenda.models import AgendaItem
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.ids import digest, new_secret, opaque_id
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.needs import links, queries, services
from app.needs.errors import NeedNotFound
from app.needs.forms import CommentForm, NeedForm, VoteForm
from app.needs.models import Need
from app.needs.panels import panels_of
from app.needs.permissions import insider_of, may_remove_comment
from app.needs.presenters import taking_page, title_of, votes_words
from app.needs.rules import NeedFilter, NeedState
from app.network import queries as network
from app.network.current import current_actor
from app.network.presenters.lists import named, page_from
from app.registration import links as registrations
from app.registration.models import Registration
from app.registration.rules import Place

bp = Blueprint("needs", __name__)
PER_CLIENT = "600/minute; 6000/hour"  # a hall of some hundred phones behind one router
COOKIE = "filo-needs"  # on a phone that opened the code of a table: whose vote is whose
KEPT = 3 * 24 * 3600


@bp.get("/needs")
def show_list() -> str:
    wanted, page = _wanted(), page_from(request.args)
    needs, total = queries.listed(wanted, insider_of(current_actor()), page=page)
    first = (page - 1) * queries.PAGE + 1

    def address(number: int) -> str:
        asked: dict[str, Any] = {**wanted.parts(), **({"page": number} if number > 1 else {})}
        return url_for("needs.show_list", **asked)

    return render_template(
        "needs/list.html",
        needs=needs,
        total=total,
        wanted=wanted,
        votes_words=votes_words,
        sectors=named(network.sector_choices()),
        groups=[(group.slug, group.name.wording(language()).text) for group in network.groups()],
        countries=named(network.country_choices()),
        may_state=current_actor().is_administrator or bool(current_actor().managed_ids),
        previous_url=address(page - 1) if page > 1 else None,
        next_url=address(page + 1) if page * queries.PAGE < total else None,
        where=_("%(first)s to %(last)s of %(total)s", first=first, last=first + len(needs) - 1, total=total),
    )


@bp.get("/needs/<public_id>")
def show(public_id: str) -> Response | str:
    need = queries.need(public_id)
    if need.state is NeedState.MERGED and need.merged_into_id:
        (target,) = queries.needs_by_id([need.merged_into_id])
        return redirect(url_for(".show", public_id=target.public_id), 303)
    if not _may_read(need):
        raise NeedNotFound(public_id=public_id)
    return _need_page(need)


@bp.post("/needs/<public_id>/comments")
@limiter.limit(PER_CLIENT)
def comment(public_id: str) -> Response | str:
    """What partners, observers and organisers remark among themselves."""
    need = queries.need(public_id)
    if not _may_read(need):
        raise NeedNotFound(public_id=public_id)
    form = CommentForm()
    if services.may_comment(need, current_actor()) and not form.validate():
        return make_response(_need_page(need, form), 422)
    services.comment(
        public_id,
        text=form.comment.data or "",
        form_key=form.form_key.data or opaque_id(),
        actor=current_actor(),
        now=clock.now(),
    )
    return redirect(url_for(".show", public_id=public_id, _anchor="comments"), 303)


@bp.post("/needs/<public_id>/comments/<int:comment_id>/removal")
def remove_comment(public_id: str, comment_id: int) -> Response:
    if not _may_read(queries.need(public_id)):
        raise NeedNotFound(public_id=public_id)
    services.remove_comment(public_id, comment_id, actor=current_actor(), now=clock.now())
    flash(_("The comment is gone."), "ok")
    return redirect(url_for(".show", public_id=public_id, _anchor="comments"), 303)


def _need_page(need: Need, form: CommentForm | None = None) -> str:
    actor = current_actor()
    is_inside = services.may_comment(need, actor)
    manages = services.may_change(need, actor)
    return render_template(
        "needs/show.html",
        need=need,
        comments=[
            (each, may_remove_comment(actor, each.account_id, manages=manages)) for each in queries.comments_on(need.id)
        ]
        if is_inside
        else [],
        comment_form=(form or CommentForm(formdata=None)).with_key() if is_inside else None,
        part=title_of(need.item),
        votes=votes_words(need.voters),
        merged=queries.merged_into(need.id),
        panels=panels_of(need),
        may_change=manages,
    )


@bp.route("/registrations/<token>/needs/<int:item_id>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def take(token: str, item_id: int) -> Response:
    """What a participant puts in and votes for at a part of the agenda."""
    registration = _participant(token)
    event_id = registration.allotment.event_id
    item = queries.part(event_id, item_id)
    voter, back = f"registration:{registration.id}", f"/registrations/{token}"
    here = url_for(".take", token=token, item_id=item_id)
    if request.method == "GET":
        return _page(item, voter, back=back)
    if "need" in request.form:
        return _vote(item, voter, here, back)
    form = _form(item)
    if not form.validate():
        return _page(item, voter, back=back, form=form, status=422)
    try:
        services.put_in(item=item, registration_id=registration.id, values=form.to_input(), now=clock.now())
    except Refusal as refusal:
        status = _put_beside(form, refusal)
        return _page(queries.part(event_id, item_id), voter, back=back, form=form, status=status)
    return _thanks(here)


@bp.route("/needs/at/<table_token>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def take_at_table(table_token: str) -> Response:
    """The same by the code of a table: without an account and without a registration."""
    collection = links.open_collection(table_token)
    item, phone = collection.item, request.cookies.get(COOKIE, "")
    event_id, item_id = item.event_id, item.id
    voter = f"phone:{digest(phone)}" if phone else ""
    here = url_for(".take_at_table", table_token=table_token)
    if request.method == "GET":
        return _known(_page(item, voter), phone, here)
    if "need" in request.form:
        if not voter:
            said = _("Your phone keeps no cookie for this page, so votes cannot be told apart. Allow it, try again.")
            return _known(_page(item, voter, said=said, status=409), phone, here)
        return _vote(item, voter, here, "")
    form = _form(item)
    if not form.validate():
        return _page(item, voter, form=form, status=422)
    try:
        services.put_in_at_table(collection, values=form.to_input(), now=clock.now())
    except Refusal as refusal:
        status = _put_beside(form, refusal)
        return _page(queries.part(event_id, item_id), voter, form=form, status=status)
    return _thanks(here)


def _vote(item: AgendaItem, voter: str, here: str, back: str) -> Response:
    form = VoteForm()
    event_id, item_id = item.event_id, item.id
    if not form.validate():
        return _page(item, voter, back=back, said=_("This page was open for too long. Try again."), status=422)
    try:
        services.vote(str(form.need.data), item_id=item_id, voter=voter, is_wanted=form.is_wanted, now=clock.now())
    except Conflict as refusal:
        said = say(refusal.code, **refusal.details)
        return _page(queries.part(event_id, item_id), voter, back=back, said=said, status=409)
    return redirect(f"{here}#need-{form.need.data}", 303)


def _put_beside(form: NeedForm, refusal: Refusal) -> int:
    """Write a refusal into the form; gives the status of the answer."""
    if not put_beside_field(form, refusal):
        form.form_errors.append(say(refusal.code, **refusal.details))
    return 409 if isinstance(refusal, Conflict) else 422


def _thanks(here: str) -> Response:
    flash(_("It stands with the others."), "ok")
    return redirect(here, 303)


def _form(item: AgendaItem, *, empty: bool = False) -> NeedForm:
    form = NeedForm(formdata=None) if empty else NeedForm()
    form.offer(queries.clusters_at(item.event_id), nobody=_("Only myself"))
    return form


def _page(
    item: AgendaItem, voter: str, *, back: str = "", form: NeedForm | None = None, said: str = "", status: int = 200
) -> Response:
    page = render_template(
        "needs/take.html",
        page=taking_page(item, voter, clock.now()),
        form=form or _form(item, empty=True),
        back=back,
        said=said,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _known(answer: Response, phone: str, here: str) -> Response:
    """Give a phone a name of its own, so that it votes once."""
    if not phone:
        answer.set_cookie(
            COOKIE,
            new_secret(),
            max_age=KEPT,
            path=here,
            secure=current_app.config["FILO"].is_https,
            httponly=True,
            samesite="Lax",
        )
    return answer


def _participant(token: str) -> Registration:
    registration = registrations.open_registration(token)
    if registration.place is not Place.CONFIRMED:
        raise HTTPException(response=redirect(f"/registrations/{token}", 303))
    return registration


def _may_read(need: Need) -> bool:
    if need.state is not NeedState.SHOWN:
        return False
    return need.is_public or queries.is_visible(need.id, insider_of(current_actor()))


def _wanted() -> NeedFilter:
    given = {name: request.args.get(name, "").strip()[:200] for name in NeedFilter.__slots__}
    return NeedFilter(**{name: value for name, value in given.items() if value and value.isprintable()})
