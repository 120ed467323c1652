"""Pictures and documents of a practice."""

from __future__ import annotations

from datetime import datetime

from app.files import services as files
from app.files.rules import Accepted
from app.kernel.db import transactional
from app.network.actors import Actor
from app.practices.errors import CreditMissing
from app.practices.inputs import FileInput
from app.practices.models import PracticeFile
from app.practices.queries import reviewing
from app.practices.services.reading import editable, reindex


@transactional
def attach(*, practice_id: int, accepted: Accepted, values: FileInput, actor: Actor, now: datetime) -> PracticeFile:
    """Add a file that was accepted. A picture names who made it. Raises CreditMissing, MayNotEdit, PracticeNotFound."""
    practice = editable(practice_id, actor)
    if accepted.media_type.startswith("image/") and not (values.credit or "").strip():
        raise CreditMissing(field="credit")
    row = PracticeFile(
        file=files.keep(accepted, now=now),
        about=values.about,
        credit=values.credit or None,
        position=len(practice.files) + 1,
    )
    practice.files.append(row)
    reindex(practice.id)
    return row


@transactional
def detach(*, practice_id: int, file_id: int, actor: Actor) -> None:
    """Take a file away; its content is swept later. Raises FileOfPracticeNotFound, MayNotEdit, PracticeNotFound."""
    practice = editable(practice_id, actor)
    practice.files.remove(reviewing.file_of(practice.id, file_id))
    reindex(practice.id)
