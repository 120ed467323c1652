"""Consultations: for members, for those who decide, and for guests by a link."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.countries import country_names
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.network.current import current_actor
from app.network.models import ThematicGroup
from app.network.queries import country_choices
from app.plans import links, permissions
from app.plans.errors import PlanNotFound
from app.plans.forms.consultations import CommentForm, GuestForm, WindowForm
from app.plans.models import ConsultationGuest
from app.plans.presenters import consultations as presenters
from app.plans.presenters import plans as plan_presenters
from app.plans.presenters.words import country
from app.plans.queries import consultations as queries
from app.plans.services import access, consulting
from app.plans.views.frame import carry_out, done, inside, page

guests = Blueprint("consultations", __name__)


@inside.route("/plan/consultation", methods=["GET", "POST"])
def consultation(slug: str) -> Response:
    """What was said so far, by chapter; who has answered; a form for one's own comment."""
    group = access.looked_into(slug, current_actor())
    form = CommentForm()
    rows = queries.consultations_of(group.id)
    if rows:
        form.offer(presenters.chapter_choices(rows[0]))
    if not form.is_submitted():
        return _page(group)
    if not rows:
        raise PlanNotFound(slug=slug)

    def verb() -> object:
        return consulting.comment(group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _page(access.looked_into(slug, current_actor()), comment_form=form, status=status)
    return done(_("Thank you. Your comment stands with its chapter."), f"/groups/{slug}/plan/consultation")


@inside.route("/plan/consultation/new", methods=["GET", "POST"])
def open_window(slug: str) -> Response:
    group = access.decided(slug, current_actor())
    form = WindowForm()
    view = plan_presenters.plan_view(group.id)
    if not form.is_submitted():
        form = WindowForm(formdata=None, opens_on=clock.now().date())
        return page("plans/window.html", group=group, form=form, view=view)

    def verb() -> object:
        return consulting.open_window(group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        group = access.decided(slug, current_actor())
        view = plan_presenters.plan_view(group.id)
        return page("plans/window.html", status=status, group=group, form=form, view=view)
    told = _("It is set. Members are told by mail on its first day, and the silent once more before its end.")
    return done(told, f"/groups/{slug}/plan/consultation")


@inside.post("/plan/consultation/closing")
def close_window(slug: str) -> Response:
    consulting.close(group_slug=slug, actor=current_actor(), now=clock.now())
    return done(_("The consultation is closed. What was said stays."), f"/groups/{slug}/plan/consultation")


@inside.post("/plan/consultation/guests")
def invite_guest(slug: str) -> Response:
    group = access.decided(slug, current_actor())
    form = _guest_form()

    def verb() -> object:
        return consulting.invite(group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _page(access.decided(slug, current_actor()), guest_form=form, status=status)
    mailed, by_hand = _("The link is made and goes there by mail."), _("The link is made. Copy it and pass it on.")
    told = mailed if form.email.data else by_hand
    return done(told, f"/groups/{group.slug}/plan/consultation#guests")


@inside.post("/plan/consultation/<int:consultation_id>/guests/<int:guest_id>/removal")
def revoke_guest(slug: str, consultation_id: int, guest_id: int) -> Response:
    consulting.revoke(
        guest_id, group_slug=slug, consultation_id=consultation_id, actor=current_actor(), now=clock.now()
    )
    words = _("The link opens nothing any more. What was said with it stays.")
    return done(words, f"/groups/{slug}/plan/consultation#guests")


@guests.route("/consultations/<token>", methods=["GET", "POST"])
@limiter.limit("60/minute; 600/hour", methods=["POST"])
def answer(token: str) -> Response:
    """What somebody outside the group opens by a link, without an account."""
    guest = links.open_guest(token)
    form = _comment_form(guest)
    if not form.is_submitted():
        return _guest_page(guest, _comment_form(guest, empty=True))

    def verb() -> object:
        return consulting.comment_as_guest(guest.id, values=form.to_input(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _guest_page(links.open_guest(token), form, status)
    return done(_("Thank you. Your comment has arrived."), f"/consultations/{token}")


def _page(
    group: ThematicGroup,
    *,
    comment_form: CommentForm | None = None,
    guest_form: GuestForm | None = None,
    status: int = 200,
) -> Response:
    actor, circle = current_actor(), access.circle_of(group)
    rows = queries.consultations_of(group.id)
    today = clock.now().date()
    views = [presenters.consultation_view(one, group, today) for one in rows]
    if comment_form is None and rows:
        comment_form = CommentForm(formdata=None, chapter=request.args.get("chapter", ""))
        comment_form.offer(presenters.chapter_choices(rows[0]))
    may_decide = permissions.may_decide(actor, circle)
    return page(
        "plans/consultation.html",
        status=status,
        group=group,
        view=plan_presenters.plan_view(group.id),
        consultation=views[0] if views else None,
        earlier=views[1:],
        comment_form=comment_form,
        guest_form=guest_form or _guest_form(empty=True),
        wrong=comment_form if status != 200 and guest_form is None else guest_form,
        guests=[(one, links.url(one), country(one.country_code)) for one in rows[0].guests if one.revoked_at is None]
        if rows and may_decide
        else [],
        may_answer=permissions.may_answer(actor, circle),
        may_decide=may_decide,
    )


def _guest_page(guest: ConsultationGuest, form: CommentForm, status: int = 200) -> Response:
    row = guest.consultation
    return page(
        "plans/guest.html",
        status=status,
        group=row.plan.group,
        guest=guest,
        country=country(guest.country_code),
        consultation=row,
        asks=row.asks.wording(language()),
        state=presenters.state_of(row, clock.now().date()),
        chapters=plan_presenters.chapters_of(row.version),
        comments=presenters.shown(queries.comments_of_guest(guest.id)),
        form=form,
    )


def _comment_form(guest: ConsultationGuest, *, empty: bool = False) -> CommentForm:
    form = CommentForm(formdata=None) if empty else CommentForm()
    form.offer(presenters.chapter_choices(guest.consultation))
    return form


def _guest_form(*, empty: bool = False) -> GuestForm:
    form = GuestForm(formdata=None) if empty else GuestForm()
    known = {one.id for one in country_choices()}
    form.offer([(code, name) for code, name in country_names(language()).items() if code in known])
    return form
