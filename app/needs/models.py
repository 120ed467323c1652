"""Needs, votes for them, and how a part of an agenda collects them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base, code_of
from app.needs.rules import Gate, NeedState, Priority
from app.network.models import Organisation, Sector
from app.registration.models import Registration


class Need(Base):
    """What somebody says a cluster needs, in the words and the language of that person.

    ``voters`` counts its votes; it is written with them, under the lock of the need.
    """

    __tablename__ = "need"
    __table_args__ = (
        Index("ix_need_event_id_state", "event_id", "state"),
        Index("ix_need_is_public_state_voters", "is_public", "state", "voters"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    priority: Mapped[Priority] = mapped_column(code_of(Priority), default=Priority.IMPORTANT)
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id, ondelete="SET NULL"), index=True)
    sector_id: Mapped[str | None] = mapped_column(ForeignKey(Sector.id, ondelete="SET NULL"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id, ondelete="SET NULL"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey(AgendaItem.id, ondelete="SET NULL"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey(Registration.id, ondelete="SET NULL"), index=True)
    state: Mapped[NeedState] = mapped_column(code_of(NeedState), default=NeedState.SHOWN)
    is_public: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(String(300))  # why it is hidden
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("need.id", ondelete="SET NULL"), index=True)
    voters: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    changed_at: Mapped[datetime]

    cluster: Mapped[Organisation | None] = relationship()
    sector: Mapped[Sector | None] = relationship()
    event: Mapped[Event | None] = relationship()
    item: Mapped[AgendaItem | None] = relationship()


class NeedVote(Base):
    """One voice. ``voter`` is a registration or a phone, never a name."""

    __tablename__ = "need_vote"

    need_id: Mapped[int] = mapped_column(ForeignKey(Need.id, ondelete="CASCADE"), primary_key=True)
    voter: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]


class NeedCollection(Base):
    """What the organiser decided for one part of the agenda, and the version of the link that its table has."""

    __tablename__ = "need_collection"

    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)
    entries: Mapped[Gate] = mapped_column(code_of(Gate), default=Gate.BY_TIME)
    votes: Mapped[Gate] = mapped_column(code_of(Gate), default=Gate.BY_TIME)

    item: Mapped[AgendaItem] = relationship()


class NeedComment(Base):
    """What an observer, a partner or an organiser remarks on a need; those whom the need concerns read it."""

    __tablename__ = "need_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey(Need.id, ondelete="CASCADE"), index=True)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None]  # empty when a command did
    by: Mapped[str] = mapped_column(String(254))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
