"""Verbs on personal calendars. Secrets leave these verbs once; the database keeps digests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from app.accounts import queries as accounts
from app.calendars.entries import CalendarEntry
from app.changes import services as changes
from app.changes.rules import next_stamp
from app.feeds import queries as feeds_queries
from app.feeds.rules import Face, says_the_same
from app.feeds.services import mark_missing
from app.fetches.facts import Use
from app.jobs import services as jobs
from app.kernel.db import db, transactional
from app.kernel.ids import digest, new_secret, new_uid, opaque_id
from app.mail import queries as mail_queries
from app.mail import services as mail
from app.mail.errors import UnusableAddress
from app.mail.rules import address_key, is_mailable
from app.personal import queries
from app.personal.entries import Wish, changed_by, entry_of, rendered
from app.personal.errors import TooManyCalendars
from app.personal.gathering import Concern, Gathered, gather
from app.personal.models import AgendaEntry, CalendarToken, FormerAddress
from app.personal.rules import (
    KEPT,
    MOST_CALENDARS,
    PROOFS_AN_HOUR,
    REMEMBERED,
    Part,
    new_password,
    typed_password,
)

REFRESH = "refresh_personal_calendar"
PROOF_MAIL = "calendar_proof"
MOST_AT_ONCE = 1000
_AN_HOUR = timedelta(hours=1)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody chose for one calendar."""

    label: str
    language: str
    timezone: str
    parts: frozenset[Part] = frozenset(Part)
    reminder_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A new calendar and its secrets, which nobody can read again."""

    token_id: int
    secret: str
    password: str


@dataclass(frozen=True, slots=True)
class _Made:
    entry: CalendarEntry
    body: bytes
    zones: str


@transactional
def make_calendar(*, email: str, wanted: Wanted, now: datetime) -> Opened:
    """A calendar for one device of the owner of an address, who must have proved it. Raises TooManyCalendars,
    UnusableAddress."""
    email = email.strip()
    if not is_mailable(email):
        raise UnusableAddress(field="email")
    key = address_key(email)
    if queries.count_live(key) >= MOST_CALENDARS:
        raise TooManyCalendars(most=MOST_CALENDARS)
    account = accounts.account_of(email)
    secret, password = new_secret(), new_password()
    token = CalendarToken(
        public_id=opaque_id(),
        email=email,
        email_key=key,
        account_id=account.id if account and not account.disabled_at else None,
        secret_digest=digest(secret),
        password_digest=digest(typed_password(password)),
        created_at=now,
        changed_at=now,
        **_columns(wanted),
    )
    db.session.add(token)
    db.session.flush()
    refresh(token.id, now=now)
    return Opened(token.id, secret, password)


@transactional
def edit_calendar(token_id: int, *, email_key: str, wanted: Wanted, now: datetime) -> None:
    """Choose otherwise; the address stays. Raises CalendarNotFound."""
    token = queries.token_of(token_id, email_key, lock=True)
    before, parts = (token.label, token.language), token.parts
    for name, value in _columns(wanted).items():
        setattr(token, name, value)
    db.session.flush()
    # what is not wanted any more is gone; it was not called off
    if not refresh(token.id, now=now, leaves_traces=parts == token.parts) and before != (token.label, token.language):
        _raise_version(token, now)


@transactional
def revoke_calendar(token_id: int, *, email_key: str, now: datetime) -> None:
    """Address and password open nothing from now on. Raises CalendarNotFound."""
    queries.token_of(token_id, email_key, lock=True).revoked_at = now


@transactional
def renew_address(token_id: int, *, email_key: str, now: datetime) -> Opened:
    """A new address and app password of the same calendar, for a program that keeps to what it once fetched. The
    former address says that it was withdrawn; the password opens nothing. Raises CalendarNotFound."""
    token = queries.token_of(token_id, email_key, lock=True)
    db.session.add(FormerAddress(secret_digest=token.secret_digest, token_id=token.id, since=now))
    secret, password = new_secret(), new_password()
    token.secret_digest, token.password_digest = digest(secret), digest(typed_password(password))
    return Opened(token.id, secret, password)


@transactional
def note_uses(uses: Sequence[Use]) -> None:
    """Remember when and by which program each of some calendars was last fetched."""
    tokens = queries.tokens([use.token_id for use in uses])
    for use in uses:
        token = tokens.get(use.token_id)
        if token and (token.last_used_at is None or token.last_used_at < use.at):
            token.last_used_at, token.client = use.at, use.family


@transactional
def ask_for_proof(*, email: str, locale: str, now: datetime) -> None:
    """Mail a link that proves an address. The asker learns nothing of who is known. Raises UnusableAddress."""
    email = email.strip()
    if not is_mailable(email):
        raise UnusableAddress(field="email")
    key = address_key(email)
    if mail_queries.count_recent(key, now - _AN_HOUR, name=PROOF_MAIL) >= PROOFS_AN_HOUR:
        return
    mail.queue(
        PROOF_MAIL,
        recipient=email,
        locale=locale,
        about="calendars",
        dedupe_key=f"{PROOF_MAIL}:{key}:{now.isoformat()}",
        now=now,
        email=email,
        asked_at=now.isoformat(),
    )


@transactional
def put_refreshes(token_ids: Collection[int], *, now: datetime) -> None:
    """Leave it to the worker to look at calendars anew: whoever changes an event does not wait for them."""
    jobs.put_all(
        [
            jobs.Work(
                kind=REFRESH,
                dedupe_key=f"{REFRESH}:{token_id}:{now.isoformat()}",
                run_at=now,
                payload={"token_id": token_id},
            )
            for token_id in sorted(token_ids)
        ]
    )


@transactional
def refresh(token_id: int, *, now: datetime, leaves_traces: bool = True) -> bool:
    """Make a calendar as things are now; says whether anything differs. What no longer concerns its owner stays as
    a cancelled entry for KEPT, if it ``leaves_traces``."""
    token = queries.token(token_id, lock=True)
    if token is None or token.revoked_at:
        return False
    standing = queries.entries(token_id)
    gathered = gather(token, still=_still(standing.values(), now) if leaves_traces else (), now=now)
    wish = Wish.of(token)
    wanted: dict[str, _Made] = {}
    missing = set(gathered.unreadable)
    for source, concern in gathered.concerns.items():
        try:
            made = _make(concern, gathered, wish, standing.get(source), now)
        except Exception:
            log.exception("personal_entry_not_rendered", source=source)
            missing.add(source)
        else:
            wanted |= {source: made} if made else {}
    _mark_missing(token.id, {source: gathered.concerns[source].event_id for source in missing}, now=now)
    changed = _write(token, standing, wanted, gathered, now=now)
    changed += _remove([row for source, row in standing.items() if source not in wanted], now=now)
    if not changed and token.version:
        return False
    version = _raise_version(token, now)
    for row in changed:
        row.version = version
    db.session.flush()
    return True


@transactional
def forget_old(now: datetime) -> None:
    """Delete what left long ago; whoever asks for changes since then fetches everything anew."""
    for row in queries.entries_removed_before(now - REMEMBERED, most=MOST_AT_ONCE):
        token = queries.token(row.token_id, lock=True)
        if token:
            token.forgotten_version = max(token.forgotten_version, row.version)
        db.session.delete(row)
    for former in (*queries.former_addresses_before(now - REMEMBERED), *queries.revoked_before(now - REMEMBERED)):
        db.session.delete(former)


def _columns(wanted: Wanted) -> dict[str, object]:
    return {
        "label": wanted.label,
        "language": wanted.language,
        "timezone": wanted.timezone,
        "parts": sorted(wanted.parts),
        "reminder_minutes": wanted.reminder_minutes,
    }


def _raise_version(token: CalendarToken, now: datetime) -> int:
    token.version = changes.touch({f"person:{token.public_id}"}, now=now)
    token.changed_at = next_stamp(now, token.changed_at)
    return token.version


def _still(rows: Collection[AgendaEntry], now: datetime) -> list[tuple[str, int]]:
    """What stands and may have to stay as cancelled."""
    return [
        (row.source, row.event_id)
        for row in rows
        if row.removed_at is None and (row.cancelled_at is None or row.cancelled_at > now - KEPT)
    ]


def _make(concern: Concern, gathered: Gathered, wish: Wish, row: AgendaEntry | None, now: datetime) -> _Made | None:
    """The entry as it would go out, newer than what went out if it says something else. Raises whatever what is
    stored makes it raise."""
    entry = entry_of(concern, gathered, wish, uid=row.uid if row else new_uid())
    if entry is None:
        return None
    body, zones = rendered(entry, wish)
    if row is None or says_the_same(row.body, body):
        return _Made(entry, body, zones)
    sequence = Face.of(body).needs(Face.of(row.body)) if row.body else max(entry.sequence, row.sequence + 1)
    entry = replace(entry, sequence=max(entry.sequence, row.sequence if sequence is None else sequence))
    entry = changed_by(entry, now) if entry.changed_at <= row.changed_at else entry
    body, zones = rendered(entry, wish)
    return _Made(entry, body, zones)


def _mark_missing(token_id: int, events: Mapping[str, int], *, now: datetime) -> None:
    """Keep in mind what this calendar could not show, by source with its event."""
    for event_id in {*events.values(), *feeds_queries.events_missing_in(token_id)}:
        sources = [source for source, of_event in events.items() if of_event == event_id]
        mark_missing(event_id, sources, token_id=token_id, now=now)


def _write(
    token: CalendarToken,
    standing: dict[str, AgendaEntry],
    wanted: dict[str, _Made],
    gathered: Gathered,
    *,
    now: datetime,
) -> list[AgendaEntry]:
    changed = []
    for source, made in wanted.items():
        row = standing.get(source)
        if row and row.removed_at is None and says_the_same(row.body, made.body):
            row.ends_at = made.entry.ends_at
            continue
        if row is None:
            row = AgendaEntry(
                token_id=token.id,
                source=source,
                uid=made.entry.uid,
                event_id=gathered.concerns[source].event_id,
                version=0,
            )
            db.session.add(row)
        row.sequence, row.changed_at = made.entry.sequence, made.entry.changed_at
        row.starts_at, row.ends_at = made.entry.starts_at, made.entry.ends_at
        row.zones, row.body, row.removed_at = made.zones, made.body, None
        row.cancelled_at = (row.cancelled_at or now) if made.entry.is_cancelled else None
        changed.append(row)
    return changed


def _remove(rows: Sequence[AgendaEntry], *, now: datetime) -> list[AgendaEntry]:
    gone = [row for row in rows if row.removed_at is None]
    for row in gone:
        row.removed_at, row.body, row.changed_at = now, b"", now
    return gone
