"""Files that were given as answers, for those who may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.events.models import Event
from app.events.rules import OrganisationRole
from app.events.services import manageable_event
from app.events.services.access import organising_ids
from app.files import queries as files
from app.files.errors import FileNotFound
from app.files.models import StoredFile
from app.network.actors import Actor
from app.questions.models import Question
from app.questions.permissions import may_read
from app.registration import queries
from app.registration.queries import managing


def own_file(registration_id: int, question_id: int) -> StoredFile:
    """What a participant sent as an answer; for whoever holds the link. Raises FileNotFound."""
    row = queries.answers_of(registration_id).get(question_id)
    return _file(row.value if row and row.erased_at is None else None)


def file_of(*, event_slug: str, registration_id: int, question_id: int, actor: Actor) -> StoredFile:
    """The same for who reads the answers to this question. Raises MayNotManage, FileNotFound."""
    event = manageable_event(event_slug, actor)
    if question_id not in {one.id for one in readable_questions(event, actor)}:
        raise FileNotFound(question_id=question_id)
    if managing.with_everything(event.id, registration_id) is None:
        raise FileNotFound(question_id=question_id)
    return _file(managing.answers_to([question_id], registration_id).get((registration_id, question_id)))


def readable_questions(event: Event, actor: Actor) -> Sequence[Question]:
    """The questions whose answers the actor reads."""
    hosts = frozenset(part.organisation_id for part in event.organisations if part.role is OrganisationRole.HOST)
    partaking = frozenset(part.organisation_id for part in event.organisations)
    return [
        one
        for one in managing.questions_asked(event.id)
        if may_read(actor, one.readers, organising_ids=organising_ids(event), host_ids=hosts, partaking_ids=partaking)
    ]


def _file(value: object) -> StoredFile:
    if not isinstance(value, Mapping) or "file" not in value:
        raise FileNotFound
    return files.stored_file(str(value["file"]))
