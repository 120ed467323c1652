"""The pages that need several rooms at once."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.events import queries as events
from app.kernel import clock
from app.kernel.i18n import language
from app.network.current import current_actor
from app.printing.codes import framed_drawing, qr_drawing
from app.site import parts, queries, subscribing
from app.site.pages import part
from app.site.presenters.results import results
from app.site.presenters.series import series_page
from app.site.presenters.subscribing import subscribe_page
from app.site.rules import Month, Searched, View, Wanted

bp = Blueprint("site", __name__)
MOST_IN_SITEMAP = 2000


@bp.get("/")
@bp.get("/events")
def event_list() -> str:
    """Upcoming or past events as list, month or map, narrowed by a filter."""
    wanted, now, lang = Wanted.parse(request.args), clock.now(), language()
    if wanted.view is View.MONTH and not wanted.month:
        wanted = wanted.other(month=Month.of(now.date()))
    shown = part((wanted, lang), now, lambda version: parts.of_list(wanted, version, now, lang))
    return render_template("site/events.html", **shown.texts, canonical=_public(wanted.address()))


@bp.get("/events/<slug>")
def event(slug: str) -> str:
    """An event with its agenda, its places, and what one can do next."""
    now, lang, actor = clock.now(), language(), current_actor()
    if actor.signed_in:
        shown = parts.of_event(slug, actor, now, lang)
    else:
        shown = part((slug, lang), now, lambda _version: parts.of_event(slug, actor, now, lang))
    return render_template("site/event.html", **shown.texts, canonical=_public(f"/events/{slug}"))


@bp.get("/subscribe")
def subscribe() -> str:
    """What a calendar with the chosen events will show, and the ways into it."""
    page = subscribe_page(subscribing.Asked.parse(request.args, language()), current_actor(), clock.now(), language())
    return render_template("site/subscribe.html", page=page)


@bp.get("/subscribe/code.svg")
def subscribe_code() -> Response:
    """The page with the same choices as a square code for phones."""
    asked = subscribing.Asked.parse(request.args, language())
    drawing = framed_drawing(qr_drawing(_public(asked.address())))
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(drawing, mimetype="image/svg+xml", headers=headers)


@bp.get("/series/<slug>/next")
def next_of_series(slug: str) -> AnyResponse:
    """A lasting address for the edition that comes next; where none is planned, a page that says so."""
    series, now = events.series(slug), clock.now()
    if coming := queries.next_edition(series.id, now):
        return redirect(f"/events/{coming}", 303)
    page = series_page(series, now, language())
    return make_response(render_template("site/no_next.html", page=page))


@bp.get("/series/<slug>")
def series(slug: str) -> str:
    """The editions of an event that is held several times, and where none is planned yet."""
    return render_template("site/series.html", page=series_page(events.series(slug), clock.now(), language()))


@bp.get("/search")
def search() -> str:
    """Everything that is called or says what was typed; narrowed by kind, sector, country, language and year."""
    return render_template("site/search.html", page=results(Searched.parse(request.args), language()))


@bp.get("/privacy")
def privacy() -> str:
    return render_template("site/privacy.html", retention_days=current_app.config["FILO"].retention_days)


@bp.get("/about")
def about() -> str:
    return render_template("site/about.html")


@bp.get("/robots.txt")
def robots() -> Response:
    return Response(render_template("site/robots.txt", sitemap=_public("/sitemap.xml")), mimetype="text/plain")


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    knowledge = ["/studies", "/practices", "/practices/exchanges", "/needs", "/services", "/stories", "/board"]
    pages = ["/events", *knowledge, "/network", "/groups", "/venues", "/about", "/privacy"]
    addresses = pages + [f"/events/{slug}" for slug in queries.listed_slugs(MOST_IN_SITEMAP)]
    page = render_template("site/sitemap.xml", addresses=[_public(address) for address in addresses])
    return Response(page, mimetype="application/xml")


@bp.get("/favicon.ico")
def favicon() -> AnyResponse:
    return redirect("/static/favicon.svg", 301)


def _public(address: str) -> str:
    return f"{current_app.config['FILO'].public_url}{address}"
