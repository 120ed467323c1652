"""Questions, tables and codes of an event, for tests of those who answer and choose."""

from __future__ import annotations

from typing import Any

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.kernel.db import db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.questions import services as questions
from app.questions.rules import Choice, FormInput, Kind, Purpose, QuestionInput
from app.registration.services import item_places
from tests.builders import NOW

BUS = (Choice(code="bus", label=Texts(en="By bus"), seats=3), Choice(code="own", label=Texts(en="On my own")))


def ask(
    event: Event, *asked: QuestionInput, purpose: Purpose = Purpose.JOINING, **changes: Any
) -> tuple[int, list[int]]:
    """A form with questions: its id and theirs."""
    values = FormInput(purpose=purpose, title=Texts(en="Before you come"), **changes)
    form_id = questions.add_form(event_id=event.id, values=values, actor=SYSTEM, now=NOW)
    ids = [
        questions.add_question(event_id=event.id, form_id=form_id, values=one, actor=SYSTEM, now=NOW) for one in asked
    ]
    return form_id, ids


def question(kind: Kind = Kind.TEXT, label: str = "Badge name", **changes: Any) -> QuestionInput:
    plain: dict[str, Any] = {"kind": kind, "label": Texts(en=label), "purpose": Texts(en="For the badge")}
    if kind is Kind.CHOICE:
        plain["choices"] = BUS
    return QuestionInput(**plain | changes)


def table(event: Event, title: str = "Table", *, start: int = 600, end: int = 660, capacity: int | None = 2) -> int:
    """A part of the agenda that takes sign-ups; its id."""
    item = AgendaItem(
        event_id=event.id,
        uid=new_uid(),
        day=0,
        start_minute=start,
        end_minute=end,
        kind=ItemKind.WORKING_TABLE,
        title=Texts(en=title),
        abstract=Texts(),
        created_at=NOW,
        content_changed_at=NOW,
    )
    db.session.add(item)
    db.session.commit()
    item_places.open_sign_up(event_slug=event.slug, item_id=item.id, capacity=capacity, actor=SYSTEM, now=NOW)
    return item.id
