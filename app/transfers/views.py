"""Exchanges of the network, "we want to adopt this", and the link of a follow-up."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.network.current import current_actor
from app.transfers import links, presenters, queries, services
from app.transfers.errors import MayNotDeclare
from app.transfers.models import Adoption
from app.transfers.rules import MOVES, OPEN, Uptake

bp = Blueprint("transfers", __name__)
own = Blueprint("transfers_manage", __name__, url_prefix="/manage/practices")
own.before_request(ask_to_sign_in)
PER_CLIENT = "20/minute; 100/hour"


@bp.get("/practices/exchanges")
def exchanges() -> str:
    """Who takes up whose practices: map, matrix of regions, and every one with its dates."""
    found = queries.exchanges()
    outline, lines = presenters.map_of(found)
    return render_template(
        "transfers/exchanges.html",
        adoptions=found,
        matrix=presenters.matrix_of(found),
        map=outline,
        lines=lines,
        shown=presenters,
        states=list(Uptake),
    )


@bp.get("/practices/exchanges.csv")
def table() -> Response:
    answer = make_response(presenters.table_of(queries.exchanges()))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="exchanges.csv"'
    return answer


@own.post("/<slug>/adoption")
@limiter.limit(PER_CLIENT)
def declare(slug: str) -> Response:
    """Interested, or further, in the name of one's organisation."""
    typed, state = request.form.get("organisation_id", ""), _state()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10) or state is None:
        raise MayNotDeclare
    services.declare(
        slug=slug,
        organisation_id=int(typed),
        state=state,
        actor=current_actor(),
        locale=language(),
        now=clock.now(),
    )
    flash(_("It is noted. The owner of the practice is told when somebody begins, and we ask you how it goes."), "ok")
    return redirect(f"/practices/{slug}#uptake", 303)


@bp.route("/adoptions/<adoption_token>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def by_link(adoption_token: str) -> Response:
    """How far an organisation is, asked by mail: a button for each answer and no signing in."""
    row = links.open_adoption(adoption_token)
    state = _state() if request.method == "POST" else None
    if state is not None:
        services.answer(public_id=row.public_id, number=row.asked, state=state, now=clock.now())
        flash(_("Thank you. It is noted."), "ok")
        return redirect(request.path, 303)
    answer = make_response(
        render_template("transfers/answer.html", adoption=row, states=_answers(row), states_open=OPEN)
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _answers(row: Adoption) -> list[Uptake]:
    """As before first, then where one may have come to."""
    return [row.state, *MOVES[row.state]] if row.state in OPEN else list(MOVES[row.state])


def _state() -> Uptake | None:
    typed = request.form.get("state", "")
    return Uptake(typed) if typed in set(Uptake) else None
