"""The roadbook of a participant: a page that opens without network too, and a paper."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.printing import render
from app.registration import links
from app.registration.models import Registration
from app.registration.rules import Place
from app.visits import queries
from app.visits.errors import RoadbookNotYet
from app.visits.presenters import roadbook as presenters

bp = Blueprint("roadbook", __name__, url_prefix="/registrations/<token>")
WORKER = Path(__file__).resolve().parents[3] / "static" / "js" / "own-page-worker.js"
PER_CLIENT = "300/minute"  # of pages; a group behind one router opens them together
PAPERS_PER_CLIENT = "60/minute"


@bp.get("/roadbook")
@limiter.limit(PER_CLIENT)
def show(token: str) -> AnyResponse:
    registration = _opened(token)
    html = render_template(
        "visits/roadbook.html",
        book=presenters.roadbook_of(registration),
        base=f"/registrations/{token}",
        words={
            "kept": _("This page is kept on this phone and opens without network."),
            "offline": _("No network: this is how it stood when you last opened it."),
        },
    )
    return _private(make_response(html))


@bp.get("/roadbook.pdf")
@limiter.limit(PAPERS_PER_CLIENT)
def paper(token: str) -> AnyResponse:
    registration = _opened(token)
    pdf = render("roadbook", presenters.paper_of(presenters.roadbook_of(registration)))
    response = _private(Response(pdf, mimetype="application/pdf"))
    slug = registration.allotment.event.slug
    response.headers["Content-Disposition"] = f'inline; filename="roadbook-{slug}-{language()}.pdf"'
    return response


@bp.get("/roadbook.js")
def worker(token: str) -> AnyResponse:
    """What keeps the page on the phone; it stands here because it may only serve what is below it."""
    _opened(token)
    return _private(send_file(WORKER, mimetype="text/javascript", max_age=0))


def _opened(token: str) -> Registration:
    registration = links.open_registration(token)
    if registration.place is not Place.CONFIRMED or not queries.has_itinerary(registration.allotment.event_id):
        raise RoadbookNotYet
    return registration


def _private(response: Response) -> Response:
    """Whoever has the link may see it: no cache keeps it but the phone's own, and no other site hears of it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
