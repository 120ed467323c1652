"""The page on which anybody verifies a certificate, and the certificate of its owner."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.certificates import presenters, queries, rules
from app.certificates.errors import CertificateNotFound, NoCertificate
from app.certificates.forms import CodeForm
from app.certificates.models import Certificate
from app.certificates.rules import Standing
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.printing import render
from app.registration import links

bp = Blueprint("certificates", __name__)
# 79 bits cannot be guessed; this keeps the guessing itself from costing us anything
PER_CLIENT = "60/minute; 600/hour"
PAPERS_PER_CLIENT = "30/minute; 300/hour"


@bp.get("/certificates")
def ask() -> AnyResponse:
    """Where a code is typed from paper."""
    form = CodeForm(request.args)
    if "code" not in request.args:
        return _public(_ask_page(CodeForm(None)))
    if not form.validate() or not rules.typed_code(form.code.data):
        return _public(_ask_page(form), 422)
    return redirect(url_for(".verify", code=rules.shown_code(rules.typed_code(form.code.data))), 303)


@bp.get("/certificates/<code>")
@limiter.limit(PER_CLIENT)
def verify(code: str) -> AnyResponse:
    """What the certificate of a code says, and whether it counts; 404 with what to do for a code that is none."""
    try:
        certificate = queries.with_code(rules.typed_code(code))
    except CertificateNotFound:
        return _public(_ask_page(CodeForm(None, code=code[:40]), is_unknown=True), 404)
    successor = queries.successor_of(certificate.id) if certificate.standing is Standing.REPLACED else None
    page = render_template(
        "certificates/show.html",
        standing=certificate.standing,
        code=rules.shown_code(certificate.code),
        facts=presenters.facts_of(certificate),
        text=certificate.text.wording(language()),
        successor=rules.shown_code(successor) if successor else "",
    )
    return _public(page)


@bp.get("/registrations/<token>/certificate.pdf")
@limiter.limit(PAPERS_PER_CLIENT)
def own(token: str) -> AnyResponse:
    certificate = queries.current(links.open_registration(token).id)
    if certificate is None or certificate.standing is not Standing.VALID:
        raise NoCertificate
    return pdf([certificate], f"certificate-{language()}")


def pdf(certificates: list[Certificate], filename: str) -> Response:
    """Certificates as one PDF, in the language in force; kept by no cache, for it names people."""
    data = presenters.paper(certificates, public_url=current_app.config["FILO"].public_url)
    response = Response(render("certificate", data), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _ask_page(form: CodeForm, *, is_unknown: bool = False) -> str:
    return render_template("certificates/ask.html", form=form, is_unknown=is_unknown)


def _public(page: str, status: int = 200) -> Response:
    """Found by who has the code, never by a search engine."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
