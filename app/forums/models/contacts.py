"""Contact cards: a row is the consent, and goes when it is withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.kernel.db import Base
from app.registration.models import Registration


class ContactCard(Base):
    """What a participant lets the others who did the same see, besides name, organisation and country."""

    __tablename__ = "contact_card"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    shows_email: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(String(60), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    about: Mapped[str] = mapped_column(String(300), default="")
    agreed_at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()
