"""Write-ups for everybody: list, page, video, pictures, feed, comments; and an author's own link."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.changes.queries import version_of
from app.files.serving import send
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.kernel.limits import limiter, present_client
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES, Wording
from app.network.current import current_actor
from app.practices import queries as practices
from app.practices.errors import PracticeNotFound
from app.stories import links
from app.stories.atom import MIMETYPE, atom
from app.stories.commenting import key, thread_of
from app.stories.errors import PictureNotFound, StoryNotFound
from app.stories.forms import CommentForm
from app.stories.handlers import COLLECTION
from app.stories.models import Story
from app.stories.permissions import may_write
from app.stories.presenters.stories import lines, page_of, video
from app.stories.queries import stories as queries
from app.stories.rules.writing import StoryFilter, StoryState
from app.stories.services import authors, comments
from app.stories.services.comments import Target
from config import Config

bp = Blueprint("stories", __name__)
PATH = "/stories.atom"
PAGE = 20
MOST_PAGES = 10_000
MOST_IN_FEED = 50
REVISION = 1
"""Raised when this program would write the same feed otherwise."""
PER_CLIENT = "20/minute; 60/hour"


@bp.get("/stories")
def show_list() -> str:
    wanted = StoryFilter(project=_typed("project", 80), group=_typed("group", 40), q=_typed("q", 200))
    number, lang = _page_number(), language()
    found = queries.published(wanted, offset=(number - 1) * PAGE, limit=PAGE)
    return render_template(
        "stories/list.html",
        stories=lines(found.rows),
        total=found.total,
        first=(number - 1) * PAGE + 1,
        wanted=wanted,
        groups=[(row.slug, row.name.wording(lang).text) for row in queries.group_choices()],
        previous_url=_address(wanted, number - 1) if number > 1 else None,
        next_url=_address(wanted, number + 1) if number * PAGE < found.total else None,
    )


@bp.get("/stories/<slug>")
def show(slug: str) -> str:
    """A write-up that is not published is there for those who write it."""
    story = _readable(slug)
    page = page_of(story)
    return render_template(
        "stories/show.html",
        page=page,
        thread=thread_of(Target(story_id=story.id), f"/stories/{slug}/comments", is_open=page.takes_comments),
        may_write=may_write(current_actor(), story.owner_id),
        programme=story.project.programme if story.project else None,
    )


@bp.get("/stories/<slug>/video")
def show_video(slug: str) -> Response:
    """The video in a frame: whoever comes here has asked for what another site sends, and was told which."""
    story = _readable(slug)
    found = video(story.video_url)
    answer = make_response(render_template("stories/video.html", page=page_of(story), video=found))
    if found and found.frame:
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        policy += (
            "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
        )
        answer.headers["Content-Security-Policy"] = f"{policy}worker-src 'self'; frame-src {found.frame_origin}"
    return answer


@bp.get("/stories/pictures/<picture_id>")
def show_picture(picture_id: str) -> Response:
    """A picture of what is published; the others are for those who write it."""
    row = queries.picture_with_public_id(picture_id)
    if row.story.state is not StoryState.PUBLISHED and not may_write(current_actor(), row.story.owner_id):
        raise PictureNotFound(public_id=picture_id)
    return send(row.file, inline=True)


@bp.route("/stories/<slug>/comments", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def comment_on_story(slug: str) -> AnyResponse:
    story = _readable(slug)
    is_open = story.takes_comments and story.state is StoryState.PUBLISHED
    return _comment(Target(story_id=story.id), f"/stories/{slug}", story.title.wording(language()), is_open)


@bp.route("/practices/<slug>/comments", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def comment_on_practice(slug: str) -> AnyResponse:
    practice = practices.practice_for_page(slug)
    if not practice.is_published:
        raise PracticeNotFound(slug=slug)
    return _comment(Target(practice_id=practice.id), f"/practices/{slug}", practice.title.wording(language()), True)


@bp.route("/stories/authors/<author_token>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def author(author_token: str) -> AnyResponse:
    """Whether an author is named, in the author's own hands."""
    row = links.open_author(author_token)
    if request.method == "GET":
        answer = make_response(render_template("stories/author.html", author=row, token=author_token))
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer
    if request.form.get("answer") == "agree":
        authors.agree(row.public_id, now=clock.now())
        flash(_("Thank you. Your name stands on the write-up now; here you can take it back at any time."), "ok")
    else:
        authors.take_name_back(row.public_id, now=clock.now())
        flash(_("Your name is erased. Only your organisation stands there."), "ok")
    return redirect(request.path, 303)


@bp.get(PATH)
def feed() -> Response:
    """The newest write-ups in full. The language is the address's, whatever the reader's is."""
    config: Config = current_app.config["FILO"]
    asked = request.args.get("lang", config.default_locale)
    lang = asked if asked in LANGUAGES else config.default_locale
    version = version_of([COLLECTION])
    answer = Response(mimetype=MIMETYPE)
    answer.set_etag(f"stories-{version.number}-{lang}-{REVISION}", weak=True)
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if answer.make_conditional(request).status_code == 304:
        return answer
    stories = queries.latest(MOST_IN_FEED)
    with force_locale(lang):
        answer.set_data(
            atom(
                stories,
                lang=lang,
                public_url=config.public_url,
                path=PATH if lang == config.default_locale else f"{PATH}?lang={lang}",
                domain=config.uid_domain,
                updated=max((story.changed_at for story in stories), default=version.changed_at or clock.now()),
            )
        )
    return answer


def _comment(target: Target, back: str, title: Wording, is_open: bool) -> AnyResponse:
    """The page with the thread and the form, for what was refused and for what was sent."""
    form = CommentForm()
    url = f"{back}/comments"
    status = 200
    if form.is_submitted():
        if form.validate():
            try:
                comments.say(target=target, values=form.to_input(), client=present_client(), key=key(), now=clock.now())
            except Refusal as refusal:
                form.form_errors.append(say(refusal.code, **refusal.details))
                status = 429 if "retry_after" in refusal.details else 409
            else:
                flash(_("Thank you. Your comment appears as soon as somebody has read and approved it."), "ok")
                return redirect(f"{back}#comments", 303)
        else:
            status = 422
    thread = thread_of(target, url, is_open=is_open, form=form if form.is_submitted() else None)
    return make_response(render_template("stories/comments.html", thread=thread, back=back, title=title), status)


def _readable(slug: str) -> Story:
    story = queries.story_for_page(slug)
    if story.state is not StoryState.PUBLISHED and not may_write(current_actor(), story.owner_id):
        raise StoryNotFound(slug=slug)
    return story


def _typed(name: str, longest: int) -> str | None:
    return request.args.get(name, "").replace("\0", "").strip()[:longest] or None


def _page_number() -> int:
    typed = request.args.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


def _address(wanted: StoryFilter, number: int) -> str:
    return f"/stories?{urlencode(wanted.parts() | ({'page': number} if number > 1 else {}))}"
