"""Sites that may show an organisation's calendar in a frame."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base


class EmbeddingSite(Base):
    """An origin as :func:`app.embedding.rules.origin` writes it."""

    __tablename__ = "embedding_site"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    origin: Mapped[str] = mapped_column(String(160), primary_key=True)
    position: Mapped[int]
