"""The draft of a plan: chapters, who drafts, publication, adoption."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.network.current import current_actor
from app.network.models import ThematicGroup
from app.plans import permissions
from app.plans.errors import ChapterConflict, PlanNotFound
from app.plans.forms.plans import AdoptionForm, ChapterForm, OrganisationsForm, UptakeForm, VersionForm
from app.plans.models import PlanChapter, StrategicPlan
from app.plans.presenters import plans as presenters
from app.plans.presenters.consultations import consultation_view
from app.plans.queries import consultations, groups
from app.plans.queries import plans as queries
from app.plans.queries.typing import typed, typed_by_others
from app.plans.rules import differences
from app.plans.services import access, drafting, publishing
from app.plans.views.frame import carry_out, done, inside, page, put_refusal


@inside.post("/plan/beginning")
def begin_plan(slug: str) -> Response:
    drafting.begin(group_slug=slug, actor=current_actor(), now=clock.now())
    return done(_("The plan has its first chapters. Change them as you need."), f"/groups/{slug}/plan/draft")


@inside.get("/plan/draft")
def draft(slug: str) -> Response:
    return _draft_page(slug)


@inside.route("/plan/draft/chapters/new", methods=["GET", "POST"])
def add_chapter(slug: str) -> Response:
    group = access.drafted(slug, current_actor())
    plan = _open(group)
    form = ChapterForm()
    if not form.is_submitted():
        return _opened(group, plan.id, None)
    if "preview" in request.form:
        return _chapter_page(group, form, shows=True, status=200 if form.validate() else 422)

    def verb() -> object:
        return drafting.add_chapter(group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _chapter_page(access.drafted(slug, current_actor()), form, status=status)
    return done(_("The chapter was added."), f"/groups/{slug}/plan/draft")


@inside.route("/plan/draft/chapters/<int:chapter_id>", methods=["GET", "POST"])
def edit_chapter(slug: str, chapter_id: int) -> Response:
    group = access.drafted(slug, current_actor())
    row = queries.chapter(group.id, chapter_id)
    form = ChapterForm()
    if not form.is_submitted():
        return _opened(group, row.plan_id, row)
    if not form.validate():
        return _chapter_page(group, form, chapter_id, status=422)
    if "preview" in request.form:
        return _chapter_page(group, form, chapter_id, shows=True)
    try:
        saved = drafting.save_chapter(
            chapter_id,
            group_slug=slug,
            revision=form.revision.data,
            values=form.to_input(),
            actor=current_actor(),
            now=clock.now(),
        )
    except ChapterConflict:
        return _conflict(slug, chapter_id, form)
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _chapter_page(access.drafted(slug, current_actor()), form, chapter_id, status=status)
    words = _("Saved. Somebody else had saved meanwhile; both texts were joined.") if saved.was_merged else _("Saved.")
    return done(words, f"/groups/{slug}/plan/draft#chapter-{chapter_id}")


@inside.post("/plan/draft/chapters/<int:chapter_id>/place")
def move_chapter(slug: str, chapter_id: int) -> Response:
    up = request.form.get("direction") == "up"
    drafting.move_chapter(chapter_id, group_slug=slug, up=up, actor=current_actor(), now=clock.now())
    return done(_("Moved."), f"/groups/{slug}/plan/draft#chapter-{chapter_id}")


@inside.post("/plan/draft/chapters/<int:chapter_id>/removal")
def set_aside(slug: str, chapter_id: int) -> Response:
    is_removed = request.form.get("back") != "1"
    drafting.set_aside(chapter_id, group_slug=slug, is_removed=is_removed, actor=current_actor(), now=clock.now())
    words = _("The chapter is set aside. Its text is kept.") if is_removed else _("The chapter is back.")
    return done(words, f"/groups/{slug}/plan/draft")


@inside.route("/plan/draft/organisations", methods=["GET", "POST"])
def drafters(slug: str) -> Response:
    group = access.decided(slug, current_actor())
    plan = _open(group)
    form = (
        OrganisationsForm()
        if request.method == "POST"
        else OrganisationsForm(formdata=None, organisations=[one.organisation_id for one in plan.drafters])
    )
    form.offer(list(groups.partners(group.project_id)))
    if not form.is_submitted():
        return _form_page("plans/drafters.html", group, form)

    def verb() -> None:
        drafting.name_drafters(
            group_slug=slug, organisation_ids=form.organisations.data or (), actor=current_actor(), now=clock.now()
        )

    status = carry_out(form, verb)
    if status:
        return _form_page("plans/drafters.html", access.decided(slug, current_actor()), form, status)
    return done(_("Saved."), f"/groups/{slug}/plan/draft")


@inside.route("/plan/draft/publication", methods=["GET", "POST"])
def publish(slug: str) -> Response:
    group = access.decided(slug, current_actor())
    _open(group)
    form = VersionForm()
    if not form.is_submitted():
        return _form_page("plans/publish.html", group, VersionForm(formdata=None))

    def verb() -> None:
        publishing.publish(
            group_slug=slug, name=form.name.data, note=form.note.data or "", actor=current_actor(), now=clock.now()
        )

    status = carry_out(form, verb)
    if status:
        return _form_page("plans/publish.html", access.decided(slug, current_actor()), form, status)
    return done(_("The version is published. Everybody can read it now."), f"/groups/{slug}/plan")


@inside.route("/plan/draft/adoption", methods=["GET", "POST"])
def adopt(slug: str) -> Response:
    group = access.decided(slug, current_actor())
    plan = _open(group)
    form = (
        AdoptionForm()
        if request.method == "POST"
        else AdoptionForm(
            formdata=None,
            organisations=[one.organisation_id for one in plan.drafters],
            adopted_on=clock.now().date(),
        )
    )
    form.offer(list(groups.partners(group.project_id)))
    if not form.is_submitted():
        return _adoption_page(group, form)

    def verb() -> None:
        publishing.adopt(
            group_slug=slug,
            organisation_ids=form.organisations.data or (),
            adopted_on=form.adopted_on.data,
            actor=current_actor(),
            now=clock.now(),
        )

    status = carry_out(form, verb)
    if status:
        return _adoption_page(access.decided(slug, current_actor()), form, status)
    return done(_("The plan is adopted."), f"/groups/{slug}/plan")


@inside.route("/plan/uptakes", methods=["GET", "POST"])
def take_up(slug: str) -> Response:
    """One more organisation adopts the plan that holds."""
    group = access.decided(slug, current_actor())
    form = UptakeForm() if request.method == "POST" else UptakeForm(formdata=None, adopted_on=clock.now().date())
    form.offer(list(groups.partners(group.project_id)))
    if not form.is_submitted():
        return _form_page("plans/uptake.html", group, form)

    def verb() -> None:
        publishing.take_up(
            group_slug=slug,
            organisation_id=form.organisation.data,
            adopted_on=form.adopted_on.data,
            actor=current_actor(),
            now=clock.now(),
        )

    status = carry_out(form, verb)
    if status:
        return _form_page("plans/uptake.html", access.decided(slug, current_actor()), form, status)
    return done(_("Noted."), f"/groups/{slug}/plan")


def _open(group: ThematicGroup) -> StrategicPlan:
    """The plan that is written now; raises PlanNotFound."""
    plan = presenters.plan_view(group.id).open
    if plan is None:
        raise PlanNotFound(slug=group.slug)
    return plan


def _draft_page(slug: str) -> Response:
    actor = current_actor()
    group = access.looked_into(slug, actor)
    circle = access.circle_of(group)
    view = presenters.plan_view(group.id)
    rows = queries.chapters_of(view.open.id) if view.open else []
    return page(
        "plans/draft.html",
        group=group,
        view=view,
        chapters=[one for one in rows if one.removed_at is None],
        removed=[one for one in rows if one.removed_at is not None],
        may_draft=permissions.may_draft(actor, circle),
        may_decide=permissions.may_decide(actor, circle),
    )


def _opened(group: ThematicGroup, plan_id: int, row: PlanChapter | None) -> Response:
    """The form with what this account typed and did not save, or else with what is saved."""
    found = typed(current_actor().account_id, plan_id, row.id if row else None)
    form = ChapterForm.typed(found.fields, found.revision) if found else ChapterForm.of(row)
    return _chapter_page(group, form, row.id if row else None, typed_at=found.saved_at if found else None)


def _chapter_page(
    group: ThematicGroup,
    form: ChapterForm,
    chapter_id: int | None = None,
    *,
    shows: bool = False,
    status: int = 200,
    **more: object,
) -> Response:
    """``shows``: the texts as readers will see them; ``typed_at``: what is shown was typed then and never saved."""
    found = form.to_input()
    return page(
        "plans/chapter.html",
        status=status,
        group=group,
        form=form,
        chapter_id=chapter_id,
        preview=found if shows else None,
        theirs=None,
        texts=queries.chapter_texts(chapter_id) if chapter_id else (),
        others=typed_by_others(chapter_id, current_actor().account_id) if chapter_id else (),
        **({"typed_at": None} | more),
    )


def _conflict(slug: str, chapter_id: int, form: ChapterForm) -> Response:
    """Both texts and what is between them; saving once more keeps what stands in the fields then."""
    group = access.drafted(slug, current_actor())
    row = queries.chapter(group.id, chapter_id)
    mine = form.to_input()
    form.form_errors.append(say(ChapterConflict.code))
    form.revision.raw_data, form.revision.data = None, row.revision
    return page(
        "plans/chapter.html",
        status=409,
        group=group,
        form=form,
        chapter_id=chapter_id,
        preview=None,
        theirs=_between(row.title, mine.title, row.body, mine.body),
        their_name=row.changed_by,
        texts=queries.chapter_texts(chapter_id),
        typed_at=None,
        others=(),
    )


def _between(their_title: Texts, my_title: Texts, their_body: Texts, my_body: Texts) -> list[dict[str, object]]:
    """Their text and, word by word, how mine differs, in each language where they differ."""
    langs = dict.fromkeys([language(), *their_body, *my_body, *their_title, *my_title])
    return [
        {
            "lang": lang,
            "title": differences.words(their_title.get(lang, ""), my_title.get(lang, "")),
            "paragraphs": differences.compare(their_body.get(lang, ""), my_body.get(lang, "")),
        }
        for lang in langs
        if (their_title.get(lang), their_body.get(lang)) != (my_title.get(lang), my_body.get(lang))
    ]


def _form_page(template: str, group: ThematicGroup, form: object, status: int = 200) -> Response:
    return page(template, status=status, group=group, form=form, view=presenters.plan_view(group.id))


def _adoption_page(group: ThematicGroup, form: AdoptionForm, status: int = 200) -> Response:
    view = presenters.plan_view(group.id)
    newest = next(iter(consultations.consultations_of(group.id)), None)
    plan_id = view.open.id if view.open else None
    asked = newest if newest and newest.plan_id == plan_id else None
    return page(
        "plans/adopt.html",
        status=status,
        group=group,
        form=form,
        view=view,
        drafting=[one.organisation for one in view.open.drafters] if view.open else [],
        consultation=consultation_view(asked, group, clock.now().date()) if asked else None,
    )
