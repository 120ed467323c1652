"""The journey of a practice as one thread."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask_babel import gettext as _

from app.agenda.annotations import Annotation
from app.agenda.rules import AgendaRole, clock
from app.events.models import Event
from app.events.presenters import when_of
from app.kernel.date_words import local_day, rough_span, short_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.materials.agenda_links import materials_in
from app.practices.models import Practice, PracticeChange, PracticeUse
from app.practices.panels import knots_of
from app.practices.presenters.page import address_of
from app.practices.rules import Act
from app.practices.rules.states import Step
from app.practices.rules.thread import Knot, Stretch, in_order

TELLS = frozenset({AgendaRole.SPEAKER, AgendaRole.INVITED_EXPERT})
TOLD = frozenset({Step.IDENTIFY, Step.SELECT, Step.LEAVE_OUT, Step.PUBLISH, Step.VALIDATE, Step.RETIRE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAct:
    """What was done with a practice, in which item of the agenda and by whom; ``papers``: address and title."""

    words: str
    item_title: Wording | None
    item_url: str | None
    clock: str
    persons: tuple[str, ...]
    notes: str | None
    outcome: str | None
    papers: tuple[tuple[str, str], ...]


def thread_of(practice: Practice, changes: Sequence[PracticeChange], *, now: datetime) -> list[Knot]:
    """From the study to those who took it up, in the order of time; what is to come is last."""
    return in_order([*_origin(practice), *_steps(changes), *_uses(practice, now), *knots_of(practice, now)])


def _origin(practice: Practice) -> Iterator[Knot]:
    lang, study = language(), practice.study
    starts = study.starts or study.ends if study else None
    on = starts.first if starts else None
    if study:
        when = rough_span(study.starts, study.ends) if starts else ""
        title = study.title.wording(lang)
        yield Knot(part=Stretch.STUDY, on=on, when=when, words=_("studied"), about=title, url=f"/studies/{study.slug}")
    for service in practice.cluster_services:
        name = f"{service.name.wording(lang).text}, {service.organisation.name}"
        yield Knot(
            part=Stretch.STUDY,
            on=on,
            when="",
            words=_("found as a service"),
            about=name,
            url=address_of(service, study),
        )


def _steps(changes: Sequence[PracticeChange]) -> Iterator[Knot]:
    """``changes``: the newest first."""
    for change in reversed(changes):
        if change.step in TOLD:
            by = change.organisation
            yield Knot(
                part=Stretch.STEP,
                on=change.at.date(),
                when=short_day(change.at.date()),
                words=_("Not selected") if change.step is Step.LEAVE_OUT else say(change.after),
                about=by.name if by else "",
                url=f"/organisations/{by.slug}" if by else None,
            )


def _uses(practice: Practice, now: datetime) -> Iterator[Knot]:
    """Only events that stand on lists are told of."""
    shown = [use for use in practice.uses if use.event.on_lists]
    papers = materials_in([use.agenda_item_id for use in shown if use.agenda_item_id])
    handed_out = {use.agenda_item_id for use in shown if use.act is Act.SHARED}
    shown.sort(key=lambda use: (use.event.starts_at, use.event_id, _minute(use), use.id))
    for event, uses in groupby(shown, key=lambda use: use.event):
        url = f"/events/{event.slug}"
        yield Knot(
            part=Stretch.USE,
            on=local_day(event.starts_at, event.timezone),
            when=_when(event),
            words="",
            about=event.title.wording(language()),
            url=url,
            is_ahead=event.starts_at > now,
            acts=tuple(
                _act(use, url, language(), papers.get(use.agenda_item_id or 0, []) if _shows(use, handed_out) else [])
                for use in uses
            ),
        )


def _minute(use: PracticeUse) -> tuple[int, int]:
    return (use.agenda_item.day, use.agenda_item.start_minute) if use.agenda_item else (-1, 0)


def _shows(use: PracticeUse, handed_out: Collection[int | None]) -> bool:
    """Material stands once with its item: where it was shared, else where the practice was presented."""
    return use.act is Act.SHARED or (use.act is Act.PRESENTED and use.agenda_item_id not in handed_out)


def _act(use: PracticeUse, event_url: str, lang: str, papers: Sequence[Annotation]) -> ShownAct:
    item = use.agenda_item
    persons = item.persons if item else []
    return ShownAct(
        words=say(use.act),
        item_title=item.title.wording(lang) if item else None,
        item_url=f"{event_url}#item-{item.id}" if item else None,
        clock=clock(item.start_minute) if item else "",
        persons=tuple(part.person.full_name for part in persons if part.role in TELLS and part.person.is_public),
        notes=use.notes,
        outcome=use.outcome,
        papers=tuple((paper.url or "", paper.label) for paper in papers),
    )


def _when(event: Event) -> str:
    when = when_of(event.starts_at, event.ends_at, event.timezone, event.date_precision)
    return short_day(when.starts_at.date()) if when.starts_at else when.days
