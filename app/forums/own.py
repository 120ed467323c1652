"""What a participant's own page says of the formats of the event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Row

from app.agenda.rules import ItemKind
from app.forums.presenters.cafe import table_words
from app.forums.queries import cafe, contacts, fair, outputs, parts, pitches
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.registration.models import Registration
from app.registration.own_parts import OwnPart
from app.registration.rules import Place

Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """A part of the agenda: what is there for this person, and the page behind it."""

    title: str
    words: str
    path: str
    drawing: str


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """A line for each format with something for this participant; one query where the event has none."""
    if registration.place is not Place.CONFIRMED:
        return None
    found = parts.formats_of(registration.allotment.event_id)
    if not found:
        return None
    lines: list[OwnLine] = []
    kept: dict[str, Any] = {}
    for kind, maker in _MAKERS.items():
        of_kind = [row for row in found if row.kind is kind]
        if of_kind:
            lines += maker(registration, of_kind, kept)
    if not lines and not kept:
        return None
    template = "forums/_own.html" if lines else ""
    return OwnPart(name="forum", template=template, values={"lines": lines}, kept=kept or None)


def _cafe_lines(registration: Registration, rows: Rows, kept: dict[str, Any]) -> list[OwnLine]:
    seats: dict[int, list[Any]] = {}
    for one in cafe.own_seats(registration.allotment.event_id, registration.id):
        seats.setdefault(one.item_id, []).append(one)
    notes = [note.text for note in cafe.notes_by(registration.id)] if seats else []
    if seats:
        kept["cafe"] = [[row.round, row.number] for own in seats.values() for row in own]
    if notes:
        kept["notes"] = notes
    return [
        OwnLine(title=_title(row), words=_seat_words(seats[row.id]), path=f"cafe/{row.id}", drawing="users")
        for row in rows
        if row.id in seats
    ]


def _contact_lines(registration: Registration, rows: Rows, kept: dict[str, Any]) -> list[OwnLine]:
    card = contacts.card(registration.id)
    if card is not None:
        kept["contact_card"] = {
            "shows_email": card.shows_email,
            "phone": card.phone,
            "website": card.website,
            "about": card.about,
            "agreed_at": card.agreed_at.isoformat(),
        }
    words = _("You share your card.") if card else _("You do not share a card; nobody sees you there.")
    return [OwnLine(title=_("Exchange contacts"), words=words, path="contacts", drawing="handshake")]


def _pitch_lines(registration: Registration, rows: Rows, kept: dict[str, Any]) -> list[OwnLine]:
    if votes := pitches.votes_by(registration.id):
        kept["votes"] = votes
    words = _("Running order and vote")
    return [OwnLine(title=_title(row), words=words, path=f"pitches/{row.id}", drawing="mic") for row in rows]


def _fair_lines(registration: Registration, rows: Rows, kept: dict[str, Any]) -> list[OwnLine]:
    if liked := fair.practices_liked(registration.id):
        kept["interests"] = liked
    words = _("Stands, and what interests you")
    return [OwnLine(title=_title(row), words=words, path=f"fair/{row.id}", drawing="presentation") for row in rows]


def _output_lines(registration: Registration, rows: Rows, kept: dict[str, Any]) -> list[OwnLine]:
    count = len(outputs.released(registration.allotment.event_id))
    if not count:
        return []
    words = ngettext("%(num)d table", "%(num)d tables", count)
    return [OwnLine(title=_("What the working tables came to"), words=words, path="outputs", drawing="file-text")]


def _seat_words(own: Sequence[Any]) -> str:
    if own[0].round == 0:
        return _("You host table %(number)s.", number=own[0].number)
    return " · ".join(_("Round %(round)s: %(table)s", round=one.round, table=table_words(one.number)) for one in own)


def _title(row: Row[*tuple[Any, ...]]) -> str:
    return row.title.wording(language()).text or say(row.kind)


Maker = Callable[[Registration, Rows, dict[str, Any]], list[OwnLine]]
_MAKERS: dict[ItemKind, Maker] = {
    ItemKind.WORLD_CAFE: _cafe_lines,
    ItemKind.PITCH: _pitch_lines,
    ItemKind.FAIR: _fair_lines,
    ItemKind.WORKING_TABLE: _output_lines,
    ItemKind.NETWORKING: _contact_lines,
}
