"""Documents of a group, besides the material of its events: they lie elsewhere, a link leads there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base
from app.network.models import ThematicGroup


class GroupDocument(Base):
    __tablename__ = "group_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(ThematicGroup.id, ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500))
    is_public: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
