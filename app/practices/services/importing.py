"""Take practices in from a table: read and shown first, written when somebody says yes."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.kernel.db import db, transactional
from app.kernel.errors import Invalid
from app.network.actors import Actor
from app.network.queries import country_choices, sector_choices
from app.network.rules import CountryBox, check_pin
from app.practices import queries
from app.practices.errors import ImportIsGone, MayNotEdit
from app.practices.models import PracticeImport
from app.practices.permissions import may_edit
from app.practices.queries import reviewing
from app.practices.rules.columns import COLUMNS, Known, ReadRow, RowFault, over, rows_of
from app.practices.rules.tables import Table
from app.practices.services.writing import add, content_of, edit, input_from, input_of

KEPT = timedelta(days=1)


@transactional
def read_in(*, table: Table, actor: Actor, now: datetime) -> list[ReadRow]:
    """What a table would do; rows without fault wait for :func:`carry_out`. Raises MayNotEdit or ColumnsMissing.

    A row with the address of a practice that the actor writes changes what the table has columns for, any other
    makes a new one.
    """
    if actor.account_id is None:
        raise MayNotEdit
    rows = [_allowed(row, actor) for row in rows_of(table, _known())]
    waiting = reviewing.waiting_import(actor.account_id) or PracticeImport(account_id=actor.account_id)
    columns = [cell.strip().lower() for cell in table[0]]
    waiting.rows = [{"slug": row.slug, "values": row.values, "columns": columns} for row in rows if not row.faults]
    waiting.at = now
    db.session.add(waiting)
    return rows


@transactional
def carry_out(*, actor: Actor, now: datetime) -> int:
    """Write what was read: all of it or nothing; gives how many. Raises ImportIsGone and what writing raises."""
    waiting = reviewing.waiting_import(actor.account_id) if actor.account_id else None
    if waiting is None or waiting.at < now - KEPT:
        raise ImportIsGone
    for row in waiting.rows:
        if row["slug"] and queries.slug_is_taken(row["slug"]):
            practice_id = queries.practice_id(row["slug"])
            stands = content_of(input_of(queries.practice(practice_id)))
            values = input_from(over(stands, row["values"], row.get("columns", COLUMNS)))
            edit(practice_id=practice_id, values=values, actor=actor, now=now)
        else:
            add(values=input_from(row["values"]), actor=actor, now=now)
    done = len(waiting.rows)
    db.session.delete(waiting)
    return done


def _allowed(row: ReadRow, actor: Actor) -> ReadRow:
    owner_id = row.values["owner_id"]
    if owner_id is not None and not may_edit(actor, owner_id):
        row.faults.append(RowFault("owner", "foreign"))
    if row.slug and queries.slug_is_taken(row.slug):
        practice = queries.practice(queries.practice_id(row.slug))
        if not may_edit(actor, practice.owner_id):
            row.faults.append(RowFault("slug", "foreign"))
    if (country := queries.country(row.values["country_code"])) is not None:
        box = CountryBox(south=country.south, west=country.west, north=country.north, east=country.east)
        try:
            check_pin(row.values["latitude"], row.values["longitude"], box)
        except Invalid as refusal:
            row.faults.append(RowFault(str(refusal.details["field"]), "outside"))
    return row


def _known() -> Known:
    owners = {}
    for id_, name, short in reviewing.owners_by_name():
        owners[name.lower()] = id_
        if short:
            owners.setdefault(short.lower(), id_)
    return Known(
        owners=owners,
        countries=frozenset(str(choice.id) for choice in country_choices()),
        regions=queries.regions(),
        sectors=frozenset(str(choice.id) for choice in sector_choices()),
        projects={acronym.lower(): id_ for id_, acronym in reviewing.project_choices()},
    )
