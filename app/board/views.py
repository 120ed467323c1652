"""The board for everybody: the list, a post with its thread, and the link of a reminder."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.board import links, queries, services
from app.board.permissions import may_post
from app.board.presenters import line, lines, page_of
from app.board.rules import USUALLY_OPEN, PostFilter, PostKind
from app.kernel import clock
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import country_choices, sector_choices

bp = Blueprint("board", __name__)
PAGE = 20
MOST_PAGES = 10_000
PER_CLIENT = "20/minute; 100/hour"


@bp.get("/board")
def show_list() -> str:
    """Open offers and requests; ``past`` shows those that are closed or expired."""
    wanted = PostFilter(
        kind=_typed("kind", 20),
        sector=_typed("sector", 40),
        group=_typed("group", 40),
        country=_typed("country", 2),
        q=_typed("q", 200),
        past="1" if request.args.get("past") else None,
    )
    number, lang, today = _page_number(), language(), clock.now().date()
    found = queries.posts(wanted, today, offset=(number - 1) * PAGE, limit=PAGE)
    actor = current_actor()
    return render_template(
        "board/list.html",
        may_post=may_post(actor) or not actor.signed_in,
        posts=lines(found.rows, today),
        new_url=_new_address(wanted),
        total=found.total,
        first=(number - 1) * PAGE + 1,
        wanted=wanted,
        kinds=[(str(kind), say(kind)) for kind in PostKind],
        sectors=[(choice.id, choice.name.wording(lang).text) for choice in sector_choices()],
        groups=[(row.slug, row.name.wording(lang).text) for row in queries.group_choices()],
        countries=[(choice.id, choice.name.wording(lang).text) for choice in country_choices()],
        previous_url=_address(wanted, number - 1) if number > 1 else None,
        next_url=_address(wanted, number + 1) if number * PAGE < found.total else None,
    )


@bp.get("/board/<slug>")
def show(slug: str) -> str:
    actor = current_actor()
    page = page_of(queries.post_for_page(slug), actor, clock.now().date())
    return render_template("board/show.html", page=page, may_post=may_post(actor) or not actor.signed_in)


@bp.route("/board/posts/<post_token>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def by_link(post_token: str) -> Response:
    """Whether a post still stands, asked by mail: two buttons and no signing in."""
    post, now = links.open_post(post_token), clock.now()
    if request.method == "GET":
        page = render_template("board/renewal.html", post=post, line=line(post, now.date()), days=USUALLY_OPEN.days)
        answer = make_response(page)
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer
    if request.form.get("answer") == "renew":
        services.renew_by_link(post.slug, now=now)
        flash(_("It stands for %(days)s days more. We ask again before they end.", days=USUALLY_OPEN.days), "ok")
    else:
        services.close_by_link(post.slug, now=now)
        flash(_("It is closed. Its thread can still be read; here you can open it again."), "ok")
    return redirect(request.path, 303)


def _typed(name: str, longest: int) -> str | None:
    return request.args.get(name, "").replace("\0", "").strip()[:longest] or None


def _page_number() -> int:
    typed = request.args.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


def _new_address(wanted: PostFilter) -> str:
    """The form for a post, with what the list was narrowed to."""
    kept = {name: value for name, value in wanted.parts().items() if name in ("kind", "sector", "group")}
    return f"/manage/board/new?{urlencode(kept)}" if kept else "/manage/board/new"


def _address(wanted: PostFilter, number: int) -> str:
    return f"/board?{urlencode(wanted.parts() | ({'page': number} if number > 1 else {}))}"
