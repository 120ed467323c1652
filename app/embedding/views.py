"""The calendar in a frame on a partner's site, and who may show it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, flash, g, make_response, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.changes.queries import version_of
from app.embedding import presenters, queries, services
from app.embedding.errors import MayNotEmbed
from app.embedding.forms import SitesForm
from app.embedding.queries import Embedder
from app.embedding.rules import MOST_ORIGINS, frame_policy
from app.feeds.addresses import BadAddressError
from app.feeds.joining import name_of
from app.kernel import clock
from app.kernel.errors import Invalid
from app.kernel.form_checks import put_beside_field
from app.network.current import current_actor
from app.network.permissions import may_edit_organisation

bp = Blueprint("embedding", __name__, url_prefix="/embed")
manage = Blueprint("manage_embedding", __name__, url_prefix="/manage/organisations")
manage.before_request(ask_to_sign_in)
KEPT = "public, max-age=300"


@bp.before_request
def the_same_for_everybody() -> None:
    """The address says all: no cookie is read or set, and shared caches may keep the page."""
    g.same_for_everybody = True


@bp.get("/organisations/<slug>/events")
def events(slug: str) -> Response:
    """What comes next, for a frame: no script, and only on the sites that the organisation named."""
    organisation, default_lang = queries.embedder(slug), current_app.config["FILO"].default_locale
    try:
        feed = presenters.feed_in_frame(organisation, request.args, default_lang)
    except BadAddressError:
        abort(404)
    name = name_of(feed, was_there=version_of(feed.collections).number > 0)
    with force_locale(feed.lang):
        shown = presenters.frame(organisation, feed, name, request.args.get("theme", ""), clock.now())
        # without the context of a request, which asks who reads
        template = current_app.jinja_env.get_template("embedding/events.html")
        page = template.render(frame=shown, lang=feed.lang, is_allowed=bool(organisation.origins))
    return _kept(page, organisation.origins, feed.lang)


def _kept(page: str, origins: tuple[str, ...], lang: str) -> Response:
    response = Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = frame_policy(origins)
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = KEPT
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


@manage.get("/<slug>/embedding")
def sites(slug: str) -> AnyResponse:
    organisation = _managed(slug)
    return _page(organisation, SitesForm(data={"origins": "\n".join(organisation.origins)}))


@manage.post("/<slug>/embedding")
def allow(slug: str) -> AnyResponse:
    organisation, form = _managed(slug), SitesForm()
    if not form.validate_on_submit():
        return _page(organisation, form, 422)
    try:
        services.allow_sites(slug, typed=form.to_input(), actor=current_actor(), now=clock.now())
    except Invalid as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _page(organisation, form, 422)
    flash(_("Saved."), "ok")
    return redirect(f"/manage/organisations/{slug}/embedding", 303)


def _managed(slug: str) -> Embedder:
    organisation = queries.embedder(slug)
    if not may_edit_organisation(current_actor(), organisation.id):
        raise MayNotEmbed
    return organisation


def _page(organisation: Embedder, form: SitesForm, status: int = 200) -> AnyResponse:
    page = render_template(
        "embedding/sites.html",
        organisation=organisation,
        form=form,
        most=MOST_ORIGINS,
        snippet=presenters.own_snippet(organisation),
    )
    return make_response(page, status)
