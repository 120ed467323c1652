"""Write practices down, publish them, and keep what happened to them at events."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count

from app.agenda.facts import AgendaChanged
from app.agenda.queries import item as agenda_item
from app.audit import services as audit
from app.events.services.access import hold_for_change
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import slugify
from app.network.actors import Actor
from app.practices import queries
from app.practices.errors import MayNotEdit, PracticeNotFound, SummaryMissing, TitleMissing, UnknownChoice
from app.practices.inputs import PracticeInput, UseInput
from app.practices.models import Practice, PracticeUse
from app.practices.permissions import may_edit
from app.search import services as search

RESERVED = frozenset({"new"})


@transactional
def add(
    *, values: PracticeInput, actor: Actor, now: datetime, slug: str | None = None, demonstration: bool = False
) -> Practice:
    """Write down a practice, not yet published; raises MayNotEdit, TitleMissing or UnknownChoice."""
    row = Practice(created_at=now, demonstration=demonstration)
    _write(row, values, actor, now)
    row.slug = slug or _free_slug(values)
    db.session.add(row)
    db.session.flush()
    return row


@transactional
def edit(*, practice_id: int, values: PracticeInput, actor: Actor, now: datetime) -> Practice:
    """Change a practice; another owner must be one's own too. Raises PracticeNotFound and what :func:`add` raises."""
    row = _editable(practice_id, actor)
    _write(row, values, actor, now)
    _tell(row)
    return row


@transactional
def publish(*, practice_id: int, actor: Actor, now: datetime) -> None:
    """Show a practice to everybody; raises SummaryMissing, MayNotEdit or PracticeNotFound."""
    row = _editable(practice_id, actor)
    if not row.summary:
        raise SummaryMissing
    _turn(row, True, actor, now)


@transactional
def take_back(*, practice_id: int, actor: Actor, now: datetime) -> None:
    """Hide a practice; its journey is kept. Raises MayNotEdit or PracticeNotFound."""
    _turn(_editable(practice_id, actor), False, actor, now)


@transactional
def record_use(*, event_id: int, values: UseInput, actor: Actor, now: datetime) -> PracticeUse:
    """Write down what happened to a practice at an event; saying it again replaces the notes.

    The link to the agenda item survives its editing and moving. Raises MayNotManage unless the actor manages the
    event, PracticeNotFound for one that is not published and not the actor's, ItemNotFound for another event's item.
    """
    hold_for_change(event_id, actor)
    practice = queries.practice(values.practice_id)
    if not practice.is_published and not may_edit(actor, practice.owner_id):
        raise PracticeNotFound(practice_id=practice.id)
    if values.agenda_item_id:
        agenda_item(event_id, values.agenda_item_id)
    use = queries.same_use(event_id, practice.id, values.agenda_item_id, values.act) or PracticeUse(
        practice_id=practice.id, event_id=event_id, agenda_item_id=values.agenda_item_id, act=values.act
    )
    use.notes = values.notes
    db.session.add(use)
    db.session.flush()
    record(AgendaChanged(event_id=event_id))
    return use


@transactional
def remove_use(*, event_id: int, use_id: int, actor: Actor, now: datetime) -> None:
    """Strike out what was written down; raises MayNotManage or UseNotFound."""
    event = hold_for_change(event_id, actor)
    use = queries.use(event_id, use_id)
    audit.note(
        "practice.use_removed",
        subject=f"event:{event.slug}",
        account_id=actor.account_id,
        now=now,
        practice_id=use.practice_id,
        act=use.act,
    )
    db.session.delete(use)
    record(AgendaChanged(event_id=event_id))


@transactional
def reindex(practice_id: int) -> None:
    """Put the search document anew; only what is published can be found. Raises PracticeNotFound."""
    db.session.flush()
    row = queries.practice(practice_id)
    if not row.is_published:
        search.forget("practice", row.id)
        return
    owner = row.owner
    sector = [*row.sector.name.all_words(), *row.sector.aliases] if row.sector else []
    texts = chain(row.summary.all_words(), row.body.all_words(), owner.aliases, sector)
    names = [owner.name, owner.short_name or "", row.city or ""]
    search.index("practice", row.id, names=row.title.all_words(), texts=[*names, *texts])


def _editable(practice_id: int, actor: Actor) -> Practice:
    row = queries.practice(practice_id)
    if not may_edit(actor, row.owner_id):
        raise MayNotEdit(slug=row.slug) if row.is_published else PracticeNotFound(practice_id=practice_id)
    return row


def _turn(row: Practice, is_published: bool, actor: Actor, now: datetime) -> None:
    if row.is_published is is_published:
        return
    row.is_published, row.changed_at = is_published, now
    action = "practice.published" if is_published else "practice.taken_back"
    audit.note(action, subject=f"practice:{row.slug}", account_id=actor.account_id, now=now)
    _tell(row)


def _write(row: Practice, values: PracticeInput, actor: Actor, now: datetime) -> None:
    if not may_edit(actor, values.owner_id):
        raise MayNotEdit(owner_id=values.owner_id)
    _check(values)
    for name in PracticeInput.__slots__:
        setattr(row, name, getattr(values, name))
    row.changed_at = now


def _check(values: PracticeInput) -> None:
    if not values.title:
        raise TitleMissing(field="title_en")
    region = queries.region(values.region_code) if values.region_code else None
    is_known = {
        "owner_id": queries.knows_owner(values.owner_id),
        "country_code": queries.country(values.country_code) is not None,
        "sector_id": not values.sector_id or queries.knows_sector(values.sector_id),
        "region_code": not values.region_code or (region is not None and region.country_code == values.country_code),
    }
    for field, known in is_known.items():
        if not known:
            raise UnknownChoice(field=field)


def _tell(row: Practice) -> None:
    """A practice is named on the agendas where it came up, so they changed too."""
    reindex(row.id)
    for event_id in queries.events_of(row.id):
        record(AgendaChanged(event_id=event_id))


def _free_slug(values: PracticeInput) -> str:
    plain = slugify(values.title.wording("en").text, longest=70) or "practice"
    candidates = chain([plain], (f"{plain}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.slug_is_taken(slug))
