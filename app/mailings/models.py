"""One text to many, whom it reached, and who does not want the next one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.mailings.rules import Anchor, Audience, Kind, LeftOut, State


class Mailing(Base):
    """A text to an audience of one event, project or group.

    A reminder has an ``anchor`` and ``minutes`` from it; its ``send_at`` follows the event and is empty while the
    event has no date to count from. ``is_service``: about something that the reader signed up for, so that there
    is no way to unsubscribe.
    """

    __tablename__ = "mailing"
    __table_args__ = (
        CheckConstraint(
            "(event_id IS NOT NULL AND project_id IS NULL AND group_id IS NULL)"
            " OR (event_id IS NULL AND project_id IS NOT NULL AND group_id IS NULL)"
            " OR (event_id IS NULL AND project_id IS NULL AND group_id IS NOT NULL)",
            name="one_owner",
        ),
        CheckConstraint("(anchor IS NULL) = (minutes IS NULL)", name="anchor_with_minutes"),
        CheckConstraint("anchor IS NULL OR event_id IS NOT NULL", name="anchor_of_event"),
        Index("ix_mailing_state_send_at", "state", "send_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_group.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kind] = mapped_column(code_of(Kind), default=Kind.ONE_OFF)
    subject: Mapped[Texts]
    body: Mapped[Texts]  # Markdown with placeholders
    audience: Mapped[Audience] = mapped_column(code_of(Audience))
    narrowing: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_service: Mapped[bool] = mapped_column(default=True)
    state: Mapped[State] = mapped_column(code_of(State), default=State.DRAFT)
    why_code: Mapped[str | None] = mapped_column(String(80))  # the code of what ended it, where a person did not
    is_proposal: Mapped[bool] = mapped_column(default=False)  # made when the event was published, by nobody
    send_at: Mapped[datetime | None]
    anchor: Mapped[Anchor | None] = mapped_column(code_of(Anchor))
    minutes: Mapped[int | None]
    created_by: Mapped[int | None]  # an account
    created_at: Mapped[datetime]
    approved_by: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    taken_in_at: Mapped[datetime | None]  # when the whole audience had been taken in
    finished_at: Mapped[datetime | None]


class MailingRecipient(Base):
    """One address of a mailing. What became of the mail stands with its message; ``left_out`` when there is none."""

    __tablename__ = "mailing_recipient"
    __table_args__ = (UniqueConstraint("mailing_id", "address_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(254))
    address_key: Mapped[str] = mapped_column(String(254), index=True)
    locale: Mapped[str] = mapped_column(String(5))
    given_name: Mapped[str] = mapped_column(String(200))
    full_name: Mapped[str] = mapped_column(String(250))
    organisation: Mapped[str] = mapped_column(String(200))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="SET NULL"), index=True)
    message_id: Mapped[str | None] = mapped_column(String(200), index=True)
    left_out: Mapped[LeftOut | None] = mapped_column(code_of(LeftOut))


class Unsubscription(Base):
    """An address that wants no more mailings of a scope ("project:3", "event:7") unless they serve a registration."""

    __tablename__ = "unsubscription"
    __table_args__ = (UniqueConstraint("scope", "address_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(60))
    address_key: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime]
    detail: Mapped[str | None] = mapped_column(Text)  # how it was said: "page" or "one-click"
