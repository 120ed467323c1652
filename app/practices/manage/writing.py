"""The list of one's practices and the form: saving, previews, drafts that survive a reload."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field, texts_into
from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import country_choices, organisation_choices, region_choices, sector_choices
from app.practices import queries, services
from app.practices.errors import EditedMeanwhile, SummaryMissing
from app.practices.forms import PracticeForm
from app.practices.inputs import PracticeInput
from app.practices.manage.shared import bp, editable, own_ids
from app.practices.models import Practice, PracticeDraft
from app.practices.panels import panels_of
from app.practices.presenters import named_changes, parts_of_form, previews_of, waiting_practices
from app.practices.queries import reviewing
from app.practices.rules.form import ROOM, Part, lengths_of
from app.practices.services.moving import what_is_missing
from app.practices.services.writing import content_of, input_of

NO_FIELDS = frozenset({"csrf_token", "form_key", "do"})
LONGEST_TEXT = max(ROOM.values())


@bp.get("/practices")
def show() -> str:
    """One's own practices, and those that wait for one as editor or expert."""
    actor = current_actor()
    waiting = waiting_practices(actor)
    own = queries.written_by(own_ids()) if actor.is_administrator or actor.managed_ids or not waiting else []
    return render_template("practices/manage.html", practices=own, waiting=waiting)


@bp.route("/practices/new", methods=["GET", "POST"])
def add() -> str | Response:
    own_ids()

    def verb(form: PracticeForm) -> str:
        key = form.form_key.data or None
        return services.add(values=form.to_input(), actor=current_actor(), now=clock.now(), form_key=key).slug

    return _answer(None, verb)


@bp.route("/practices/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> str | Response:
    practice = editable(slug)

    def verb(form: PracticeForm) -> str:
        typed = form.revision.data or ""
        return services.edit(
            practice_id=practice.id,
            values=form.to_input(),
            actor=current_actor(),
            now=clock.now(),
            revision=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None,
        ).slug

    return _answer(practice, verb)


@bp.post("/practices/<slug>/publication")
def publish(slug: str) -> str | Response:
    practice = editable(slug)
    try:
        services.publish(practice_id=practice.id, actor=current_actor(), now=clock.now())
    except SummaryMissing as refusal:
        form = _offered(PracticeForm(formdata=None, data=_values_of(input_of(editable(slug)))))
        form.summary_en.errors = [say(refusal.code)]
        return make_response(_page(form, editable(slug)), 409)
    flash(_("Everybody can read this practice now."), "ok")
    return redirect(f"/practices/{slug}", 303)


@bp.post("/practices/<slug>/publication/removal")
def take_back(slug: str) -> Response:
    services.take_back(practice_id=editable(slug).id, actor=current_actor(), now=clock.now())
    flash(_("The practice is no longer public. What happened to it is kept."), "ok")
    return redirect(url_for(".edit", slug=slug), 303)


@bp.post("/practices/preview")
def preview() -> Response:
    """Markdown as it will look; for the live preview."""
    own_ids()
    return make_response(str(markdown(request.form.get("text", "")[:LONGEST_TEXT])))


@bp.post("/practices/drafts/<draft_place>")
def keep_draft(draft_place: str) -> Response:
    """What is typed into ``new`` or the practice of that address. Says when it was kept and who else types."""
    own_ids()
    practice = None if draft_place == "new" else editable(draft_place)
    draft = _keep_draft(practice)
    others = reviewing.drafts_of_others(practice.id, current_actor().account_id) if practice else []
    return jsonify(
        kept=draft.saved_at.isoformat(),
        is_behind=bool(practice and draft.revision != practice.version),
        others=[one.by for one in others],
    )


@bp.post("/practices/drafts/<draft_place>/removal")
def drop_draft(draft_place: str) -> Response:
    own_ids()
    practice = None if draft_place == "new" else editable(draft_place)
    services.drop_draft(practice_id=practice.id if practice else None, actor=current_actor())
    flash(_("What was typed and not saved is gone."), "ok")
    return redirect(_address(practice), 303)


def _answer(practice: Practice | None, verb: Callable[[PracticeForm], str]) -> str | Response:
    if request.method == "GET":
        return _opened(practice)
    form = _offered(PracticeForm())
    match request.form.get("do"):
        case "preview":
            return _page(form, practice, previews=previews_of({name: _typed(form, name) for name in form.data}))
        case "draft":
            _keep_draft(practice)
            flash(_("Kept for you as it is. Nobody else sees it until you save."), "ok")
            return redirect(_address(practice), 303)
    if not form.validate():
        return make_response(_page(form, practice), 422)
    slug = practice.slug if practice else None
    try:
        saved = verb(form)
    except EditedMeanwhile as refusal:
        return _clash(refusal, slug or "")
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_page(form, editable(slug) if slug else None), 422)
    services.drop_draft(practice_id=practice.id if practice else None, actor=current_actor())
    flash(_("The practice was saved."), "ok")
    return redirect(url_for(".edit", slug=saved), 303)


def _typed(form: PracticeForm, name: str) -> str:
    return form[name].data if isinstance(form[name].data, str) else ""


def _opened(practice: Practice | None) -> str:
    """The form with one's draft, if there is one, or else with what is saved."""
    account_id = current_actor().account_id or 0
    draft = reviewing.draft(account_id, str(practice.id if practice else "new"))
    if draft is None:
        return _page(_offered(PracticeForm(data=_values_of(input_of(practice)) if practice else None)), practice)
    typed = MultiDict([(name, one) for name, given in draft.fields.items() for one in given])
    form = _offered(PracticeForm(formdata=typed))
    return _page(form, practice, draft=draft)


def _clash(refusal: EditedMeanwhile, slug: str) -> Response:
    """Both changed the same words: theirs are shown beside what was typed; saving again decides."""
    practice = editable(slug)
    merged = refusal.details["merged"]
    assert isinstance(merged, PracticeInput)  # noqa: S101 – says the type
    form = _offered(PracticeForm(formdata=None, data=_values_of(merged) | {"revision": practice.version}))
    theirs = content_of(input_of(practice))
    clashes = [one for one in named_changes(theirs, content_of(merged)) if one.key in refusal.details["clashes"]]  # type: ignore[operator]
    return make_response(_page(form, practice, clashes=clashes, refusal=refusal), 409)


def _keep_draft(practice: Practice | None) -> PracticeDraft:
    fields = {name: given for name, given in request.form.lists() if name not in NO_FIELDS and len(name) < 40}
    cut = {name: [one[:LONGEST_TEXT] for one in given[:20]] for name, given in list(fields.items())[:60]}
    revision = request.form.get("revision", "")
    return services.keep_draft(
        practice_id=practice.id if practice else None,
        fields=cut,
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0,
        actor=current_actor(),
        now=clock.now(),
    )


def _offered(form: PracticeForm) -> PracticeForm:
    lang = language()
    form.offer(
        owners=organisation_choices(own_ids()),
        countries=country_choices(),
        regions=region_choices(),
        sectors=sector_choices(),
        projects=reviewing.project_choices(),
        groups=[
            (group.id, _("%(group)s (%(project)s)", group=group.name.wording(lang).text, project=group.project.acronym))
            for group in reviewing.group_choices()
        ],
    )
    return form


def _values_of(values: PracticeInput) -> dict[str, Any]:
    plain = {name: getattr(values, name) for name in PracticeInput.__slots__}
    for part in Part:
        plain |= texts_into(part, plain.pop(part))
    return plain | {
        "aims": [str(aim) for aim in values.aims],
        "region_code": values.region_code or "",
        "sector_id": values.sector_id or "",
        "starts": str(values.starts or ""),
        "ends": str(values.ends or ""),
        "keywords": "\n".join(values.keywords),
    }


def _address(practice: Practice | None) -> str:
    return url_for(".edit", slug=practice.slug) if practice else url_for(".add")


def _page(form: PracticeForm, practice: Practice | None, **more: Any) -> str:
    if practice and not form.revision.data:
        form.revision.data = str(practice.version)
    account_id = current_actor().account_id
    lengths = lengths_of(*queries.lengths(practice.project_id if practice else None))
    return render_template(
        "practices/edit.html",
        form=form,
        practice=practice,
        parts=parts_of_form(form, lengths),
        missing=what_is_missing(practice) if practice else [],
        others=reviewing.drafts_of_others(practice.id, account_id) if practice else [],
        panels=panels_of("practice_manage", practice) if practice else [],
        **more,
    )
