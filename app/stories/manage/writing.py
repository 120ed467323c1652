"""Write-ups for those who write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.files.gate import takes_files
from app.files.intake import accept
from app.files.rules import SIZE_MOST, FileKind
from app.kernel import clock
from app.kernel.date_words import day_words, short_day
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field, texts_into
from app.kernel.formulas import defuse
from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import organisation_choices
from app.stories import links
from app.stories.errors import EditedMeanwhile, MayNotWrite, NotComplete, WrongStep
from app.stories.forms import AuthorForm, Offered, PictureForm, StoryForm
from app.stories.models import Story
from app.stories.presenters.stories import bylines, picture
from app.stories.queries import stories as queries
from app.stories.rules.writing import ConsentKind
from app.stories.services import authors, pictures, writing
from app.stories.services.access import writable

bp = Blueprint("stories_manage", __name__, url_prefix="/manage")
bp.before_request(ask_to_sign_in)
LONGEST_SIDE = 2000
MOST_EVENTS = 200


@bp.get("/stories")
def show() -> str:
    return render_template("stories/manage.html", stories=queries.written_by(own_ids()))


@bp.get("/stories.csv")
def table() -> Response:
    """The same as a sheet; titles as they are, in the language that was written in."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_("Title"), _("Language"), _("State"), _("Published"), _("Published by"), _("Authors")])
    for story in queries.written_by(own_ids()):
        cells = [
            story.title.wording(story.language).text,
            story.language,
            say(story.state),
            short_day(story.published_at.date()) if story.published_at else "",
            story.owner.name,
            "; ".join(bylines(story.authors)),
        ]
        writer.writerow([defuse(cell) for cell in cells])
    response = Response(b"\xef\xbb\xbf" + file.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="stories-{language()}.csv"'
    return response


@bp.route("/stories/new", methods=["GET", "POST"])
def add() -> AnyResponse:
    own_ids()
    form = _form()

    def verb() -> str:
        key = form.form_key.data or None
        return writing.add(values=form.to_input(), actor=current_actor(), now=clock.now(), form_key=key).slug

    return _save(form, None, verb)


@bp.route("/stories/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> AnyResponse:
    story = writable(slug, current_actor())
    form = _form(story)

    def verb() -> str:
        values = form.to_input()
        seen = form.revision.data or ""
        return writing.edit(
            story_id=story.id, values=values, actor=current_actor(), now=clock.now(), revision=seen
        ).slug

    return _save(form, slug, verb)


@bp.post("/stories/<slug>/publication")
def publish(slug: str) -> AnyResponse:
    return _step(slug, writing.publish, _("Everybody can read it now, and it stands in the feed."))


@bp.post("/stories/<slug>/withdrawal")
def withdraw(slug: str) -> AnyResponse:
    return _step(slug, writing.withdraw, _("It is withdrawn: nobody else reads it any more."))


@bp.post("/stories/<slug>/removal")
def discard(slug: str) -> AnyResponse:
    story = writable(slug, current_actor())
    try:
        writing.discard(story_id=story.id, actor=current_actor(), now=clock.now())
    except WrongStep as refusal:
        return _page(_form(writable(slug, current_actor())), slug, 409, refusal=say(refusal.code))
    flash(_("The draft is deleted."), "ok")
    return redirect(url_for(".show"), 303)


@bp.post("/stories/<slug>/authors")
def add_author(slug: str) -> AnyResponse:
    story = writable(slug, current_actor())
    form = _author_form()
    if not form.validate():
        return _page(_form(story), slug, 422, author_form=form)
    try:
        authors.add_author(story_id=story.id, values=form.to_input(), actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _page(_form(story), slug, 422, author_form=form)
    flash(_("Added."), "ok")
    return _back(slug, "authors")


@bp.post("/stories/<slug>/authors/<int:author_id>/removal")
def remove_author(slug: str, author_id: int) -> AnyResponse:
    story = writable(slug, current_actor())
    try:
        authors.remove_author(story_id=story.id, author_id=author_id, actor=current_actor(), now=clock.now())
    except NotComplete as refusal:
        return _page(_form(writable(slug, current_actor())), slug, 409, refusal=say(refusal.code))
    flash(_("Removed."), "ok")
    return _back(slug, "authors")


@bp.post("/stories/<slug>/authors/<int:author_id>/name-removal")
def take_name_back(slug: str, author_id: int) -> AnyResponse:
    """An author told the organisation instead of using the link."""
    story = writable(slug, current_actor())
    authors.take_name_back(queries.author(story.id, author_id).public_id, now=clock.now())
    flash(_("The name is erased; the organisation stays."), "ok")
    return _back(slug, "authors")


@bp.post("/stories/<slug>/pictures")
@takes_files(most=SIZE_MOST[FileKind.PICTURE] + 1_000_000, allowed=lambda: current_actor().signed_in)
def add_picture(slug: str) -> AnyResponse:
    story = writable(slug, current_actor())
    form = PictureForm()
    if not form.validate():
        return _page(_form(story), slug, 422, picture_form=form)
    try:
        accepted = accept(form.file.data.stream, form.file.data.filename, {FileKind.PICTURE}, longest_side=LONGEST_SIDE)
        values = form.to_input(story.language)
        pictures.add_picture(
            story_id=story.id, accepted=accepted, values=values, actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        if refusal.details.get("field") == "files":
            refusal.details["field"] = "file"
        if not put_beside_field(form, refusal):
            raise
        return _page(_form(writable(slug, current_actor())), slug, 422, picture_form=form)
    flash(_("The picture was added."), "ok")
    return _back(slug, "pictures")


@bp.post("/stories/<slug>/pictures/<int:picture_id>/removal")
def remove_picture(slug: str, picture_id: int) -> AnyResponse:
    story = writable(slug, current_actor())
    pictures.remove_picture(story_id=story.id, picture_id=picture_id, actor=current_actor(), now=clock.now())
    flash(_("The picture is gone; that somebody had agreed, and until when, stays in the log."), "ok")
    return _back(slug, "pictures")


def own_ids() -> frozenset[int] | None:
    """The organisations for which the actor may write, None for all; raises MayNotWrite when there are none."""
    actor = current_actor()
    if actor.is_administrator:
        return None
    if not actor.managed_ids:
        raise MayNotWrite
    return actor.managed_ids


def _step(slug: str, verb: Callable[..., None], message: str) -> AnyResponse:
    story = writable(slug, current_actor())
    try:
        verb(story_id=story.id, actor=current_actor(), now=clock.now())
    except (NotComplete, WrongStep) as refusal:
        return _page(_form(writable(slug, current_actor())), slug, 409, refusal=say(refusal.code))
    flash(message, "ok")
    return redirect(url_for(".edit", slug=slug), 303)


def _form(story: Story | None = None, **how: Any) -> StoryForm:
    form = StoryForm(data=_values_of(story) if story else _usual(), **how)
    lang = language()
    form.offer(
        Offered(
            owners=organisation_choices(own_ids()),
            events=[
                (
                    row.id,
                    _("%(title)s (%(day)s)", title=row.title.wording(lang).text, day=short_day(row.starts_at.date())),
                )
                for row in queries.event_choices(MOST_EVENTS)
            ],
            projects=[(row.id, row.acronym) for row in queries.project_choices()],
            groups=[(row.id, row.name.wording(lang).text) for row in queries.group_choices()],
            practices=[(row.id, row.title.wording(lang).text) for row in queries.practice_choices()],
        )
    )
    return form


def _usual() -> dict[str, object]:
    """What a new write-up begins with: of the event that the address names, its project and groups."""
    event = queries.listed_event(request.args.get("event", "").replace("\0", "")[:90])
    if event is None:
        return {"language": language()}
    return {
        "language": language(),
        "event_id": event.id,
        "project_id": event.project_id or "",
        "group_ids": [group.id for group in event.groups],
    }


def _values_of(story: Story) -> dict[str, object]:
    return {
        **texts_into("title", story.title),
        **texts_into("standfirst", story.standfirst),
        **texts_into("body", story.body),
        "language": story.language,
        "owner_id": story.owner_id,
        "event_id": story.event_id or "",
        "project_id": story.project_id or "",
        "group_ids": [one.id for one in story.groups],
        "practice_ids": [one.id for one in story.practices],
        "video_url": story.video_url,
        "takes_comments": story.takes_comments,
        "revision": writing.revision_of(story),
    }


def _save(form: StoryForm, slug: str | None, verb: Callable[[], str]) -> AnyResponse:
    if not form.is_submitted():
        return _page(form, slug)
    if not form.validate():
        return _page(form, slug, 422)
    if "preview" in request.form:
        return _page(form, slug, preview=True)
    try:
        saved = verb()
    except NotComplete as refusal:
        return _page(form, slug, 409, refusal=say(refusal.code))
    except EditedMeanwhile as refusal:
        stands = form.beside(_form(writable(slug or "", current_actor()), formdata=None))
        return _page(form, slug, 409, refusal=say(refusal.code), stands=stands)
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _page(form, slug, 422)
    flash(_("The write-up was saved."), "ok")
    return redirect(url_for(".edit", slug=saved), 303)


def _page(
    form: StoryForm,
    slug: str | None,
    status: int = 200,
    *,
    preview: bool = False,
    refusal: str = "",
    stands: Sequence[tuple[str, str]] = (),
    author_form: AuthorForm | None = None,
    picture_form: PictureForm | None = None,
) -> AnyResponse:
    """The rows are read anew: a refused verb has let go what was read before it."""
    story = writable(slug, current_actor()) if slug else None
    lang = form.language.data or language()
    return make_response(
        render_template(
            "stories/edit.html",
            form=form,
            story=story,
            refusal=refusal,
            stands=stands,
            preview=markdown(form[f"body_{lang}"].data or "") if preview else None,
            preview_lang=lang,
            author_form=author_form or _author_form(formdata=None),
            author_links={one.id: links.url(one) for one in story.authors} if story else {},
            picture_form=picture_form or PictureForm(formdata=None),
            pictures=[picture(one, language()) for one in story.pictures] if story else [],
            consents=_consents(story) if story else [],
            steps=_steps(story) if story else [],
        ),
        status,
    )


def _consents(story: Story) -> list[tuple[str, str, str, str]]:
    """What was agreed to, since when, until when, and who vouches for it."""
    return [
        (
            say(row.kind),
            day_words(row.given_at.date()),
            day_words(row.withdrawn_at.date()) if row.withdrawn_at else "",
            row.scope if row.kind is ConsentKind.PICTURE else "",
        )
        for row in queries.consents(story.id)
    ]


def _steps(story: Story) -> list[tuple[str, str, str]]:
    names = queries.names_of({step.account_id for step in story.steps if step.account_id})
    return [(say(step.state), day_words(step.at.date()), names.get(step.account_id or 0, "")) for step in story.steps]


def _author_form(**options: object) -> AuthorForm:
    form = AuthorForm(**options)
    form.offer(organisation_choices())
    return form


def _back(slug: str, part: str) -> AnyResponse:
    return redirect(url_for(".edit", slug=slug, _anchor=part), 303)
