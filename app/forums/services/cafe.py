"""Set a world café up, seat people, name hosts, take notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from app.agenda.models import AgendaItem
from app.agenda.rules import AgendaRole, ItemKind
from app.audit import services as audit
from app.events.services import manageable_event
from app.forums import times
from app.forums.errors import (
    FormatNotFound,
    FrameHasNotes,
    HostsTwice,
    NobodyToSeat,
    NoSeatInRound,
    NotAParticipant,
    TableLinkNotFound,
    TooManyNotes,
)
from app.forums.inputs import CafeInput, NoteInput
from app.forums.models import Cafe, CafeNote, CafeRound, CafeSeat, CafeTable
from app.forums.queries import cafe as queries
from app.forums.queries import parts
from app.forums.rules import cafe as rules
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.network.actors import Actor

MOST_NOTES = 300  # at a table


@transactional
def set_up(*, event_slug: str, item_id: int, values: CafeInput, actor: Actor, now: datetime) -> None:
    """Say how a café runs: rounds with their questions, minutes, tables.

    Who stands on the agenda as a host of tables gets one. A plan of seats that no longer fits goes. Raises
    MayNotManage, FormatNotFound, what :func:`rules.check_frame` raises, and FrameHasNotes where notes would go.
    """
    item = _item(event_slug, item_id, actor)
    rounds = len(values.questions)
    cafe = queries.hold_cafe(item_id)
    people = parts.taking_part(item.event_id, item_id, only_present=bool(cafe and cafe.only_present))
    tables = values.tables or rules.usual_tables(len(people))
    rules.check_frame(rounds=rounds, minutes=values.round_minutes, tables=tables)
    if cafe is None:
        cafe = Cafe(item_id=item_id, event_id=item.event_id, round_minutes=values.round_minutes, version=0)
        db.session.add(cafe)
        db.session.flush()
    elif queries.has_notes_beyond(item_id, rounds=rounds, tables=tables):
        raise FrameHasNotes(field="tables")
    if (len(cafe.rounds), len(cafe.tables)) != (rounds, tables):
        _clear(cafe)
    cafe.round_minutes, cafe.version = values.round_minutes, cafe.version + 1
    _put_rounds(cafe, values)
    _put_tables(cafe, tables, item)
    _note(cafe, "cafe.set_up", actor, now, tables=tables, rounds=rounds)


@transactional
def seat(*, event_slug: str, item_id: int, only_present: bool, anew: bool = False, actor: Actor, now: datetime) -> int:
    """Seat everybody, or only who is there; how many guests sit then.

    Where there is a plan, late ones are put in and no-shows taken out, and as few of the others move as can be;
    ``anew`` makes another plan. Raises MayNotManage, FormatNotFound, NobodyToSeat.
    """
    cafe = _held(event_slug, item_id, actor)
    cafe.only_present = only_present
    if anew and cafe.seated_at:
        cafe.seed += 1
        _clear(cafe)
    guests = _seat(cafe, now)
    _note(cafe, "cafe.seated", actor, now, guests=guests, anew=anew, only_present=only_present)
    return guests


@transactional
def name_host(
    *,
    event_slug: str,
    item_id: int,
    table_id: int,
    registration_id: int | None,
    name: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Say who stays at a table: a participant, or somebody else by name; the plan follows with few moves.

    Raises MayNotManage, FormatNotFound, NotAParticipant, HostsTwice.
    """
    cafe = _held(event_slug, item_id, actor)
    table = queries.table_of_cafe(item_id, table_id)
    if registration_id is not None:
        if not parts.confirmed(cafe.event_id, [registration_id]):
            raise NotAParticipant(registration_id=registration_id)
        if any(one.host_id == registration_id and one.id != table_id for one in cafe.tables):
            raise HostsTwice(field="host")
    table.host_id, table.host_name = registration_id, "" if registration_id else name
    db.session.flush()
    if cafe.seated_at:
        _seat(cafe, now)
    _note(cafe, "cafe.host_named", actor, now, table=table.number)


@transactional
def renew_link(*, event_slug: str, item_id: int, table_id: int, actor: Actor, now: datetime) -> None:
    """Another link for a table; the old one opens nothing any more. Raises MayNotManage, FormatNotFound."""
    cafe = _held(event_slug, item_id, actor)
    table = queries.table_of_cafe(item_id, table_id)
    table.link_version += 1
    _note(cafe, "cafe.link_renewed", actor, now, table=table.number)


@transactional
def note_as_host(table_id: int, *, link_version: int, values: NoteInput, now: datetime) -> None:
    """Write down what was said at a table, by its link. Raises TableLinkNotFound, NoSeatInRound and as below."""
    table = db.session.get(CafeTable, table_id)
    if table is None or table.link_version != link_version:
        raise TableLinkNotFound
    _take(table, values, None, now)


@transactional
def note_as_guest(registration_id: int, *, item_id: int, values: NoteInput, now: datetime) -> None:
    """Write down what was said where somebody sat in that round; hosts at their own table.

    Raises NoSeatInRound, NotesNotYet, NotesOver, TooManyNotes.
    """
    cafe = queries.hold_cafe(item_id)
    if cafe is None:
        raise FormatNotFound(item_id=item_id)
    if not parts.confirmed(cafe.event_id, [registration_id]):
        raise NoSeatInRound(field="round")
    hosted = next((one for one in cafe.tables if one.host_id == registration_id), None)
    table_id = hosted.id if hosted else queries.seats_of(item_id, registration_id).get(values.round)
    if table_id is None:
        raise NoSeatInRound(field="round")
    _take(queries.table_of_cafe(item_id, table_id), values, registration_id, now)


@transactional
def remove_note(*, event_slug: str, item_id: int, note_id: int, actor: Actor, now: datetime) -> None:
    """Take a note off the harvest. Raises MayNotManage, FormatNotFound."""
    cafe = _held(event_slug, item_id, actor)
    db.session.delete(queries.note(item_id, note_id))
    cafe.version += 1
    _note(cafe, "cafe.note_removed", actor, now, note=note_id)


def _item(event_slug: str, item_id: int, actor: Actor) -> AgendaItem:
    event = manageable_event(event_slug, actor)
    return parts.part(event.id, item_id, ItemKind.WORLD_CAFE)


def _held(event_slug: str, item_id: int, actor: Actor) -> Cafe:
    _item(event_slug, item_id, actor)
    cafe = queries.hold_cafe(item_id)
    if cafe is None:
        raise FormatNotFound(item_id=item_id)
    return cafe


def _put_rounds(cafe: Cafe, values: CafeInput) -> None:
    known = {one.number: one for one in cafe.rounds}
    for number, question in enumerate(values.questions, 1):
        if number in known:
            known[number].question = question
        else:
            cafe.rounds.append(CafeRound(number=number, question=question))
    cafe.rounds[:] = [one for one in cafe.rounds if one.number <= len(values.questions)]


def _put_tables(cafe: Cafe, tables: int, item: AgendaItem) -> None:
    is_new = not cafe.tables
    cafe.tables[:] = [one for one in cafe.tables if one.number <= tables]
    for number in range(len(cafe.tables) + 1, tables + 1):
        cafe.tables.append(CafeTable(number=number, public_id=opaque_id(), host_name=""))
    if is_new:
        _take_over_hosts(cafe, item)


def _take_over_hosts(cafe: Cafe, item: AgendaItem) -> None:
    """Hosts whom the agenda names; who registered under the same address is that participant."""
    hosts = [one.person for one in item.persons if one.role is AgendaRole.TABLE_HOST]
    known = parts.confirmed_with_addresses(cafe.event_id, [one.email.casefold() for one in hosts if one.email])
    for table, person in zip(cafe.tables, hosts, strict=False):
        table.host_id = known.pop((person.email or "").casefold(), None)
        table.host_name = "" if table.host_id else person.full_name


def _seat(cafe: Cafe, now: datetime) -> int:
    hosts = {one.host_id for one in cafe.tables}
    people = parts.taking_part(cafe.event_id, cafe.item_id, only_present=cafe.only_present)
    guests = [one.id for one in people if one.id not in hosts]
    if not guests:
        raise NobodyToSeat
    if cafe.seated_at:
        plan = rules.reseat(queries.seating(cafe), guests)
    else:
        plan = rules.seat(guests, tables=len(cafe.tables), rounds=len(cafe.rounds), seed=cafe.seed)
    _write(cafe, plan)
    cafe.seated_at, cafe.version = now, cafe.version + 1
    return len(guests)


def _write(cafe: Cafe, plan: rules.Seating) -> None:
    db.session.execute(delete(CafeSeat).where(CafeSeat.item_id == cafe.item_id))
    db.session.add_all(_rows(cafe, plan))


def _rows(cafe: Cafe, plan: rules.Seating) -> Iterable[CafeSeat]:
    for number, seats in enumerate(plan.rounds, 1):
        for guest, table in seats.items():
            yield CafeSeat(item_id=cafe.item_id, registration_id=guest, round=number, table_id=cafe.tables[table].id)


def _clear(cafe: Cafe) -> None:
    db.session.execute(delete(CafeSeat).where(CafeSeat.item_id == cafe.item_id))
    cafe.seated_at = None


def _take(table: CafeTable, values: NoteInput, registration_id: int | None, now: datetime) -> None:
    cafe = queries.hold_cafe(table.item_id)
    if cafe is None or not 1 <= values.round <= len(cafe.rounds):
        raise NoSeatInRound(field="round")
    rules.check_notes(times.notes_state(cafe.item, now))
    if queries.same_note(table.id, values.round, values.text, registration_id):
        return
    if queries.count_notes(table.id) >= MOST_NOTES:
        raise TooManyNotes(most=MOST_NOTES)
    db.session.add(
        CafeNote(
            table_id=table.id,
            round=values.round,
            tag=values.tag,
            text=values.text,
            registration_id=registration_id,
            at=now,
        )
    )
    cafe.version += 1


def _note(cafe: Cafe, action: str, actor: Actor, now: datetime, **details: object) -> None:
    audit.note(
        action,
        subject=f"event:{cafe.event_id}",
        account_id=actor.account_id,
        now=now,
        item=cafe.item_id,
        **details,
    )
