"""What those who were on a study visit noted at its stops; some of it for themselves, some for the group."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from flask import current_app

from app.demo.queries import people_with_place
from app.diaries.inputs import DebriefInput, FieldChange, FindingInput
from app.diaries.queries import lines as queries
from app.diaries.rules import Prompt
from app.diaries.rules.merging import Change, Version
from app.diaries.services import debriefing, writing
from app.events import queries as events
from app.network.actors import SYSTEM
from app.registration import queries as registrations
from app.registration.rules import Place

EVENT = "E5"
SEEN, USEFUL, ASK = Prompt.SEEN, Prompt.USEFUL, Prompt.ASK
ALONE, SHARED, NAMED = "alone", "shared", "named"
# by person and stop, in their orders; whoever comes last has written nothing yet
WRITTEN = (
    (0, 0, SEEN, NAMED, "One reception, one canteen and one lab for forty firms: the park pays for it with rents."),
    (0, 0, USEFUL, SHARED, "Die gemeinsame Kantine als Treffpunkt: kostet uns nichts und bringt Firmen zusammen."),
    (0, 1, SEEN, ALONE, "Ask Heike whether our clean room could be shared like that."),
    (1, 0, SEEN, SHARED, "Forty companies share laboratory and services."),
    (1, 1, USEFUL, SHARED, "Il listino unico del laboratorio: tre fasce, anche per chi non è socio."),
    (1, 2, ASK, SHARED, "How long do start-ups stay, and what happens afterwards?"),
    (2, 1, USEFUL, NAMED, "One price list with three classes. We could have that within a year."),
    (2, 2, ASK, ALONE, "Chi paga i primi sei mesi?"),
    (3, 2, SEEN, SHARED, "Three start-ups that met their first customer in the park itself."),
    (3, 2, ASK, SHARED, "Wie lange bleiben die Start-ups, und wer entscheidet darüber?"),
)
FINDINGS = (
    (0, SEEN, "Forty firms share laboratory, reception and canteen; rents pay for them."),
    (1, USEFUL, "One price list for the laboratory, in three classes, open to non-members too."),
    (2, ASK, "How long do start-ups stay, who decides, and what happens afterwards?"),
)
REPORT = DebriefInput(
    open_days=14,
    objectives="See how a park lets small firms use a laboratory that none of them could buy.",
    competence="Running a shared laboratory: prices, booking, who is liable.",
    cooperation="Two clusters compare their price lists by the summer; Lodi sends its contract as a model.",
)


def load_diaries(key: str, event_id: int) -> None:
    """Diaries with private and shared lines, and a debrief that has made three findings of them."""
    if key != EVENT:
        return
    event, people = events.event(event_id), people_with_place(event_id, Place.CONFIRMED)
    stops = list(queries.stops_of(event_id))
    for person, stop, prompt, how, text in WRITTEN:
        version = Version(
            id=str(uuid5(NAMESPACE_URL, f"{person}-{stop}-{prompt}")),
            text=text,
            is_shared=how is not ALONE,
            is_named=how is NAMED,
            written_at=event.ends_at - timedelta(hours=6 - 2 * stop),
        )
        writing.save(
            people[person],
            changes=[FieldChange(item_id=stops[stop], prompt=prompt, change=Change(version=version))],
            link_version=registrations.registration(people[person]).link_version,
            retention_days=current_app.config["FILO"].retention_days,
            now=event.ends_at,
        )
    debriefing.write(event_slug=event.slug, values=REPORT, actor=SYSTEM)
    shared = queries.shared_lines(event_id)
    for stop, prompt, text in FINDINGS:
        ids = [line.id for line in shared if line.item_id == stops[stop] and line.prompt is prompt]
        values = FindingInput(text=text, in_report=True, prompt=prompt)
        debriefing.make_finding(
            event_slug=event.slug, line_ids=ids, values=values, actor=SYSTEM, now=event.ends_at + timedelta(days=1)
        )
