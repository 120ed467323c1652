"""The agendas of the ten events. Persons, organisations and venues by their keys, rooms by their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.agenda import queries, services
from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.rules import AgendaRole, ItemKind, PhotoPolicy, Protection, Slot, TravelMode, Trouble, parse_clock
from app.demo.ids import DemoIds
from app.events.rules import Audience
from app.kernel.db import transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM

K, R = ItemKind, AgendaRole
People = tuple[tuple[str, AgendaRole, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopData:
    host: str | None = None
    venue: str | None = None
    gate: str | None = None
    group_limit: int | None = None
    wear: tuple[Protection, ...] = ()
    identity_days_before: int | None = None
    needs_identity: bool = False
    photo_policy: PhotoPolicy = PhotoPolicy.ASK
    needs_nondisclosure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemData:
    """``persons``: who, in which role, of which organisation at that time. ``accepted``: reasons, by the warning."""

    at: tuple[str, str]
    kind: ItemKind
    title: Texts
    day: int = 0
    room: tuple[str, str] | None = None
    track: str | None = None
    audience: Audience | None = None
    capacity: int | None = None
    persons: People = ()
    stop: StopData | None = None
    leg: LegInput | None = None
    accepted: dict[Trouble, str] = field(default_factory=dict)


ADA = ("ada_esempio", R.SPEAKER, "o05")
ADA_MODERATES = ("ada_esempio", R.MODERATOR, "o05")
BRUNO = ("bruno_segnaposto", R.SPEAKER, "o06")
CARLA = ("carla_prova", R.SPEAKER, "o04")
ELENA = ("elena_finta", R.SPEAKER, "o01")
ERIKA = ("erika_musterfrau", R.SPEAKER, "o08")
GAIA = ("gaia_modello", R.MODERATOR, "o09")
HEIKO = ("heiko_bartschat", R.INVITED_EXPERT, "o08")
MAX = ("max_mustermann", R.SPEAKER, "o12")
ANA = ("ana_primer", R.MODERATOR, "o13")

COFFEE = Texts(en="Coffee and networking", it="Caffè e networking", de="Kaffee und Networking")
LUNCH = Texts(en="Lunch", it="Pranzo", de="Mittagessen")
WELCOME = Texts(en="Welcome", it="Saluti", de="Begrüßung")
TURNS = "Two sub-groups take turns; the other one meets the technicians meanwhile."

PIAVE, LENO, WORKSHOP = ("v01", "Sala Piave"), ("v01", "Sala Leno"), ("v01", "Laboratorio prototipi")
FORUM, TABLE_1, TABLE_2 = ("v05", "Forum"), ("v05", "Werkstatt 1"), ("v05", "Werkstatt 2")
ZIGHERANE = ("v02", "Sala Zigherane")
AUDITORIUM, ADDA, GENOMICS = ("v03", "Auditorium"), ("v03", "Sala Adda"), ("v03", "Laboratorio di genomica")
PLENARY = ("v06", "Sala plenaria")
SAAL, B2B = ("v07", "Saal"), ("v07", "B2B")
DVORANA = ("v04", "Velika dvorana")


def _leg(mode: TravelMode, start: str, end: str, km: int, meet: str | None = None) -> LegInput:
    return LegInput(mode=mode, departs_from=start, arrives_at=end, distance_km=km, meeting_point=meet)


def _tables() -> list[ItemData]:
    """Three working tables at the same time."""
    subjects = (
        (FORUM, Texts(en="Table: training", it="Tavolo: formazione", de="Tisch: Weiterbildung"), MAX),
        (TABLE_1, Texts(en="Table: events", it="Tavolo: eventi", de="Tisch: Veranstaltungen"), ADA_MODERATES),
        (TABLE_2, Texts(en="Table: matchmaking", it="Tavolo: matchmaking", de="Tisch: Matchmaking"), ERIKA),
    )
    return [
        ItemData(
            at=("11:15", "12:30"),
            kind=K.WORKING_TABLE,
            title=title,
            room=room,
            capacity=12,
            persons=((person, R.TABLE_HOST, organisation),),
            accepted={Trouble.SHORT_CHANGEOVER: "The rooms are next door."} if person == "erika_musterfrau" else {},
        )
        for room, title, (person, _role, organisation) in subjects
    ]


def _group_starts() -> list[ItemData]:
    """Five thematic groups begin at the same time."""
    names = (
        ("Agri-food", Texts(en="Agri-food", it="Agroalimentare", de="Agrar- und Ernährungswirtschaft")),
        ("Energy", Texts(en="Energy and environment", it="Energia e ambiente", de="Energie und Umwelt")),
        ("Tourism", Texts(en="Tourism", it="Turismo", de="Tourismus")),
        ("ICT", Texts(en="ICT", it="Ict", de="IKT")),
        ("Life sciences", Texts(en="Life sciences", it="Scienze naturali", de="Lebenswissenschaften")),
    )
    return [
        ItemData(at=("14:15", "16:00"), kind=K.WORKING_TABLE, title=title, track=track, capacity=30)
        for track, title in names
    ]


AGENDAS: dict[str, list[ItemData]] = {
    "E1": [
        ItemData(
            at=("09:00", "09:15"),
            kind=K.REGISTRATION,
            title=Texts(en="Registration", it="Registrazione", de="Anmeldung"),
            room=PIAVE,
        ),
        ItemData(at=("09:15", "09:30"), kind=K.WELCOME, title=WELCOME, room=PIAVE, persons=(BRUNO, ELENA)),
        ItemData(
            at=("09:30", "09:50"),
            kind=K.KEYNOTE,
            title=Texts(
                en="The study of cluster services and the selected practices",
                it="Lo studio sui servizi dei cluster e le pratiche selezionate",
                de="Die Studie zu Clusterdiensten und die ausgewählten Praktiken",
            ),
            room=PIAVE,
            persons=(ADA,),
        ),
        ItemData(
            at=("09:50", "10:40"),
            kind=K.PRACTICE_PRESENTATION,
            title=Texts(
                en="Services to our members", it="I servizi ai nostri soci", de="Leistungen für unsere Mitglieder"
            ),
            room=PIAVE,
            persons=(HEIKO,),
        ),
        ItemData(at=("10:40", "11:00"), kind=K.NETWORKING, title=COFFEE),
        ItemData(
            at=("11:00", "12:00"),
            kind=K.WORKING_TABLE,
            title=Texts(
                en="Working table: needs of Polo Meccatronica, Progetto Manifattura and Habitech",
                it="Tavolo di lavoro: le esigenze di Polo Meccatronica, Progetto Manifattura e Habitech",
                de="Arbeitstisch: Bedarfe von Polo Meccatronica, Progetto Manifattura und Habitech",
            ),
            room=LENO,
            capacity=24,
            persons=(ADA_MODERATES, ("carla_prova", R.RAPPORTEUR, "o04")),
        ),
        ItemData(
            at=("12:00", "12:45"),
            kind=K.PROPOSALS_SESSION,
            title=Texts(
                en="Proposals for innovative services",
                it="Proposte di servizi innovativi",
                de="Vorschläge für neue Leistungen",
            ),
            room=LENO,
            persons=(ADA_MODERATES,),
        ),
        ItemData(
            at=("12:45", "13:00"),
            kind=K.CLOSING,
            title=Texts(en="Conclusions", it="Conclusioni", de="Abschluss"),
            room=LENO,
        ),
        ItemData(
            at=("13:00", "14:00"),
            kind=K.MEAL,
            title=Texts(en="Networking lunch", it="Pranzo di networking", de="Mittagessen und Networking"),
        ),
    ],
    "E2": [
        ItemData(at=("10:00", "10:15"), kind=K.WELCOME, title=WELCOME, room=FORUM, persons=(ERIKA,)),
        ItemData(
            at=("10:15", "11:15"),
            kind=K.PRACTICE_PRESENTATION,
            title=Texts(
                en="Two practices that members pay for",
                it="Due pratiche che i soci pagano",
                de="Zwei Praktiken, für die Mitglieder zahlen",
            ),
            room=FORUM,
            persons=(CARLA, ERIKA),
        ),
        *_tables(),
        ItemData(at=("12:30", "13:30"), kind=K.MEAL, title=LUNCH),
        ItemData(
            at=("13:30", "14:30"),
            kind=K.PROPOSALS_SESSION,
            title=Texts(en="Harvest of the tables", it="Raccolta dei tavoli", de="Ernte der Tische"),
            room=FORUM,
            persons=(("erika_musterfrau", R.MODERATOR, "o08"),),
        ),
        ItemData(
            at=("14:30", "15:30"),
            kind=K.CLOSING,
            title=Texts(en="Decisions", it="Decisioni", de="Beschlüsse"),
            room=FORUM,
        ),
    ],
    "E3": [
        ItemData(at=("09:00", "09:20"), kind=K.WELCOME, title=WELCOME, room=ZIGHERANE, persons=(BRUNO,)),
        ItemData(
            at=("09:20", "10:30"),
            kind=K.NEEDS_SESSION,
            title=Texts(
                en="The wall of twelve needs", it="La parete delle dodici esigenze", de="Die Wand der zwölf Bedarfe"
            ),
            room=ZIGHERANE,
            persons=(ADA_MODERATES,),
        ),
        ItemData(
            at=("10:30", "11:30"),
            kind=K.WORKING_TABLE,
            title=Texts(
                en="Pairing needs and practices",
                it="Abbinare esigenze e pratiche",
                de="Bedarfe und Praktiken verbinden",
            ),
            room=ZIGHERANE,
            persons=(ADA_MODERATES,),
        ),
        ItemData(
            at=("11:30", "12:30"),
            kind=K.PROPOSALS_SESSION,
            title=Texts(
                en="Pilots of at least two regions",
                it="Sperimentazioni con almeno due regioni",
                de="Piloten mit mindestens zwei Regionen",
            ),
            room=ZIGHERANE,
            persons=(CARLA,),
        ),
        ItemData(
            at=("12:30", "13:00"),
            kind=K.CLOSING,
            title=Texts(en="Vote", it="Votazione", de="Abstimmung"),
            room=ZIGHERANE,
        ),
        ItemData(
            at=("13:00", "14:00"), kind=K.NETWORKING, title=Texts(en="Networking", it="Networking", de="Networking")
        ),
    ],
    "E4": [
        ItemData(
            at=("08:45", "09:00"),
            kind=K.REGISTRATION,
            title=Texts(
                en="Meet at Rovereto station", it="Ritrovo alla stazione di Rovereto", de="Treffpunkt Bahnhof Rovereto"
            ),
        ),
        ItemData(
            at=("09:00", "09:05"),
            kind=K.TRANSFER,
            title=Texts(en="Coach to ProM Facility", it="Autobus per ProM Facility", de="Bus zur ProM Facility"),
            leg=_leg(TravelMode.COACH, "Rovereto", "ProM Facility", 2, "Piazzale Orsi"),
        ),
        ItemData(
            at=("09:15", "12:00"),
            kind=K.SITE_VISIT,
            title=Texts(
                en="ProM Facility: a shared prototyping lab",
                it="ProM Facility: un laboratorio di prototipazione condiviso",
                de="ProM Facility: ein gemeinsames Prototypenlabor",
            ),
            room=WORKSHOP,
            capacity=15,
            persons=(ELENA,),
            stop=StopData(
                host="o01",
                venue="v01",
                group_limit=8,
                wear=(Protection.SAFETY_SHOES,),
                photo_policy=PhotoPolicy.FORBIDDEN,
            ),
            accepted={Trouble.GROUP_TOO_LARGE: TURNS, Trouble.NO_PAUSE: "Coffee waits between the two halves."},
        ),
        ItemData(at=("12:00", "13:00"), kind=K.MEAL, title=LUNCH),
        ItemData(
            at=("13:30", "13:50"),
            kind=K.TRANSFER,
            title=Texts(
                en="Walk to Progetto Manifattura",
                it="A piedi a Progetto Manifattura",
                de="Zu Fuß zu Progetto Manifattura",
            ),
            leg=_leg(TravelMode.FOOT, "ProM Facility", "Progetto Manifattura", 2),
        ),
        ItemData(
            at=("14:00", "15:45"),
            kind=K.SITE_VISIT,
            title=Texts(
                en="From tobacco factory to cleantech incubator",
                it="Da manifattura tabacchi a incubatore cleantech",
                de="Von der Tabakfabrik zum Cleantech-Inkubator",
            ),
            stop=StopData(host="o03", venue="v02", photo_policy=PhotoPolicy.ALLOWED),
        ),
        ItemData(
            at=("16:00", "17:30"),
            kind=K.SITE_VISIT,
            title=Texts(
                en="Habitech: certification as a service",
                it="Habitech: la certificazione come servizio",
                de="Habitech: Zertifizierung als Dienstleistung",
            ),
            persons=(CARLA,),
            stop=StopData(host="o04", venue="v02"),
        ),
        ItemData(
            at=("18:00", "18:45"),
            kind=K.DEBRIEF,
            title=Texts(en="Learning diary", it="Diario di apprendimento", de="Lerntagebuch"),
            persons=(ADA_MODERATES,),
        ),
        ItemData(
            day=1,
            at=("08:30", "09:10"),
            kind=K.TRANSFER,
            title=Texts(en="Coach to Povo", it="Autobus per Povo", de="Bus nach Povo"),
            leg=_leg(TravelMode.COACH, "Rovereto", "Povo", 28),
        ),
        ItemData(
            day=1,
            at=("09:30", "11:45"),
            kind=K.SITE_VISIT,
            title=Texts(
                en="Laboratories of the Povo campus", it="Laboratori del polo di Povo", de="Labore auf dem Campus Povo"
            ),
            persons=(ADA,),
            stop=StopData(host="o05", venue="v08", needs_identity=True, identity_days_before=5),
        ),
        ItemData(
            day=1,
            at=("12:00", "13:00"),
            kind=K.DEBRIEF,
            title=Texts(en="Debrief", it="Restituzione", de="Auswertung"),
            persons=(ADA_MODERATES,),
        ),
    ],
    "E5": [
        ItemData(
            at=("09:00", "09:45"),
            kind=K.TRANSFER,
            title=Texts(en="Shuttle Milano–Lodi", it="Navetta Milano–Lodi", de="Shuttle Mailand–Lodi"),
            leg=_leg(TravelMode.COACH, "Milano", "Lodi", 35, "Milano Rogoredo"),
        ),
        ItemData(
            at=("10:00", "10:50"),
            kind=K.SITE_VISIT,
            title=Texts(en="The park and its members", it="Il parco e i suoi soci", de="Der Park und seine Mitglieder"),
            room=ADDA,
            persons=(GAIA,),
            stop=StopData(host="o10", venue="v03", photo_policy=PhotoPolicy.ALLOWED),
        ),
        ItemData(
            at=("11:00", "12:15"),
            kind=K.SITE_VISIT,
            title=Texts(en="Genomics laboratory", it="Laboratorio di genomica", de="Genomiklabor"),
            capacity=12,
            stop=StopData(
                host="o10",
                venue="v03",
                group_limit=8,
                wear=(Protection.COAT,),
                photo_policy=PhotoPolicy.FORBIDDEN,
            ),
            accepted={Trouble.GROUP_TOO_LARGE: TURNS},
        ),
        ItemData(at=("12:30", "13:45"), kind=K.MEAL, title=LUNCH),
        ItemData(
            at=("14:00", "15:45"),
            kind=K.SITE_VISIT,
            title=Texts(
                en="Incubator Alimenta: three start-ups",
                it="Incubatore Alimenta: tre start-up",
                de="Inkubator Alimenta: drei Start-ups",
            ),
            stop=StopData(host="o10", venue="v03"),
        ),
        ItemData(
            at=("16:00", "16:45"),
            kind=K.DEBRIEF,
            title=Texts(en="Debrief", it="Restituzione", de="Auswertung"),
            room=ADDA,
            persons=(GAIA,),
        ),
        ItemData(
            at=("17:00", "17:45"),
            kind=K.TRANSFER,
            title=Texts(en="Shuttle Lodi–Milano", it="Navetta Lodi–Milano", de="Shuttle Lodi–Mailand"),
            leg=_leg(TravelMode.COACH, "Lodi", "Milano", 35),
        ),
    ],
    "E6": [
        ItemData(
            at=("14:00", "16:30"),
            kind=K.SITE_VISIT,
            title=Texts(
                en="Technologiezentrum Augsburg", it="Technologiezentrum Augsburg", de="Technologiezentrum Augsburg"
            ),
            room=FORUM,
            persons=(ERIKA,),
            stop=StopData(host="o08", venue="v05", photo_policy=PhotoPolicy.ALLOWED),
        ),
        ItemData(
            day=1,
            at=("08:15", "08:45"),
            kind=K.TRANSFER,
            title=Texts(
                en="Coach to the first company", it="Autobus per la prima azienda", de="Bus zum ersten Betrieb"
            ),
            leg=_leg(TravelMode.COACH, "Technologiezentrum", "Augsburg-Haunstetten", 7),
        ),
        ItemData(
            day=1,
            at=("09:00", "11:30"),
            kind=K.SITE_VISIT,
            title=Texts(en="A robot builder", it="Un costruttore di robot", de="Ein Roboterbauer"),
            stop=StopData(
                gate="Tor 2",
                needs_identity=True,
                identity_days_before=7,
                wear=(Protection.SAFETY_SHOES, Protection.VEST),
                photo_policy=PhotoPolicy.FORBIDDEN,
                needs_nondisclosure=True,
            ),
        ),
        ItemData(day=1, at=("11:45", "12:45"), kind=K.MEAL, title=LUNCH),
        ItemData(
            day=1,
            at=("13:00", "14:45"),
            kind=K.SITE_VISIT,
            title=Texts(en="A maker of sensors", it="Un produttore di sensori", de="Ein Hersteller von Sensoren"),
            stop=StopData(
                gate="Empfang Nord",
                needs_identity=True,
                photo_policy=PhotoPolicy.FORBIDDEN,
                needs_nondisclosure=True,
            ),
        ),
        ItemData(
            day=1,
            at=("15:00", "16:00"),
            kind=K.DEBRIEF,
            title=Texts(en="Learning diary", it="Diario di apprendimento", de="Lerntagebuch"),
            persons=(("erika_musterfrau", R.MODERATOR, "o08"),),
        ),
        ItemData(
            day=4,
            at=("09:00", "10:30"),
            kind=K.DEBRIEF,
            title=Texts(en="Debrief, online", it="Restituzione in rete", de="Auswertung im Netz"),
            persons=(("erika_musterfrau", R.MODERATOR, "o08"),),
        ),
    ],
    "E7": [
        ItemData(
            at=("09:30", "10:15"),
            kind=K.WELCOME,
            title=Texts(en="Opening", it="Apertura", de="Eröffnung"),
            room=PLENARY,
            persons=(GAIA,),
        ),
        ItemData(
            at=("10:15", "11:30"),
            kind=K.KEYNOTE,
            title=Texts(
                en="Benchmarking of cluster management",
                it="Benchmarking della gestione dei cluster",
                de="Benchmarking des Clustermanagements",
            ),
            room=PLENARY,
            persons=(("jan_vzorovy", R.SPEAKER, "o11"),),
        ),
        ItemData(at=("11:30", "12:00"), kind=K.BREAK, title=COFFEE),
        ItemData(
            at=("12:00", "13:00"),
            kind=K.KEYNOTE,
            title=Texts(en="Cluster policies", it="Politiche per i cluster", de="Clusterpolitik"),
            room=PLENARY,
            persons=(MAX, ("piotr_przykladowy", R.SPEAKER, "o14")),
        ),
        ItemData(at=("13:00", "14:15"), kind=K.MEAL, title=LUNCH),
        *_group_starts(),
        ItemData(at=("16:00", "16:15"), kind=K.BREAK, title=COFFEE),
        ItemData(
            at=("16:15", "17:00"),
            kind=K.CLOSING,
            title=Texts(en="Closing", it="Chiusura", de="Abschluss"),
            room=PLENARY,
            persons=(GAIA,),
        ),
    ],
    "E8": [
        ItemData(at=("09:30", "10:00"), kind=K.WELCOME, title=WELCOME, room=AUDITORIUM, persons=(GAIA,)),
        ItemData(
            at=("10:00", "10:45"),
            kind=K.PITCH,
            title=Texts(
                en="Three pitches in search of a region",
                it="Tre pitch in cerca di una regione",
                de="Drei Kurzvorträge suchen eine Region",
            ),
            room=AUDITORIUM,
            persons=(MAX, ("eva_minta", R.SPEAKER, "o15"), ("jozef_vzor", R.SPEAKER, "o16")),
        ),
        ItemData(
            at=("11:00", "12:30"),
            kind=K.FAIR,
            title=Texts(en="Good-practice fair", it="Fiera delle buone pratiche", de="Messe guter Praktiken"),
            room=AUDITORIUM,
        ),
        ItemData(at=("12:30", "14:00"), kind=K.MEAL, title=LUNCH),
        ItemData(
            at=("14:00", "15:15"),
            kind=K.WORLD_CAFE,
            title=Texts(
                en="World café on the strategic plan, three rounds of 20 minutes",
                it="World café sul piano strategico, tre giri da 20 minuti",
                de="World-Café zum Strategieplan, drei Runden zu 20 Minuten",
            ),
            room=ADDA,
            capacity=30,
            audience=Audience.INVITED,
            persons=(GAIA,),
        ),
        ItemData(
            at=("14:00", "15:00"),
            kind=K.SITE_VISIT,
            title=Texts(
                en="Tour of the genomics laboratory",
                it="Visita al laboratorio di genomica",
                de="Führung durch das Genomiklabor",
            ),
            room=GENOMICS,
            capacity=8,
        ),
        ItemData(
            at=("15:30", "16:15"),
            kind=K.WORKING_TABLE,
            title=Texts(
                en="Fundamental actions and who owns them",
                it="Azioni fondamentali e chi ne risponde",
                de="Kernmaßnahmen und wer sie verantwortet",
            ),
            room=ADDA,
            capacity=30,
            audience=Audience.INVITED,
            persons=(MAX,),
        ),
        ItemData(
            at=("16:15", "16:30"),
            kind=K.CLOSING,
            title=Texts(en="Closing", it="Chiusura", de="Abschluss"),
            room=ADDA,
            audience=Audience.INVITED,
        ),
    ],
    "E9": [
        ItemData(
            at=("09:00", "10:00"),
            kind=K.KEYNOTE,
            title=Texts(
                en="What energy asks of software",
                it="Che cosa chiede l’energia al software",
                de="Was die Energie von der Software braucht",
            ),
            room=SAAL,
            persons=(MAX,),
        ),
        ItemData(
            at=("10:00", "12:00"),
            kind=K.B2B_BLOCK,
            title=Texts(
                en="One-to-one meetings, twelve tables",
                it="Incontri a due, dodici tavoli",
                de="Einzelgespräche an zwölf Tischen",
            ),
            room=B2B,
            capacity=24,
        ),
        ItemData(
            at=("10:30", "11:30"),
            kind=K.PITCH,
            title=Texts(en="Pitch corner", it="Angolo dei pitch", de="Bühne für Kurzvorträge"),
            room=SAAL,
            persons=(("jan_vzorovy", R.MODERATOR, "o11"),),
        ),
        ItemData(at=("12:00", "13:00"), kind=K.MEAL, title=LUNCH),
        ItemData(
            at=("13:00", "15:00"),
            kind=K.B2B_BLOCK,
            title=Texts(
                en="One-to-one meetings, second round",
                it="Incontri a due, secondo giro",
                de="Einzelgespräche, zweite Runde",
            ),
            room=B2B,
            capacity=24,
        ),
        ItemData(
            at=("15:15", "16:00"),
            kind=K.CLOSING,
            title=Texts(en="Results", it="Risultati", de="Ergebnisse"),
            room=SAAL,
            persons=(MAX,),
        ),
    ],
    "E10": [
        ItemData(at=("09:00", "09:30"), kind=K.WELCOME, title=WELCOME, room=DVORANA, persons=(ANA,)),
        ItemData(
            at=("09:30", "11:00"),
            kind=K.PEER_REVIEW,
            title=Texts(en="The host’s case", it="Il caso della regione ospite", de="Der Fall der Gastgeber"),
            room=DVORANA,
            persons=(("ana_primer", R.SPEAKER, "o13"),),
        ),
        ItemData(
            at=("11:15", "12:30"),
            kind=K.PEER_REVIEW,
            title=Texts(en="Interviews", it="Interviste", de="Interviews"),
            room=DVORANA,
            persons=(("piotr_przykladowy", R.MODERATOR, "o14"),),
        ),
        ItemData(at=("12:30", "13:30"), kind=K.MEAL, title=LUNCH),
        ItemData(
            at=("13:30", "15:30"),
            kind=K.PEER_REVIEW,
            title=Texts(en="Interviews, continued", it="Interviste, seguito", de="Interviews, Fortsetzung"),
            room=DVORANA,
            persons=(("jan_vzorovy", R.MODERATOR, "o11"),),
        ),
        ItemData(
            day=1,
            at=("09:00", "11:00"),
            kind=K.PEER_REVIEW,
            title=Texts(en="Findings", it="Risultanze", de="Befunde"),
            room=DVORANA,
        ),
        ItemData(
            day=1,
            at=("11:15", "12:30"),
            kind=K.PROPOSALS_SESSION,
            title=Texts(en="To-do list", it="Lista delle cose da fare", de="Aufgabenliste"),
            room=DVORANA,
            persons=(ANA,),
        ),
        ItemData(day=1, at=("12:30", "13:30"), kind=K.MEAL, title=LUNCH),
        ItemData(
            day=1,
            at=("13:30", "15:00"),
            kind=K.CLOSING,
            title=Texts(en="Agreement and closing", it="Accordo e chiusura", de="Vereinbarung und Abschluss"),
            room=DVORANA,
        ),
    ],
}


@transactional
def load_agenda(event_key: str, event_id: int, ids: DemoIds, now: datetime) -> None:
    """Put the agenda of an event on it, and accept the warnings that its organisers would."""
    rooms = {(room.venue_id, room.name): room.id for room in queries.rooms_of(list(ids.venues.values()))}
    for data in AGENDAS[event_key]:
        room_id = rooms[ids.venues[data.room[0]], data.room[1]] if data.room else None
        item = services.add_item(event_id=event_id, values=_values(data, room_id, ids), actor=SYSTEM, now=now)
        for warning, reason in data.accepted.items():
            services.overrule(event_id=event_id, item_id=item.id, warning=warning, reason=reason, actor=SYSTEM, now=now)


def _values(data: ItemData, room_id: int | None, ids: DemoIds) -> ItemInput:
    starts, ends = data.at
    return ItemInput(
        slot=Slot(day=data.day, start_minute=parse_clock(starts), end_minute=parse_clock(ends)),
        kind=data.kind,
        title=data.title,
        track=data.track,
        audience=data.audience,
        capacity=data.capacity,
        room_id=room_id,
        persons=tuple(
            PersonInput(
                person_id=ids.network.persons[person],
                role=role,
                organisation_id=ids.network.organisations[organisation],
            )
            for person, role, organisation in data.persons
        ),
        stop=_stop(data.stop, ids) if data.stop else None,
        leg=data.leg,
    )


def _stop(data: StopData, ids: DemoIds) -> StopInput:
    return StopInput(
        host_id=ids.network.organisations[data.host] if data.host else None,
        venue_id=ids.venues[data.venue] if data.venue else None,
        gate=data.gate,
        group_limit=data.group_limit,
        protective_equipment=tuple(str(code) for code in data.wear),
        needs_identity=data.needs_identity,
        identity_days_before=data.identity_days_before,
        photo_policy=data.photo_policy,
        needs_nondisclosure=data.needs_nondisclosure,
    )
