"""What working tables came to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import Base


class TableOutput(Base):
    """The output of a working table, in the language in which it was written; participants read it once released.

    ``version`` grows with every text; ``public_id`` is there once the rapporteur has a link, which is computed.
    """

    __tablename__ = "table_output"

    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id, ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    released_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None]
    public_id: Mapped[str | None] = mapped_column(String(24), unique=True, index=True)
    link_version: Mapped[int] = mapped_column(default=0, server_default="0")
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    item: Mapped[AgendaItem] = relationship()
