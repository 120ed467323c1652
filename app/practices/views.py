"""Practices for everybody: the list and a page each."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from app.kernel import clock
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import country_choices, sector_choices
from app.practices import queries
from app.practices.errors import PracticeNotFound
from app.practices.panels import panels_of
from app.practices.permissions import may_edit
from app.practices.presenters import page_of
from app.practices.rules import Aim, PracticeFilter

bp = Blueprint("practices", __name__)
PAGE = 20
MOST_PAGES = 10_000


@bp.get("/practices")
def show_list() -> str:
    wanted = PracticeFilter(
        sector=_typed("sector", 40), country=_typed("country", 2), aim=_typed("aim", 40), q=_typed("q", 200)
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


@bp.get("/practices/<slug>")
def show(slug: str) -> str:
    """A practice that is not published is there for those who write it."""
    practice = queries.practice_for_page(slug)
    edits = may_edit(current_actor(), practice.owner_id)
    if not practice.is_published and not edits:
        raise PracticeNotFound(slug=slug)
    return render_template(
        "practices/show.html",
        page=page_of(practice, now=clock.now()),
        may_edit=edits,
        panels=panels_of("practice", practice),
    )


def _typed(name: str, longest: int) -> str | None:
    return request.args.get(name, "").replace("\0", "").strip()[:longest] or None


def _page_number() -> int:
    typed = request.args.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


def _address(wanted: PracticeFilter, number: int) -> str:
    return f"/practices?{urlencode(wanted.parts() | ({'page': number} if number > 1 else {}))}"
