"""One template, run by several partners in their regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.audit import services as audit
from app.events import queries
from app.events.errors import NoRegions, RegionsRefused, UnknownChoice
from app.events.models import Event, EventOrganisation, RegionalCopy
from app.events.rules import (
    MOST_COPIES,
    ORGANISING,
    REGIONAL_PARTS,
    TEMPLATES,
    OrganisationRole,
    Part,
)
from app.events.services.access import check_manageable
from app.events.services.inputs import EventInput, values_of
from app.events.services.series import new_series
from app.events.services.writing import NO_WORDS, keep_draft, new_draft
from app.kernel.dates import DatePrecision, instant, zone
from app.kernel.db import db, transactional
from app.kernel.errors import Invalid
from app.network.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionInput:
    """One copy: who runs it, where, in which language. ``starts_at`` is an instant; the end follows the template.

    ``timezone`` counts without a venue only: a venue brings its own. Its region, too, unless another one is named.
    """

    partner_id: int
    starts_at: datetime
    timezone: str
    language: str
    region_code: str | None = None
    venue_id: int | None = None


@transactional
def replicate(
    event_id: int, *, rows: Sequence[RegionInput], parts: frozenset[Part], actor: Actor, now: datetime
) -> list[int]:
    """Make a draft for each partner, all or none; gives their ids in the order of the rows.

    The partner becomes the organiser of its copy, and what organised the template a co-organiser, unless it is the
    partner itself: so a partner manages its own copy and no other. Persons never come along. A template without a
    series gets one, and stands in it with its copies.

    Raises EventNotFound, MayNotManage, NoRegions, and RegionsRefused with what is wrong row by row.
    """
    template = queries.whole_event(event_id)
    check_manageable(template, actor)
    if not 1 <= len(rows) <= MOST_COPIES:
        raise NoRegions(most=MOST_COPIES)
    parts &= REGIONAL_PARTS
    if template.series_id is None:
        template.series = new_series(template.title, template.kind, project_id=template.project_id)
    db.session.flush()
    made: list[int] = []
    refusals: list[tuple[int, Invalid]] = []
    for number, row in enumerate(rows):
        try:
            made.append(_keep(template, _draft(template, row, parts, now=now), row, parts, actor=actor, now=now))
        except Invalid as refusal:
            refusals.append((number, refusal))
    if refusals:  # takes back what was made
        raise RegionsRefused(refusals=refusals)
    audit.note(
        "event_replicated", subject=f"event:{template.slug}", account_id=actor.account_id, now=now, copies=len(made)
    )
    return made


def _draft(template: Event, row: RegionInput, parts: frozenset[Part], *, now: datetime) -> Event:
    if queries.organisation(row.partner_id) is None:
        raise UnknownChoice(field="partner_id")
    draft = new_draft(_values(template, row, parts), now=now, demonstration=template.demonstration)
    draft.organisations = _organisations(template, row.partner_id, parts)
    return draft


def _values(template: Event, row: RegionInput, parts: frozenset[Part]) -> EventInput:
    venue = queries.venue(row.venue_id) if row.venue_id else None
    if row.venue_id and venue is None:
        raise UnknownChoice(field="venue_id")
    region = queries.region(row.region_code) if row.region_code else None
    if row.region_code and region is None:
        raise UnknownChoice(field="region_code")
    shown = region or (venue.region if venue else None)
    timezone = venue.timezone if venue else row.timezone
    values = replace(
        values_of(template),
        venue_id=row.venue_id,
        online_url=None,
        country_code=region.country_code if region and not venue else None,
        region_code=row.region_code,
        starts_at=row.starts_at,
        ends_at=_ends_at(template, row.starts_at, timezone),
        timezone=timezone,
        date_precision=DatePrecision.DAY,
        languages=(row.language,),
        series_id=template.series_id,
        edition_label=shown.name.wording(row.language).text[:80] if shown else None,
    )
    return values if Part.TEXTS in parts else replace(values, **NO_WORDS)


def _ends_at(template: Event, starts_at: datetime, timezone: str) -> datetime:
    """As many days later, and as much later on the clock, as the template ends; raises NoSuchTime."""
    local = starts_at.astimezone(zone(timezone)).replace(tzinfo=None) + _length(template)
    return instant(local.date(), local.time(), timezone)


def _length(template: Event) -> timedelta:
    """On the clock; of a template without days, as long as its kind usually is."""
    if template.date_precision is not DatePrecision.DAY:
        usual, day = TEMPLATES[template.kind], date.min
        last = day + timedelta(days=usual.days - 1)
        return datetime.combine(last, usual.ends) - datetime.combine(day, usual.starts)
    there = zone(template.timezone)
    starts, ends = (edge.astimezone(there).replace(tzinfo=None) for edge in (template.starts_at, template.ends_at))
    return ends - starts


def _organisations(template: Event, partner_id: int, parts: frozenset[Part]) -> list[EventOrganisation]:
    """Other co-organisers of the template stay out: they would manage the copies of others."""
    found = [(partner_id, OrganisationRole.ORGANISER)]
    for part in template.organisations:
        if part.organisation_id == partner_id and part.role in ORGANISING:
            continue
        if part.role is OrganisationRole.ORGANISER:
            found.append((part.organisation_id, OrganisationRole.CO_ORGANISER))
        elif part.role not in ORGANISING and Part.ORGANISATIONS in parts:
            found.append((part.organisation_id, part.role))
    return [EventOrganisation(organisation_id=one, role=role) for one, role in dict.fromkeys(found)]


def _keep(
    template: Event, draft: Event, row: RegionInput, parts: frozenset[Part], *, actor: Actor, now: datetime
) -> int:
    event_id = keep_draft(
        draft,
        actor=actor,
        now=now,
        copied_from=template.id,
        with_agenda=Part.AGENDA in parts,
        parts=parts,
        is_regional=True,
    )
    db.session.add(
        RegionalCopy(
            event_id=event_id,
            template_id=template.id,
            partner_id=row.partner_id,
            follows_questions=Part.QUESTIONS in parts,
        )
    )
    return event_id
