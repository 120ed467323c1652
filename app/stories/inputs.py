from __future__ import annotations

from dataclasses import dataclass, field

from app.kernel.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryInput:
    """``body`` is Markdown; ``language`` is the one that was written in."""

    owner_id: int
    title: Texts
    language: str
    standfirst: Texts = field(default_factory=Texts)
    body: Texts = field(default_factory=Texts)
    event_id: int | None = None
    project_id: int | None = None
    group_ids: tuple[int, ...] = ()
    practice_ids: tuple[int, ...] = ()
    video_url: str | None = None
    takes_comments: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorInput:
    """``agreed``: the author has agreed, in writing or face to face, to be named."""

    organisation_id: int
    name: str | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureInput:
    """``permission_by``: who says that the people in the picture agreed, and where; empty where it shows nobody."""

    credit: str
    caption: Texts = field(default_factory=Texts)
    shows_people: bool = False
    permission_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentInput:
    """``page_stamp`` says when the page was opened; ``trap`` is the field that people do not see."""

    name: str
    text: str
    email: str | None = None
    locale: str = "en"  # of the reader, for the mail that it is shown
    trap: str = ""
    page_stamp: str = ""
