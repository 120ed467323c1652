"""Persons, organisations, places, vocabularies, programmes and projects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Numeric, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.dates import DatePrecision, RoughDate
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.rules import (
    DevelopmentCategory,
    GroupRole,
    LabelLevel,
    OrganisationStatus,
    OrganisationType,
    ProjectRole,
)


class Country(Base):
    __tablename__ = "country"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[Texts]
    # south, west, north, east in degrees: a pin outside is refused
    south: Mapped[float]
    west: Mapped[float]
    north: Mapped[float]
    east: Mapped[float]


class Region(Base):
    """A NUTS region."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"), index=True)
    name: Mapped[Texts]
    development: Mapped[DevelopmentCategory | None] = mapped_column(code_of(DevelopmentCategory))


class Sector(Base):
    __tablename__ = "sector"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[Texts]
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int]


class Specialisation(Base):
    """An area of smart specialisation; the list is open."""

    __tablename__ = "specialisation"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    sector_id: Mapped[str] = mapped_column(ForeignKey("sector.id"), index=True)
    name: Mapped[Texts]


group_sector = Table(
    "group_sector",
    Base.metadata,
    Column("group_id", ForeignKey("thematic_group.id", ondelete="CASCADE"), primary_key=True),
    Column("sector_id", ForeignKey("sector.id"), primary_key=True, index=True),
)
organisation_sector = Table(
    "organisation_sector",
    Base.metadata,
    Column("organisation_id", ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True),
    Column("sector_id", ForeignKey("sector.id"), primary_key=True, index=True),
)
organisation_specialisation = Table(
    "organisation_specialisation",
    Base.metadata,
    Column("organisation_id", ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True),
    Column("specialisation_id", ForeignKey("specialisation.id"), primary_key=True, index=True),
)
project_country = Table(
    "project_country",
    Base.metadata,
    Column("project_id", ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    Column("country_code", ForeignKey("country.code"), primary_key=True),
)


class Programme(Base):
    """A funding programme in one period: emblem and sentence belong here, never to the installation."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Texts]
    period_from: Mapped[int]
    period_to: Mapped[int]
    fund: Mapped[str] = mapped_column(String(80))
    emblem: Mapped[str] = mapped_column(String(120))  # a file name under static/emblems
    funding_sentence: Mapped[Texts]
    site: Mapped[str | None] = mapped_column(String(300))


class Project(Base):
    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    acronym: Mapped[str] = mapped_column(String(80))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    title: Mapped[Texts]
    objectives: Mapped[Texts]  # one objective a line
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    starts_on: Mapped[date | None]
    starts_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    ends_on: Mapped[date | None]
    ends_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    total_budget: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    eu_contribution: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    demonstration: Mapped[bool] = mapped_column(default=False)

    programme: Mapped[Programme | None] = relationship()
    countries: Mapped[list[Country]] = relationship(secondary=project_country, order_by=Country.code)
    phases: Mapped[list[Phase]] = relationship(order_by="Phase.number", cascade="all, delete-orphan")
    groups: Mapped[list[ThematicGroup]] = relationship(order_by="ThematicGroup.position", back_populates="project")
    roles: Mapped[list[ProjectRoleRow]] = relationship(cascade="all, delete-orphan", back_populates="project")

    @property
    def starts(self) -> RoughDate | None:
        return RoughDate(self.starts_on, self.starts_precision) if self.starts_on else None

    @property
    def ends(self) -> RoughDate | None:
        return RoughDate(self.ends_on, self.ends_precision) if self.ends_on else None


class Phase(Base):
    __tablename__ = "phase"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[Texts]
    goal: Mapped[Texts]
    results: Mapped[Texts]
    starts_on: Mapped[date | None]
    starts_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    ends_on: Mapped[date | None]
    ends_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)

    @property
    def starts(self) -> RoughDate | None:
        return RoughDate(self.starts_on, self.starts_precision) if self.starts_on else None

    @property
    def ends(self) -> RoughDate | None:
        return RoughDate(self.ends_on, self.ends_precision) if self.ends_on else None


class ThematicGroup(Base):
    __tablename__ = "thematic_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    name: Mapped[Texts]
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    launched_on: Mapped[date | None]
    launched_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    position: Mapped[int]

    project: Mapped[Project] = relationship(back_populates="groups")
    sectors: Mapped[list[Sector]] = relationship(secondary=group_sector, order_by=Sector.position)
    roles: Mapped[list[GroupRoleRow]] = relationship(cascade="all, delete-orphan", back_populates="group")

    @property
    def launched(self) -> RoughDate | None:
        return RoughDate(self.launched_on, self.launched_precision) if self.launched_on else None


class Organisation(Base):
    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_country_code_name", "country_code", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str | None] = mapped_column(String(80))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    about: Mapped[Texts]
    unit_of_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(120))
    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    web: Mapped[str | None] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(254))
    status: Mapped[OrganisationStatus] = mapped_column(code_of(OrganisationStatus), default=OrganisationStatus.ACTIVE)
    demonstration: Mapped[bool] = mapped_column(default=False)

    unit_of: Mapped[Organisation | None] = relationship(remote_side=[id])
    country: Mapped[Country] = relationship()
    region: Mapped[Region | None] = relationship()
    types: Mapped[list[OrganisationTypeRow]] = relationship(
        cascade="all, delete-orphan", order_by="OrganisationTypeRow.is_primary.desc(), OrganisationTypeRow.type"
    )
    sectors: Mapped[list[Sector]] = relationship(secondary=organisation_sector, order_by=Sector.position)
    specialisations: Mapped[list[Specialisation]] = relationship(secondary=organisation_specialisation)
    labels: Mapped[list[ExcellenceLabel]] = relationship(
        cascade="all, delete-orphan", order_by="ExcellenceLabel.awarded_on.desc()"
    )

    @property
    def primary_type(self) -> OrganisationType:
        return self.types[0].type


class OrganisationTypeRow(Base):
    __tablename__ = "organisation_type"
    __table_args__ = (
        Index(
            "uq_organisation_type_primary",
            "organisation_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    type: Mapped[OrganisationType] = mapped_column(code_of(OrganisationType), primary_key=True)
    is_primary: Mapped[bool] = mapped_column(default=False)


class Membership(Base):
    """An organisation belongs to a cluster."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("cluster_id", "member_id"),
        CheckConstraint("cluster_id <> member_id", name="not_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    since: Mapped[date | None]
    until: Mapped[date | None]


class ExcellenceLabel(Base):
    __tablename__ = "excellence_label"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[str] = mapped_column(String(80))
    level: Mapped[LabelLevel] = mapped_column(code_of(LabelLevel))
    issuer: Mapped[str] = mapped_column(String(120))
    awarded_on: Mapped[date]
    valid_until: Mapped[date]


class ProjectRoleRow(Base):
    """An organisation's part in a project; it may have several at once."""

    __tablename__ = "project_role"
    __table_args__ = (UniqueConstraint("project_id", "organisation_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    acting_unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[ProjectRole] = mapped_column(code_of(ProjectRole))
    phase_numbers: Mapped[list[int]] = mapped_column(JSON, default=list)  # empty means every phase
    budget_share: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))  # EUR
    budget_is_public: Mapped[bool] = mapped_column(default=False)
    named_in_application: Mapped[bool] = mapped_column(default=True)

    project: Mapped[Project] = relationship(back_populates="roles")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    acting_unit: Mapped[Organisation | None] = relationship(foreign_keys=[acting_unit_id])


class GroupRoleRow(Base):
    __tablename__ = "group_role"
    __table_args__ = (
        UniqueConstraint("group_id", "organisation_id", "role"),
        Index(
            "uq_group_role_coordinator",
            "group_id",
            unique=True,
            sqlite_where=text("role = 'coordinator'"),
            postgresql_where=text("role = 'coordinator'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("thematic_group.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[GroupRole] = mapped_column(code_of(GroupRole))

    group: Mapped[ThematicGroup] = relationship(back_populates="roles")
    organisation: Mapped[Organisation] = relationship()


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    form_of_address: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    bio: Mapped[Texts]
    is_public: Mapped[bool] = mapped_column(default=False)  # agreed to be named on public pages

    affiliations: Mapped[list[Affiliation]] = relationship(cascade="all, delete-orphan", back_populates="person")

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.form_of_address, self.given_name, self.family_name) if part)


class Affiliation(Base):
    __tablename__ = "affiliation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    job: Mapped[Texts]
    is_manager: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date | None]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="affiliations")
    organisation: Mapped[Organisation] = relationship()
