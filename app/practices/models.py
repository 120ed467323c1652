"""Best practices and where they were presented, shared and discussed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, Region, Sector
from app.practices.rules import Act, Aim


class Practice(Base):
    __tablename__ = "practice"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    title: Mapped[Texts]
    summary: Mapped[Texts]
    body: Mapped[Texts]  # Markdown
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    sector_id: Mapped[str | None] = mapped_column(ForeignKey("sector.id"), index=True)
    city: Mapped[str | None] = mapped_column(String(120))
    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    is_published: Mapped[bool] = mapped_column(default=False, index=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    owner: Mapped[Organisation] = relationship()
    sector: Mapped[Sector | None] = relationship()
    region: Mapped[Region | None] = relationship()
    aim_rows: Mapped[set[PracticeAim]] = relationship(cascade="all, delete-orphan")
    aims: AssociationProxy[set[Aim]] = association_proxy("aim_rows", "aim", creator=lambda aim: PracticeAim(aim=aim))
    uses: Mapped[list[PracticeUse]] = relationship(cascade="all, delete-orphan", back_populates="practice")


class PracticeAim(Base):
    __tablename__ = "practice_aim"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True)
    aim: Mapped[Aim] = mapped_column(code_of(Aim), primary_key=True)


class PracticeUse(Base):
    """One act upon a practice at an event; the link to the agenda item survives its moving."""

    __tablename__ = "practice_use"
    __table_args__ = (UniqueConstraint("practice_id", "event_id", "agenda_item_id", "act"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"), index=True)
    act: Mapped[Act] = mapped_column(code_of(Act))
    notes: Mapped[str | None] = mapped_column(Text)

    practice: Mapped[Practice] = relationship(back_populates="uses")
    event: Mapped[Event] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()
