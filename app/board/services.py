"""Post, answer, write by mail through the house, renew, close."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain, count

from app.audit import services as audit
from app.board import queries
from app.board.errors import AlreadySent, MayNotChange, MayNotPost, TooManyPosts, UnknownChoice
from app.board.inputs import PostInput
from app.board.models import BoardContact, BoardPost, BoardReply
from app.board.permissions import may_change, may_post, may_speak_for
from app.board.rules import (
    A_DAY,
    KEPT_CONTACT,
    MOST_CONTACTS_A_DAY,
    MOST_CONTACTS_TO_POST,
    MOST_POSTS_A_DAY,
    MOST_REPLIES_A_DAY,
    USUALLY_OPEN,
    PostState,
    check_expiry,
    check_open,
    state_of,
)
from app.kernel.db import db, hold_name, insert_unless_there, transactional
from app.kernel.ids import digest, slugify
from app.mail import services as mail
from app.network.actors import Actor
from app.network.models import Organisation, Sector, ThematicGroup
from app.search import services as search
from app.search.facets import Facets

REMINDER, ANSWERED, MESSAGE = "board_reminder", "board_answered", "board_message"
RESERVED = frozenset({"new", "posts"})
_FORGOTTEN_FOR = 7 * A_DAY


@transactional
def add(
    *,
    values: PostInput,
    actor: Actor,
    locale: str,
    now: datetime,
    email: str | None = None,
    slug: str | None = None,
    demonstration: bool = False,
) -> BoardPost:
    """Put an offer or a request on the board; mail about it goes to ``email``, else to the actor's own address.

    Raises MayNotPost, BadExpiry, UnknownChoice, TooManyPosts.
    """
    if not may_speak_for(actor, values.organisation_id):
        raise MayNotPost(organisation_id=values.organisation_id)
    _take_turn(actor, queries.count_posts_of(actor.account_id, now - A_DAY), MOST_POSTS_A_DAY)
    row = BoardPost(
        account_id=actor.account_id,
        email=email or actor.email,
        locale=locale,
        created_at=now,
        demonstration=demonstration,
    )
    _write(row, values, now)
    row.slug = slug or _free_slug(values.title)
    db.session.add(row)
    db.session.flush()
    reindex(row, now.date())
    return row


@transactional
def edit(*, slug: str, values: PostInput, actor: Actor, now: datetime) -> BoardPost:
    """Change what it says, or for how long it stands. Raises what :func:`add` raises, MayNotChange, PostNotFound."""
    row = _changeable(slug, actor)
    if not may_speak_for(actor, values.organisation_id):
        raise MayNotPost(organisation_id=values.organisation_id)
    _write(row, values, now)
    row.closed_at = None
    reindex(row, now.date())
    return row


@transactional
def close(*, slug: str, actor: Actor, now: datetime) -> None:
    """It is done with: it leaves the list, its thread is kept. Raises MayNotChange, PostNotFound."""
    _close(_changeable(slug, actor), actor.account_id, now)


@transactional
def renew(*, slug: str, actor: Actor, now: datetime) -> None:
    """It still stands: for three months more from today, also after it has ended. Raises MayNotChange, PostNotFound."""
    _renew(_changeable(slug, actor), now)


@transactional
def renew_by_link(slug: str, *, now: datetime) -> None:
    """The same by the link in the reminder: whoever has it reads the mail of who posted. Raises PostNotFound."""
    _renew(queries.hold_post(slug), now)


@transactional
def close_by_link(slug: str, *, now: datetime) -> None:
    """Raises PostNotFound."""
    _close(queries.hold_post(slug), None, now)


@transactional
def reply(*, slug: str, organisation_id: int, text: str, actor: Actor, now: datetime) -> BoardReply:
    """Answer in the thread, in the name of one's organisation; the same twice is one answer.

    Who posted is told by mail, and who answered before.

    Raises MayNotPost, PostClosed, TooManyPosts, PostNotFound.
    """
    row = queries.hold_post(slug)
    if not may_speak_for(actor, organisation_id) or not queries.knows(Organisation, organisation_id):
        raise MayNotPost(organisation_id=organisation_id)
    check_open(_state(row, now.date()))
    if (same := queries.same_reply(row.id, actor.account_id, text)) is not None:
        return same
    _take_turn(actor, queries.count_replies_of(actor.account_id, now - A_DAY), MOST_REPLIES_A_DAY)
    found = BoardReply(post_id=row.id, organisation_id=organisation_id, account_id=actor.account_id, text=text, at=now)
    db.session.add(found)
    db.session.flush()
    if actor.account_id is None or actor.account_id != row.account_id:
        _mail(row, ANSWERED, f"{ANSWERED}:{found.id}", now, reply_id=found.id)
    for other in queries.others_in(row, actor.account_id):
        mail.queue(
            ANSWERED,
            recipient=other.email,
            locale=other.locale,
            about=f"board:{row.id}",
            dedupe_key=f"{ANSWERED}:{found.id}:{other.id}",
            now=now,
            reply_id=found.id,
            takes_part=True,
        )
    return found


@transactional
def remove_reply(*, slug: str, reply_id: int, actor: Actor, now: datetime) -> None:
    """Strike an answer out: who wrote it, or who posted. Raises MayNotChange, ReplyNotFound, PostNotFound."""
    row = queries.hold_post(slug)
    found = queries.reply(row.id, reply_id)
    if not may_change(actor, row.organisation_id, row.account_id) and not may_change(
        actor, found.organisation_id, found.account_id
    ):
        raise MayNotChange(slug=slug)
    audit.note("board.reply_removed", subject=f"board:{row.slug}", account_id=actor.account_id, now=now, reply=reply_id)
    db.session.delete(found)


@transactional
def send_message(*, slug: str, text: str, actor: Actor, now: datetime) -> None:
    """Mail who posted, through the house; the answer goes to the actor's own address, which is told to nobody else.

    Raises MayNotPost, PostClosed, AlreadySent, TooManyPosts, PostNotFound.
    """
    row = queries.hold_post(slug)
    if not may_post(actor) or actor.account_id is None:
        raise MayNotPost
    check_open(_state(row, now.date()))
    _take_turn(actor, queries.count_contacts_of(actor.account_id, now - A_DAY), MOST_CONTACTS_A_DAY)
    if queries.count_contacts_to(row.id, now - A_DAY) >= MOST_CONTACTS_TO_POST:
        raise TooManyPosts(retry_after=int(A_DAY.total_seconds()))
    key = digest(text)
    is_new = insert_unless_there(
        BoardContact,
        post_id=row.id,
        account_id=actor.account_id,
        name=actor.name,
        email=actor.email,
        organisation=", ".join(sorted(map(queries.name_of, actor.organisation_ids)))[:200],
        text=text,
        digest=key,
        at=now,
    )
    if not is_new:
        raise AlreadySent
    contact_id = queries.contact_id(row.id, actor.account_id, key)
    _mail(row, MESSAGE, f"{MESSAGE}:{contact_id}", now, contact_id=contact_id)


@transactional
def remind_due(*, now: datetime) -> None:
    """Ask those whose posts end within a week whether they still stand; once for each end."""
    for row in queries.soon_expiring(now.date()):
        _mail(
            row, REMINDER, f"{REMINDER}:{row.id}:{row.expires_on}", now, post_id=row.id, expires_on=str(row.expires_on)
        )


@transactional
def forget_due(*, now: datetime) -> None:
    """Erase what was relayed a month ago, and let the search forget what has ended."""
    queries.delete_contacts(before=now - KEPT_CONTACT)
    for post_id in queries.just_expired(now.date(), (now - _FORGOTTEN_FOR).date()):
        search.forget("board_post", post_id)


def _changeable(slug: str, actor: Actor) -> BoardPost:
    row = queries.hold_post(slug)
    if not may_change(actor, row.organisation_id, row.account_id):
        raise MayNotChange(slug=slug)
    return row


def _take_turn(actor: Actor, done: int, most: int) -> None:
    """So many a day; two at once of the same account wait for each other. Commands have no limit."""
    if actor.is_system:
        return
    hold_name(f"board:{actor.account_id}")
    if done >= most:
        raise TooManyPosts(retry_after=int(A_DAY.total_seconds()))


def _write(row: BoardPost, values: PostInput, now: datetime) -> None:
    is_known = {
        "organisation_id": queries.knows(Organisation, values.organisation_id),
        "sector_id": not values.sector_id or queries.knows(Sector, values.sector_id),
        "group_id": not values.group_id or queries.knows(ThematicGroup, values.group_id),
    }
    for field, known in is_known.items():
        if not known:
            raise UnknownChoice(field=field)
    check_expiry(values.expires_on, now.date())
    for name in PostInput.__slots__:
        setattr(row, name, getattr(values, name))
    row.changed_at = now


def _renew(row: BoardPost, now: datetime) -> None:
    row.closed_at, row.expires_on, row.changed_at = None, now.date() + USUALLY_OPEN, now
    reindex(row, now.date())


def _close(row: BoardPost, account_id: int | None, now: datetime) -> None:
    if row.closed_at is None:
        row.closed_at = row.changed_at = now
        audit.note("board.closed", subject=f"board:{row.slug}", account_id=account_id, now=now)
        reindex(row, now.date())


@transactional
def reindex(row: BoardPost, today: date) -> None:
    """Put the search document anew; only what stands open can be found."""
    db.session.flush()
    if _state(row, today) is PostState.OPEN:
        texts = [row.text, queries.name_of(row.organisation_id)]
        facets = Facets(sectors=(row.sector_id,) if row.sector_id else (), languages=(row.language,))
        search.index("board_post", row.id, names=[row.title], texts=texts, facets=facets)
    else:
        search.forget("board_post", row.id)


def _state(row: BoardPost, today: date) -> PostState:
    return state_of(row.expires_on, is_closed=row.closed_at is not None, today=today)


def _mail(row: BoardPost, name: str, key: str, now: datetime, **context: object) -> None:
    mail.queue(
        name, recipient=row.email, locale=row.locale, about=f"board:{row.id}", dedupe_key=key, now=now, **context
    )


def _free_slug(title: str) -> str:
    plain = slugify(title, longest=70) or "post"
    candidates = chain([plain], (f"{plain}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.slug_is_taken(slug))
