"""Places where events are held."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base
from app.kernel.texts import Texts
from app.network.models import Country, Organisation, Region


class Venue(Base):
    __tablename__ = "venue"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Texts]
    operator_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str] = mapped_column(String(120), index=True)
    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    timezone: Mapped[str] = mapped_column(String(60))
    access: Mapped[Texts]
    step_free: Mapped[bool | None]
    house_rules: Mapped[Texts]
    demonstration: Mapped[bool] = mapped_column(default=False)

    operator: Mapped[Organisation] = relationship()
    country: Mapped[Country] = relationship()
    region: Mapped[Region | None] = relationship()
    rooms: Mapped[list[Room]] = relationship(cascade="all, delete-orphan", order_by="Room.name", back_populates="venue")


class Room(Base):
    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("venue_id", "name"), CheckConstraint("seats > 0", name="has_seats"))

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    seats: Mapped[int]
    layouts: Mapped[list[str]] = mapped_column(JSON, default=list)

    venue: Mapped[Venue] = relationship(back_populates="rooms")
