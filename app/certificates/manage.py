"""The organiser's page about certificates."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.certificates import presenters, queries, rules, services
from app.certificates.archive import archive
from app.certificates.errors import NoCertificate
from app.certificates.forms import RevokeForm, RuleForm
from app.certificates.models import Certificate
from app.certificates.rules import Standing
from app.certificates.views import pdf
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.i18n import language
from app.network.current import current_actor
from app.registration.presenters import moment_words

bp = Blueprint("certificates_manage", __name__, url_prefix="/manage/events/<slug>/certificates")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    return _page(event, RuleForm.of(queries.rule_of(event.id)))


@bp.post("/rule")
def set_rule(slug: str) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    form = RuleForm()
    if not form.validate():
        return _page(event, form, 422)
    services.set_rule(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
    flash(_("Saved. Certificates that were issued before stay as they are."), "ok")
    return _back(slug)


@bp.post("/issuing")
def issue(slug: str) -> AnyResponse:
    issued = services.issue_for(slug, actor=current_actor(), now=clock.now())
    if not issued:
        flash(_("Nobody is waiting for a certificate: everybody entitled has one."), "warn")
    else:
        flash(ngettext("%(num)d certificate is issued.", "%(num)d certificates are issued.", issued), "ok")
    if issued == services.BATCH:
        flash(_("There are more: they follow within a minute."), "ok")
    return _back(slug)


@bp.post("/<int:certificate_id>/correction")
def correct(slug: str, certificate_id: int) -> AnyResponse:
    services.correct(certificate_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("Issued anew. The old code leads to the new certificate."), "ok")
    return _back(slug)


@bp.post("/<int:certificate_id>/revocation")
def revoke(slug: str, certificate_id: int) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    form = RevokeForm()
    if not form.validate():
        return _page(event, RuleForm.of(queries.rule_of(event.id)), 422, wrong=form)
    services.revoke(
        certificate_id, event_slug=slug, reason=form.reason.data or "", actor=current_actor(), now=clock.now()
    )
    flash(_("Taken back. Whoever checks the code sees that."), "ok")
    return _back(slug)


@bp.get("/<int:certificate_id>.pdf")
def paper(slug: str, certificate_id: int) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    certificate = queries.one_of_event(event.id, certificate_id)
    return pdf([certificate], f"certificate-{slug}-{certificate_id}-{language()}")


@bp.get("/all.pdf")
def papers(slug: str) -> AnyResponse:
    """Every valid certificate, a page each: for printing."""
    event = manageable_event(slug, current_actor())
    return pdf(_valid(event), f"certificates-{slug}-{language()}")


@bp.get("/all.zip")
def archived(slug: str) -> AnyResponse:
    """The same as a file for each: for sending on or keeping."""
    event = manageable_event(slug, current_actor())
    response = Response(
        archive(presenters.papers(_valid(event), public_url=current_app.config["FILO"].public_url)),
        mimetype="application/zip",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="certificates-{slug}-{language()}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _valid(event: Event) -> list[Certificate]:
    """Raises NoCertificate where there is none."""
    valid = [one for one in queries.of_event(event.id) if one.standing is Standing.VALID]
    if not valid:
        raise NoCertificate
    return valid


def _page(event: Event, form: RuleForm, status: int = 200, *, wrong: RevokeForm | None = None) -> Response:
    rule = queries.rule_of(event.id)
    now = clock.now()
    lines = presenters.lines_of(event, rule, now)
    page = render_template(
        "certificates/list.html",
        event=event,
        form=form,
        rule=rule,
        lines=lines,
        revoke_form=RevokeForm(formdata=None),
        wrong=wrong,
        waiting=sum(1 for line in lines if line.is_entitled and not line.certificate),
        issued=sum(1 for line in lines if line.certificate and line.certificate.standing is rules.Standing.VALID),
        has_begun=event.starts_at <= now,
        is_over=event.ends_at <= now,
        ends=moment_words(event.ends_at, event),
    )
    return make_response(page, status)


def _back(slug: str) -> AnyResponse:
    return redirect(url_for("certificates_manage.show", slug=slug), 303)
