"""A practice and its journey, as pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from app.agenda.rules import AgendaRole, clock
from app.events.models import Event
from app.events.presenters import when_of
from app.kernel.date_words import short_day
from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.practices.models import Practice, PracticeUse
from app.practices.queries import country
from app.practices.rules import Aim

TELLS = frozenset({AgendaRole.SPEAKER, AgendaRole.INVITED_EXPERT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAct:
    """What was done with a practice, in which item of the agenda and by whom."""

    words: str
    item_title: Wording | None
    item_url: str | None
    clock: str
    persons: tuple[str, ...]
    notes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a practice's journey: an event, and what happened to the practice there."""

    when: str
    is_planned: bool
    title: Wording
    url: str
    acts: tuple[ShownAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage:
    slug: str
    title: Wording
    summary: Wording
    body: Wording
    body_html: Markup
    owner: str
    owner_url: str
    sector: Wording | None
    sector_url: str | None
    aims: tuple[tuple[str, str], ...]  # addresses of lists, with their words
    place: str
    is_published: bool
    demonstration: bool
    journey: tuple[Step, ...]


def page_of(practice: Practice, *, now: datetime) -> PracticePage:
    """The page of a practice; only events that stand on lists are part of the journey that is shown."""
    lang = language()
    body = practice.body.wording(lang)
    return PracticePage(
        slug=practice.slug,
        title=practice.title.wording(lang),
        summary=practice.summary.wording(lang),
        body=body,
        body_html=markdown(body.text),
        owner=practice.owner.name,
        owner_url=f"/organisations/{practice.owner.slug}",
        sector=practice.sector.name.wording(lang) if practice.sector else None,
        sector_url=f"/sectors/{practice.sector_id}" if practice.sector_id else None,
        aims=tuple((f"/practices?aim={aim}", say(aim)) for aim in Aim if aim in practice.aims),
        place=_place(practice, lang),
        is_published=practice.is_published,
        demonstration=practice.demonstration,
        journey=tuple(_journey(practice, lang, now)),
    )


def _place(practice: Practice, lang: str) -> str:
    land = country(practice.country_code)
    region = practice.region.name.wording(lang).text if practice.region else ""
    return ", ".join(part for part in (practice.city, region, land.name.wording(lang).text if land else "") if part)


def _journey(practice: Practice, lang: str, now: datetime) -> Iterator[Step]:
    shown = [use for use in practice.uses if use.event.on_lists]
    shown.sort(key=lambda use: (use.event.starts_at, use.event_id, _minute(use), use.id))
    for event, uses in groupby(shown, key=lambda use: use.event):
        url = f"/events/{event.slug}"
        yield Step(
            when=_when(event),
            is_planned=event.starts_at > now,
            title=event.title.wording(lang),
            url=url,
            acts=tuple(_act(use, url, lang) for use in uses),
        )


def _minute(use: PracticeUse) -> tuple[int, int]:
    return (use.agenda_item.day, use.agenda_item.start_minute) if use.agenda_item else (-1, 0)


def _act(use: PracticeUse, event_url: str, lang: str) -> ShownAct:
    item = use.agenda_item
    persons = item.persons if item else []
    return ShownAct(
        words=say(use.act),
        item_title=item.title.wording(lang) if item else None,
        item_url=f"{event_url}#item-{item.id}" if item else None,
        clock=clock(item.start_minute) if item else "",
        persons=tuple(part.person.full_name for part in persons if part.role in TELLS and part.person.is_public),
        notes=use.notes,
    )


def _when(event: Event) -> str:
    when = when_of(event.starts_at, event.ends_at, event.timezone, event.date_precision)
    return short_day(when.starts_at.date()) if when.starts_at else when.days
