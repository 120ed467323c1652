"""Lists, what was noted on them, what was set by hand, and the links of helpers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.events.models import Event
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.presence.rules import ListKind, Method, ScanKind, Standing, Validity
from app.registration.models import Companion, Registration

_OF_DAY = text("kind = 'day'")


class CheckList(Base):
    """Where presence is noted: a day, a part of the agenda, a meal, anything. Those of days are made at first use."""

    __tablename__ = "check_list"
    __table_args__ = (
        Index("uq_check_list_of_day", "event_id", "day", unique=True, sqlite_where=_OF_DAY, postgresql_where=_OF_DAY),
        Index("ix_check_list_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    kind: Mapped[ListKind] = mapped_column(code_of(ListKind))
    day: Mapped[int]  # counted from 1
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL"), unique=True
    )  # what was noted outlives the part of the agenda
    label: Mapped[Texts]  # empty for a day
    has_exit: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    self_code: Mapped[str | None] = mapped_column(String(12))  # what hangs on the wall
    self_from: Mapped[datetime | None]
    self_until: Mapped[datetime | None]

    @property
    def key(self) -> str:
        """How pages and phones name a list: a day has its name before it has a row."""
        return f"d{self.day}" if self.kind is ListKind.DAY else f"l{self.id}"


class HelperLink(Base):
    """Opens check-in without an account, for one day. The secret is shown once."""

    __tablename__ = "helper_link"
    __table_args__ = (Index("ix_helper_link_event_id", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(120))
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    may_add: Mapped[bool] = mapped_column(default=True)
    account_id: Mapped[int | None]  # who made it
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    def validity(self) -> Validity:
        """What the rules ask about."""
        return Validity(valid_from=self.valid_from, valid_until=self.valid_until, revoked_at=self.revoked_at)


class Scan(Base):
    """One note, with an id that the phone made. Rows are only ever added; ``at`` is the time of the phone."""

    __tablename__ = "scan"
    __table_args__ = (
        Index("ix_scan_list_id_registration_id", "list_id", "registration_id"),
        Index("ix_scan_registration_id", "registration_id"),
        Index("ix_scan_companion_id", "companion_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("check_list.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"))
    companion_id: Mapped[int | None] = mapped_column(
        ForeignKey(Companion.id, ondelete="CASCADE")
    )  # who came along; empty: the person who registered
    kind: Mapped[ScanKind] = mapped_column(code_of(ScanKind))
    undoes: Mapped[str | None] = mapped_column(String(36))  # no foreign key: it may arrive before what it undoes
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    method: Mapped[Method] = mapped_column(code_of(Method))
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("helper_link.id", ondelete="SET NULL"))
    account_id: Mapped[int | None]
    device: Mapped[str] = mapped_column(String(80), default="")


class StandingMark(Base):
    """What an organiser set by hand, and why; the last row of a person and list counts, an empty one ends it."""

    __tablename__ = "standing_mark"
    __table_args__ = (
        Index("ix_standing_mark_list_id_registration_id", "list_id", "registration_id"),
        Index("ix_standing_mark_registration_id", "registration_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("check_list.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"))
    standing: Mapped[Standing | None] = mapped_column(code_of(Standing))
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(Text)
