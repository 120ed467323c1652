"""A list of people: taken in, checked line by line, looked at, and then invited; all in bounded batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from app.audit import services as audit
from app.events import queries as events
from app.events.models import Event
from app.events.services import manageable_event
from app.invitations import queries, rules
from app.invitations.errors import ListMovedOn, NobodyNew, NotInvitable
from app.invitations.inputs import GuestInput, ListInput
from app.invitations.models import InvitationList, InvitationListLine
from app.invitations.neighbours import registered_keys
from app.invitations.reading import Entry, sheet_of
from app.invitations.rules import Encoding, LineState, ListState
from app.invitations.services.inviting import check_invitable, enter, hold_inviting
from app.jobs import services as jobs
from app.kernel.db import db, table_of, transactional
from app.mail.rules import may_write
from app.network.actors import Actor

BATCH = 500
AT_ONCE = 200  # so many people are checked, and invited, while the organiser waits
READ = "read_invitation_list"
SEND = "send_invitation_list"
_LINES = table_of(InvitationListLine)
_INSERT = insert(_LINES)
_SET_STATE = update(_LINES).where(_LINES.c.id.in_(bindparam("ids", expanding=True))).values(state=bindparam("becomes"))


def begin_list(*, event_slug: str, content: bytes, pasted: bool, values: ListInput, actor: Actor, now: datetime) -> int:
    """Take a list in to be checked; nobody is written to yet. Returns its id.

    Raises UnreadableList in one of its kinds, before anything is kept; MayNotManage; NotInvitable.
    """
    sheet = sheet_of(content, pasted=pasted)  # before the transaction: reading takes time, and nobody shall wait
    list_id = _take_in(
        event_slug=event_slug,
        content=content,
        pasted=pasted,
        encoding=sheet.encoding,
        lines=len(sheet.rows),
        values=values,
        actor=actor,
        now=now,
    )
    if len(sheet.rows) <= AT_ONCE:
        note_lines(list_id, 0, sheet.entries(0, AT_ONCE))
    return list_id


@transactional
def note_lines(list_id: int, start: int, entries: Sequence[Entry]) -> None:
    """Write down what becomes of the next lines; a part that is written already is left alone."""
    found = queries.hold_list(list_id)
    if found.state is not ListState.READING or found.lines_read != start:
        return
    db.session.execute(_INSERT, [_values(found, entry, state) for entry, state in _judged(found, entries)])
    found.lines_read = start + len(entries)
    if found.lines_read >= found.lines:
        found.state, found.content = ListState.CHECKED, None


@transactional
def send_list(list_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Invite everybody new on a checked list: a few at once, many by the worker, within the day's limit.

    Raises MayNotManage, NotInvitable, ListNotFound, ListMovedOn, NobodyNew.
    """
    event = manageable_event(event_slug, actor)
    check_invitable(event, now)
    queries.list_of(event.id, list_id)
    found = queries.hold_list(list_id)
    if found.state is not ListState.CHECKED:
        raise ListMovedOn
    people = queries.counts_of_lines(list_id).get(LineState.NEW, 0)
    if not people:
        raise NobodyNew
    found.state, found.is_unlimited = ListState.SENDING, actor.is_administrator
    found.created_by = actor.account_id
    audit.note("list_invited", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, people=people)
    db.session.flush()
    if people <= AT_ONCE:
        while send_batch(list_id, now=now):
            pass
    else:
        _put_sending(list_id, now)


@transactional
def send_batch(list_id: int, *, now: datetime) -> bool:
    """Invite the next few of a list; says whether there may be more to do now.

    When the day's limit is reached, the list goes on by itself as soon as the limit allows.
    """
    found = queries.hold_list(list_id)
    if found.state is not ListState.SENDING:
        return False
    event = events.event(found.event_id)
    hold_inviting(event.id)
    if not _may_go_on(found, event, now):
        return False
    lines = queries.new_lines(list_id, _allowed(found, now))
    if not lines:
        found.state = ListState.SENT
        return False
    keys = [line.email_key for line in lines]
    standing = queries.invited_keys(event.id, keys)
    registered = registered_keys(event.id, keys)
    recent = queries.recent_mails(keys, now - rules.A_DAY)
    groups: dict[LineState, list[int]] = {}
    guests = []
    for line in lines:
        state = _state_when_sent(line.email_key, standing, registered, recent)
        groups.setdefault(state, []).append(line.id)
        if state is LineState.INVITED:
            guests.append(_guest(found, line))
    if guests:
        enter(event.id, guests, invited_by=found.created_by, now=now)
    for state, ids in groups.items():
        db.session.execute(_SET_STATE, {"ids": ids, "becomes": state})
    return True


@transactional
def drop_list(list_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Throw a list away that is not being sent. Who was invited by it stays invited. Raises ListMovedOn."""
    event = manageable_event(event_slug, actor)
    queries.list_of(event.id, list_id)
    found = queries.hold_list(list_id)
    if found.state is ListState.SENDING:
        raise ListMovedOn
    db.session.delete(found)
    audit.note("list_dropped", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, list_id=list_id)


@transactional
def _take_in(
    *,
    event_slug: str,
    content: bytes,
    pasted: bool,
    encoding: Encoding | None,
    lines: int,
    values: ListInput,
    actor: Actor,
    now: datetime,
) -> int:
    event = manageable_event(event_slug, actor)
    check_invitable(event, now)
    found = InvitationList(
        event_id=event.id,
        state=ListState.READING,
        content=content,
        pasted=pasted,
        encoding=encoding,
        locale=values.locale,
        role=values.role,
        note=values.note or None,
        skips_approval=values.skips_approval,
        lines=lines,
        lines_read=0,
        created_at=now,
        created_by=actor.account_id,
    )
    db.session.add(found)
    db.session.flush()
    jobs.put(READ, dedupe_key=f"{READ}:{found.id}", run_at=now, list_id=found.id)
    return found.id


def _judged(found: InvitationList, entries: Sequence[Entry]) -> list[tuple[Entry, LineState]]:
    keys = {entry.email_key for entry in entries if not entry.fault}
    seen = queries.listed_keys(found.id, keys)
    invited = queries.invited_keys(found.event_id, keys)
    registered = registered_keys(found.event_id, keys)
    judged = []
    for entry in entries:
        key = entry.email_key
        state = rules.line_state(
            is_wrong=entry.fault is not None,
            is_repeated=key in seen,
            is_invited=key in invited,
            is_registered=key in registered,
        )
        if not entry.fault:
            seen.add(key)
        judged.append((entry, state))
    return judged


def _values(found: InvitationList, entry: Entry, state: LineState) -> dict[str, object]:
    return {
        "list_id": found.id,
        "line": entry.line,
        "state": state,
        "fault": entry.fault,
        "email": entry.email,
        "email_key": entry.email_key[:254],
        "given_name": entry.given_name,
        "family_name": entry.family_name,
        "organisation": entry.organisation,
        "locale": entry.locale or found.locale,
    }


def _may_go_on(found: InvitationList, event: Event, now: datetime) -> bool:
    try:
        check_invitable(event, now)
    except NotInvitable:
        found.state = ListState.SENT  # who was not reached stands on its page
        return False
    if _allowed(found, now):
        found.goes_on_at = None
        return True
    first = queries.first_invited_since(event.id, now - rules.A_DAY)
    found.goes_on_at = (first or now) + rules.A_DAY
    _put_sending(found.id, found.goes_on_at)
    return False


def _allowed(found: InvitationList, now: datetime) -> int:
    if found.is_unlimited:
        return BATCH
    invited = queries.invited_since(found.event_id, now - rules.A_DAY)
    return min(BATCH, rules.still_today(invited, is_administrator=False) or 0)


def _state_when_sent(key: str, invited: set[str], registered: set[str], recent: dict[str, int]) -> LineState:
    """Things may have changed since the list was checked."""
    if key in invited:
        return LineState.INVITED_BEFORE
    if key in registered:
        return LineState.REGISTERED_BEFORE
    return LineState.INVITED if may_write(recent.get(key, 0)) else LineState.LEFT_OUT


def _guest(found: InvitationList, line: queries.ListedPerson) -> GuestInput:
    return GuestInput(
        email=line.email,
        given_name=line.given_name,
        family_name=line.family_name,
        organisation=line.organisation,
        locale=line.locale,
        role=found.role,
        note=found.note or "",
        skips_approval=found.skips_approval,
    )


def _put_sending(list_id: int, run_at: datetime) -> None:
    jobs.put(SEND, dedupe_key=f"{SEND}:{list_id}:{run_at.isoformat()}", run_at=run_at, list_id=list_id)
