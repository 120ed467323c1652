"""The agenda that each kind of event usually has, to begin from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.agenda.inputs import LegInput, StopInput
from app.agenda.rules import ItemKind, TravelMode
from app.events.rules import Kind
from app.kernel.texts import LANGUAGES, Texts

NINE = 9 * 60


@dataclass(frozen=True, slots=True)
class Entry:
    """``at``: minutes after the event begins; on later days, after nine o'clock."""

    day: int
    at: int
    minutes: int
    kind: ItemKind
    title: Texts
    stop: StopInput | None = None
    leg: LegInput | None = None


def _entry(day: int, at: int, minutes: int, kind: ItemKind, title: tuple[str, str, str]) -> Entry:
    stop = StopInput() if kind is ItemKind.SITE_VISIT else None
    leg = LegInput(mode=TravelMode.COACH, departs_from="", arrives_at="") if kind is ItemKind.TRANSFER else None
    return Entry(day, at, minutes, kind, Texts(dict(zip(LANGUAGES, title, strict=True))), stop, leg)


K = ItemKind
OUTLINES: Mapping[Kind, tuple[Entry, ...]] = {
    Kind.CLUSTERS_WORKSHOP: (
        _entry(0, 0, 15, K.REGISTRATION, ("Arrival", "Accoglienza", "Ankommen")),
        _entry(0, 15, 15, K.WELCOME, ("Welcome", "Saluti", "Begrüßung")),
        _entry(
            0,
            30,
            60,
            K.PRACTICE_PRESENTATION,
            ("Selected practices", "Le pratiche selezionate", "Ausgewählte Praktiken"),
        ),
        _entry(0, 90, 20, K.NETWORKING, ("Coffee and networking", "Caffè e networking", "Kaffee und Networking")),
        _entry(
            0, 110, 60, K.WORKING_TABLE, ("Working table: needs", "Tavolo di lavoro: esigenze", "Arbeitstisch: Bedarfe")
        ),
        _entry(
            0,
            170,
            45,
            K.PROPOSALS_SESSION,
            ("Proposals for services", "Proposte di servizi", "Vorschläge für Leistungen"),
        ),
        _entry(0, 215, 15, K.CLOSING, ("Conclusions", "Conclusioni", "Abschluss")),
        _entry(0, 230, 60, K.MEAL, ("Networking lunch", "Pranzo di networking", "Mittagessen und Networking")),
    ),
    Kind.STUDY_VISIT: (
        _entry(0, 0, 15, K.REGISTRATION, ("Meeting point", "Punto d'incontro", "Treffpunkt")),
        _entry(0, 15, 30, K.TRANSFER, ("To the first stop", "Verso la prima tappa", "Zur ersten Station")),
        _entry(0, 60, 120, K.SITE_VISIT, ("First stop", "Prima tappa", "Erste Station")),
        _entry(0, 180, 60, K.MEAL, ("Lunch", "Pranzo", "Mittagessen")),
        _entry(0, 240, 30, K.TRANSFER, ("To the second stop", "Verso la seconda tappa", "Zur zweiten Station")),
        _entry(0, 285, 105, K.SITE_VISIT, ("Second stop", "Seconda tappa", "Zweite Station")),
        _entry(0, 390, 30, K.DEBRIEF, ("Learning diary", "Diario di apprendimento", "Lerntagebuch")),
        _entry(1, 0, 120, K.SITE_VISIT, ("Third stop", "Terza tappa", "Dritte Station")),
        _entry(1, 135, 60, K.DEBRIEF, ("Debrief", "Restituzione", "Auswertung")),
        _entry(1, 195, 60, K.MEAL, ("Lunch", "Pranzo", "Mittagessen")),
    ),
    Kind.EXCHANGE_FORUM: (
        _entry(0, 0, 30, K.WELCOME, ("Welcome", "Saluti", "Begrüßung")),
        _entry(0, 30, 45, K.PITCH, ("Pitches", "Pitch", "Kurzvorstellungen")),
        _entry(0, 75, 30, K.BREAK, ("Coffee", "Caffè", "Kaffee")),
        _entry(0, 105, 75, K.FAIR, ("Good-practice fair", "Fiera delle buone pratiche", "Messe guter Praktiken")),
        _entry(0, 180, 60, K.MEAL, ("Lunch", "Pranzo", "Mittagessen")),
        _entry(0, 240, 90, K.WORLD_CAFE, ("World café", "World café", "World-Café")),
        _entry(0, 330, 30, K.CLOSING, ("Harvest and closing", "Sintesi e chiusura", "Ernte und Abschluss")),
    ),
}
