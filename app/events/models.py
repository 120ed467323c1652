"""Events, the series they belong to, and who has which part in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.rules import Audience, Format, Kind, OrganisationRole, PersonRole, Status, SubFormat
from app.kernel.dates import DatePrecision
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, Person, Phase, Project, Region, Sector, ThematicGroup
from app.venues.models import Venue

# the indexes cover what filters ask of them: the events of a sector, group, language or organisation
event_sector = Table(
    "event_sector",
    Base.metadata,
    Column("event_id", ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("sector_id", ForeignKey("sector.id"), primary_key=True),
    Index("ix_event_sector_sector_id_event_id", "sector_id", "event_id"),
)
event_group = Table(
    "event_group",
    Base.metadata,
    Column("event_id", ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", ForeignKey("thematic_group.id"), primary_key=True),
    Index("ix_event_group_group_id_event_id", "group_id", "event_id"),
)


class EventSeries(Base):
    """The same event held several times, usually one edition a region."""

    __tablename__ = "event_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Texts]
    kind: Mapped[Kind] = mapped_column(code_of(Kind))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)

    project: Mapped[Project | None] = relationship()
    regions: Mapped[list[SeriesRegion]] = relationship(cascade="all, delete-orphan")


class SeriesRegion(Base):
    """A region in which an edition of the series is meant to be held."""

    __tablename__ = "series_region"

    series_id: Mapped[int] = mapped_column(ForeignKey("event_series.id", ondelete="CASCADE"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True)

    region: Mapped[Region] = relationship()


class Event(Base):
    """A clusters workshop, study visit or exchange forum.

    ``starts_at`` and ``ends_at`` are instants; ``timezone`` says where their wall clock hangs. With a
    ``date_precision`` above the day they bound the month or year, and only that may be shown.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("ends_at >= starts_at", name="ends_after_start"),
        Index("ix_event_on_lists_starts_at", "on_lists", "starts_at", "id"),
        Index("ix_event_on_lists_kind_starts_at", "on_lists", "kind", "starts_at", "id"),
        Index("ix_event_on_lists_country_code_starts_at", "on_lists", "country_code", "starts_at", "id"),
        Index("ix_event_status_ends_at", "status", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Kind] = mapped_column(code_of(Kind))
    sub_format: Mapped[SubFormat | None] = mapped_column(code_of(SubFormat))
    format: Mapped[Format] = mapped_column(code_of(Format), default=Format.ON_SITE)
    audience: Mapped[Audience] = mapped_column(code_of(Audience), default=Audience.PUBLIC)
    listed: Mapped[bool] = mapped_column(default=True)
    on_lists: Mapped[bool] = mapped_column(default=False)  # rules.stands_on_lists, kept for the indexes
    status: Mapped[Status] = mapped_column(code_of(Status), default=Status.DRAFT)
    status_reason: Mapped[str | None] = mapped_column(Text)

    title: Mapped[Texts]
    summary: Mapped[Texts]
    description: Mapped[Texts]  # Markdown
    cost_note: Mapped[Texts]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(60))
    date_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)

    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"), index=True)
    online_url: Mapped[str | None] = mapped_column(String(500))
    country_code: Mapped[str | None] = mapped_column(ForeignKey("country.code"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("phase.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("event_series.id"), index=True)
    edition_label: Mapped[str | None] = mapped_column(String(80))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    demonstration: Mapped[bool] = mapped_column(default=False)

    created_at: Mapped[datetime]
    content_changed_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)  # raised by every save; a form of an older one is refused

    venue: Mapped[Venue | None] = relationship()
    region: Mapped[Region | None] = relationship()
    project: Mapped[Project | None] = relationship()
    phase: Mapped[Phase | None] = relationship()
    series: Mapped[EventSeries | None] = relationship()
    sectors: Mapped[list[Sector]] = relationship(secondary=event_sector, order_by=Sector.position)
    groups: Mapped[list[ThematicGroup]] = relationship(secondary=event_group, order_by=ThematicGroup.position)
    languages: Mapped[list[EventLanguage]] = relationship(
        cascade="all, delete-orphan", order_by="EventLanguage.position"
    )
    organisations: Mapped[list[EventOrganisation]] = relationship(
        cascade="all, delete-orphan", back_populates="event", order_by="EventOrganisation.id"
    )
    persons: Mapped[list[EventPerson]] = relationship(
        cascade="all, delete-orphan", back_populates="event", order_by="EventPerson.id"
    )


class EventLanguage(Base):
    """A language spoken at an event."""

    __tablename__ = "event_language"
    __table_args__ = (Index("ix_event_language_language_event_id", "language", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class EventOrganisation(Base):
    __tablename__ = "event_organisation"
    __table_args__ = (
        UniqueConstraint("event_id", "organisation_id", "role"),
        Index("ix_event_organisation_organisation_id_event_id", "organisation_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[OrganisationRole] = mapped_column(code_of(OrganisationRole))
    unnamed_heads: Mapped[int] = mapped_column(default=0)  # seen there, on no list: shown as not evidenced

    event: Mapped[Event] = relationship(back_populates="organisations")
    organisation: Mapped[Organisation] = relationship()


class EventPerson(Base):
    """A person with a part in the event, and the organisation at that time: it stays when the person moves on."""

    __tablename__ = "event_person"
    __table_args__ = (UniqueConstraint("event_id", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[PersonRole] = mapped_column(code_of(PersonRole))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    event: Mapped[Event] = relationship(back_populates="persons")
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class RegionalCopy(Base):
    """An event that was made from a template for a partner to run in its region.

    ``follows_questions``: until it is published it asks what its template asks.
    """

    __tablename__ = "regional_copy"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    follows_questions: Mapped[bool] = mapped_column(default=False)


class EventStep(Base):
    """A step in the life cycle: who, when and why."""

    __tablename__ = "event_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    status: Mapped[Status] = mapped_column(code_of(Status))
    at: Mapped[datetime]
    account_id: Mapped[int | None]  # empty when the worker did it
    reason: Mapped[str | None] = mapped_column(Text)
