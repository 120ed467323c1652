"""What working tables came to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base


class TableOutput(Base):
    """The output of a working table, in the language in which it was written; participants read it once released."""

    __tablename__ = "table_output"

    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    released_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None]
