"""What organisers decide before anybody asks for a meeting."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.meetings import queries, rules
from app.meetings.errors import TableTaken
from app.meetings.inputs import SettingsInput
from app.meetings.models import MeetingBlock, MeetingSettings
from app.network.actors import Actor


@transactional
def set_settings(*, event_slug: str, values: SettingsInput, actor: Actor, now: datetime) -> None:
    """What holds for all meetings. Raises MayNotManage, NumberOutOfRange, ClosesTooEarly."""
    event = manageable_event(event_slug, actor)
    rules.check_settings(most=values.most, spare=values.spare, opens_at=values.opens_at, closes_at=values.closes_at)
    row = _settings(event.id)
    row.opens_at, row.closes_at = values.opens_at, values.closes_at
    row.most, row.spare, row.arranges = values.most, values.spare, values.arranges
    audit.note("meetings.settings_set", subject=f"event:{event.id}", account_id=actor.account_id, now=now)


@transactional
def set_block(item_id: int, *, event_slug: str, slot_minutes: int, tables: int, actor: Actor, now: datetime) -> None:
    """Let people meet in a part of the agenda. Raises MayNotManage, BlockNotFound, NumberOutOfRange."""
    event = manageable_event(event_slug, actor)
    item = queries.block_item(event.id, item_id)
    rules.check_block(slot_minutes=slot_minutes, tables=tables)
    row = queries.block_of_item(item.id)
    if row is None:
        row = MeetingBlock(item_id=item.id)
        db.session.add(row)
    row.slot_minutes, row.tables = slot_minutes, tables
    _settings(event.id)
    audit.note("meetings.block_set", subject=f"event:{event.id}", account_id=actor.account_id, now=now, item=item_id)


@transactional
def set_table(registration_id: int, *, event_slug: str, table: int | None, actor: Actor, now: datetime) -> None:
    """Give a host a table of their own, or none. Raises MayNotManage, ProfileNotFound, NumberOutOfRange, TableTaken."""
    event = manageable_event(event_slug, actor)
    profile = queries.partaking(event.id, registration_id)
    rules.check_table(table, min((block.tables for block in queries.blocks(event.id)), default=rules.MOST_TABLES))
    if table is not None and queries.who_has_table(event.id, table) not in (None, registration_id):
        raise TableTaken(field="table", table=table)
    profile.table_number, profile.changed_at = table, now
    audit.note(
        "meetings.table_set",
        subject=f"registration:{registration_id}",
        account_id=actor.account_id,
        now=now,
        table=table,
    )


@transactional
def note_absence(registration_id: int, *, event_slug: str, is_absent: bool, actor: Actor, now: datetime) -> None:
    """Somebody did not come, or came after all; the schedule changes when it is made again.

    Raises MayNotManage, ProfileNotFound.
    """
    event = manageable_event(event_slug, actor)
    profile = queries.partaking(event.id, registration_id)
    profile.absent_at = now if is_absent else None
    audit.note(
        "meetings.absence_noted",
        subject=f"registration:{registration_id}",
        account_id=actor.account_id,
        now=now,
        absent=is_absent,
    )


def _settings(event_id: int) -> MeetingSettings:
    row = queries.hold_settings(event_id)
    if row is None:
        values = SettingsInput()
        row = MeetingSettings(
            event_id=event_id, most=values.most, spare=values.spare, arranges=values.arranges, edition=0
        )
        db.session.add(row)
        db.session.flush()
    return row
