"""Make findings of shared lines, write the report, propose practices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app.agenda import queries as agenda
from app.agenda.models import AgendaItem
from app.diaries.errors import FindingOnHold, LinesMissing
from app.diaries.inputs import DebriefInput, FindingInput
from app.diaries.models import DebriefFinding, FindingSource
from app.diaries.queries import findings
from app.diaries.queries import lines as queries
from app.diaries.rules.debrief import is_on_hold, is_shown, title_from
from app.diaries.services.reading import sources_of
from app.events.models import Event
from app.events.rules import ORGANISING
from app.events.services import manageable_event
from app.events.services.access import hold_for_change
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.network.models import Organisation
from app.practices import services as practices
from app.practices.inputs import PracticeInput, UseInput
from app.practices.permissions import may_edit
from app.practices.rules import Act


@transactional
def write(*, event_slug: str, values: DebriefInput, actor: Actor) -> None:
    """The organiser's own part of the report, and how long diaries are open. Raises MayNotManage, EventNotFound."""
    event = _held(event_slug, actor)
    row = queries.hold_debrief(event.id)
    row.open_days, row.objectives = values.open_days, values.objectives
    row.competence, row.cooperation = values.competence, values.cooperation


@transactional
def make_finding(
    *, event_slug: str, line_ids: Collection[int], values: FindingInput, actor: Actor, now: datetime
) -> int:
    """Merge lines into one finding in own words; lines that are not shared now are left out without a word of them.

    It belongs to the stop of the first line. Raises LinesMissing, MayNotManage, EventNotFound.
    """
    event = _held(event_slug, actor)
    lines = queries.shared_lines(event.id, line_ids)
    if not lines:
        raise LinesMissing
    row = DebriefFinding(
        event_id=event.id,
        item_id=lines[0].item_id,
        stop_title=lines[0].stop_title,
        prompt=values.prompt,
        text=values.text,
        in_report=values.in_report,
        made_at=now,
        sources=[FindingSource(line_id=line.id) for line in lines],
    )
    db.session.add(row)
    db.session.flush()
    return row.id


@transactional
def word_finding(*, event_slug: str, finding_id: int, values: FindingInput, actor: Actor) -> None:
    """Word a finding anew: lines that are no longer shared are not among its sources any more.

    Raises FindingNotFound, MayNotManage, EventNotFound, and LinesMissing where none of its lines is shared now.
    """
    row = findings.finding_of(_held(event_slug, actor).id, finding_id)
    if row.sources and not any(source.is_shared for source in sources_of(row)):
        raise LinesMissing
    shared = {source.id for source in sources_of(row) if source.is_shared}
    row.sources = [source for source in row.sources if source.id in shared]
    row.text, row.in_report, row.prompt = values.text, values.in_report, values.prompt


@transactional
def remove_finding(*, event_slug: str, finding_id: int, actor: Actor) -> None:
    """Take a finding back; its lines stay. Raises FindingNotFound, MayNotManage, EventNotFound."""
    db.session.delete(findings.finding_of(_held(event_slug, actor).id, finding_id))


@transactional
def propose_practice(*, event_slug: str, finding_id: int, language: str, actor: Actor, now: datetime) -> str:
    """Draft a best practice from a finding, linked to the stop where it was seen; gives its slug.

    Its owner is the host of the stop, or else an organiser, whichever the actor may write for. A second proposal
    leads to the first draft. Raises FindingNotFound, FindingOnHold, MayNotManage, EventNotFound.
    """
    event = _held(event_slug, actor)
    row = findings.finding_of(event.id, finding_id)
    if row.practice:
        return row.practice.slug
    if not is_shown(sources_of(row)):
        raise FindingOnHold
    item = agenda.stop_item(event.id, row.item_id) if row.item_id else None
    owner = _owner(event, item, actor)
    values = PracticeInput(
        title=Texts({language: title_from(row.text)}),
        summary=Texts({language: row.text}),
        owner_id=owner.id,
        country_code=owner.country_code,
        city=owner.city,
    )
    practice = practices.add(values=values, actor=actor, now=now)
    use = UseInput(practice_id=practice.id, act=Act.PRESENTED, agenda_item_id=row.item_id)
    practices.record_use(event_id=event.id, values=use, actor=actor, now=now)
    row.practice_id = practice.id
    return practice.slug


@transactional
def erase(*, before: datetime, limit: int = 50) -> int:
    """Erase the diaries of events that ended before; findings stay, without those whose lines were taken back.

    Gives how many events were cleaned.
    """
    ids = queries.events_to_erase(before, limit)
    for event_id in ids:
        for row in findings.findings_of(event_id):
            row.in_report = row.in_report and not is_on_hold(sources_of(row))
        db.session.flush()
        queries.erase_lines(event_id)
    return len(ids)


def _held(slug: str, actor: Actor) -> Event:
    return hold_for_change(manageable_event(slug, actor).id, actor)


def _owner(event: Event, item: AgendaItem | None, actor: Actor) -> Organisation:
    """The host before the organisers; who manages the event manages one of these."""
    host = item.stop.host if item and item.stop else None
    organisers = [part.organisation for part in event.organisations if part.role in ORGANISING]
    return next(one for one in ([host] if host else []) + organisers if may_edit(actor, one.id))
