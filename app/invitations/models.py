"""Invitations, the lists that they come from, and codes that open an event."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.invitations.rules import Encoding, Fault, InvitationRole, InvitationStatus, LineState, ListState
from app.kernel.db import Base, code_of

_LIVE = text("status <> 'revoked'")


class Invitation(Base):
    """One person invited to one event. ``registration_id`` is only noted: registrations live in a higher room."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_live_address",
            "event_id",
            "email_key",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_invitation_event_id_status_id", "event_id", "status", "id"),
        Index("ix_invitation_event_id_invited_at", "event_id", "invited_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    locale: Mapped[str] = mapped_column(String(5))
    role: Mapped[InvitationRole] = mapped_column(code_of(InvitationRole))
    note: Mapped[str | None] = mapped_column(Text)  # read by the invited
    status: Mapped[InvitationStatus] = mapped_column(code_of(InvitationStatus), default=InvitationStatus.PENDING)
    skips_approval: Mapped[bool] = mapped_column(default=True)
    invited_at: Mapped[datetime]
    invited_by: Mapped[int | None]  # an account; empty: by right
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    declined_reason: Mapped[str | None] = mapped_column(Text)
    registration_id: Mapped[int | None]

    event: Mapped[Event] = relationship()

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part)


class InvitationSettings(Base):
    """What an event does by itself about those who are silent."""

    __tablename__ = "invitation_settings"
    __table_args__ = (CheckConstraint("remind_days_before BETWEEN 1 AND 60", name="days_that_can_be"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    remind_days_before: Mapped[int | None]  # the closing of registration; empty: nobody is reminded
    reminded_for: Mapped[datetime | None]  # the closing that was reminded of


class InvitationList(Base):
    """A pasted or uploaded list of people, checked before anybody is written to."""

    __tablename__ = "invitation_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    state: Mapped[ListState] = mapped_column(code_of(ListState), default=ListState.READING)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # until it is read
    pasted: Mapped[bool] = mapped_column(default=False)
    encoding: Mapped[Encoding | None] = mapped_column(code_of(Encoding))  # of a file, what it was read as
    locale: Mapped[str] = mapped_column(String(5))
    role: Mapped[InvitationRole] = mapped_column(code_of(InvitationRole))
    note: Mapped[str | None] = mapped_column(Text)
    skips_approval: Mapped[bool] = mapped_column(default=True)
    lines: Mapped[int]
    lines_read: Mapped[int] = mapped_column(default=0)
    is_unlimited: Mapped[bool] = mapped_column(default=False)  # an administrator sends it
    created_at: Mapped[datetime] = mapped_column(index=True)
    created_by: Mapped[int | None]
    goes_on_at: Mapped[datetime | None]  # when the day's limit stopped it


class InvitationListLine(Base):
    """One line of a list, and what becomes of it."""

    __tablename__ = "invitation_list_line"
    __table_args__ = (
        Index("ix_invitation_list_line_list_id_state_line", "list_id", "state", "line"),
        Index("ix_invitation_list_line_list_id_email_key", "list_id", "email_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("invitation_list.id", ondelete="CASCADE"))
    line: Mapped[int]  # of the file, counted from 1
    state: Mapped[LineState] = mapped_column(code_of(LineState))
    fault: Mapped[Fault | None] = mapped_column(code_of(Fault))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(5))


class PassCode(Base):
    """A word that skips approval and opens an event by invitation only. It is told on, so it stands in plain."""

    __tablename__ = "pass_code"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("uses_left IS NULL OR uses_left >= 0", name="uses_left_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    uses_left: Mapped[int | None]  # empty: as often as anybody likes
    used: Mapped[int] = mapped_column(default=0)
    valid_until: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None]
