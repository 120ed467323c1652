"""Calendar entries as they go out, made when their event changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base


class RenderedEntry(Base):
    """The VEVENT of an event or of one of its agenda items, in one language."""

    __tablename__ = "rendered_entry"
    __table_args__ = (
        Index("ix_rendered_entry_feed", "lang", "is_session", "ends_at"),
        Index("ix_rendered_entry_event_id", "event_id"),
        Index("ix_rendered_entry_renderer", "renderer", "event_id"),
    )

    uid: Mapped[str] = mapped_column(String(120), primary_key=True)
    lang: Mapped[str] = mapped_column(String(5), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    is_session: Mapped[bool]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]  # of the event, for its sessions too: they stay as long as it does
    is_cancelled: Mapped[bool]
    zones: Mapped[str] = mapped_column(String(200))  # names of the zones that it refers to, by blanks
    body: Mapped[bytes] = mapped_column(LargeBinary)
    renderer: Mapped[int] = mapped_column(default=0, server_default="0")  # entries.RENDERER when this was made


class MissingEntry(Base):
    """What calendars cannot show, because no entry can be made of what is stored. It goes when one can again."""

    __tablename__ = "missing_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    token_id: Mapped[int | None] = mapped_column(
        ForeignKey("calendar_token.id", ondelete="CASCADE"), index=True
    )  # the personal calendar that lacks it; empty for the public ones
    source: Mapped[str] = mapped_column(String(60))  # "event:7" or "item:3"; in a personal one also a deadline
    since: Mapped[datetime]


class EntryCollections(Base):
    """The collections that an event's entries stood in last, so that leaving one is noticed there."""

    __tablename__ = "entry_collections"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    keys: Mapped[str] = mapped_column(Text)  # one a line


class FeedWindow(Base):
    """One row: the day from which feeds show entries. The nightly job moves it; nothing else looks at the clock."""

    __tablename__ = "feed_window"

    id: Mapped[int] = mapped_column(primary_key=True)
    edge: Mapped[date]
