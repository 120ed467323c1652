"""What participants said afterwards. Anonymous replies hold nothing that leads to a person.

That somebody has answered an anonymous form is kept apart from the answers, as a digest with a key of the form; when
its window closes both are destroyed. The rows have random names and no order of arrival.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Base
from app.questions.models import QuestionForm
from app.registration.models import Registration


class FeedbackRound(Base):
    """Whom a form asks, and what is needed while it is open. Without a row: everybody with a confirmed place."""

    __tablename__ = "feedback_round"

    form_id: Mapped[int] = mapped_column(ForeignKey(QuestionForm.id, ondelete="CASCADE"), primary_key=True)
    only_present: Mapped[bool] = mapped_column(default=False)
    key: Mapped[str | None] = mapped_column(String(64))  # of an anonymous form, until its window closes
    sealed_at: Mapped[datetime | None]  # the key is gone: nobody can answer any more
    reminded_at: Mapped[datetime | None]


class FeedbackRespondent(Base):
    """Somebody has answered an anonymous form."""

    __tablename__ = "feedback_respondent"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey(QuestionForm.id, ondelete="CASCADE"), index=True)


class FeedbackReply(Base):
    """Everything that one person answered to one form; of whom, only where the form says so."""

    __tablename__ = "feedback_reply"
    __table_args__ = (UniqueConstraint("form_id", "registration_id"), {"sqlite_with_rowid": False})

    public_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey(QuestionForm.id, ondelete="CASCADE"))
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey(Registration.id, ondelete="CASCADE"), index=True
    )  # empty: anonymous
    answered_at: Mapped[datetime | None]  # empty: anonymous
    answered_on: Mapped[date] = mapped_column(Date)

    registration: Mapped[Registration | None] = relationship()
    answers: Mapped[list[FeedbackAnswer]] = relationship(cascade="all, delete-orphan", back_populates="reply")


class FeedbackAnswer(Base):
    """One answer, in the normal form of its question's kind."""

    __tablename__ = "feedback_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    reply_id: Mapped[str] = mapped_column(ForeignKey(FeedbackReply.public_id, ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True, index=True)
    wording_version: Mapped[int]
    value: Mapped[Any] = mapped_column(JSON)

    reply: Mapped[FeedbackReply] = relationship(back_populates="answers")
