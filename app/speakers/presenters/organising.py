"""The organiser's page: who was asked, who answered what, what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from app.events.models import Event
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.materials.presenters import language_name, line
from app.registration.presenters import moment_words
from app.registration.queries import parts as part_holders
from app.speakers import queries, rules
from app.speakers.errors import AskedJustNow, MayNotAsk
from app.speakers.models import Speaker
from app.speakers.presenters.own import SentSlides, missing_of
from app.speakers.presenters.slots import PartView, part_view, slot_words
from app.speakers.queries import HeldPart
from app.speakers.rules import Equipment, Slot, SpeakerStanding
from app.speakers.services.asking import can_be_reminded


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerLine:
    """One person. ``absences``: stretches in words; ``needs``: words and what was typed."""

    person_id: int
    name: str
    organisation: str
    email: str
    locale: str
    standing: SpeakerStanding
    parts: list[PartView]
    missing: list[str]
    asked: str
    is_revoked: bool
    can_ask: bool
    bio: Texts
    has_photo: bool
    consents: bool
    languages: str
    equipment: list[str]
    needs: list[tuple[str, str]]
    absences: list[str]
    needs_erased: bool
    slides: list[SentSlides]

    @property
    def has_clash(self) -> bool:
        return any(part.is_clash for part in self.parts)

    @property
    def has_sent(self) -> bool:
        return bool(self.bio or self.has_photo or self.languages or self.equipment or self.needs or self.absences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    lines: list[SpeakerLine]
    figures: dict[SpeakerStanding, int]
    may_ask: bool
    silent: int
    unasked: int
    answer_by: str
    is_past_deadline: bool


def overview_of(event: Event, now: datetime) -> Overview:
    """Everybody with a part, who owes an answer first; in a fixed number of queries."""
    every = queries.parts_at(event)
    known = queries.speakers(event.id)
    holders = {one.person_id: one for one in part_holders.part_holders(event.id)}
    settings = queries.settings_of(event.id)
    by_person: dict[int, list[HeldPart]] = defaultdict(list)
    for part in every:
        by_person[part.person.id].append(part)
    may_ask = _may_ask(event, now)
    lines = []
    for person_id, held in by_person.items():
        row = known.get(person_id)
        found = _line(event, held, every=every, row=row, holder=holders.get(person_id))
        lines.append(replace(found, can_ask=may_ask and _can_ask(row, now)))
    order = list(SpeakerStanding)
    lines.sort(key=lambda one: order.index(one.standing))
    answer_by = settings.answer_by if settings else None
    return Overview(
        lines=lines,
        figures=Counter(one.standing for one in lines),
        may_ask=may_ask,
        silent=sum(can_be_reminded(held, known.get(one), now) for one, held in by_person.items()) if may_ask else 0,
        unasked=sum(1 for one in lines if one.can_ask and not one.asked and one.email) if may_ask else 0,
        answer_by=moment_words(answer_by, event) if answer_by else "",
        is_past_deadline=answer_by is not None and answer_by <= now,
    )


def _line(
    event: Event,
    held: list[HeldPart],
    *,
    every: list[HeldPart],
    row: Speaker | None,
    holder: part_holders.PartHolder | None,
) -> SpeakerLine:
    clashing = {part.key for part in queries.clashes(held, row)}
    parts = [part_view(event, part, row, every=every, clashing=clashing) for part in held]
    standing = rules.standing_of_person([part.standing for part in parts])
    return SpeakerLine(
        person_id=held[0].person.id,
        name=held[0].person.full_name,
        organisation=next((one.organisation.name for one in held if one.organisation), ""),
        email=row.email if row else (holder.address if holder else ""),
        locale=row.locale if row else (holder.locale if holder else "en"),
        standing=standing,
        parts=parts,
        missing=[say(code) for code in missing_of(row, held, standing)],
        asked=moment_words(row.asked_at, event) if row and row.asked_at else "",
        is_revoked=bool(row and row.revoked_at),
        can_ask=False,
        bio=row.bio if row and row.asked_at else Texts(),
        has_photo=bool(row and row.photo_id),
        consents=bool(row and row.consent_at),
        languages=", ".join(language_name(code) for code in row.languages) if row else "",
        equipment=_equipment(row),
        needs=_needs(row),
        absences=[
            slot_words(Slot(starts_at=one.starts_at, ends_at=one.ends_at, place=""), event.timezone)
            for one in (row.absences if row else ())
        ],
        needs_erased=bool(row and row.needs_erased_at),
        slides=_slides(row),
    )


def _equipment(row: Speaker | None) -> list[str]:
    known = {str(one) for one in Equipment}
    words = [say(Equipment(code)) for code in (row.equipment if row else ()) if code in known]
    return [*words, row.equipment_note] if row and row.equipment_note else words


def _needs(row: Speaker | None) -> list[tuple[str, str]]:
    named = ("travel", "diet", "access")
    return [(name, value) for name in named if row and (value := getattr(row, name))]


def _slides(row: Speaker | None) -> list[SentSlides]:
    return [SentSlides(material_id=one.material_id, line=line(one.material)) for one in (row.slides if row else ())]


def _can_ask(row: Speaker | None, now: datetime) -> bool:
    try:
        rules.check_again(row.asked_at if row else None, now, was_revoked=bool(row and row.revoked_at))
    except AskedJustNow:
        return False
    return True


def _may_ask(event: Event, now: datetime) -> bool:
    try:
        rules.check_may_ask(event.status, event.ends_at, now)
    except MayNotAsk:
        return False
    return True
