"""Studies, and the services of clusters that they found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.files.models import StoredFile
from app.kernel.dates import DatePrecision, RoughDate
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Country, Organisation, Project, Region
from app.studies.rules import Fee, ServiceState, Target

study_country = Table(
    "study_country",
    Base.metadata,
    Column("study_id", ForeignKey("study.id", ondelete="CASCADE"), primary_key=True),
    Column("country_code", ForeignKey("country.code"), primary_key=True, index=True),
)
study_region = Table(
    "study_region",
    Base.metadata,
    Column("study_id", ForeignKey("study.id", ondelete="CASCADE"), primary_key=True),
    Column("region_code", ForeignKey("region.code"), primary_key=True, index=True),
)
study_service = Table(
    "study_service",
    Base.metadata,
    Column("study_id", ForeignKey("study.id", ondelete="CASCADE"), primary_key=True),
    Column("service_id", ForeignKey("cluster_service.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Study(Base):
    """What was studied, by whom, where and when; as much of the period as is known."""

    __tablename__ = "study"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    title: Mapped[Texts]
    summary: Mapped[Texts]
    findings: Mapped[Texts]  # Markdown
    starts_on: Mapped[date | None] = mapped_column(index=True)
    starts_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    ends_on: Mapped[date | None]
    ends_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision), default=DatePrecision.DAY)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="SET NULL"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), index=True)
    web: Mapped[str | None] = mapped_column(String(300))
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    project: Mapped[Project | None] = relationship()
    document: Mapped[StoredFile | None] = relationship()
    authors: Mapped[list[StudyAuthor]] = relationship(cascade="all, delete-orphan", order_by="StudyAuthor.position")
    countries: Mapped[list[Country]] = relationship(secondary=study_country, order_by=Country.code)
    regions: Mapped[list[Region]] = relationship(secondary=study_region, order_by=Region.code)
    services: Mapped[list[ClusterService]] = relationship(
        secondary=study_service, order_by="ClusterService.id", back_populates="studies"
    )

    @property
    def author_ids(self) -> frozenset[int]:
        return frozenset(row.organisation_id for row in self.authors)

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


class StudyAuthor(Base):
    """An organisation that conducted a study."""

    __tablename__ = "study_author"

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    position: Mapped[int]

    organisation: Mapped[Organisation] = relationship()


class ClusterService(Base):
    """A service that a cluster gives, or tries out."""

    __tablename__ = "cluster_service"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[Texts]
    about: Mapped[Texts]
    aims: Mapped[Texts]
    state: Mapped[ServiceState] = mapped_column(code_of(ServiceState), default=ServiceState.OFFERED, index=True)
    fee: Mapped[Fee] = mapped_column(code_of(Fee), default=Fee.IN_MEMBERSHIP)
    demonstration: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship()
    studies: Mapped[list[Study]] = relationship(secondary=study_service, back_populates="services")
    target_rows: Mapped[set[ServiceTarget]] = relationship(cascade="all, delete-orphan")
    targets: AssociationProxy[set[Target]] = association_proxy(
        "target_rows", "target", creator=lambda target: ServiceTarget(target=target)
    )


class ServiceTarget(Base):
    __tablename__ = "cluster_service_target"

    service_id: Mapped[int] = mapped_column(ForeignKey("cluster_service.id", ondelete="CASCADE"), primary_key=True)
    target: Mapped[Target] = mapped_column(code_of(Target), primary_key=True, index=True)
