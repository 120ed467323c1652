"""What is known of a stored file; its content lies in the store under ``public_id``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.files.rules import TextState
from app.kernel.db import Base, code_of


class StoredFile(Base):
    """``name`` is what people see; pictures have a size in pixels."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(79))
    byte_size: Mapped[int]
    name: Mapped[str] = mapped_column(String(150))
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(index=True)


class FileText(Base):
    """The words inside a document that everybody may read; documents that few may read have none."""

    __tablename__ = "file_text"

    file_id: Mapped[int] = mapped_column(ForeignKey(StoredFile.id, ondelete="CASCADE"), primary_key=True)
    state: Mapped[TextState] = mapped_column(code_of(TextState))
    text: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime]
