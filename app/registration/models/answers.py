"""What people answered to the questions of an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base
from app.questions.models import Question


class Answer(Base):
    """One answer, in the normal form of its question's kind; erased on the day that its question names."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    wording_version: Mapped[int]
    value: Mapped[Any] = mapped_column(JSON)
    answered_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    question: Mapped[Question] = relationship()
