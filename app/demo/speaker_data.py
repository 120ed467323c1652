"""A workshop whose speakers were asked: one accepted and sent everything, one has not answered, one was not asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.events import queries as events
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.speakers import queries, services
from app.speakers.inputs import NeedsInput, ProfileInput
from app.speakers.rules import Equipment, SpeakerReply, slot_seen

EVENT = "E3"
ACCEPTED, SILENT = "Segnaposto", "Prova"  # by their family names
BIO = Texts(
    en="Bruno works for the province on what clusters and research do together.",
    it="Bruno lavora per la Provincia su ciò che cluster e ricerca fanno insieme.",
    de="Bruno arbeitet für die Provinz an dem, was Cluster und Forschung gemeinsam tun.",
)


def load_speakers(key: str, event_id: int, now: datetime) -> None:
    """Ask two of them for an answer by a day; the one who accepts says what he needs and may be shown."""
    if key != EVENT:
        return
    event, asked_at = events.whole_event(event_id), now - timedelta(days=4)
    people = {part.person.family_name: part.person.id for part in queries.parts_at(event)}
    services.set_deadline(
        event_slug=event.slug,
        answer_by=now + timedelta(days=7),
        remind_days_before=3,
        actor=SYSTEM,
        now=asked_at,
    )
    for name in (ACCEPTED, SILENT):
        services.ask(event_slug=event.slug, person_id=people[name], actor=SYSTEM, now=asked_at)
    _answer(event_id, people[ACCEPTED], now - timedelta(days=2))


def _answer(event_id: int, person_id: int, now: datetime) -> None:
    event, row = events.whole_event(event_id), queries.speaker_of_person(event_id, person_id)
    if row is None:
        return
    link = row.link_version
    seen = {part.key: slot_seen(part.slot) for part in queries.parts_at(event) if part.person.id == person_id}
    services.answer(row.id, link_version=link, answer=SpeakerReply.ACCEPTED, seen=seen, now=now)
    profile = ProfileInput(bio=BIO, languages=("it", "en"), consents=True)
    services.keep_profile(row.id, link_version=link, values=profile, now=now)
    needs = NeedsInput(equipment=(Equipment.PROJECTOR, Equipment.ADAPTER), is_always_there=True)
    services.keep_needs(row.id, link_version=link, values=needs, now=now)
