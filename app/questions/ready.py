"""Questions that events of this kind ask again and again, ready with their reason, readers and day of erasure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.kernel.texts import LANGUAGES, Texts
from app.questions.rules import NOTHING, Choice, Kind, Purpose, QuestionInput, Readers

Words = tuple[str, str, str]
WEEK, MONTH = 7, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """``purposes``: the forms that may want it."""

    title: Texts
    questions: tuple[QuestionInput, ...]
    purposes: frozenset[Purpose] = frozenset({Purpose.JOINING, Purpose.FOLLOW_UP})


def ready_for(purpose: Purpose) -> dict[str, Ready]:
    """What a form of that purpose may take, by key."""
    return {key: ready for key, ready in READY.items() if purpose in ready.purposes}


def _texts(words: Words | None) -> Texts:
    return Texts(dict(zip(LANGUAGES, words, strict=True))) if words else NOTHING


def _ask(
    code: str, kind: Kind, label: Words, *, why: Words | None = None, help: Words | None = None, **rest: Any
) -> QuestionInput:
    return QuestionInput(code=code, kind=kind, label=_texts(label), purpose=_texts(why), help=_texts(help), **rest)


def _choices(**choices: Words) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, label=_texts(words)) for code, words in choices.items())


_GATE: Words = (
    "The site checks everybody at the gate against a list.",
    "Il sito controlla tutti all’ingresso in base a un elenco.",
    "Das Werk prüft am Tor alle anhand einer Liste.",
)
_EMERGENCY: Words = (
    "So that we can reach somebody if something happens to you.",
    "Per poter avvisare qualcuno se Le succede qualcosa.",
    "Damit wir jemanden erreichen, falls Ihnen etwas zustößt.",
)
_TRAVEL: Words = (
    "To plan the transfers.",
    "Per organizzare i trasferimenti.",
    "Um die Transfers zu planen.",
)
_FEEDBACK = frozenset({Purpose.FEEDBACK})

READY: Mapping[str, Ready] = {
    "identity": Ready(
        title=_texts(("Identity document for the gate", "Documento d’identità per l’ingresso", "Ausweis für das Tor")),
        questions=(
            _ask(
                "document_type",
                Kind.CHOICE,
                ("Kind of document", "Tipo di documento", "Art des Ausweises"),
                why=_GATE,
                required=True,
                choices=_choices(
                    identity_card=("Identity card", "Carta d’identità", "Personalausweis"),
                    passport=("Passport", "Passaporto", "Reisepass"),
                ),
                readers=Readers.ORGANISERS_AND_HOST,
                erased_after_days=1,
            ),
            _ask(
                "document_number",
                Kind.TEXT,
                ("Number of the document", "Numero del documento", "Nummer des Ausweises"),
                why=_GATE,
                help=(
                    "Bring the same document on the day.",
                    "Porti lo stesso documento il giorno della visita.",
                    "Bringen Sie am Tag selbst denselben Ausweis mit.",
                ),
                required=True,
                readers=Readers.ORGANISERS_AND_HOST,
                erased_after_days=1,
            ),
            _ask(
                "nationality",
                Kind.COUNTRY,
                ("Nationality", "Cittadinanza", "Staatsangehörigkeit"),
                why=_GATE,
                required=True,
                readers=Readers.ORGANISERS_AND_HOST,
                erased_after_days=1,
            ),
        ),
    ),
    "shoe_size": Ready(
        title=_texts(("Shoe size", "Numero di scarpe", "Schuhgröße")),
        questions=(
            _ask(
                "shoe_size",
                Kind.NUMBER,
                ("Shoe size", "Numero di scarpe", "Schuhgröße"),
                why=(
                    "Safety shoes lie ready for you in the production hall.",
                    "Per preparare le scarpe antinfortunistiche per il reparto di produzione.",
                    "Damit in der Produktionshalle Sicherheitsschuhe für Sie bereitstehen.",
                ),
                help=(
                    "The European size, for example 42.",
                    "La misura europea, per esempio 42.",
                    "Die europäische Größe, zum Beispiel 42.",
                ),
                required=True,
                least=34,
                most=52,
                readers=Readers.ORGANISERS_AND_HOST,
                erased_after_days=WEEK,
            ),
        ),
    ),
    "transport": Ready(
        title=_texts(("Transport", "Trasporto", "Anreise")),
        questions=(
            _ask(
                "transport",
                Kind.CHOICE,
                ("How do you come?", "Come arriva?", "Wie kommen Sie?"),
                why=(
                    "To count the seats of the coach and the parking spaces.",
                    "Per contare i posti del pullman e i parcheggi.",
                    "Um die Sitze im Bus und die Parkplätze zu zählen.",
                ),
                required=True,
                choices=_choices(
                    coach=(
                        "With the coach of the organiser",
                        "Con il pullman dell’organizzatore",
                        "Mit dem Bus des Veranstalters",
                    ),
                    train=("By train", "In treno", "Mit der Bahn"),
                    car=("By car", "In auto", "Mit dem Auto"),
                    other=("Otherwise", "In altro modo", "Anders"),
                ),
                erased_after_days=WEEK,
            ),
        ),
    ),
    "dinner": Ready(
        title=_texts(("Dinner", "Cena", "Abendessen")),
        questions=(
            _ask(
                "dinner",
                Kind.CHOICE,
                ("Do you come to the dinner?", "Partecipa alla cena?", "Kommen Sie zum Abendessen?"),
                why=(
                    "To reserve the tables.",
                    "Per prenotare i tavoli.",
                    "Um die Tische zu reservieren.",
                ),
                required=True,
                choices=_choices(yes=("Yes", "Sì", "Ja"), no=("No", "No", "Nein")),
                erased_after_days=WEEK,
            ),
        ),
    ),
    "emergency_contact": Ready(
        title=_texts(("Emergency contact", "Contatto di emergenza", "Notfallkontakt")),
        questions=(
            _ask(
                "emergency_name",
                Kind.TEXT,
                (
                    "Whom do we call in an emergency?",
                    "Chi chiamiamo in caso di emergenza?",
                    "Wen rufen wir im Notfall an?",
                ),
                why=_EMERGENCY,
                erased_after_days=1,
            ),
            _ask(
                "emergency_phone",
                Kind.TEXT,
                ("Their telephone number", "Il suo numero di telefono", "Deren Telefonnummer"),
                why=_EMERGENCY,
                help=(
                    "With the country code: +39 …",
                    "Con il prefisso internazionale: +39 …",
                    "Mit Landesvorwahl: +39 …",
                ),
                erased_after_days=1,
            ),
        ),
    ),
    "photo_consent": Ready(
        title=_texts(("Photos", "Fotografie", "Fotos")),
        questions=(
            _ask(
                "photo_consent",
                Kind.CONSENT,
                (
                    "I agree that photos in which I can be recognised are published with the report of the event",
                    "Acconsento alla pubblicazione, con il resoconto dell’evento, di foto in cui sono riconoscibile",
                    "Ich bin einverstanden, dass Fotos, auf denen ich erkennbar bin, mit dem Bericht erscheinen",
                ),
                why=(
                    "To show how the event was. You may take it back at any time: write to us.",
                    "Per mostrare com’è andato l’evento. Può revocarlo quando vuole: basta scriverci.",
                    "Um zu zeigen, wie es war. Sie können es jederzeit widerrufen: Schreiben Sie uns.",
                ),
            ),
        ),
    ),
    "languages": Ready(
        title=_texts(("Languages", "Lingue", "Sprachen")),
        questions=(
            _ask(
                "languages",
                Kind.SEVERAL,
                ("Which languages do you speak?", "Quali lingue parla?", "Welche Sprachen sprechen Sie?"),
                why=(
                    "To make up the tables, and to see whether interpreters are needed.",
                    "Per comporre i tavoli e capire se servono interpreti.",
                    "Um die Tische zusammenzustellen und zu sehen, ob es Dolmetscher braucht.",
                ),
                choices=_choices(
                    en=("English", "Inglese", "Englisch"),
                    it=("Italian", "Italiano", "Italienisch"),
                    de=("German", "Tedesco", "Deutsch"),
                    fr=("French", "Francese", "Französisch"),
                    sl=("Slovenian", "Sloveno", "Slowenisch"),
                ),
                erased_after_days=MONTH,
            ),
        ),
    ),
    "travel_days": Ready(
        title=_texts(("Arrival and departure", "Arrivo e partenza", "An- und Abreise")),
        questions=(
            _ask(
                "arrival",
                Kind.DATE,
                ("Day of arrival", "Giorno di arrivo", "Tag der Anreise"),
                why=_TRAVEL,
                erased_after_days=WEEK,
            ),
            _ask(
                "departure",
                Kind.DATE,
                ("Day of departure", "Giorno di partenza", "Tag der Abreise"),
                why=_TRAVEL,
                erased_after_days=WEEK,
            ),
            _ask(
                "travel_details",
                Kind.TEXT,
                ("Train or flight", "Treno o volo", "Zug oder Flug"),
                why=_TRAVEL,
                help=("Number and time.", "Numero e orario.", "Nummer und Uhrzeit."),
                erased_after_days=WEEK,
            ),
        ),
    ),
    "how_it_was": Ready(
        title=_texts(("How it was", "Com’è andata", "Wie es war")),
        purposes=_FEEDBACK,
        questions=(
            _ask(
                "overall",
                Kind.RATING,
                ("How was the event as a whole?", "Come valuta l’evento nel complesso?", "Wie war es insgesamt?"),
                required=True,
            ),
            _ask(
                "most_useful",
                Kind.LONG_TEXT,
                ("What was most useful to you?", "Che cosa Le è stato più utile?", "Was hat Ihnen am meisten genützt?"),
            ),
            _ask(
                "next_time",
                Kind.LONG_TEXT,
                (
                    "What should be different next time?",
                    "Che cosa cambierebbe la prossima volta?",
                    "Was soll nächstes Mal anders sein?",
                ),
            ),
        ),
    ),
}
