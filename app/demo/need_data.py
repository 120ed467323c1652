"""Needs: four said in Rovereto in 2018, which stand behind the services, and twelve on the wall of the next workshop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.agenda.rules import ItemKind
from app.demo.ids import DemoIds
from app.events import queries as events_queries
from app.needs import queries, services
from app.needs.inputs import NeedInput
from app.needs.models import NeedCollection
from app.needs.rules import Gate, Priority
from app.network.actors import SYSTEM

# key, cluster, sector, priority, words; invented
FIRST = (
    ("N1", "o02", "production_technologies", Priority.URGENT, "Prenotare insieme le attrezzature di prova."),
    ("N2", "o02", "production_technologies", Priority.IMPORTANT, "Formazione in ingegneria dei sistemi."),
    ("N3", "o03", "energy_environment", Priority.URGENT, "Primi clienti per le start-up verdi."),
    ("N4", "o04", "energy_environment", Priority.IMPORTANT, "Aiuto per le certificazioni all’estero."),
)
WALL = (
    ("o02", "it", "Un laboratorio di prova aperto anche il sabato.", 9),
    ("o08", "de", "Prüfstände, die mehrere Firmen gemeinsam buchen.", 8),
    ("o03", "it", "Una grande azienda che provi i prototipi delle start-up.", 7),
    ("o04", "it", "Qualcuno che traduca le norme sull’edilizia degli altri paesi.", 6),
    ("o02", "it", "Tecnici che sappiano di software e di macchine.", 6),
    ("o08", "de", "Praktika für Fachkräfte beim Nachbarcluster.", 5),
    ("o05", "en", "One calendar of machines that are free.", 5),
    ("o03", "it", "Spazi piccoli per chi comincia.", 4),
    ("o04", "it", "Un modello di contratto per progetti con due regioni.", 3),
    ("o08", "de", "Ein Ansprechpartner je Region, der antwortet.", 2),
    ("o02", "it", "Borse per dottorati in azienda.", 1),
    (None, "en", "Childcare during the workshops.", 0),
)


def load_needs(ids: DemoIds, events: dict[str, int], now: datetime) -> dict[str, str]:
    """All of them by the codes of their tables; gives the public ids of the first four by their keys."""
    first = _part(events["E1"], ItemKind.WORKING_TABLE, now)
    made = {
        key: _say(first, _words(ids, cluster, "it", words, sector=sector, priority=priority), now)
        for key, cluster, sector, priority, words in FIRST
    }
    _publish(events["E1"], made.values(), now)
    _close(first, now)
    wall = _part(events["E3"], ItemKind.NEEDS_SESSION, now)
    for cluster, language, words, votes in WALL:
        public_id = _say(wall, _words(ids, cluster, language, words), now)
        for number in range(votes):
            voter = f"demonstration:{number}"
            services.vote(public_id, item_id=wall.item_id, voter=voter, is_wanted=True, now=now)
    return made


def _part(event_id: int, kind: ItemKind, now: datetime) -> NeedCollection:
    """The first part of that kind, opened before its time."""
    item = next(item for item in queries.parts_of(event_id) if item.kind is kind)
    return services.set_gates(
        event_slug=item.event.slug, item_id=item.id, entries=Gate.OPEN, votes=Gate.OPEN, actor=SYSTEM, now=now
    )


def _close(collection: NeedCollection, now: datetime) -> None:
    slug = collection.item.event.slug
    services.set_gates(
        event_slug=slug, item_id=collection.item_id, entries=Gate.CLOSED, votes=Gate.CLOSED, actor=SYSTEM, now=now
    )


def _words(
    ids: DemoIds,
    cluster: str | None,
    language: str,
    words: str,
    *,
    sector: str | None = None,
    priority: Priority = Priority.IMPORTANT,
) -> NeedInput:
    cluster_id = ids.network.organisations[cluster] if cluster else None
    return NeedInput(text=words, language=language, cluster_id=cluster_id, sector_id=sector, priority=priority)


def _say(collection: NeedCollection, values: NeedInput, now: datetime) -> str:
    return services.put_in_at_table(collection, values=values, now=now).public_id


def _publish(event_id: int, public_ids: Iterable[str], now: datetime) -> None:
    slug = events_queries.event(event_id).slug
    services.publish(public_ids, event_slug=slug, is_public=True, actor=SYSTEM, now=now)
