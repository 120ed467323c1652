"""Peers elsewhere, and the year of an organisation on one page."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from app.kernel import clock
from app.kernel.i18n import language
from app.network import queries as network
from app.network.current import current_actor
from app.printing import render
from app.profiles.presenters.peers import peer_page
from app.profiles.presenters.year import YearPage, paper_of, year_page

bp = Blueprint("profiles", __name__)


@bp.get("/organisations/<slug>/peers")
def peers(slug: str) -> str:
    view = peer_page(network.organisation_for_page(slug), request.args, clock.now().date())
    return render_template("profiles/peers.html", view=view)


@bp.get("/organisations/<slug>/our-year")
def our_year(slug: str) -> str:
    return render_template("profiles/year.html", view=_year(slug))


@bp.get("/organisations/<slug>/our-year.pdf")
def our_year_paper(slug: str) -> Response:
    page = _year(slug)
    answer = Response(render("our_year", paper_of(page)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="our-year-{slug}-{page.year}-{language()}.pdf"'
    return answer


def _year(slug: str) -> YearPage:
    organisation, actor = network.organisation_for_page(slug), current_actor()
    is_insider = actor.is_administrator or organisation.id in actor.organisation_ids | actor.managed_ids
    return year_page(organisation, request.args, today=clock.now().date(), is_insider=is_insider)
