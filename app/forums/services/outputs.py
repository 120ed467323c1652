"""Record what a working table came to, and let its participants read it."""

from __future__ import annotations

from datetime import datetime

from app.agenda.rules import ItemKind
from app.audit import services as audit
from app.events.services import manageable_event
from app.forums.errors import OutputMissing, OutputOvertaken, TableLinkNotFound
from app.forums.models import TableOutput
from app.forums.queries import outputs as queries
from app.forums.queries import parts
from app.forums.rules.outputs import check_writable
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.network.actors import Actor


@transactional
def record(
    *, event_slug: str, item_id: int, text: str, is_released: bool, version: int | None, actor: Actor, now: datetime
) -> None:
    """Keep the output of a table; ``is_released``: participants of the event may read it.

    ``version``: of the text that the organiser knew, None of none. Raises MayNotManage, FormatNotFound,
    OutputOvertaken, and OutputMissing where nothing would be released.
    """
    event = manageable_event(event_slug, actor)
    row = _held(event.id, item_id)
    if is_released and not text.strip():
        raise OutputMissing(field="text")
    if row is None:
        row = _begin(event.id, item_id, now)
    else:
        _check_seen(row, version)
    _write(row, text, now, actor.account_id)
    row.released_at = (row.released_at or now) if is_released else None
    _note("table.output_recorded", row, actor, now, released=is_released)


@transactional
def renew_link(*, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """A link for the rapporteur of a table; one that was given before opens nothing any more.

    Raises MayNotManage, FormatNotFound.
    """
    event = manageable_event(event_slug, actor)
    row = _held(event.id, item_id) or _begin(event.id, item_id, now)
    row.public_id = row.public_id or opaque_id()
    row.link_version += 1
    _note("table.link_renewed", row, actor, now)


@transactional
def write_as_rapporteur(item_id: int, *, link_version: int, text: str, version: int | None, now: datetime) -> None:
    """Write down by the link of a table what it came to, until the organiser releases it or the time is over.

    Raises TableLinkNotFound, OutputReleased, OutputOver, OutputOvertaken.
    """
    row = queries.hold_output(item_id)
    if row is None or row.link_version != link_version:
        raise TableLinkNotFound
    check_writable(is_released=row.released_at is not None, event_ends_at=row.item.event.ends_at, now=now)
    _check_seen(row, version)
    _write(row, text, now, None)


def _held(event_id: int, item_id: int) -> TableOutput | None:
    parts.part(event_id, item_id, ItemKind.WORKING_TABLE)
    return queries.hold_output(item_id)


def _begin(event_id: int, item_id: int, now: datetime) -> TableOutput:
    row = TableOutput(item_id=item_id, event_id=event_id, text="", changed_at=now, version=0, link_version=0)
    db.session.add(row)
    return row


def _check_seen(row: TableOutput, version: int | None) -> None:
    if row.version != (version or 0):
        raise OutputOvertaken(field="text")


def _write(row: TableOutput, text: str, now: datetime, account_id: int | None) -> None:
    row.text, row.changed_at, row.account_id = text, now, account_id
    row.version += 1


def _note(action: str, row: TableOutput, actor: Actor, now: datetime, **more: bool) -> None:
    audit.note(action, subject=f"event:{row.event_id}", account_id=actor.account_id, now=now, item=row.item_id, **more)
