"""What those with a part in an event were asked, answered and sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.files.models import StoredFile
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.materials.models import Material
from app.network.models import Person
from app.speakers.rules import Slot, SpeakerReply


class Speaker(Base):
    """One person at one event, from the first letter on. ``email`` and ``locale`` are those that letters go to."""

    __tablename__ = "speaker"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index("ix_speaker_needs_erased_at_event_id", "needs_erased_at", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5))
    link_version: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime | None]  # when the link went out last
    letters: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]  # the link opens nothing until it is sent again
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    told: Mapped[int] = mapped_column(default=0)  # how often the organiser was told of an answer

    bio: Mapped[Texts]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id, ondelete="SET NULL"), index=True)
    consent_at: Mapped[datetime | None]  # to show biography and photo publicly; empty: none
    consent_language: Mapped[str | None] = mapped_column(String(5))
    consent_version: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    equipment: Mapped[list[str]] = mapped_column(JSON, default=list)
    equipment_note: Mapped[str | None] = mapped_column(Text)
    travel: Mapped[str | None] = mapped_column(Text)
    diet: Mapped[str | None] = mapped_column(Text)
    access: Mapped[str | None] = mapped_column(Text)
    needs_at: Mapped[datetime | None]
    availability_at: Mapped[datetime | None]
    needs_erased_at: Mapped[datetime | None]  # travel, diet, access and absences

    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()
    photo: Mapped[StoredFile | None] = relationship()
    answers: Mapped[list[SpeakerAnswer]] = relationship(cascade="all, delete-orphan", order_by="SpeakerAnswer.id")
    absences: Mapped[list[SpeakerAbsence]] = relationship(
        cascade="all, delete-orphan", order_by="SpeakerAbsence.starts_at, SpeakerAbsence.id"
    )
    slides: Mapped[list[SpeakerSlides]] = relationship(order_by="SpeakerSlides.material_id", viewonly=True)


class SpeakerAnswer(Base):
    """Yes or no to one part, and the slot that was seen then."""

    __tablename__ = "speaker_answer"
    __table_args__ = (UniqueConstraint("speaker_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey(Speaker.id, ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(60))  # rules.part_key
    item_id: Mapped[int | None] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"), index=True)
    answer: Mapped[SpeakerReply] = mapped_column(code_of(SpeakerReply))
    reason: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)  # how often it was answered
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(400), default="")

    @property
    def slot(self) -> Slot:
        return Slot(starts_at=self.starts_at, ends_at=self.ends_at, place=self.place)


class SpeakerAbsence(Base):
    """When somebody cannot be there."""

    __tablename__ = "speaker_absence"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey(Speaker.id, ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class SpeakerSlides(Base):
    """A material that came by a speaker's own link: only these can be taken back by it."""

    __tablename__ = "speaker_slides"

    material_id: Mapped[int] = mapped_column(ForeignKey(Material.id, ondelete="CASCADE"), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey(Speaker.id, ondelete="CASCADE"), index=True)

    material: Mapped[Material] = relationship()


class SpeakerSettings(Base):
    """By when the asked answer, and whether the event reminds them by itself."""

    __tablename__ = "speaker_settings"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    answer_by: Mapped[datetime | None]
    remind_days_before: Mapped[int | None]  # empty: it does not remind
    reminded_for: Mapped[datetime | None]  # the deadline that the last reminder was for
