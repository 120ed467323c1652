from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.board.errors import PostNotFound, ReplyNotFound
from app.board.models import BoardContact, BoardPost, BoardReply
from app.board.rules import REMINDED_BEFORE, PostFilter, PostKind
from app.kernel.db import db
from app.network.models import Organisation, Sector, ThematicGroup
from app.search.queries import refs


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and how many there are in all."""

    rows: Sequence[BoardPost]
    total: int


def hold_post(slug: str) -> BoardPost:
    """A post, locked until the end of the verb; raises PostNotFound."""
    query = select(BoardPost).where(BoardPost.slug == slug).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise PostNotFound(slug=slug)
    return found


def post_for_page(slug: str) -> BoardPost:
    """A post with its thread, in a fixed number of queries; raises PostNotFound."""
    return _one(BoardPost.slug == slug)


def post(post_id: int) -> BoardPost:
    """Raises PostNotFound."""
    return _one(BoardPost.id == post_id)


def _one(test: ColumnElement[bool]) -> BoardPost:
    query = (
        select(BoardPost)
        .where(test)
        .options(
            joinedload(BoardPost.organisation).joinedload(Organisation.country),
            joinedload(BoardPost.sector),
            joinedload(BoardPost.group),
            selectinload(BoardPost.replies).joinedload(BoardReply.organisation).joinedload(Organisation.country),
        )
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(query)
    if found is None:
        raise PostNotFound
    return found


def posts(wanted: PostFilter, today: date, *, offset: int, limit: int) -> Found:
    """The newest first: what is open, or what is past."""
    tests = [_past(today) if wanted.past else _open(today), *_conditions(wanted)]
    total = db.session.scalar(_joined(select(func.count(BoardPost.id))).where(*tests)) or 0
    return Found(db.session.scalars(_newest(tests).offset(offset).limit(limit)).all(), total)


def open_in_group(group_id: int, today: date, limit: int) -> Sequence[BoardPost]:
    return _few(BoardPost.group_id == group_id, today, limit)


def open_in_sector(sector_id: str, today: date, limit: int) -> Sequence[BoardPost]:
    return _few(BoardPost.sector_id == sector_id, today, limit)


def open_of_organisation(organisation_id: int, today: date, limit: int) -> Sequence[BoardPost]:
    return _few(BoardPost.organisation_id == organisation_id, today, limit)


def newest_of_organisations(organisation_ids: Collection[int], today: date, limit: int) -> Sequence[Any]:
    """Up to ``limit`` open posts of each, the newest first: organisation, slug, kind, title, language."""
    place = func.row_number().over(partition_by=BoardPost.organisation_id, order_by=BoardPost.id.desc()).label("place")
    newest = (
        select(BoardPost.id, BoardPost.organisation_id, BoardPost.slug, BoardPost.kind, BoardPost.title)
        .add_columns(BoardPost.language, place)
        .where(_open(today), BoardPost.organisation_id.in_(organisation_ids))
        .subquery()
    )
    return db.session.execute(select(newest).where(newest.c.place <= limit).order_by(newest.c.id.desc())).all()


def posted_by(organisation_ids: frozenset[int] | None) -> Sequence[BoardPost]:
    """Posts of these organisations, or all; those that end last first."""
    query = select(BoardPost).options(joinedload(BoardPost.organisation))
    if organisation_ids is not None:
        query = query.where(BoardPost.organisation_id.in_(organisation_ids))
    return db.session.scalars(query.order_by(BoardPost.expires_on.desc(), BoardPost.id.desc()).limit(200)).all()


def reply(post_id: int, reply_id: int) -> BoardReply:
    """Raises ReplyNotFound for another post's."""
    query = select(BoardReply).where(BoardReply.post_id == post_id, BoardReply.id == reply_id)
    found = db.session.scalar(query)
    if found is None:
        raise ReplyNotFound(reply_id=reply_id)
    return found


def others_in(post: BoardPost, account_id: int | None) -> Sequence[Account]:
    """Who answered in a thread, besides this account and who posted."""
    answered = select(BoardReply.account_id).where(BoardReply.post_id == post.id)
    query = select(Account).where(Account.id.in_(answered), Account.disabled_at.is_(None)).order_by(Account.id)
    known = [one for one in (account_id, post.account_id) if one is not None]
    return db.session.scalars(query.where(Account.id.not_in(known))).all()


def same_reply(post_id: int, account_id: int | None, text: str) -> BoardReply | None:
    """What the same person has answered already: a form that was sent twice."""
    query = select(BoardReply).where(
        BoardReply.post_id == post_id, BoardReply.account_id == account_id, BoardReply.text == text
    )
    return db.session.scalar(query.limit(1))


def reply_for_mail(reply_id: int) -> BoardReply | None:
    query = select(BoardReply).where(BoardReply.id == reply_id)
    return db.session.scalar(query.options(joinedload(BoardReply.post), joinedload(BoardReply.organisation)))


def contact_for_mail(contact_id: int) -> BoardContact | None:
    query = select(BoardContact).where(BoardContact.id == contact_id)
    return db.session.scalar(query.options(joinedload(BoardContact.post)))


def contact_id(post_id: int, account_id: int, key: str) -> int:
    query = select(BoardContact.id).where(
        BoardContact.post_id == post_id, BoardContact.account_id == account_id, BoardContact.digest == key
    )
    return db.session.scalars(query).one()


def delete_contacts(*, before: datetime) -> None:
    db.session.execute(delete(BoardContact).where(BoardContact.at < before))


def count_posts_of(account_id: int | None, since: datetime) -> int:
    return _count(select(func.count(BoardPost.id)), BoardPost.account_id == account_id, BoardPost.created_at >= since)


def count_replies_of(account_id: int | None, since: datetime) -> int:
    return _count(select(func.count(BoardReply.id)), BoardReply.account_id == account_id, BoardReply.at >= since)


def count_contacts_of(account_id: int | None, since: datetime) -> int:
    return _count(select(func.count(BoardContact.id)), BoardContact.account_id == account_id, BoardContact.at >= since)


def count_contacts_to(post_id: int, since: datetime) -> int:
    return _count(select(func.count(BoardContact.id)), BoardContact.post_id == post_id, BoardContact.at >= since)


def soon_expiring(today: date) -> Sequence[BoardPost]:
    """Open posts of which their writers have to be reminded."""
    test = BoardPost.expires_on <= today + REMINDED_BEFORE
    return db.session.scalars(select(BoardPost).where(_open(today), test).order_by(BoardPost.id)).all()


def just_expired(today: date, since: date) -> Sequence[int]:
    query = select(BoardPost.id).where(BoardPost.expires_on < today, BoardPost.expires_on >= since)
    return db.session.scalars(query).all()


def slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(BoardPost.id).where(BoardPost.slug == slug)) is not None


def knows(table: type[Organisation] | type[Sector] | type[ThematicGroup], id: Any) -> bool:
    return db.session.get(table, id) is not None


def group_choices() -> Sequence[Any]:
    """Id, address and name of the thematic groups."""
    query = select(ThematicGroup.id, ThematicGroup.slug, ThematicGroup.name).order_by(ThematicGroup.position)
    return db.session.execute(query).all()


def name_of(organisation_id: int) -> str:
    found = db.session.get(Organisation, organisation_id)
    return found.name if found else ""


def _count(query: Select[Any], *tests: ColumnElement[bool]) -> int:
    return db.session.scalar(query.where(*tests)) or 0


def _open(today: date) -> ColumnElement[bool]:
    return BoardPost.closed_at.is_(None) & (BoardPost.expires_on >= today)


def _past(today: date) -> ColumnElement[bool]:
    return or_(BoardPost.closed_at.is_not(None), BoardPost.expires_on < today)


def _conditions(wanted: PostFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.kind:
        is_known = wanted.kind in set(PostKind)
        tests.append(BoardPost.kind == PostKind(wanted.kind) if is_known else BoardPost.id < 0)
    if wanted.sector:
        tests.append(BoardPost.sector_id == wanted.sector)
    if wanted.group:
        found = select(ThematicGroup.id).where(ThematicGroup.slug == wanted.group)
        tests.append(BoardPost.group_id.in_(found))
    if wanted.country:
        tests.append(Organisation.country_code == wanted.country)
    if wanted.q:
        tests.append(BoardPost.id.in_(refs("board_post", wanted.q)))
    return tests


def _joined(query: Select[Any]) -> Select[Any]:
    return query.join(Organisation, Organisation.id == BoardPost.organisation_id)


def _newest(tests: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return (
        _joined(select(BoardPost))
        .where(*tests)
        .options(
            joinedload(BoardPost.organisation).joinedload(Organisation.country),
            joinedload(BoardPost.sector),
            joinedload(BoardPost.group),
            selectinload(BoardPost.replies).load_only(BoardReply.post_id),
        )
        .order_by(BoardPost.created_at.desc(), BoardPost.id.desc())
    )


def _few(test: ColumnElement[bool], today: date, limit: int) -> Sequence[BoardPost]:
    return db.session.scalars(_newest([_open(today), test]).limit(limit)).all()
