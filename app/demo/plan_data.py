"""A forum whose agenda was released twice, with ideas that wait for a time: the public list of changes is on show."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.agenda import queries as agenda
from app.agenda.rules import ItemKind
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.planning import queries, services
from app.planning.rules import Wish

EVENT = "E9"
WHY = "Those who pitch have their meetings before and after."
WAITING = (
    (
        Texts(
            en="A look into the control room, if the host agrees",
            it="Uno sguardo alla sala di controllo, se chi ospita è d’accordo",
            de="Ein Blick in die Leitwarte, wenn die Gastgeber zustimmen",
        ),
        ItemKind.SITE_VISIT,
        45,
    ),
    (
        Texts(en="Peers answer peers", it="I pari rispondono ai pari", de="Fachleute fragen Fachleute"),
        ItemKind.PEER_REVIEW,
        30,
    ),
)


def load_plan(key: str, event_id: int, now: datetime) -> None:
    """Release the agenda, move what ends the day, release it again, and note two ideas down."""
    if key != EVENT:
        return
    first, second = now - timedelta(days=15), now - timedelta(days=3)
    _release(event_id, "First programme", "", first)
    results = next(item for item in agenda.items(event_id) if item.kind is ItemKind.CLOSING)
    lunch = next(item for item in agenda.items(event_id) if item.kind is ItemKind.MEAL)
    for item, wish in ((results, Wish(minutes=30)), (lunch, Wish(minutes=50))):
        version = queries.version(event_id)
        services.move(event_id=event_id, key=item.uid, wish=wish, version=version, actor=SYSTEM, now=second)
    _release(event_id, "After the hosts answered", "The last bus leaves at 15:55.", second)
    for title, kind, minutes in WAITING:
        services.note_down(event_id=event_id, title=title, kind=kind, minutes=minutes, actor=SYSTEM, now=second)


def _release(event_id: int, name: str, note: str, now: datetime) -> None:
    version = queries.version(event_id)
    services.release(event_id=event_id, name=name, note=note, reason=WHY, version=version, actor=SYSTEM, now=now)
