"""Places at parts of the agenda."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base, code_of
from app.registration.models.registrations import Registration
from app.registration.models.seats import Allotment
from app.registration.rules import ItemStanding


class ItemPlace(Base):
    """Somebody's place at a part of the agenda: a working table, a lab. Given once the registration is confirmed."""

    __tablename__ = "item_place"
    __table_args__ = (
        UniqueConstraint("registration_id", "allotment_id"),
        Index("ix_item_place_allotment_id_standing_number", "allotment_id", "standing", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    allotment_id: Mapped[int] = mapped_column(ForeignKey("allotment.id", ondelete="CASCADE"))
    standing: Mapped[ItemStanding] = mapped_column(code_of(ItemStanding))
    number: Mapped[int]  # of the item's allotment: the order of its queue
    placed_at: Mapped[datetime]

    registration: Mapped[Registration] = relationship(back_populates="item_places")
    allotment: Mapped[Allotment] = relationship()
