from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select

from app.events.models import Event
from app.kernel.db import db
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.network.models import Programme, Project
from app.network.rules import OrganisationType
from app.questions.models import Question, QuestionForm
from app.questions.rules import Kind, Purpose
from app.registration.models import Allotment, AllotmentKind, Answer, Companion, Registration
from app.registration.rules import Place
from tests.builders import NOW


def seat(event: Event, *names: tuple[str, str], place: Place = Place.CONFIRMED, **changes: Any) -> list[int]:
    """Registrations by given and family name, as rows: papers ask for nothing else."""
    allotment_id = db.session.scalar(
        select(Allotment.id).where(Allotment.event_id == event.id, Allotment.kind == AllotmentKind.EVENT)
    )
    rows = [
        {
            "public_id": opaque_id(),
            "allotment_id": allotment_id,
            "place": place,
            "number": number,
            "ahead": 0,
            "form_key": opaque_id(),
            "form_digest": "x",
            "link_version": 1,
            "given_name": given,
            "family_name": family,
            "email": f"{opaque_id(8)}@company.example",
            "organisation": "Company Example",
            "org_type": OrganisationType.COMPANY,
            "country_code": "IT",
            "locale": "en",
            "privacy_accepted_at": NOW,
            "created_at": NOW,
            "placed_at": NOW,
        }
        | changes
        for number, (given, family) in enumerate(names, _next_number(allotment_id))
    ]
    for row in rows:
        row["email_key"] = row["email"]
    db.session.execute(insert(Registration), rows)
    db.session.commit()
    found = {row.public_id: row.id for row in db.session.execute(select(Registration.public_id, Registration.id))}
    return [found[row["public_id"]] for row in rows]


def bring(registration_id: int, names: Iterable[str | None]) -> None:
    registration = db.session.get_one(Registration, registration_id)
    registration.companions += [Companion(name=name) for name in names]
    registration.seats = 1 + len(registration.companions)
    db.session.commit()


def fund(event: Event) -> None:
    """A project and a programme with its emblem and a sentence in two languages."""
    programme = Programme(
        code=opaque_id(8),
        name=Texts(en="Alpine Space"),
        period_from=2014,
        period_to=2020,
        fund="ERDF",
        emblem="alpine-space-2014.svg",
        funding_sentence=Texts(en="Co-financed by the Alpine Space programme.", it="Cofinanziato da Spazio Alpino."),
    )
    event.project = Project(
        slug=opaque_id(8), acronym="S3-4AlpClusters", title=Texts(en="S3"), objectives=Texts(), programme=programme
    )
    db.session.commit()


def ask(event: Event, label: str, kind: Kind, **changes: Any) -> int:
    question = Question(code=opaque_id(6), kind=kind, label=Texts(en=label), help=Texts(), purpose=Texts(), **changes)
    form = QuestionForm(
        event_id=event.id,
        purpose=Purpose.FOLLOW_UP,
        title=Texts(en="Sizes"),
        introduction=Texts(),
        questions=[question],
    )
    db.session.add(form)
    db.session.commit()
    return question.id


def answer(registration_id: int, question_id: int, value: Any) -> None:
    db.session.add(
        Answer(
            registration_id=registration_id, question_id=question_id, wording_version=1, value=value, answered_at=NOW
        )
    )
    db.session.commit()


def _next_number(allotment_id: int | None) -> int:
    taken = db.session.scalars(select(Registration.number).where(Registration.allotment_id == allotment_id)).all()
    return max(taken, default=0) + 1
