"""What the asked send: biography and photo, needs and availability, slides."""

from __future__ import annotations

from datetime import datetime

from app.events import queries as events
from app.files import services as files
from app.files.rules import Accepted
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.materials import services as materials
from app.materials.inputs import MaterialInput
from app.materials.models import Material
from app.network.actors import SYSTEM
from app.speakers import queries, rules
from app.speakers.errors import NothingToShow, PartGone, TooManySlides
from app.speakers.facts import SpeakersShown
from app.speakers.inputs import NeedsInput, ProfileInput
from app.speakers.models import Speaker, SpeakerAbsence, SpeakerSlides
from app.speakers.rules import CONSENT_VERSION, MOST_SLIDES
from app.speakers.services.answering import tell_organiser


@transactional
def keep_profile(speaker_id: int, *, link_version: int, values: ProfileInput, now: datetime) -> None:
    """Keep biography, photo, languages, and whether they may be shown. Raises SpeakerNotFound, NothingToShow."""
    row = queries.hold(speaker_id, link_version=link_version)
    row.bio, row.languages = values.bio, list(values.languages)
    if values.photo:
        row.photo = files.keep(values.photo, now=now)
    elif values.removes_photo:
        row.photo = None
    if values.consents and not (row.bio or row.photo):
        raise NothingToShow(field="consents")
    _consent(row, values, now)
    record(SpeakersShown(event_id=row.event_id))


@transactional
def keep_needs(speaker_id: int, *, link_version: int, values: NeedsInput, now: datetime) -> None:
    """Keep what somebody needs and when they cannot be there; a clash with a slot is told to the organiser.

    Raises SpeakerNotFound, NotAnswerable once the event is over, AbsenceEndsBeforeStart, TooManyAbsences.
    """
    row = queries.hold(speaker_id, link_version=link_version)
    event = events.whole_event(row.event_id)
    rules.check_answerable(event.status, event.ends_at, now)
    rules.check_absences(values.absences)
    row.equipment, row.equipment_note = [str(one) for one in values.equipment], values.equipment_note or None
    row.travel, row.diet, row.access = values.travel or None, values.diet or None, values.access or None
    before = {(one.starts_at, one.ends_at) for one in row.absences}
    row.absences = [SpeakerAbsence(starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in values.absences]
    row.needs_at, row.needs_erased_at = now, None
    row.availability_at = now if values.absences or values.is_always_there else None
    parts = [one for one in queries.parts_at(event) if one.person.id == row.person_id]
    if before != set(values.absences) and queries.clashes(parts, row):
        tell_organiser(row, event, now)


@transactional
def send_slides(
    speaker_id: int, *, link_version: int, accepted: Accepted, values: MaterialInput, now: datetime
) -> Material:
    """Put slides among the material of the event, by the rules that hold there.

    ``values.agenda_item_id``: one of this person's own items, or None for the whole event. Public ones are permitted by
    the person, in whose name ``permission_by`` is set here. Raises SpeakerNotFound, PartGone, TooManySlides, and what
    materials.services.upload raises.
    """
    row = queries.hold(speaker_id, link_version=link_version)
    if values.agenda_item_id not in {None, *own_item_ids(row)}:
        raise PartGone
    if queries.count_slides(row.id) >= MOST_SLIDES:
        raise TooManySlides(most=MOST_SLIDES)
    # whoever has the link may do just this at the event, so the house itself does it for them
    material = materials.upload(event_id=row.event_id, accepted=accepted, values=values, actor=SYSTEM, now=now)
    db.session.add(SpeakerSlides(material_id=material.id, speaker_id=row.id))
    return material


@transactional
def take_back_slides(speaker_id: int, *, link_version: int, material_id: int, now: datetime) -> None:
    """Remove what this person sent. Raises SpeakerNotFound, SlidesNotFound for anything else."""
    row = queries.hold(speaker_id, link_version=link_version)
    found = queries.slides_of(row.id, material_id)
    db.session.delete(found)
    db.session.flush()
    materials.remove(event_id=row.event_id, material_id=material_id, actor=SYSTEM, now=now)


def own_item_ids(row: Speaker) -> set[int]:
    """The items of the agenda in which this person has a part."""
    event = events.whole_event(row.event_id)
    return {one.item.id for one in queries.parts_at(event) if one.item and one.person.id == row.person_id}


def _consent(row: Speaker, values: ProfileInput, now: datetime) -> None:
    """The first yes counts, with the words and the language in which it was given."""
    if not values.consents:
        row.consent_at = row.consent_language = row.consent_version = None
    elif row.consent_at is None or row.consent_version != CONSENT_VERSION:
        row.consent_at, row.consent_language, row.consent_version = now, values.language, CONSENT_VERSION
