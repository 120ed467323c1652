"""Keep what is being typed into a chapter, so that nothing is lost on a reload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from app.kernel.db import db, transactional
from app.kernel.texts import LANGUAGES, Texts
from app.network.actors import Actor
from app.plans.errors import MayNotDraft
from app.plans.models import PlanChapter, TypedChapter
from app.plans.queries import plans, typing
from app.plans.services import access

KEPT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Typed:
    """``is_behind``: somebody saved the chapter since it was read; ``others``: who else types into it."""

    at: datetime
    is_behind: bool
    others: tuple[str, ...]


@transactional
def keep(
    *,
    group_slug: str,
    chapter_id: int | None,
    fields: Mapping[str, str],
    revision: int,
    actor: Actor,
    now: datetime,
) -> Typed:
    """Keep the fields of a chapter, or of a new one for None, as they were typed, for this account only.

    What is kept later replaces it; what stands in the chapter anyway is not kept. Raises GroupNotFound, MayNotDraft,
    PlanNotFound, ChapterNotFound.
    """
    group = access.drafted(group_slug, actor)
    if actor.account_id is None:
        raise MayNotDraft(slug=group_slug)
    chapter = None if chapter_id is None else plans.chapter(group.id, chapter_id)
    plan_id = chapter.plan_id if chapter else typing.open_plan_id(group.id)
    row = typing.typed(actor.account_id, plan_id, chapter_id)
    if _stands(fields, chapter):
        if row:
            db.session.delete(row)
    else:
        row = row or TypedChapter(
            account_id=actor.account_id, plan_id=plan_id, place=typing.place_of(chapter_id), chapter_id=chapter_id
        )
        row.fields, row.revision, row.by, row.saved_at = dict(fields), revision, actor.name[:250], now
        db.session.add(row)
    db.session.flush()
    if chapter is None:
        return Typed(now, is_behind=False, others=())
    others = typing.typed_by_others(chapter.id, actor.account_id)
    return Typed(now, is_behind=revision != chapter.revision, others=tuple(others))


@transactional
def throw_away(*, group_slug: str, chapter_id: int | None, actor: Actor) -> None:
    """Forget what was typed and not saved. Raises GroupNotFound, MayNotDraft, PlanNotFound, ChapterNotFound."""
    group = access.drafted(group_slug, actor)
    chapter = None if chapter_id is None else plans.chapter(group.id, chapter_id)
    forget(actor, chapter.plan_id if chapter else typing.open_plan_id(group.id), chapter_id)


@transactional
def forget(actor: Actor, plan_id: int, chapter_id: int | None) -> None:
    """It was saved, or thrown away."""
    if row := typing.typed(actor.account_id, plan_id, chapter_id):
        db.session.delete(row)


@transactional
def forget_old(*, now: datetime) -> None:
    """What nobody has touched for sixty days."""
    db.session.execute(delete(TypedChapter).where(TypedChapter.saved_at < now - KEPT))


def _stands(fields: Mapping[str, str], chapter: PlanChapter | None) -> bool:
    """Whether the chapter says this already; a new one, whether nothing was typed at all."""
    title, body = (chapter.title, chapter.body) if chapter else (Texts(), Texts())
    return all(
        _plain(fields.get(f"{part}_{lang}", "")) == _plain(text.get(lang, ""))
        for part, text in (("title", title), ("body", body))
        for lang in LANGUAGES
    )


def _plain(text: str) -> str:
    """A browser sends other ends of lines than it was given."""
    return text.replace("\r\n", "\n").strip()
