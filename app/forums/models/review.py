"""A peer review: host, peers, findings and what is to be done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.forums.rules.review import FindingKind, TodoState
from app.kernel.db import Base, code_of
from app.network.models import Country, Organisation


class PeerReview(Base):
    """One review an event; it runs in the event's parts of that kind. ``begun_at``: its peers were complete then."""

    __tablename__ = "peer_review"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id, ondelete="SET NULL"), index=True)
    question: Mapped[str] = mapped_column(Text, default="")  # what the host asks of the peers
    begun_at: Mapped[datetime | None]

    host: Mapped[Organisation | None] = relationship()
    reviewers: Mapped[list[Reviewer]] = relationship(cascade="all, delete-orphan", order_by="Reviewer.id")
    findings: Mapped[list[ReviewFinding]] = relationship(cascade="all, delete-orphan", order_by="ReviewFinding.id")


class Reviewer(Base):
    __tablename__ = "reviewer"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(PeerReview.event_id, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    country_code: Mapped[str] = mapped_column(ForeignKey(Country.code), index=True)


class ReviewFinding(Base):
    __tablename__ = "review_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(PeerReview.event_id, ondelete="CASCADE"), index=True)
    kind: Mapped[FindingKind] = mapped_column(code_of(FindingKind))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    todos: Mapped[list[ReviewTodo]] = relationship(cascade="all, delete-orphan", order_by="ReviewTodo.id")


class ReviewTodo(Base):
    __tablename__ = "review_todo"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey(ReviewFinding.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(500))
    owner: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    state: Mapped[TodoState] = mapped_column(code_of(TodoState), default=TodoState.OPEN)
    changed_at: Mapped[datetime]
