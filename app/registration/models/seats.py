"""Seats: of an event, of a quota, of a part of the agenda; and how they are given."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation
from app.registration.rules import GroupRule, Policy, Promotion, QuotaKind

_OF_EVENT = text("kind = 'event'")


class AllotmentKind(StrEnum):
    EVENT = "event"
    QUOTA = "quota"
    ITEM = "item"
    SUB_GROUP = "sub_group"


class Allotment(Base):
    """Seats and the window in which they are given out: the row that is locked to decide.

    An event has one, made with it, and so the one of the lowest id: whoever locks several of an event locks that
    first and the others in the order of their ids. The counts are as last made under the lock, for display;
    decisions count rows.
    """

    __tablename__ = "allotment"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity_not_negative"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR closes_at >= opens_at", name="closes_after_opening"),
        Index("uq_allotment_of_event", "event_id", unique=True, sqlite_where=_OF_EVENT, postgresql_where=_OF_EVENT),
        Index("ix_allotment_event_id_kind", "event_id", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AllotmentKind] = mapped_column(code_of(AllotmentKind), default=AllotmentKind.EVENT)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), unique=True
    )  # of a part of the agenda
    capacity: Mapped[int | None]  # empty: no limit
    has_waitlist: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime | None]  # empty: when the event is published
    closes_at: Mapped[datetime | None]  # empty: when the event starts
    next_number: Mapped[int] = mapped_column(default=1)
    confirmed: Mapped[int] = mapped_column(default=0)  # seats
    offered: Mapped[int] = mapped_column(default=0)  # seats
    waiting: Mapped[int] = mapped_column(default=0)  # people who registered
    kept: Mapped[int] = mapped_column(default=0)  # seats that quotas keep from the common pool

    event: Mapped[Event] = relationship()
    item: Mapped[AgendaItem | None] = relationship()


class RegistrationPolicy(Base):
    """How places are given at an event."""

    __tablename__ = "registration_policy"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    verifies_address: Mapped[bool] = mapped_column(default=False)
    promotion: Mapped[Promotion] = mapped_column(code_of(Promotion), default=Promotion.AUTOMATIC)
    offer_hours: Mapped[int | None]  # empty: who moves up has the seat without being asked
    group_rule: Mapped[GroupRule] = mapped_column(code_of(GroupRule), default=GroupRule.PART)
    most_companions: Mapped[int] = mapped_column(default=0)
    invited_skip_approval: Mapped[bool] = mapped_column(default=True)
    changes_until: Mapped[datetime | None]  # empty: until the event starts
    rejection_text: Mapped[Texts] = mapped_column(default=Texts)

    def value(self) -> Policy:
        """What the rules ask about."""
        return Policy(
            needs_approval=self.needs_approval,
            verifies_address=self.verifies_address,
            promotion=self.promotion,
            offer_hours=self.offer_hours,
            group_rule=self.group_rule,
            most_companions=self.most_companions,
            invited_skip_approval=self.invited_skip_approval,
        )


class Quota(Base):
    """Seats kept for some; its allotment says how many. On ``releases_at`` what is left goes to the common pool."""

    __tablename__ = "quota"
    __table_args__ = (Index("ix_quota_releases_at", "released_at", "releases_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    allotment_id: Mapped[int] = mapped_column(ForeignKey("allotment.id", ondelete="CASCADE"), unique=True)
    kind: Mapped[QuotaKind] = mapped_column(code_of(QuotaKind))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))  # or the cluster
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    org_type: Mapped[str | None] = mapped_column(String(40))
    releases_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]

    allotment: Mapped[Allotment] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def target(self) -> str:
        return self.region_code or self.org_type or str(self.organisation_id)
