"""A write-up in the reader's language, and lines of lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.kernel.date_words import day_words
from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.kernel.texts import Wording
from app.stories.errors import NoVideo
from app.stories.models import Story, StoryAuthor, StoryPicture
from app.stories.rules.video import Video, video_of
from app.stories.rules.writing import StoryState, byline


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A write-up on a list."""

    url: str
    title: Wording
    standfirst: Wording
    authors: tuple[str, ...]
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorLine:
    name: str  # empty without consent
    organisation: str
    organisation_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    id: int
    url: str
    caption: Wording
    credit: str
    width: int
    height: int
    shows_people: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    url: str
    words: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Everything that the page of a write-up shows; texts are in the reader's language, or say in which they are."""

    id: int
    slug: str
    state: StoryState
    title: Wording
    standfirst: Wording
    body: Wording
    body_html: Markup
    authors: tuple[AuthorLine, ...]
    day: str
    published_at: datetime | None
    event: Link | None
    project: Link | None
    groups: tuple[Link, ...]
    practices: tuple[Link, ...]
    pictures: tuple[PictureView, ...]
    video: Video | None
    takes_comments: bool
    demonstration: bool
    publisher: str
    publisher_url: str
    publisher_email: str


def line(story: Story) -> StoryLine:
    lang = language()
    return StoryLine(
        url=f"/stories/{story.slug}",
        title=story.title.wording(lang),
        standfirst=story.standfirst.wording(lang),
        authors=bylines(story.authors),
        day=day_words(story.published_at.date()) if story.published_at else "",
    )


def lines(stories: Sequence[Story]) -> list[StoryLine]:
    return [line(story) for story in stories]


def bylines(authors: Sequence[StoryAuthor]) -> tuple[str, ...]:
    """``Ada Esempio, HIT`` for each; of those who did not agree only the organisation, once."""
    words = (byline(one.organisation.name, one.name, agreed=one.agreed_at is not None) for one in authors)
    return tuple(dict.fromkeys(words))


def page_of(story: Story) -> StoryPage:
    lang = language()
    body = story.body.wording(lang)
    return StoryPage(
        id=story.id,
        slug=story.slug,
        state=story.state,
        title=story.title.wording(lang),
        standfirst=story.standfirst.wording(lang),
        body=body,
        body_html=markdown(body.text),
        authors=tuple(_author(one) for one in story.authors),
        day=day_words(story.published_at.date()) if story.published_at else "",
        published_at=story.published_at,
        event=_event(story, lang),
        project=_project(story),
        groups=tuple(Link(url=f"/groups/{one.slug}", words=one.name.wording(lang)) for one in story.groups),
        practices=tuple(
            Link(url=f"/practices/{one.slug}", words=one.title.wording(lang))
            for one in story.practices
            if one.is_published
        ),
        pictures=tuple(picture(one, lang) for one in story.pictures),
        video=video(story.video_url),
        takes_comments=story.takes_comments and story.state is StoryState.PUBLISHED,
        demonstration=story.demonstration,
        publisher=story.owner.name,
        publisher_url=f"/organisations/{story.owner.slug}",
        publisher_email=story.owner.email or "",
    )


def picture(row: StoryPicture, lang: str) -> PictureView:
    return PictureView(
        id=row.id,
        url=f"/stories/pictures/{row.public_id}",
        caption=row.caption.wording(lang),
        credit=row.credit,
        width=row.file.width or 0,
        height=row.file.height or 0,
        shows_people=row.shows_people,
    )


def video(url: str | None) -> Video | None:
    """None for what is stored and cannot be an address: a page is shown without it."""
    try:
        return video_of(url) if url else None
    except NoVideo:
        return None


def _author(row: StoryAuthor) -> AuthorLine:
    return AuthorLine(
        name=row.name if row.name and row.agreed_at else "",
        organisation=row.organisation.name,
        organisation_url=f"/organisations/{row.organisation.slug}",
    )


def _event(story: Story, lang: str) -> Link | None:
    if story.event is None or not story.event.on_lists:
        return None
    return Link(url=f"/events/{story.event.slug}", words=story.event.title.wording(lang))


def _project(story: Story) -> Link | None:
    if story.project is None:
        return None
    return Link(url=f"/projects/{story.project.slug}", words=Wording(story.project.acronym, language(), False))
