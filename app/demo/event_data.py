"""The ten events of the demonstration. Days are counted from the day of the first load, but for two that really were."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from app.events.rules import Audience, Format, Kind, OrganisationRole, PersonRole, SubFormat
from app.kernel.texts import Texts

WORKSHOP, VISIT, FORUM = Kind.CLUSTERS_WORKSHOP, Kind.STUDY_VISIT, Kind.EXCHANGE_FORUM
ORGANISER, CO, HOST = OrganisationRole.ORGANISER, OrganisationRole.CO_ORGANISER, OrganisationRole.HOST
PARTICIPANT, SUPPORTER = OrganisationRole.PARTICIPANT, OrganisationRole.SUPPORTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """``opens_in`` and ``closes_before`` in days: from the load, and before the start."""

    capacity: int | None
    confirmed: int = 0
    waiting: int = 0
    has_waitlist: bool = True
    opens_in: int | None = None
    closes_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEvent:
    """An event as this file writes it down; organisations, venues, groups and people by their keys."""

    kind: Kind
    title: Texts
    summary: Texts
    venue: str
    organisers: tuple[tuple[str, OrganisationRole], ...]
    seats: Seats
    in_days: int | None = None
    on: date | None = None
    days: int = 1
    start: time = time(9, 0)
    end: time = time(13, 0)
    sub_format: SubFormat | None = None
    format: Format = Format.ON_SITE
    audience: Audience = Audience.PUBLIC
    online_url: str | None = None
    project: str | None = None
    phase: int | None = None
    groups: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    persons: tuple[tuple[str, PersonRole, str], ...] = ()
    unnamed_heads: tuple[tuple[str, int], ...] = ()
    edition: str | None = None
    in_series: bool = False
    year_only: bool = False
    is_held: bool = False
    called_off: str | None = None
    moved_from_days: int | None = None
    before_clock_change: bool = False
    cost_note: Texts = field(default_factory=Texts)


EVENTS: dict[str, DemoEvent] = {
    "E1": DemoEvent(
        kind=WORKSHOP,
        title=Texts(
            en="Clusters workshop Trentino: “Smart Clusters” for a “smart specialisation”",
            it="Clusters workshop Trentino: “Smart Clusters” per una “smart specialisation”",
            de="Cluster-Workshop Trentino: „Smart Clusters“ für eine „smart specialisation“",
        ),
        summary=Texts(
            en="The practices that a study of cluster services selected, presented and discussed with three local clusters, "
            "and the needs that they expressed.",
            it="Le migliori pratiche selezionate da uno studio sui servizi dei cluster, presentate e discusse con tre "
            "cluster locali, e le esigenze che hanno espresso.",
            de="Die guten Praktiken, die eine Studie über Clusterdienste ausgewählt hat, vorgestellt und diskutiert mit "
            "drei Clustern der Region, und der Bedarf, den sie genannt haben.",
        ),
        venue="v01",
        organisers=(
            ("o05", ORGANISER),
            ("o06", CO),
            ("o01", HOST),
            ("o02", PARTICIPANT),
            ("o03", PARTICIPANT),
            ("o04", PARTICIPANT),
            ("o05", PARTICIPANT),
            ("o06", PARTICIPANT),
            ("o07", PARTICIPANT),
        ),
        seats=Seats(capacity=40),
        on=date(2018, 1, 1),
        year_only=True,
        audience=Audience.INVITED,
        project="A",
        phase=1,
        sectors=("production_technologies",),
        languages=("it", "en"),
        persons=(("heiko_bartschat", PersonRole.INVITED_EXPERT, "o08"), ("dario_fittizio", PersonRole.OBSERVER, "o07")),
        unnamed_heads=(("o07", 6),),
        edition="Trentino",
        in_series=True,
        is_held=True,
    ),
    "E2": DemoEvent(
        kind=WORKSHOP,
        title=Texts(
            en="Members pay for it: services that last",
            it="I soci li pagano: servizi che durano",
            de="Mitglieder zahlen dafür: Dienste, die bleiben",
        ),
        summary=Texts(
            en="What do members of a cluster pay for after the funding ends? Two practices and three working tables.",
            it="Per che cosa pagano i soci di un cluster quando finiscono i contributi? Due pratiche e tre tavoli di lavoro.",
            de="Wofür zahlen Mitglieder eines Clusters, wenn die Förderung endet? Zwei Praktiken und drei Arbeitstische.",
        ),
        venue="v05",
        organisers=(("o08", ORGANISER), ("o05", CO), ("o08", HOST)),
        seats=Seats(capacity=30, confirmed=12),
        in_days=-120,
        start=time(10, 0),
        end=time(15, 30),
        project="A",
        phase=2,
        sectors=("production_technologies",),
        languages=("de", "en"),
        persons=(("erika_musterfrau", PersonRole.MODERATOR, "o08"),),
        edition="Bayern",
        in_series=True,
        is_held=True,
    ),
    "E3": DemoEvent(
        kind=WORKSHOP,
        title=Texts(
            en="From needs to pilots", it="Dalle esigenze alle sperimentazioni", de="Vom Bedarf zum Pilotprojekt"
        ),
        summary=Texts(
            en="Twelve needs on the wall, paired with practices from other regions. Every pilot has at least two regions.",
            it="Dodici esigenze sulla parete, abbinate a pratiche di altre regioni. Ogni sperimentazione ha almeno due regioni.",
            de="Zwölf Bedarfe an der Wand, verbunden mit Praktiken anderer Regionen. Jeder Pilot hat mindestens zwei Regionen.",
        ),
        venue="v02",
        organisers=(("o05", ORGANISER), ("o06", CO), ("o03", HOST)),
        seats=Seats(capacity=24, confirmed=13, closes_before=2),  # and the guests of guest_data
        in_days=21,
        end=time(14, 0),
        format=Format.HYBRID,
        online_url="https://meet.filo.example/needs-to-pilots",
        audience=Audience.INVITED,
        project="A",
        phase=3,
        sectors=("production_technologies", "energy_environment"),
        languages=("it", "en"),
        persons=(("ada_esempio", PersonRole.MODERATOR, "o05"),),
        edition="Trentino",
        in_series=True,
    ),
    "E4": DemoEvent(
        kind=VISIT,
        title=Texts(
            en="Prototyping and cleantech, Rovereto and Povo",
            it="Prototipazione e cleantech, Rovereto e Povo",
            de="Prototypen und Umwelttechnik, Rovereto und Povo",
        ),
        summary=Texts(
            en="Two days with the people who run a shared prototyping lab, a cleantech incubator and a research campus.",
            it="Due giorni con chi gestisce un laboratorio di prototipazione condiviso, un incubatore cleantech e un polo di ricerca.",
            de="Zwei Tage bei denen, die ein gemeinsames Prototypenlabor, einen Cleantech-Inkubator und einen Campus betreiben.",
        ),
        venue="v01",
        organisers=(("o05", ORGANISER), ("o01", HOST), ("o03", HOST)),
        seats=Seats(capacity=15, confirmed=15, waiting=3, closes_before=7),
        in_days=45,
        days=2,
        start=time(8, 45),
        end=time(13, 0),
        project="A",
        phase=3,
        sectors=("production_technologies", "energy_environment"),
        languages=("en", "it"),
        persons=(("elena_finta", PersonRole.HOST_CONTACT, "o01"), ("carla_prova", PersonRole.SPEAKER, "o04")),
        cost_note=Texts(
            en="Free; you pay your own travel to Rovereto and the hotel.",
            it="Gratuita; il viaggio fino a Rovereto e l’albergo sono a carico vostro.",
            de="Kostenlos; Anreise nach Rovereto und Hotel zahlen Sie selbst.",
        ),
    ),
    "E5": DemoEvent(
        kind=VISIT,
        title=Texts(
            en="Agrifood innovation in Lodi",
            it="Innovazione agroalimentare a Lodi",
            de="Agrar- und Lebensmittelinnovation in Lodi",
        ),
        summary=Texts(
            en="A genomics laboratory, an incubator and three start-ups that went from pilot to product.",
            it="Un laboratorio di genomica, un incubatore e tre start-up passate dal prototipo al prodotto.",
            de="Ein Genomiklabor, ein Inkubator und drei Start-ups auf dem Weg vom Piloten zum Produkt.",
        ),
        venue="v03",
        organisers=(("o09", ORGANISER), ("o10", HOST)),
        seats=Seats(capacity=12, confirmed=9),
        in_days=-8,
        start=time(9, 0),
        end=time(18, 0),
        project="B",
        phase=2,
        groups=("agrifood",),
        sectors=("food_industry",),
        languages=("en", "it"),
        persons=(("gaia_modello", PersonRole.MODERATOR, "o09"),),
        is_held=True,
    ),
    "E6": DemoEvent(
        kind=VISIT,
        title=Texts(en="Industry 4.0 in Bavaria", it="Industria 4.0 in Baviera", de="Industrie 4.0 in Bayern"),
        summary=Texts(
            en="Two companies from inside and a debriefing online. The clocks change in between: look at the times.",
            it="Due aziende viste da dentro e un debriefing in rete. Nel mezzo cambia l’ora: attenzione agli orari.",
            de="Zwei Betriebe von innen und eine Auswertung im Netz. Dazwischen wird die Uhr umgestellt: Zeiten beachten.",
        ),
        venue="v05",
        organisers=(("o08", ORGANISER), ("o08", HOST)),
        seats=Seats(capacity=12, confirmed=10),
        before_clock_change=True,
        days=5,
        start=time(14, 0),
        end=time(10, 30),
        format=Format.HYBRID,
        online_url="https://meet.filo.example/industry-debrief",
        project="A",
        phase=3,
        sectors=("production_technologies", "automotive_aeronautics"),
        languages=("de", "en"),
        persons=(("erika_musterfrau", PersonRole.HOST_CONTACT, "o08"),),
    ),
    "E7": DemoEvent(
        kind=FORUM,
        sub_format=SubFormat.CONFERENCE,
        title=Texts(
            en="International Benchmarking Conference",
            it="Conferenza internazionale di benchmarking",
            de="Internationale Benchmarking-Konferenz",
        ),
        summary=Texts(
            en="Cluster management compared across Europe, and the start of five thematic groups.",
            it="La gestione dei cluster a confronto in Europa e l’avvio di cinque gruppi tematici.",
            de="Clustermanagement im europäischen Vergleich und der Start von fünf Themengruppen.",
        ),
        venue="v06",
        organisers=(("o09", ORGANISER), ("o11", CO), ("o10", SUPPORTER), ("o13", PARTICIPANT), ("o14", PARTICIPANT)),
        seats=Seats(capacity=200, confirmed=14),
        on=date(2011, 10, 25),
        start=time(9, 30),
        end=time(17, 0),
        project="B",
        phase=2,
        groups=("agrifood", "energy_environment", "tourism", "ict", "life_sciences"),
        languages=("it", "en"),
        persons=(("gaia_modello", PersonRole.MODERATOR, "o09"),),
        is_held=True,
    ),
    "E8": DemoEvent(
        kind=FORUM,
        title=Texts(
            en="Agri-food meta-district forum",
            it="Forum del meta-distretto agroalimentare",
            de="Forum des Meta-Clusters Agrar und Ernährung",
        ),
        summary=Texts(
            en="A public morning of pitches and good practices, a closed afternoon on the strategic plan.",
            it="Una mattina pubblica di presentazioni e buone pratiche, un pomeriggio a porte chiuse sul piano strategico.",
            de="Ein öffentlicher Vormittag mit Kurzvorträgen und guter Praxis, ein geschlossener Nachmittag zum Strategieplan.",
        ),
        venue="v03",
        organisers=(("o09", ORGANISER), ("o12", CO), ("o10", HOST)),
        seats=Seats(capacity=120, confirmed=18),
        in_days=75,
        start=time(9, 30),
        end=time(16, 30),
        project="B",
        phase=2,
        groups=("agrifood",),
        sectors=("food_industry",),
        languages=("en", "it", "de"),
        persons=(("gaia_modello", PersonRole.MODERATOR, "o09"), ("max_mustermann", PersonRole.SPEAKER, "o12")),
    ),
    "E9": DemoEvent(
        kind=FORUM,
        sub_format=SubFormat.MATCHMAKING,
        title=Texts(
            en="ICT meets energy: B2B forum",
            it="L’Ict incontra l’energia: forum B2B",
            de="IKT trifft Energie: B2B-Forum",
        ),
        summary=Texts(
            en="Twelve tables, twenty minutes each: software houses and energy companies look for a partner abroad.",
            it="Dodici tavoli, venti minuti ciascuno: aziende del software e dell’energia cercano un partner all’estero.",
            de="Zwölf Tische, je zwanzig Minuten: Softwarehäuser und Energiefirmen suchen Partner im Ausland.",
        ),
        venue="v07",
        organisers=(("o12", ORGANISER), ("o11", CO)),
        seats=Seats(capacity=48, opens_in=30, closes_before=10),
        in_days=100,
        start=time(9, 0),
        end=time(16, 0),
        project="B",
        phase=2,
        groups=("ict", "energy_environment"),
        sectors=("ict", "energy_environment"),
        languages=("en", "de"),
        persons=(("max_mustermann", PersonRole.MODERATOR, "o12"),),
    ),
    "E10": DemoEvent(
        kind=FORUM,
        sub_format=SubFormat.PEER_REVIEW,
        title=Texts(
            en="Alpine tourism peer review",
            it="Peer review del turismo alpino",
            de="Peer-Review zum alpinen Tourismus",
        ),
        summary=Texts(
            en="A host region opens its books, peers from two other countries write down what they would do.",
            it="Una regione apre i suoi conti, i pari di altri due Paesi scrivono che cosa farebbero.",
            de="Eine Region legt ihre Karten auf den Tisch, Fachleute aus zwei anderen Ländern schreiben auf, was sie täten.",
        ),
        venue="v04",
        organisers=(("o13", ORGANISER), ("o17", CO)),
        seats=Seats(capacity=20, confirmed=5),
        in_days=60,
        moved_from_days=55,
        days=2,
        start=time(9, 0),
        end=time(15, 0),
        project="B",
        phase=2,
        groups=("tourism",),
        sectors=("tourism",),
        languages=("en",),
        persons=(("ana_primer", PersonRole.MODERATOR, "o13"),),
        called_off="The host region has other tasks after the storm.",
    ),
}
