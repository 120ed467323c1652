"""Take practices in from a table: read and shown first, written when somebody says yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.kernel.db import db, transactional
from app.kernel.errors import Invalid
from app.network.actors import Actor
from app.network.errors import NotAWebAddress
from app.network.queries import country_choices, sector_choices
from app.network.rules import CountryBox, check_pin
from app.practices import queries
from app.practices.errors import (
    EvidenceTakenAway,
    ImportIsGone,
    ImportOvertaken,
    MayNotEdit,
    NoVideoAddress,
    TimesReversed,
)
from app.practices.models import Practice, PracticeImport
from app.practices.permissions import may_edit
from app.practices.queries import reviewing
from app.practices.rules.columns import COLUMNS, Known, ReadRow, RowFault, changed_columns, over, rows_of
from app.practices.rules.tables import Table
from app.practices.services.writing import add, check_words, content_of, edit, input_from, input_of

KEPT = timedelta(days=1)
_KINDS: dict[type[Invalid], str] = {
    TimesReversed: "reversed",
    EvidenceTakenAway: "promised",
    NoVideoAddress: "address",
    NotAWebAddress: "address",
}  # what else is refused is a pin


@transactional
def read_in(*, table: Table, actor: Actor, now: datetime) -> list[ReadRow]:
    """What a table would do; rows without fault wait for :func:`carry_out`. Raises MayNotEdit or ColumnsMissing.

    A row with the address of a practice that the actor writes changes what the table has columns for, any other
    makes a new one. One that says what stands already does nothing.
    """
    if actor.account_id is None:
        raise MayNotEdit
    columns = [cell.strip().lower() for cell in table[0]]
    read = rows_of(table, _known())
    standing = queries.by_slugs({row.slug for row in read if row.slug})
    boxes = _boxes()
    rows = [_compared(_allowed(row, standing.get(row.slug), actor), standing, columns, boxes) for row in read]
    _refuse_twins(rows)
    waiting = reviewing.waiting_import(actor.account_id) or PracticeImport(account_id=actor.account_id)
    waiting.rows = [
        {
            "line": row.line,
            "slug": row.slug,
            "values": row.values,
            "columns": columns,
            "revision": standing[row.slug].version if row.slug in standing else None,
        }
        for row in rows
        if row.does_something
    ]
    waiting.at = now
    db.session.add(waiting)
    return rows


@transactional
def carry_out(*, actor: Actor, now: datetime) -> int:
    """Write what was read: all of it or nothing; gives how many.

    Raises ImportIsGone, ImportOvertaken where somebody saved a practice since it was read, and what writing raises.
    """
    waiting = reviewing.waiting_import(actor.account_id) if actor.account_id else None
    if waiting is None or not waiting.rows or waiting.at < now - KEPT:
        raise ImportIsGone
    standing = queries.by_slugs({row["slug"] for row in waiting.rows if row["slug"]})
    if overtaken := [row["line"] for row in waiting.rows if _version(standing, row["slug"]) != row.get("revision")]:
        raise ImportOvertaken(rows=", ".join(map(str, overtaken)))
    for row in waiting.rows:
        if row["slug"] in standing:
            practice = standing[row["slug"]]
            values = input_from(over(content_of(input_of(practice)), row["values"], row.get("columns", COLUMNS)))
            edit(practice_id=practice.id, values=values, actor=actor, now=now, revision=row["revision"])
        else:
            add(values=input_from(row["values"]), actor=actor, now=now)
    done = len(waiting.rows)
    db.session.delete(waiting)
    return done


def _version(standing: Mapping[str, Practice], slug: str) -> int | None:
    return standing[slug].version if slug in standing else None


def _allowed(row: ReadRow, practice: Practice | None, actor: Actor) -> ReadRow:
    owner_id = row.values["owner_id"]
    if owner_id is not None and not may_edit(actor, owner_id):
        row.faults.append(RowFault("owner", "foreign"))
    if practice and not may_edit(actor, practice.owner_id):
        row.faults.append(RowFault("slug", "foreign"))
    return row


def _refuse_twins(rows: Sequence[ReadRow]) -> None:
    """One practice is changed by one row of a table at the most."""
    seen: set[str] = set()
    for row in rows:
        if row.slug and row.slug in seen:
            row.faults.append(RowFault("slug", "twice"))
        seen.add(row.slug)


def _compared(
    row: ReadRow, standing: Mapping[str, Practice], columns: Sequence[str], boxes: Mapping[str, CountryBox]
) -> ReadRow:
    """What the row would change, and what writing would refuse."""
    if row.faults:
        return row
    practice = standing.get(row.slug)
    stands = content_of(input_of(practice)) if practice else None
    values = over(stands, row.values, columns) if stands else row.values
    try:
        check_pin(values["latitude"], values["longitude"], boxes[values["country_code"]])
        check_words(input_from(values), practice)
    except Invalid as refusal:
        row.faults.append(RowFault(str(refusal.details["field"]), _KINDS.get(type(refusal), "outside")))
        return row
    return replace(row, changes=changed_columns(stands, values)) if stands else row


def _boxes() -> dict[str, CountryBox]:
    return {
        one.code: CountryBox(south=one.south, west=one.west, north=one.north, east=one.east)
        for one in queries.countries()
    }


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
