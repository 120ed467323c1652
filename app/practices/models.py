"""Best practices, what was decided, said and changed about them, and where they were presented."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.files.models import StoredFile
from app.kernel.dates import DatePrecision, RoughDate
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, Person, Project, Region, Sector, ThematicGroup
from app.practices.rules import Act, Aim
from app.practices.rules.consent import Consent, consent_of
from app.practices.rules.form import Part
from app.practices.rules.news import Happening
from app.practices.rules.states import State, Step
from app.studies.models import ClusterService, Study

practice_service = Table(
    "practice_service",
    Base.metadata,
    Column("practice_id", ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True),
    Column("service_id", ForeignKey(ClusterService.id, ondelete="CASCADE"), primary_key=True, index=True),
)


class Practice(Base):
    """``is_published`` follows the state and is written with it; ``version`` counts what was saved."""

    __tablename__ = "practice"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)  # sent twice, it is one
    title: Mapped[Texts]
    summary: Mapped[Texts]
    problem: Mapped[Texts]  # this and what follows are Markdown
    body: Mapped[Texts]
    resources: Mapped[Texts]
    evidence: Mapped[Texts]
    lessons: Mapped[Texts]
    transfer: Mapped[Texts]
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    sector_id: Mapped[str | None] = mapped_column(ForeignKey("sector.id"), index=True)
    city: Mapped[str | None] = mapped_column(String(120))
    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    latitude: Mapped[float | None]  # only where an exact pin was asked for
    longitude: Mapped[float | None]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_group.id", ondelete="SET NULL"), index=True)
    study_id: Mapped[int | None] = mapped_column(ForeignKey(Study.id, ondelete="SET NULL"), index=True)
    owner_other: Mapped[str | None] = mapped_column(String(200))
    theme: Mapped[str | None] = mapped_column(String(160))
    cost_eur: Mapped[int | None]
    staff: Mapped[str | None] = mapped_column(String(160))
    starts_on: Mapped[date | None]
    starts_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    ends_on: Mapped[date | None]
    ends_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    is_ongoing: Mapped[bool] = mapped_column(default=False)
    did_not_work: Mapped[bool] = mapped_column(default=False)
    web: Mapped[str | None] = mapped_column(String(300))
    video_url: Mapped[str | None] = mapped_column(String(300))
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[State] = mapped_column(code_of(State), default=State.SURVEYED, index=True)
    version: Mapped[int] = mapped_column(default=0)
    is_published: Mapped[bool] = mapped_column(default=False, index=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    owner: Mapped[Organisation] = relationship()
    sector: Mapped[Sector | None] = relationship()
    region: Mapped[Region | None] = relationship()
    project: Mapped[Project | None] = relationship()
    group: Mapped[ThematicGroup | None] = relationship()
    study: Mapped[Study | None] = relationship()
    cluster_services: Mapped[list[ClusterService]] = relationship(
        secondary=practice_service, order_by=ClusterService.id
    )
    authors: Mapped[list[PracticeAuthor]] = relationship(
        cascade="all, delete-orphan", order_by="PracticeAuthor.position", back_populates="practice"
    )
    files: Mapped[list[PracticeFile]] = relationship(
        cascade="all, delete-orphan", order_by="PracticeFile.position", back_populates="practice"
    )
    aim_rows: Mapped[set[PracticeAim]] = relationship(cascade="all, delete-orphan")
    aims: AssociationProxy[set[Aim]] = association_proxy("aim_rows", "aim", creator=lambda aim: PracticeAim(aim=aim))
    uses: Mapped[list[PracticeUse]] = relationship(cascade="all, delete-orphan", back_populates="practice")

    @property
    def starts(self) -> RoughDate | None:
        return RoughDate(self.starts_on, self.starts_precision) if self.starts_on else None

    @starts.setter
    def starts(self, rough: RoughDate | None) -> None:
        self.starts_on, self.starts_precision = _columns(rough)

    @property
    def ends(self) -> RoughDate | None:
        return RoughDate(self.ends_on, self.ends_precision) if self.ends_on else None

    @ends.setter
    def ends(self, rough: RoughDate | None) -> None:
        self.ends_on, self.ends_precision = _columns(rough)


def _columns(rough: RoughDate | None) -> tuple[date | None, DatePrecision]:
    return (rough.first, rough.precision) if rough else (None, DatePrecision.DAY)


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
    outcome: Mapped[str | None] = mapped_column(Text)

    practice: Mapped[Practice] = relationship(back_populates="uses")
    event: Mapped[Event] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()


class PracticeChange(Base):
    """A step of a practice on its way: who took it, why, by which criteria and on whose behalf. Never rewritten."""

    __tablename__ = "practice_change"
    __table_args__ = (Index("ix_practice_change_practice_id_at", "practice_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    step: Mapped[Step] = mapped_column(code_of(Step))
    before: Mapped[State] = mapped_column(code_of(State))
    after: Mapped[State] = mapped_column(code_of(State))
    reason: Mapped[str] = mapped_column(Text, default="")
    criteria: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(254), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)

    practice: Mapped[Practice] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class PracticeVersion(Base):
    """What the form held after a save."""

    __tablename__ = "practice_version"
    __table_args__ = (UniqueConstraint("practice_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    number: Mapped[int]
    saved_at: Mapped[datetime]
    account_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(254), default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class PracticeDraft(Base):
    """What somebody typed and has not saved. ``place``: the id of the practice, or ``new``."""

    __tablename__ = "practice_draft"
    __table_args__ = (UniqueConstraint("account_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(20))
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(254), default="")
    saved_at: Mapped[datetime] = mapped_column(index=True)


class PracticeAuthor(Base):
    """Who wrote it, for which organisation. The name is shown only while the person agrees.

    A consent is kept with the version of the words that were agreed to and the language in which they were read.
    """

    __tablename__ = "practice_author"
    __table_args__ = (UniqueConstraint("practice_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int]
    asked_at: Mapped[datetime | None]  # when the link was mailed the last time
    agreed_at: Mapped[datetime | None]
    consent_version: Mapped[int | None]
    consent_language: Mapped[str | None] = mapped_column(String(8))
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    practice: Mapped[Practice] = relationship(back_populates="authors")
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def consent(self) -> Consent:
        return consent_of(
            asked_at=self.asked_at,
            agreed_at=self.agreed_at,
            declined_at=self.declined_at,
            withdrawn_at=self.withdrawn_at,
        )

    @property
    def is_named(self) -> bool:
        return self.person is not None and self.consent is Consent.AGREED


class PracticeExpert(Base):
    """Whom the editor asked for an opinion."""

    __tablename__ = "practice_expert"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    asked_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class PracticeComment(Base):
    """A reviewer's remark beside a part of the form; ``quote`` holds on to the words even when the text moves on."""

    __tablename__ = "practice_comment"
    __table_args__ = (Index("ix_practice_comment_practice_id_at", "practice_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    part: Mapped[Part] = mapped_column(code_of(Part))
    quote: Mapped[str | None] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    account_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(254), default="")
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(254))


class PracticeFile(Base):
    """A picture or a document of a practice."""

    __tablename__ = "practice_file"
    __table_args__ = (Index("ix_practice_file_practice_id_position", "practice_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    about: Mapped[str] = mapped_column(String(300))
    credit: Mapped[str | None] = mapped_column(String(200))
    position: Mapped[int]

    practice: Mapped[Practice] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class PracticeLength(Base):
    """How long a part of the form may be: for a project, or for the whole installation."""

    __tablename__ = "practice_length"
    __table_args__ = (UniqueConstraint("project_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    part: Mapped[Part] = mapped_column(code_of(Part))
    longest: Mapped[int]


class PracticeImport(Base):
    """A table that was read and waits for a yes; swept after a day."""

    __tablename__ = "practice_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    at: Mapped[datetime]


class PracticeNews(Base):
    """What happened in a review and its people are still to be told; the row goes when they are.

    ``ref``: the change, the comment, or the person who was asked. ``account_id``: who did it, and knows.
    """

    __tablename__ = "practice_news"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    happening: Mapped[Happening] = mapped_column(code_of(Happening))
    ref: Mapped[int]
    account_id: Mapped[int | None]
    at: Mapped[datetime]


class PracticeContact(Base):
    """A message on its way to those who know a practice. It is erased when it has been long enough."""

    __tablename__ = "practice_contact"
    __table_args__ = (UniqueConstraint("practice_id", "account_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    email: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)

    practice: Mapped[Practice] = relationship()
