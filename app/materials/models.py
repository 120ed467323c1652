"""Slides, minutes, photos and publicity: files or links, of an event or of an item of its agenda."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.files.models import StoredFile
from app.kernel.db import Base, code_of
from app.materials.rules import MaterialKind, Visibility


class Material(Base):
    """Either a file or a link. ``language`` is the one it is written or spoken in, and its title too."""

    __tablename__ = "material"
    __table_args__ = (
        Index("ix_material_event_id_position", "event_id", "position"),
        CheckConstraint("(file_id IS NULL) <> (url IS NULL)", name="file_or_link"),
        CheckConstraint("visibility <> 'public' OR permission_by IS NOT NULL", name="permitted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"), index=True)
    kind: Mapped[MaterialKind] = mapped_column(code_of(MaterialKind))
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    url: Mapped[str | None] = mapped_column(String(500))
    credit: Mapped[str | None] = mapped_column(String(200))
    visibility: Mapped[Visibility] = mapped_column(code_of(Visibility))
    permission_by: Mapped[str | None] = mapped_column(String(200))
    permission_at: Mapped[datetime | None]
    account_id: Mapped[int | None]  # who put it there; empty when a command did
    created_at: Mapped[datetime]
    position: Mapped[int]
    mailed_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
