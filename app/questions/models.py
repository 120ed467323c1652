"""Forms of questions that an event asks. The answers lie in the rooms that put the questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.questions.rules import Asked, Choice, Kind, Purpose, Readers


class ChoicesType(TypeDecorator[tuple[Choice, ...]]):
    """Stores choices as a JSON list of ``{code, label, seats}``."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Choice, ...] | None, dialect: Any) -> list[dict[str, Any]]:
        return [{"code": one.code, "label": dict(one.label), "seats": one.seats} for one in value or ()]

    def process_result_value(self, value: list[Mapping[str, Any]] | None, dialect: Any) -> tuple[Choice, ...]:
        return tuple(Choice(code=one["code"], label=Texts(one["label"]), seats=one.get("seats")) for one in value or ())


class QuestionForm(Base):
    """Questions that are put together: with the registration, afterwards to the confirmed, or after the event.

    ``opens_at`` and ``closes_at`` bound when a form of its own may be answered; empty means no bound. Questions of
    joining are put while registration is open.
    """

    __tablename__ = "question_form"
    __table_args__ = (
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR closes_at >= opens_at", name="closes_after_opening"),
        Index("ix_question_form_event_id_purpose_position", "event_id", "purpose", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(code_of(Purpose))
    title: Mapped[Texts]
    introduction: Mapped[Texts]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    remind_days_before: Mapped[int | None]  # the deadline; those who have not answered
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)  # raised by every save; a page of an older one is refused

    questions: Mapped[list[Question]] = relationship(
        cascade="all, delete-orphan", back_populates="form", order_by="Question.position"
    )

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions that are still put, in their order."""
        return tuple(question.asked for question in self.questions if question.retired_at is None)


class FormOrigin(Base):
    """The template's form that a form of a regional copy was made from.

    ``follows``: nobody changed the copied form by hand. Empty ``template_form_id``: the template asks it no longer.
    """

    __tablename__ = "question_form_origin"

    form_id: Mapped[int] = mapped_column(ForeignKey("question_form.id", ondelete="CASCADE"), primary_key=True)
    template_form_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_form.id", ondelete="SET NULL"), index=True
    )
    follows: Mapped[bool] = mapped_column(default=True)


class Question(Base):
    """One question. With answers it is retired, never deleted: answers point here without a cascade."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("form_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("question_form.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(60))  # names its column in exports
    kind: Mapped[Kind] = mapped_column(code_of(Kind))
    label: Mapped[Texts]
    help: Mapped[Texts]
    purpose: Mapped[Texts]  # why it is asked
    required: Mapped[bool] = mapped_column(default=False)
    choices: Mapped[tuple[Choice, ...]] = mapped_column(ChoicesType, default=())
    least: Mapped[float | None]  # of a number, or how many are chosen
    most: Mapped[float | None]
    readers: Mapped[Readers] = mapped_column(code_of(Readers), default=Readers.ORGANISERS)
    erased_after_days: Mapped[int | None]  # after the event's last day; empty: with the registration
    position: Mapped[int] = mapped_column(default=0)
    wording_version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1)
    retired_at: Mapped[datetime | None]

    form: Mapped[QuestionForm] = relationship(back_populates="questions")

    @property
    def asked(self) -> Asked:
        """What the rules know of it."""
        return Asked(**{name: getattr(self, name) for name in Asked.__slots__})


class QuestionWording(Base):
    """What stood there when somebody answered: one row a version, so that a consent can be shown as it was given."""

    __tablename__ = "question_wording"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    label: Mapped[Texts]
    help: Mapped[Texts]
    purpose: Mapped[Texts]
    choices: Mapped[tuple[Choice, ...]] = mapped_column(ChoicesType, default=())
