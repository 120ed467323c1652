"""The page behind somebody's own link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.events.models import Event
from app.events.presenters import place_line, when_line
from app.events.rules import Format, Status
from app.kernel.countries import country_names
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.materials.presenters import MaterialLine, language_name, line
from app.registration.queries.items import seated_by_item
from app.speakers import links, queries, rules
from app.speakers.errors import NotAnswerable
from app.speakers.models import Speaker
from app.speakers.presenters.slots import PartView, part_view
from app.speakers.rules import SpeakerStanding, StillMissing
from app.venues.models import Venue


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSlides:
    material_id: int
    line: MaterialLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A venue, and how to get there."""

    name: str
    url: str
    address: str
    access: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """``types`` and ``countries``: words and how many people. ``slots_url``: for calendar programs."""

    speaker: Speaker
    event: Event
    name: str
    standing: SpeakerStanding
    parts: list[PartView]
    can_answer: bool
    missing: list[str]
    missing_codes: tuple[StillMissing, ...]
    when: str
    where: str
    languages: str
    people: int
    capacity: int | None
    types: list[tuple[str, int]]
    countries: list[tuple[str, int]]
    ways: list[Way]
    online_url: str
    contact: str
    slides: list[SentSlides]
    slots_url: str
    slots_path: str
    answer_by: datetime | None

    @property
    def open_parts(self) -> list[PartView]:
        return [part for part in self.parts if part.is_open]

    @property
    def item_choices(self) -> list[tuple[int, str]]:
        return list({part.item_id: part.title.text for part in self.parts if part.item_id}.items())


def own_page_of(speaker: Speaker, now: datetime) -> OwnPage:
    """Everything that the page shows, in a fixed number of queries."""
    event = queries.event_of_speaker(speaker)
    every = queries.parts_at(event)
    held = [part for part in every if part.person.id == speaker.person_id]
    clashing = {part.key for part in queries.clashes(held, speaker)}
    taken = {item_id: len(people) for item_id, people in seated_by_item(event.id).items()}
    parts = [part_view(event, part, speaker, every=every, clashing=clashing, taken=taken) for part in held]
    standing = rules.standing_of_person([part.standing for part in parts])
    crowd, settings, names = queries.crowd(event.id), queries.settings_of(event.id), country_names(language())
    codes = missing_of(speaker, held, standing)
    return OwnPage(
        speaker=speaker,
        event=event,
        name=speaker.person.full_name,
        standing=standing,
        parts=parts,
        can_answer=_can_answer(event, now),
        missing=[say(code) for code in codes],
        missing_codes=codes,
        when=when_line(event),
        where=place_line(event),
        languages=", ".join(language_name(spoken.language) for spoken in event.languages),
        people=crowd.people,
        capacity=crowd.capacity,
        types=[(say(kind), people) for kind, people in crowd.by_type.items()],
        countries=[(names.get(code, code), people) for code, people in crowd.by_country.items()],
        ways=_ways(event, held),
        online_url=event.online_url or "",
        contact=event.contact_email or "",
        slides=[SentSlides(material_id=one.material_id, line=line(one.material)) for one in speaker.slides],
        slots_url=links.slots_url(speaker),
        slots_path=links.slots_path(speaker),
        answer_by=settings.answer_by if settings else None,
    )


def missing_of(
    speaker: Speaker | None, held: list[queries.HeldPart], standing: SpeakerStanding
) -> tuple[StillMissing, ...]:
    """What a person still has to send."""
    return rules.missing(
        standing,
        has_bio=bool(speaker and speaker.bio),
        has_photo=bool(speaker and speaker.photo_id),
        has_slides=bool(speaker and speaker.slides),
        shows_something=any(part.item and part.role in rules.SHOWING for part in held),
        said_availability=bool(speaker and speaker.availability_at),
        said_needs=bool(speaker and speaker.needs_at),
    )


def own_data(speaker: Speaker) -> dict[str, Any]:
    """Everything that is kept about somebody, as plain values for JSON; instants are ISO 8601 in UTC."""
    kept = ("email", "locale", "equipment", "equipment_note", "travel", "diet", "access", "languages")
    moments = ("asked_at", "reminded_at", "needs_at", "availability_at", "needs_erased_at", "consent_at")
    return {
        "name": speaker.person.full_name,
        **{name: getattr(speaker, name) for name in kept},
        **{name: _iso(getattr(speaker, name)) for name in moments},
        "biography": dict(speaker.bio),
        "photo": speaker.photo.name if speaker.photo else None,
        "consent_language": speaker.consent_language,
        "consent_version": speaker.consent_version,
        "answers": [
            {
                "part": one.part,
                "answer": one.answer,
                "reason": one.reason,
                "at": _iso(one.answered_at),
                "starts_at": _iso(one.starts_at),
                "ends_at": _iso(one.ends_at),
                "place": one.place,
            }
            for one in speaker.answers
        ],
        "not_available": [[_iso(one.starts_at), _iso(one.ends_at)] for one in speaker.absences],
        "slides": [one.material.title for one in speaker.slides],
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _can_answer(event: Event, now: datetime) -> bool:
    try:
        rules.check_answerable(event.status, event.ends_at, now)
    except NotAnswerable:
        return False
    return event.status is not Status.HELD


def _ways(event: Event, held: list[queries.HeldPart]) -> list[Way]:
    """The venues where somebody is expected, each once; none for what is only online."""
    if event.format is Format.ONLINE:
        return []
    found: dict[int, Venue] = {}
    for part in held:
        item = part.item
        venue = event.venue
        if item is not None:
            venue = (item.stop.venue if item.stop else None) or (item.room.venue if item.room else None) or venue
        if venue is not None:
            found.setdefault(venue.id, venue)
    return [
        Way(
            name=venue.name.wording(language()).text,
            url=f"/venues/{venue.slug}",
            address=", ".join(
                one for one in (venue.street, " ".join(town for town in (venue.postcode, venue.city) if town)) if one
            ),
            access=venue.access,
        )
        for venue in found.values()
    ]
