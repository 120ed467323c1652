"""Documents of a group, besides the material of its events: files here, or links to where they lie."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.files.models import StoredFile
from app.kernel.db import Base
from app.network.models import ThematicGroup


class GroupDocument(Base):
    """Either a file or a link; members read it, everybody if it is public."""

    __tablename__ = "group_document"
    __table_args__ = (CheckConstraint("(file_id IS NULL) <> (url IS NULL)", name="file_or_link"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(ThematicGroup.id, ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str | None] = mapped_column(String(500))
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id), index=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship()
    group: Mapped[ThematicGroup] = relationship()
