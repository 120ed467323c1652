from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem
from app.forums.errors import FormatNotFound
from app.forums.models import Pitch, PitchSession, PitchVote
from app.kernel.db import db


def session_of(item_id: int) -> PitchSession | None:
    """A session with its pitches in their order; None before it is set up."""
    return db.session.scalar(
        select(PitchSession).where(PitchSession.item_id == item_id).options(selectinload(PitchSession.pitches)),
        execution_options={"populate_existing": True},  # the order may have changed within the request
    )


def hold_session(item_id: int) -> PitchSession:
    """The same, held while it is changed; raises FormatNotFound."""
    found = db.session.scalar(
        select(PitchSession)
        .where(PitchSession.item_id == item_id)
        .options(selectinload(PitchSession.pitches))
        .with_for_update(of=PitchSession),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise FormatNotFound(item_id=item_id)
    return found


def sessions(item_ids: Collection[int]) -> Sequence[PitchSession]:
    """Some sessions with their pitches, item and event."""
    return db.session.scalars(
        select(PitchSession)
        .where(PitchSession.item_id.in_(item_ids))
        .order_by(PitchSession.item_id)
        .options(joinedload(PitchSession.item).joinedload(AgendaItem.event), selectinload(PitchSession.pitches))
    ).all()


def screen_rows(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Everything that screens show of the sessions of an event, with how many voted: a row for each pitch."""
    cast = select(func.count()).where(PitchVote.item_id == PitchSession.item_id).scalar_subquery()
    return db.session.execute(
        select(
            PitchSession.item_id,
            PitchSession.minutes,
            PitchSession.opens_at,
            PitchSession.closes_at,
            Pitch.title,
            Pitch.speaker,
            Pitch.organisation,
            Pitch.minutes.label("own_minutes"),
            cast.label("cast"),
        )
        .outerjoin(Pitch, Pitch.item_id == PitchSession.item_id)
        .where(PitchSession.event_id == event_id)
        .order_by(PitchSession.item_id, Pitch.position, Pitch.id)
    ).all()


def pitch(item_id: int, pitch_id: int) -> Pitch:
    """Raises FormatNotFound."""
    found = db.session.scalar(select(Pitch).where(Pitch.item_id == item_id, Pitch.id == pitch_id))
    if found is None:
        raise FormatNotFound(pitch_id=pitch_id)
    return found


def vote_of(item_id: int, registration_id: int) -> PitchVote | None:
    return db.session.get(PitchVote, (item_id, registration_id))


def votes_by(registration_id: int) -> list[str]:
    """The titles of the pitches for which somebody voted."""
    query = select(Pitch.title).join(PitchVote, PitchVote.pitch_id == Pitch.id)
    return list(db.session.scalars(query.where(PitchVote.registration_id == registration_id).order_by(Pitch.id)))


def counts(item_id: int) -> dict[int, int]:
    """How many votes each pitch has."""
    rows = db.session.execute(
        select(PitchVote.pitch_id, func.count()).where(PitchVote.item_id == item_id).group_by(PitchVote.pitch_id)
    )
    return {row[0]: row[1] for row in rows}
