from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.kernel.dates import DatePrecision
from app.kernel.db import Base, code_of
from app.news.rules import NewsKind


class NewsItem(Base):
    """Something that the public was told of an event, and when the event was to be by then."""

    __tablename__ = "news_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NewsKind] = mapped_column(code_of(NewsKind))
    at: Mapped[datetime] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(60))
    date_precision: Mapped[DatePrecision] = mapped_column(code_of(DatePrecision))

    event: Mapped[Event] = relationship()
