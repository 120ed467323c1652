"""Offers and requests as pages show them. Organisations are named, persons and addresses are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.board.models import BoardPost, BoardReply
from app.board.permissions import may_change
from app.board.rules import PostKind, PostState, state_of
from app.kernel.date_words import day_words
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.network.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post on a list. ``lang`` is the language of its words, empty where it is the reader's."""

    url: str
    slug: str
    kind: PostKind
    kind_words: str
    state: PostState
    title: str
    lang: str
    organisation: str
    organisation_url: str
    country: Wording
    sector: tuple[str, Wording] | None
    group: tuple[str, Wording] | None
    until: str
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    id: int
    organisation: str
    organisation_url: str
    country: Wording
    day: str
    text: str
    may_remove: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    line: PostLine
    text: str
    posted: str
    replies: tuple[ReplyView, ...]
    may_change: bool
    demonstration: bool


def line(post: BoardPost, today: date) -> PostLine:
    lang = language()
    return PostLine(
        url=f"/board/{post.slug}",
        slug=post.slug,
        kind=post.kind,
        kind_words=say(post.kind),
        state=state_of(post.expires_on, is_closed=post.closed_at is not None, today=today),
        title=post.title,
        lang="" if post.language == lang else post.language,
        organisation=post.organisation.name,
        organisation_url=f"/organisations/{post.organisation.slug}",
        country=post.organisation.country.name.wording(lang),
        sector=(f"/sectors/{post.sector.id}", post.sector.name.wording(lang)) if post.sector else None,
        group=(f"/groups/{post.group.slug}", post.group.name.wording(lang)) if post.group else None,
        until=day_words(post.expires_on),
        answers=len(post.replies),
    )


def lines(posts: Sequence[BoardPost], today: date) -> list[PostLine]:
    return [line(post, today) for post in posts]


def page_of(post: BoardPost, actor: Actor, today: date) -> PostPage:
    changes = may_change(actor, post.organisation_id, post.account_id)
    return PostPage(
        line=line(post, today),
        text=post.text,
        posted=day_words(post.created_at.date()),
        replies=tuple(_reply(row, actor, changes) for row in post.replies),
        may_change=changes,
        demonstration=post.demonstration,
    )


def _reply(row: BoardReply, actor: Actor, changes: bool) -> ReplyView:
    return ReplyView(
        id=row.id,
        organisation=row.organisation.name,
        organisation_url=f"/organisations/{row.organisation.slug}",
        country=row.organisation.country.name.wording(language()),
        day=day_words(row.at.date()),
        text=row.text,
        may_remove=changes or may_change(actor, row.organisation_id, row.account_id),
    )
