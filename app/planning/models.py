"""What organisers plan apart from the agenda that is valid, the history of their changes, and the releases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.agenda.keeping import Deed
from app.events.models import Event
from app.kernel.db import Base, code_of
from app.planning.rules import StepState


class Plan(Base):
    """How far the plan of an event has come. Without a row: version 0, and changes are seen at once."""

    __tablename__ = "plan"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)  # raised by every change
    collects: Mapped[bool] = mapped_column(default=False)  # changes wait for the next release
    changeover: Mapped[int] = mapped_column(default=0, server_default="0")  # minutes between two items in a room


class PlanItem(Base):
    """Where the plan differs from the agenda: an item that waits for a time, or for the next release.

    ``kept`` is the item as ``agenda.frozen`` writes it, None for one that the next release takes off; ``base`` is what
    stood on the agenda when it was first changed, so that what a host says meanwhile is not lost.
    """

    __tablename__ = "plan_item"
    __table_args__ = (UniqueConstraint("event_id", "uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(120))
    kept: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    base: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    waits: Mapped[bool] = mapped_column(default=False)  # it has no time yet; the one in ``kept`` says how long it is
    changed_at: Mapped[datetime]


class PlanStep(Base):
    """One change: by whom, when, and the items before and after it, by UID; None where there was none."""

    __tablename__ = "plan_step"
    __table_args__ = (UniqueConstraint("event_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    version: Mapped[int]  # that the plan has since
    deed: Mapped[Deed] = mapped_column(code_of(Deed))
    of_deed: Mapped[Deed | None] = mapped_column(code_of(Deed))  # what was undone or done again
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[StepState] = mapped_column(code_of(StepState))
    account_id: Mapped[int | None]
    at: Mapped[datetime]


class PlanReason(Base):
    """Why a warning about what is planned is all right; the release takes it along."""

    __tablename__ = "plan_reason"
    __table_args__ = (UniqueConstraint("event_id", "uid", "warning"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(120))
    warning: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None]
    at: Mapped[datetime]


class FormerItem(Base):
    """An item that left the agenda: should it come back, its calendar entry goes on from this SEQUENCE.

    ``bound``: by table the rows that belonged to it and stay without it.
    """

    __tablename__ = "former_item"
    __table_args__ = (UniqueConstraint("event_id", "uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(120))
    sequence: Mapped[int]
    bound: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict, server_default="{}")


class Release(Base):
    """The agenda as it was released: frozen, named, numbered, never changed again."""

    __tablename__ = "agenda_release"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)  # JSON in one canonical form: the digest is of its bytes
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256, hexadecimal
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # what differs from the release before
    is_of_the_day: Mapped[bool] = mapped_column(default=False)  # it was valid when the event took place
    account_id: Mapped[int | None]
    at: Mapped[datetime]
