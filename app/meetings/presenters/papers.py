"""Schedules to print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.events.models import Event
from app.events.presenters import place_line, when
from app.kernel.i18n import language
from app.meetings import queries
from app.meetings.models import Meeting
from app.meetings.presenters.own import ShownMeeting, schedule_of
from app.meetings.presenters.words import meetings_words, name_of
from app.printing import emblem_file
from app.registration.models import Registration

Data = dict[str, Any]


def schedule_papers(event: Event, registration_ids: Collection[int] | None, now: datetime) -> Data:
    """A page for each person with meetings: all of them, or just these."""
    by_person: dict[int, list[Meeting]] = defaultdict(list)
    people: dict[int, Registration] = {}
    for one in queries.meetings(event.id):
        for person in (one.one, one.other):
            if registration_ids is None or person.id in registration_ids:
                by_person[person.id].append(one)
                people[person.id] = person
    title = event.title.wording(language()).text
    ordered = sorted(people.values(), key=lambda one: (one.family_name.casefold(), one.given_name.casefold(), one.id))
    return {
        "title": _("%(paper)s: %(event)s", paper=_("One-to-one meetings"), event=title),
        "lang": language(),
        "foot": " · ".join((_("One-to-one meetings"), title, when(event).days)),
        "event": {"title": title, "kind": str(event.kind), "when": str(when(event)), "place": place_line(event)},
        "funding": _funding(event),
        "columns": [_("Time"), _("Table"), _("With"), _("Organisation"), _("Note")],
        "nobody": _("No meeting is planned yet."),
        "hint": _("Be at the table on time: when the bell rings everybody moves on."),
        "people": [
            {
                "name": name_of(one),
                "organisation": one.organisation,
                "size": meetings_words(len(by_person[one.id])),
                "days": _paper_days(schedule_of(event, one.id, by_person[one.id], now)),
            }
            for one in ordered
        ],
    }


def _paper_days(lines: Sequence[ShownMeeting]) -> list[Data]:
    days: dict[str, list[Data]] = {}
    for one in lines:
        where = f"{one.table} · {one.room}" if one.room else str(one.table)
        row = {"time": one.time, "table": where, "name": one.name, "organisation": one.organisation}
        days.setdefault(one.day, []).append(row)
    return [{"day": day, "rows": rows} for day, rows in days.items()]


def _funding(event: Event) -> Data | None:
    programme = event.project.programme if event.project else None
    if programme is None or event.project is None:
        return None
    return {
        "emblem": emblem_file(programme.emblem),
        "name": programme.name.wording(language()).text,
        "sentence": programme.funding_sentence.wording(language()).text,
    }
