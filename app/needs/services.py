from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.agenda.models import AgendaItem
from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, insert_unless_there, transactional
from app.kernel.facts import record
from app.kernel.ids import opaque_id
from app.needs import queries, rules
from app.needs.errors import (
    CommentMissing,
    MayNotComment,
    MayNotState,
    MergedIntoItself,
    NeedNotFound,
    TableLinkNotFound,
    UnknownCluster,
)
from app.needs.facts import NeedChanged
from app.needs.inputs import NeedInput
from app.needs.models import Need, NeedCollection, NeedComment, NeedVote
from app.needs.permissions import insider_of, may_remove_comment, may_state_for
from app.needs.rules import Gate, NeedState
from app.needs.times import collecting_of
from app.network import queries as network
from app.network.actors import Actor
from app.network.models import Organisation


@transactional
def put_in(*, item: AgendaItem, registration_id: int, values: NeedInput, now: datetime) -> Need:
    """A participant says what is needed, at a part of the agenda.

    The same form sent twice is one need. Raises NotCollected, TooManyNeeds, TextMissing, UnknownCluster.
    """
    return _put_in(item.event_id, item.id, registration_id, values, now)


@transactional
def put_in_at_table(collection: NeedCollection, *, values: NeedInput, now: datetime) -> Need:
    """Whoever opened the code of a table says what is needed; raises as :func:`put_in`, and TableLinkNotFound."""
    held = queries.collection(collection.item_id)
    if held is None or held.link_version != collection.link_version:
        raise TableLinkNotFound(public_id=collection.public_id)
    return _put_in(held.event_id, held.item_id, None, values, now)


def _put_in(event_id: int, item_id: int, registration_id: int | None, values: NeedInput, now: datetime) -> Need:
    if values.form_key and (earlier := queries.need_of_form(values.form_key)):
        return earlier
    item = queries.part(event_id, item_id)
    collecting = collecting_of(item, queries.collection(item_id))
    most = rules.MOST_OF_TABLE if registration_id is None else rules.MOST_OF_ONE
    rules.check_entry(collecting, put_in=queries.count_put_in(item_id, registration_id), most=most, now=now)
    if values.cluster_id is not None and values.cluster_id not in dict(queries.clusters_at(event_id)):
        raise UnknownCluster(field="cluster")
    return _write(Need(event_id=event_id, item_id=item_id, registration_id=registration_id), values, now)


@transactional
def state_need(*, values: NeedInput, actor: Actor, now: datetime) -> Need:
    """Whoever manages a cluster states a need of it, for everybody to read.

    Raises MayNotState, TextMissing, UnknownCluster.
    """
    if not may_state_for(actor, values.cluster_id):
        raise MayNotState
    if values.form_key and (earlier := queries.need_of_form(values.form_key)):
        return earlier
    need = _write(Need(is_public=True), values, now)
    _note("need.stated", need, actor, now)
    return need


@transactional
def comment(public_id: str, *, text: str, form_key: str, actor: Actor, now: datetime) -> NeedComment:
    """Remark on a need that concerns one. The same form sent twice is one comment.

    Raises MayNotComment, CommentMissing, NeedNotFound.
    """
    need = queries.need(public_id)
    if not may_comment(need, actor):
        raise MayNotComment(public_id=public_id)
    if earlier := queries.comment_of_form(form_key):
        return earlier
    if not text.strip():
        raise CommentMissing(field="comment")
    row = NeedComment(
        need_id=need.id,
        form_key=form_key,
        account_id=actor.account_id,
        by=(actor.name or actor.email)[:254],
        text=text.strip(),
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


@transactional
def remove_comment(public_id: str, comment_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a comment away. Raises MayNotComment, NeedNotFound, NeedCommentNotFound."""
    need = queries.need(public_id)
    row = queries.comment(need.id, comment_id)
    if not may_remove_comment(actor, row.account_id, manages=may_change(need, actor)):
        raise MayNotComment(public_id=public_id)
    _note("need.comment_removed", need, actor, now)
    db.session.delete(row)


def may_comment(need: Need, actor: Actor) -> bool:
    """Whether a need concerns somebody who is signed in."""
    known = actor.signed_in or actor.is_system
    return known and queries.concerns(need.id, insider_of(actor))


@transactional
def reword(public_id: str, *, values: NeedInput, actor: Actor, now: datetime) -> Need:
    """Change what a need says: for who manages the cluster or the event. Words that stay keep their language.

    Raises MayNotState, TextMissing.
    """
    need = queries.hold_need(queries.need(public_id).id)
    if not may_change(need, actor) or not (actor.is_administrator or _may_move(need, values, actor)):
        raise MayNotState
    if values.text.strip() == need.text:
        values = replace(values, language=need.language)
    _write(need, values, now)
    _note("need.reworded", need, actor, now)
    return need


def _may_move(need: Need, values: NeedInput, actor: Actor) -> bool:
    """A need stays with its cluster, unless it goes to another one of the same manager."""
    return values.cluster_id == need.cluster_id or may_state_for(actor, values.cluster_id)


def may_change(need: Need, actor: Actor) -> bool:
    """Whoever manages its cluster, or organises the event at which it was said."""
    if may_state_for(actor, need.cluster_id):
        return True
    return need.event_id is not None and queries.organises(need.event_id, actor.managed_ids)


@transactional
def vote(public_id: str, *, item_id: int, voter: str, is_wanted: bool, now: datetime) -> int:
    """One voice for a need at the part where it was said, or none; saying it twice is no error. Gives the count.

    Raises NeedNotFound, NotVotedOn.
    """
    need = queries.hold_need(queries.need(public_id).id)
    if need.item_id != item_id or need.event_id is None:
        raise NeedNotFound(public_id=public_id)
    item = queries.part(need.event_id, item_id)
    rules.check_vote(collecting_of(item, queries.collection(item_id)), need.state, now)
    if is_wanted:
        insert_unless_there(NeedVote, need_id=need.id, voter=voter, at=now)
    elif given := queries.vote(need.id, voter):
        db.session.delete(given)
        db.session.flush()
    _count(need, now)
    return need.voters


@transactional
def hide(public_id: str, *, event_slug: str, reason: str, actor: Actor, now: datetime) -> None:
    """Take a need off every page, with a reason that is kept. Raises MayNotManage, NeedNotFound, ReasonMissing."""
    need = _held(public_id, event_slug, actor)
    need.reason = rules.check_reason(reason)
    need.state = NeedState.HIDDEN
    _changed(need, now)
    _note("need.hidden", need, actor, now, reason=need.reason)


@transactional
def show(public_id: str, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Put a hidden or merged need back; votes that went along with a merger stay there too."""
    need = _held(public_id, event_slug, actor)
    need.state, need.reason, need.merged_into_id = NeedState.SHOWN, None, None
    _changed(need, now)
    _note("need.shown", need, actor, now)


@transactional
def merge(public_id: str, *, into: str, event_slug: str, actor: Actor, now: datetime) -> None:
    """Two needs that say the same become one; whoever voted for either counts once.

    Raises MayNotManage, NeedNotFound, MergedIntoItself.
    """
    if public_id == into:
        raise MergedIntoItself(field="into")
    first, second = sorted((queries.need(public_id).id, queries.need(into).id))
    for need_id in (first, second):  # always in this order, so that two mergers wait for each other
        queries.hold_need(need_id)
    need, target = _held(public_id, event_slug, actor), _held(into, event_slug, actor)
    for one in (need, target):
        if one.state is not NeedState.SHOWN:
            raise NeedNotFound(public_id=one.public_id)
    voters = queries.voters_of([need.id, target.id])
    for voter in rules.merged_votes(voters.values()) - voters.get(target.id, set()):
        db.session.add(NeedVote(need_id=target.id, voter=voter, at=now))
    need.state, need.merged_into_id = NeedState.MERGED, target.id
    db.session.flush()
    _count(target, now)
    _changed(need, now)
    _note("need.merged", need, actor, now, into=target.id)


@transactional
def publish(public_ids: Iterable[str], *, event_slug: str, is_public: bool, actor: Actor, now: datetime) -> int:
    """Show needs of an event to everybody, or keep them to participants and partners; gives how many changed."""
    changed = 0
    for public_id in public_ids:
        need = _held(public_id, event_slug, actor)
        if need.is_public is not is_public:
            need.is_public = is_public
            _changed(need, now)
            changed += 1
    return changed


@transactional
def set_gates(
    *, event_slug: str, item_id: int, entries: Gate, votes: Gate, actor: Actor, now: datetime
) -> NeedCollection:
    """Open or close entries and votes of a part, or leave them to its time. Raises MayNotManage, NoNeedsHere."""
    collection = _collection(event_slug, item_id, actor)
    collection.entries, collection.votes = entries, votes
    audit.note(
        "needs.gates_set", subject=f"item:{item_id}", account_id=actor.account_id, now=now, entries=entries, votes=votes
    )
    return collection


@transactional
def open_table(*, event_slug: str, item_id: int, actor: Actor) -> NeedCollection:
    """Make the link of a table, or give the one that is there. Raises MayNotManage, NoNeedsHere."""
    return _collection(event_slug, item_id, actor)


@transactional
def renew_link(*, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """The old link of a table opens nothing any more. Raises MayNotManage, NoNeedsHere."""
    _collection(event_slug, item_id, actor).link_version += 1
    audit.note("needs.link_renewed", subject=f"item:{item_id}", account_id=actor.account_id, now=now)


def _collection(event_slug: str, item_id: int, actor: Actor) -> NeedCollection:
    event = manageable_event(event_slug, actor)
    queries.part(event.id, item_id)
    insert_unless_there(
        NeedCollection,
        item_id=item_id,
        event_id=event.id,
        public_id=opaque_id(20),
        link_version=1,
        entries=Gate.BY_TIME,
        votes=Gate.BY_TIME,
    )
    return queries.collection_of(item_id)


def _held(public_id: str, event_slug: str, actor: Actor) -> Need:
    event = manageable_event(event_slug, actor)
    need = queries.hold_need(queries.need(public_id).id)
    if need.event_id != event.id:
        raise NeedNotFound(public_id=public_id)
    return need


def _write(need: Need, values: NeedInput, now: datetime) -> Need:
    need.text = rules.check_text(values.text)
    if values.cluster_id is not None and not network.exists(Organisation, values.cluster_id):
        raise UnknownCluster(field="cluster")
    if values.sector_id is not None and not network.sectors([values.sector_id]):
        raise UnknownCluster(field="sector")
    need.language, need.priority = values.language, values.priority
    need.cluster_id, need.sector_id = values.cluster_id, values.sector_id
    if need.id is None:
        need.public_id, need.form_key, need.at = opaque_id(12), values.form_key, now
        need.state, need.voters = NeedState.SHOWN, 0
        db.session.add(need)
    _changed(need, now)
    return need


def _count(need: Need, now: datetime) -> None:
    need.voters, need.changed_at = queries.count_voters(need.id), now


def _changed(need: Need, now: datetime) -> None:
    need.changed_at = now
    db.session.flush()
    record(NeedChanged(need_id=need.id, event_id=need.event_id))


def _note(action: str, need: Need, actor: Actor, now: datetime, **details: object) -> None:
    audit.note(action, subject=f"need:{need.public_id}", account_id=actor.account_id, now=now, **details)
