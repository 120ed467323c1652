"""Practices for everybody: the list, a page each, side by side, as paper and as data."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, current_app, flash, jsonify, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.files.serving import send
from app.kernel import clock
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import country_choices, sector_choices
from app.practices import links, presenters, queries, services
from app.practices.errors import ConsentWordsChanged, PracticeNotFound
from app.practices.models import Practice, PracticeChange
from app.practices.panels import panels_of
from app.practices.permissions import may_edit, may_review
from app.practices.presenters.page import opinion_in, retirement_in, verdict_in
from app.practices.presenters.place import map_of
from app.practices.queries import reviewing
from app.practices.rules import MOST_AT_ONCE, Aim, PracticeFilter
from app.practices.rules.consent import CONSENT_VERSION
from app.practices.rules.states import State
from app.practices.services.contacting import is_of_community
from app.printing import render

bp = Blueprint("practices", __name__)
PAGE = 20
MOST_PAGES = 10_000


@bp.get("/practices")
def show_list() -> str:
    wanted = PracticeFilter(
        sector=_typed("sector", 40),
        country=_typed("country", 2),
        aim=_typed("aim", 40),
        outcome=_typed("outcome", 10),
        q=_typed("q", 200),
    )
    number = _page_number()
    found = queries.published(wanted, offset=(number - 1) * PAGE, limit=PAGE)
    lang = language()
    return render_template(
        "practices/list.html",
        practices=found.rows,
        total=found.total,
        first=(number - 1) * PAGE + 1,
        wanted=wanted,
        sectors=[(choice.id, choice.name.wording(lang).text) for choice in sector_choices()],
        countries=[(choice.id, choice.name.wording(lang).text) for choice in country_choices()],
        aims=[(str(aim), say(aim)) for aim in Aim],
        previous_url=_address(wanted, number - 1) if number > 1 else None,
        next_url=_address(wanted, number + 1) if number * PAGE < found.total else None,
    )


@bp.get("/practices/compare")
def compare() -> str:
    """Two or three published practices side by side: ``?p=<slug>&p=<slug>``."""
    chosen = queries.to_compare([slug[:90] for slug in request.args.getlist("p") if slug][:MOST_AT_ONCE])
    return render_template(
        "practices/compare.html",
        practices=chosen,
        rows=presenters.comparison(chosen),
        choices=queries.choices(),
        places=range(MOST_AT_ONCE),
    )


@bp.get("/practices/<slug>")
def show(slug: str) -> str | Response:
    """A practice that is not published is there for those who write or review it; a retired one keeps its page.

    ``?video=1`` puts the video into the page: until then nothing is asked of its site.
    """
    practice = _readable(slug)
    changes = queries.changes_of(practice.id)
    page = presenters.page_of(practice)
    plays = page.video if request.args.get("video") else None
    answer = make_response(
        render_template(
            "practices/show.html",
            page=page,
            plays=plays,
            place=map_of(practice, page.place),
            thread=presenters.thread_of(practice, changes, now=clock.now()),
            opinion=opinion_in(changes) if practice.state is State.VALIDATED else None,
            expert=_expert(changes),
            verdict=verdict_in(changes),
            retired=retirement_in(changes) if practice.state is State.RETIRED else None,
            may_edit=may_edit(current_actor(), practice.owner_id),
            may_review=current_actor().signed_in and may_review(current_actor(), queries.parties_of(practice)),
            may_write_to=current_actor().signed_in and is_of_community(current_actor()),
            panels=panels_of("practice", practice),
        )
    )
    if plays:
        answer.headers["Content-Security-Policy"] = _policy_with_frame(plays.origin)
    return answer


@bp.get("/practices/<slug>.json")
def data(slug: str) -> Response:
    practice = _readable(slug)
    base = current_app.config["FILO"].public_url
    return jsonify(presenters.json_of(practice, list(queries.changes_of(practice.id)), base=base))


@bp.get("/practices/<slug>.pdf")
def paper(slug: str) -> Response:
    """One page with the emblem and the sentence of the programme, in the reader's language."""
    practice = _readable(slug)
    address = f"{current_app.config['FILO'].public_url}/practices/{practice.slug}"
    content = render("practice", presenters.paper(practice, address=address))
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{practice.slug}-{language()}.pdf"'
    return answer


@bp.get("/practices/<slug>/files/<int:attachment_id>")
def file(slug: str, attachment_id: int) -> Response:
    return send(reviewing.file_of(_readable(slug).id, attachment_id).file, inline=True)


@bp.get("/practices/authors/<token>")
def author(token: str) -> Response:
    """An author's own page: agree to be named, decline, or withdraw."""
    return _author_page(token)


@bp.post("/practices/authors/<token>/agreement")
def agree(token: str) -> Response:
    row = links.author_of(token)
    typed = request.form.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
    try:
        services.agree(public_id=row.public_id, version=version, language=language(), now=clock.now())
    except ConsentWordsChanged as refusal:
        return _author_page(token, say(refusal.code), 409)
    flash(_("Thank you. Your name stands beside the practice; you can withdraw here at any time."), "ok")
    return redirect(f"/practices/authors/{token}", 303)


@bp.post("/practices/authors/<token>/withdrawal")
def withdraw(token: str) -> Response:
    row = links.author_of(token)
    services.withdraw(public_id=row.public_id, now=clock.now())
    flash(_("Your name does not stand there. Only the organisation is shown."), "ok")
    return redirect(f"/practices/authors/{token}", 303)


def _author_page(token: str, sentence: str = "", status: int = 200) -> Response:
    row = links.author_of(token)
    page = render_template(
        "practices/author.html",
        author=row,
        practice=row.practice,
        token=token,
        version=CONSENT_VERSION,
        sentence=sentence,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _readable(slug: str) -> Practice:
    practice = queries.practice_for_page(slug)
    if practice.is_published or practice.state is State.RETIRED:
        return practice
    if not current_actor().signed_in or not may_review(current_actor(), queries.parties_of(practice)):
        raise PracticeNotFound(slug=slug)
    return practice


def _policy_with_frame(origin: str) -> str:
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        f"form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; frame-src {origin}"
    )


def _typed(name: str, longest: int) -> str | None:
    return request.args.get(name, "").replace("\0", "").strip()[:longest] or None


def _page_number() -> int:
    typed = request.args.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


def _address(wanted: PracticeFilter, number: int) -> str:
    return f"/practices?{urlencode(wanted.parts() | ({'page': number} if number > 1 else {}))}"


def _expert(changes: Sequence[PracticeChange]) -> str:
    """The name of who gave the opinion, if that person agreed to be shown."""
    opinion = opinion_in(changes)
    return queries.public_name_of(opinion.account_id) if opinion and opinion.account_id else ""
