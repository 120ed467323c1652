"""Studies and the catalogue of services, for everybody."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.files.serving import send
from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import country_choices
from app.studies import presenters, queries
from app.studies.errors import DocumentNotFound
from app.studies.panels import beside_services, panels_of
from app.studies.permissions import may_begin, may_write
from app.studies.rules import ServiceFilter, ServiceState, Target

bp = Blueprint("studies", __name__)


@bp.get("/studies")
def show_list() -> str:
    return render_template(
        "studies/list.html", studies=queries.studies(), shown=presenters, may_begin=may_begin(current_actor())
    )


@bp.get("/studies/services")
def catalogue() -> str:
    """Services of all clusters: for whom, how far, in which country, with which words."""
    wanted = ServiceFilter(
        target=_typed("target", 40), state=_typed("state", 40), country=_typed("country", 2), q=_typed("q", 200)
    )
    lang = language()
    return render_template(
        "studies/services.html",
        services=queries.catalogue(wanted),
        shown=presenters,
        wanted=wanted,
        targets=[(str(one), say(one)) for one in Target],
        states=[(str(one), say(one)) for one in ServiceState],
        countries=[(choice.id, choice.name.wording(lang).text) for choice in country_choices()],
    )


@bp.get("/studies/<slug>")
def show(slug: str) -> str:
    study = queries.study_for_page(slug)
    findings = study.findings.wording(language())
    return render_template(
        "studies/show.html",
        study=study,
        shown=presenters,
        findings=findings,
        findings_html=markdown(findings.text),
        panels=panels_of(study),
        beside=beside_services(study),
        may_write=may_write(current_actor(), study.author_ids),
    )


@bp.get("/studies/<slug>/document")
def document(slug: str) -> Response:
    study = queries.study_for_page(slug)
    if study.document is None:
        raise DocumentNotFound(slug=slug)
    return send(study.document, inline=True)


def _typed(name: str, longest: int) -> str | None:
    return request.args.get(name, "").replace("\0", "").strip()[:longest] or None
