"""Set pitches in order, open the vote, vote."""

from __future__ import annotations

from datetime import datetime

from app.agenda.rules import ItemKind
from app.audit import services as audit
from app.events.services import manageable_event
from app.forums.errors import NotAParticipant, TooManyPitches
from app.forums.inputs import PitchInput, SessionInput
from app.forums.models import Pitch, PitchSession, PitchVote
from app.forums.queries import parts
from app.forums.queries import pitches as queries
from app.forums.rules import pitches as rules
from app.kernel.db import db, transactional
from app.network.actors import Actor


@transactional
def set_up(*, event_slug: str, item_id: int, values: SessionInput, actor: Actor, now: datetime) -> None:
    """Say how long a pitch is, and when people vote.

    Raises MayNotManage, FormatNotFound, PitchTooLong, VoteTurnedRound.
    """
    rules.check_minutes(values.minutes)
    rules.check_window(values.opens_at, values.closes_at)
    row = _session(event_slug, item_id, actor)
    row.minutes, row.opens_at, row.closes_at = values.minutes, values.opens_at, values.closes_at
    _note("pitches.set_up", row, actor, now, has_vote=values.opens_at is not None)


@transactional
def close_vote(*, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """End the vote now; raises MayNotManage, FormatNotFound, and VoteNotOpen or VoteClosed unless it is open."""
    row = _session(event_slug, item_id, actor)
    rules.check_vote(rules.vote_state(row.opens_at, row.closes_at, now))
    row.closes_at = now
    _note("pitches.vote_closed", row, actor, now)


@transactional
def add(*, event_slug: str, item_id: int, values: PitchInput, actor: Actor, now: datetime) -> int:
    """Put a pitch last; gives its id. Raises MayNotManage, FormatNotFound, PitchTooLong, TooManyPitches."""
    row = _session(event_slug, item_id, actor)
    if len(row.pitches) >= rules.MOST_PITCHES:
        raise TooManyPitches(most=rules.MOST_PITCHES)
    one = Pitch(position=max((each.position for each in row.pitches), default=0) + 1)
    _write(one, values)
    row.pitches.append(one)
    db.session.flush()
    _note("pitches.added", row, actor, now, pitch=one.id)
    return one.id


@transactional
def change(pitch_id: int, *, event_slug: str, item_id: int, values: PitchInput, actor: Actor, now: datetime) -> None:
    """Mend a pitch. Raises MayNotManage, FormatNotFound, PitchTooLong."""
    row = _session(event_slug, item_id, actor)
    _write(queries.pitch(item_id, pitch_id), values)
    _note("pitches.changed", row, actor, now, pitch=pitch_id)


@transactional
def move(pitch_id: int, *, event_slug: str, item_id: int, steps: int, actor: Actor, now: datetime) -> None:
    """Put a pitch so many places later, or earlier. Raises MayNotManage, FormatNotFound."""
    row = _session(event_slug, item_id, actor)
    queries.pitch(item_id, pitch_id)
    places = {key: place for place, key in enumerate(rules.moved([one.id for one in row.pitches], pitch_id, steps), 1)}
    for one in row.pitches:
        one.position = places[one.id]
    _note("pitches.moved", row, actor, now, pitch=pitch_id)


@transactional
def remove(pitch_id: int, *, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """Take a pitch out, with its votes. Raises MayNotManage, FormatNotFound."""
    row = _session(event_slug, item_id, actor)
    row.pitches.remove(queries.pitch(item_id, pitch_id))
    _note("pitches.removed", row, actor, now, pitch=pitch_id)


@transactional
def vote(registration_id: int, *, item_id: int, pitch_id: int, now: datetime) -> None:
    """The one vote of a participant; another one moves it.

    Raises FormatNotFound, NotAParticipant, VoteNotOpen, VoteClosed.
    """
    row = queries.hold_session(item_id)
    if not parts.confirmed(row.event_id, [registration_id]):
        raise NotAParticipant(registration_id=registration_id)
    rules.check_vote(rules.vote_state(row.opens_at, row.closes_at, now))
    queries.pitch(item_id, pitch_id)
    kept = queries.vote_of(item_id, registration_id)
    if kept is None:
        kept = PitchVote(item_id=item_id, registration_id=registration_id)
        db.session.add(kept)
    kept.pitch_id, kept.at = pitch_id, now


def _session(event_slug: str, item_id: int, actor: Actor) -> PitchSession:
    """The session, held; made at first use."""
    event = manageable_event(event_slug, actor)
    parts.part(event.id, item_id, ItemKind.PITCH)
    if queries.session_of(item_id) is None:
        db.session.add(PitchSession(item_id=item_id, event_id=event.id, minutes=rules.USUAL))
        db.session.flush()
    return queries.hold_session(item_id)


def _write(row: Pitch, values: PitchInput) -> None:
    if values.minutes is not None:
        rules.check_minutes(values.minutes)
    row.title, row.speaker, row.organisation = values.title, values.speaker, values.organisation
    row.ask, row.minutes = values.ask, values.minutes


def _note(action: str, row: PitchSession, actor: Actor, now: datetime, **details: object) -> None:
    audit.note(
        action, subject=f"event:{row.event_id}", account_id=actor.account_id, now=now, item=row.item_id, **details
    )
