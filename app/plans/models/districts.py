"""The meta-district that a group becomes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, ThematicGroup
from app.plans.rules.districts import DistrictState


class MetaDistrict(Base):
    __tablename__ = "meta_district"

    group_id: Mapped[int] = mapped_column(ForeignKey(ThematicGroup.id, ondelete="CASCADE"), primary_key=True)
    name: Mapped[Texts]
    state: Mapped[DistrictState] = mapped_column(code_of(DistrictState), default=DistrictState.FORMING)
    target_year: Mapped[int]
    established_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]

    group: Mapped[ThematicGroup] = relationship()
    members: Mapped[list[DistrictMember]] = relationship(cascade="all, delete-orphan")


class DistrictMember(Base):
    __tablename__ = "meta_district_member"

    group_id: Mapped[int] = mapped_column(ForeignKey(MetaDistrict.group_id, ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), primary_key=True, index=True
    )

    organisation: Mapped[Organisation] = relationship()
