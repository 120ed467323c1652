"""Posting, answering and writing by mail, for members of organisations who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.board import queries, services
from app.board.errors import MayNotChange, MayNotPost
from app.board.forms import MessageForm, PostForm, ReplyForm
from app.board.models import BoardPost
from app.board.permissions import may_change, may_post
from app.board.presenters import line, lines
from app.board.rules import USUALLY_OPEN
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal, TooMany
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import organisation_choices, sector_choices

bp = Blueprint("board_manage", __name__, url_prefix="/manage/board")
bp.before_request(ask_to_sign_in)
PER_CLIENT = "20/minute; 100/hour"


@bp.get("")
def show() -> str:
    """What the own organisations posted."""
    posts = queries.posted_by(_own_ids())
    return render_template("board/manage.html", posts=lines(posts, clock.now().date()))


@bp.route("/new", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def add() -> Response:
    form = _form()

    def verb() -> str:
        return services.add(values=form.to_input(), actor=current_actor(), locale=language(), now=clock.now()).slug

    return _save(form, None, verb)


@bp.route("/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> Response:
    post = _changeable(slug)
    form = _form(post)

    def verb() -> str:
        return services.edit(slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now()).slug

    return _save(form, slug, verb)


@bp.post("/<slug>/closing")
def close(slug: str) -> Response:
    services.close(slug=slug, actor=current_actor(), now=clock.now())
    flash(_("It is closed. Its thread can still be read."), "ok")
    return redirect(f"/board/{slug}", 303)


@bp.post("/<slug>/renewal")
def renew(slug: str) -> Response:
    services.renew(slug=slug, actor=current_actor(), now=clock.now())
    flash(_("It stands for %(days)s days more. We ask again before they end.", days=USUALLY_OPEN.days), "ok")
    return redirect(f"/board/{slug}", 303)


@bp.route("/<slug>/answer", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def answer(slug: str) -> Response:
    """An answer in the thread, for everybody to read."""
    form = ReplyForm()
    form.offer(organisation_choices(_own_ids()))

    def verb() -> None:
        services.reply(
            slug=slug,
            organisation_id=form.organisation_id.data,
            text=form.text.data or "",
            actor=current_actor(),
            now=clock.now(),
        )

    return _say(form, slug, "board/answer.html", verb, _("Your answer stands in the thread, and who posted is told."))


@bp.route("/<slug>/message", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def message(slug: str) -> Response:
    """A mail to who posted, that goes through the house."""
    _own_ids()
    form = MessageForm()

    def verb() -> None:
        services.send_message(slug=slug, text=form.text.data or "", actor=current_actor(), now=clock.now())

    return _say(
        form, slug, "board/message.html", verb, _("Your message is on its way; the answer comes to you by mail.")
    )


@bp.post("/<slug>/replies/<int:reply_id>/removal")
def remove_reply(slug: str, reply_id: int) -> Response:
    services.remove_reply(slug=slug, reply_id=reply_id, actor=current_actor(), now=clock.now())
    flash(_("The answer was removed."), "ok")
    return redirect(f"/board/{slug}", 303)


def _own_ids() -> frozenset[int] | None:
    """In whose name the actor may speak, None for all; raises MayNotPost when there is nobody."""
    actor = current_actor()
    if not may_post(actor):
        raise MayNotPost
    return None if actor.is_administrator else actor.organisation_ids


def _changeable(slug: str) -> BoardPost:
    post = queries.post_for_page(slug)
    if not may_change(current_actor(), post.organisation_id, post.account_id):
        raise MayNotChange(slug=slug)
    return post


def _form(post: BoardPost | None = None) -> PostForm:
    lang, sectors, groups = language(), sector_choices(), queries.group_choices()
    form = PostForm(data=_values_of(post) if post else _usual({row.slug: row.id for row in groups}))
    form.offer(
        organisations=organisation_choices(_own_ids()),
        sectors=[(choice.id, choice.name.wording(lang).text) for choice in sectors],
        groups=[(row.id, row.name.wording(lang).text) for row in groups],
    )
    return form


def _usual(groups: Mapping[str, int]) -> dict[str, object]:
    """A new post takes over what the address asks for: kind, sector, and the group by its address."""
    asked = {name: request.args.get(name, "") for name in ("kind", "sector", "group")}
    return {
        "language": language(),
        "expires_on": clock.now().date() + USUALLY_OPEN,
        "sector_id": asked["sector"],
        "group_id": groups.get(asked["group"]),
        **({"kind": asked["kind"]} if asked["kind"] else {}),
    }


def _values_of(post: BoardPost) -> dict[str, object]:
    return {
        "kind": str(post.kind),
        "title": post.title,
        "text": post.text,
        "language": post.language,
        "organisation_id": post.organisation_id,
        "sector_id": post.sector_id or "",
        "group_id": post.group_id or "",
        "expires_on": post.expires_on,
    }


def _save(form: PostForm, slug: str | None, verb: Callable[[], str]) -> Response:
    if not form.is_submitted():
        return _form_page(form, slug)
    if not form.validate():
        return _form_page(form, slug, 422)
    try:
        saved = verb()
    except TooMany as refusal:
        form.form_errors.append(say(refusal.code))
        return _form_page(form, slug, 429)
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _form_page(form, slug, 422)
    flash(_("It stands on the board."), "ok")
    return redirect(f"/board/{saved}", 303)


def _form_page(form: PostForm, slug: str | None, status: int = 200) -> Response:
    post = queries.post_for_page(slug) if slug else None
    shown = line(post, clock.now().date()) if post else None
    return make_response(render_template("board/edit.html", form=form, post=shown), status)


def _say(form: ReplyForm | MessageForm, slug: str, template: str, verb: Callable[[], None], message: str) -> Response:
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                verb()
            except (Conflict, TooMany) as refusal:
                form.form_errors.append(say(refusal.code))
                status = 429 if isinstance(refusal, TooMany) else 409
            else:
                flash(message, "ok")
                return redirect(url_for("board.show", slug=slug), 303)
    post = queries.post_for_page(slug)
    return make_response(
        render_template(template, form=form, post=line(post, clock.now().date()), text=post.text), status
    )
