"""Six practices, from what their owners have published about themselves; owners confirm before real publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.agenda.rules import parse_clock
from app.demo import queries
from app.demo.candidate_data import RESTS, go_through_review, load_candidates
from app.demo.event_data import EVENTS
from app.demo.ids import DemoIds
from app.kernel.db import transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.practices import services
from app.practices.inputs import PracticeInput, UseInput
from app.practices.rules import Act, Aim

P, S, D = Act.PRESENTED, Act.SHARED, Act.DISCUSSED
# the texts of the form in the order of ``parts``
PARTS = ("problem", "body", "resources", "evidence", "lessons", "transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What happened to a practice at an event; ``at``: when the item begins on the event's first day."""

    event: str
    act: Act
    at: str | None = None
    notes: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeData:
    """``parts``: by language, one paragraph for each of PARTS."""

    slug: str
    owner: str
    sector: str
    aims: frozenset[Aim]
    country: str
    region: str
    city: str
    title: Texts
    summary: Texts
    parts: dict[str, tuple[str, str, str, str, str, str]]
    uses: tuple[Use, ...] = ()

    def texts(self) -> dict[str, Any]:
        return {
            name: Texts({lang: parts[number] for lang, parts in self.parts.items()})
            for number, name in enumerate(PARTS)
        }


PRACTICES: dict[str, PracticeData] = {
    "G1": PracticeData(
        slug="calendar-of-specialist-events",
        owner="o08",
        sector="production_technologies",
        aims=frozenset({Aim.COMPETITIVENESS, Aim.INNOVATION}),
        country="DE",
        region="DE2",
        city="Augsburg",
        title=Texts(
            en="A calendar of 70+ specialist events a year for members",
            it="Un calendario di oltre 70 eventi specialistici l’anno per i soci",
            de="Ein Kalender mit über 70 Fachveranstaltungen im Jahr für Mitglieder",
        ),
        summary=Texts(
            en="Small firms do not meet outside their region. Forums, meet-ups and a joint stand at trade fairs change that.",
            it="Le piccole imprese non si incontrano fuori regione. Forum, incontri e uno stand comune in fiera lo cambiano.",
            de="Kleine Betriebe treffen sich nicht über ihre Region hinaus. Foren, Treffen und ein Messestand ändern das.",
        ),
        parts={
            "en": (
                "Small and medium firms do not meet outside their region.",
                "Specialist forums, meet-ups and a joint stand at trade fairs, all year round.",
                "A management team.",
                "123 members and 89 partner firms with more than 70 events (2013); more than 220 members (2020).",
                "Events must lead to projects.",
                "The calendar by topics, and the shared stand.",
            ),
            "it": (
                "Le piccole e medie imprese non si incontrano fuori dalla propria regione.",
                "Forum specialistici, incontri e uno stand comune in fiera, tutto l’anno.",
                "Un gruppo di gestione.",
                "123 soci e 89 aziende partner con oltre 70 eventi (2013); oltre 220 soci (2020).",
                "Gli eventi devono portare a progetti.",
                "Il calendario per temi e lo stand condiviso.",
            ),
            "de": (
                "Kleine und mittlere Betriebe treffen sich nicht über ihre Region hinaus.",
                "Fachforen, Treffen und ein gemeinsamer Messestand, das ganze Jahr.",
                "Ein Managementteam.",
                "123 Mitglieder und 89 Partnerfirmen mit über 70 Veranstaltungen (2013); über 220 Mitglieder (2020).",
                "Veranstaltungen müssen zu Projekten führen.",
                "Der Themenkalender und der gemeinsame Stand.",
            ),
        },
        uses=(
            Use(event="E1", act=P, at="09:50"),
            Use(event="E1", act=S, at="09:50", notes="Slides"),
            Use(
                event="E1",
                act=D,
                at="11:00",
                notes="Four notes from the working table",
                outcome="Two Trentino firms are invited to the joint stand.",
            ),
        ),
    ),
    "G2": PracticeData(
        slug="cluster-academy",
        owner="o08",
        sector="production_technologies",
        aims=frozenset({Aim.COMPETITIVENESS, Aim.TECHNOLOGY_TRANSFER}),
        country="DE",
        region="DE2",
        city="Augsburg",
        title=Texts(
            en="A cluster academy: qualification as a service",
            it="Un’accademia di cluster: la qualificazione come servizio",
            de="Eine Clusterakademie: Qualifizierung als Dienstleistung",
        ),
        summary=Texts(
            en="Disciplines do not speak each other’s language. A mechatronics academy teaches what firms ask for.",
            it="Le discipline non parlano la stessa lingua. Un’accademia di meccatronica insegna ciò che le imprese chiedono.",
            de="Die Fächer sprechen nicht dieselbe Sprache. Eine Mechatronik-Akademie lehrt, was Firmen brauchen.",
        ),
        parts={
            "en": (
                "A skills gap between disciplines.",
                "A mechatronics academy since 2012: technical courses, project management, soft skills.",
                "Course fees.",
                "A steady business field since 2012.",
                "Firms set the themes.",
                "One joint module with Rovereto.",
            ),
            "it": (
                "Un divario di competenze tra le discipline.",
                "Un’accademia di meccatronica dal 2012: corsi tecnici, gestione di progetti, competenze trasversali.",
                "Le quote dei corsi.",
                "Un’attività stabile dal 2012.",
                "Sono le imprese a scegliere i temi.",
                "Un modulo comune con Rovereto.",
            ),
            "de": (
                "Eine Lücke in den Fähigkeiten zwischen den Fächern.",
                "Seit 2012 eine Mechatronik-Akademie: Fachkurse, Projektmanagement, soziale Kompetenz.",
                "Kursgebühren.",
                "Seit 2012 ein beständiges Geschäftsfeld.",
                "Die Firmen setzen die Themen.",
                "Ein gemeinsames Modul mit Rovereto.",
            ),
        },
        uses=(Use(event="E1", act=P, at="09:50"), Use(event="E2", act=P, at="10:15")),
    ),
    "G3": PracticeData(
        slug="shared-prototyping-lab",
        owner="o01",
        sector="production_technologies",
        aims=frozenset({Aim.INNOVATION, Aim.TECHNOLOGY_TRANSFER}),
        country="IT",
        region="ITH2",
        city="Rovereto",
        title=Texts(
            en="A shared prototyping lab for SMEs",
            it="Un laboratorio di prototipazione condiviso per le Pmi",
            de="Ein gemeinsames Prototypenlabor für KMU",
        ),
        summary=Texts(
            en="No small firm can afford the machines alone. An open lab takes an idea from design to validation.",
            it="Nessuna piccola impresa può permettersi le macchine. Un laboratorio aperto porta l’idea fino alla convalida.",
            de="Allein kann sich kein kleiner Betrieb die Maschinen leisten. Ein offenes Labor führt bis zur Validierung.",
        ),
        parts={
            "en": (
                "A single small firm cannot afford the machines.",
                "An open lab, from design to validation.",
                "About €6 million of equipment on 1,500 m², with the European Regional Development Fund.",
                "SMAU innovation award 2017.",
                "Technicians matter more than machines.",
                "Booking from afar.",
            ),
            "it": (
                "Una singola piccola impresa non può permettersi le macchine.",
                "Un laboratorio aperto, dalla progettazione alla convalida.",
                "Circa 6 milioni di euro di attrezzature su 1.500 m², con il Fondo europeo di sviluppo regionale.",
                "Premio innovazione SMAU 2017.",
                "I tecnici contano più delle macchine.",
                "La prenotazione a distanza.",
            ),
            "de": (
                "Ein kleiner Betrieb allein kann sich die Maschinen nicht leisten.",
                "Ein offenes Labor, vom Entwurf bis zur Validierung.",
                "Rund 6 Mio. € Ausstattung auf 1.500 m², mit dem Europäischen Fonds für regionale Entwicklung.",
                "SMAU-Innovationspreis 2017.",
                "Auf die Fachleute kommt es mehr an als auf die Maschinen.",
                "Buchen aus der Ferne.",
            ),
        },
        uses=(Use(event="E4", act=P, at="09:15"),),
    ),
    "G4": PracticeData(
        slug="tobacco-factory-to-cleantech-incubator",
        owner="o03",
        sector="energy_environment",
        aims=frozenset({Aim.COMPETITIVENESS, Aim.INNOVATION}),
        country="IT",
        region="ITH2",
        city="Rovereto",
        title=Texts(
            en="From tobacco factory to cleantech incubator",
            it="Da manifattura tabacchi a incubatore cleantech",
            de="Von der Tabakfabrik zum Cleantech-Inkubator",
        ),
        summary=Texts(
            en="Nine hectares stood empty. Reused in stages, they now hold an incubator and firms of the green economy.",
            it="Nove ettari dismessi. Recuperati a fasi, ospitano un incubatore e imprese dell’economia verde.",
            de="Neun Hektar standen leer. Schritt für Schritt genutzt, beherbergen sie Inkubator und grüne Wirtschaft.",
        ),
        parts={
            "en": (
                "A closed site of nine hectares.",
                "Reuse in stages, incubation, firms of the green economy.",
                "Public investment.",
                "About 60 proposals in 48 months and about 200 jobs; certified incubator since 2014.",
                "Do it in phases, and fill small spaces first.",
                "Giving mills a new use.",
            ),
            "it": (
                "Un sito chiuso di nove ettari.",
                "Riuso a fasi, incubazione, imprese dell’economia verde.",
                "Investimento pubblico.",
                "Circa 60 proposte in 48 mesi e circa 200 posti di lavoro; incubatore certificato dal 2014.",
                "Procedere per fasi e riempire prima gli spazi piccoli.",
                "Dare nuova vita agli opifici.",
            ),
            "de": (
                "Ein stillgelegtes Gelände von neun Hektar.",
                "Umnutzung in Etappen, Inkubation, Betriebe der grünen Wirtschaft.",
                "Öffentliche Investitionen.",
                "Rund 60 Bewerbungen in 48 Monaten und rund 200 Arbeitsplätze; seit 2014 zertifizierter Inkubator.",
                "In Etappen vorgehen und zuerst kleine Flächen füllen.",
                "Alte Fabriken neu nutzen.",
            ),
        },
        uses=(Use(event="E4", act=P, at="14:00"),),
    ),
    "G5": PracticeData(
        slug="certification-services",
        owner="o04",
        sector="energy_environment",
        aims=frozenset({Aim.COMPETITIVENESS}),
        country="IT",
        region="ITH2",
        city="Rovereto",
        title=Texts(
            en="A district that earns its living: certification services",
            it="Un distretto che si mantiene: servizi di certificazione",
            de="Ein Cluster, der sich selbst trägt: Zertifizierung als Dienst",
        ),
        summary=Texts(
            en="Grants end. Market services, such as the certification of buildings, keep a district going.",
            it="I contributi finiscono. Servizi di mercato, come la certificazione degli edifici, sostengono il distretto.",
            de="Förderung endet. Marktleistungen wie die Zertifizierung von Gebäuden tragen den Cluster.",
        ),
        parts={
            "en": (
                "Dependence on grants.",
                "Services for the market: certification of buildings, innovation for members.",
                "Fees of the consortium and sales.",
                "A turnover of 2.1 million euros in 2017, and 13 new members since 2017.",
                "A mix of market and mission.",
                "The model of the fees.",
            ),
            "it": (
                "La dipendenza dai contributi.",
                "Servizi per il mercato: certificazione degli edifici, innovazione per i soci.",
                "Quote consortili e vendite.",
                "2,1 milioni di euro di fatturato nel 2017 e 13 nuovi soci dal 2017.",
                "Un equilibrio tra mercato e missione.",
                "Il modello delle quote.",
            ),
            "de": (
                "Abhängigkeit von Förderung.",
                "Leistungen für den Markt: Gebäudezertifizierung, Innovation für Mitglieder.",
                "Beiträge des Konsortiums und Erlöse.",
                "2,1 Mio. € Umsatz 2017 und 13 neue Mitglieder seit 2017.",
                "Eine Mischung aus Markt und Auftrag.",
                "Das Beitragsmodell.",
            ),
        },
        uses=(
            Use(event="E2", act=P, at="10:15"),
            Use(event="E2", act=D, at="13:30", notes="Would members of other clusters pay?"),
            Use(event="E4", act=P, at="16:00"),
        ),
    ),
    "G6": PracticeData(
        slug="alimenta-incubator",
        owner="o10",
        sector="food_industry",
        aims=frozenset({Aim.INNOVATION, Aim.TECHNOLOGY_TRANSFER}),
        country="IT",
        region="ITC4",
        city="Lodi",
        title=Texts(
            en="Alimenta: an agrifood incubator and talent programme",
            it="Alimenta: un incubatore agroalimentare e un programma per talenti",
            de="Alimenta: ein Inkubator und Talentprogramm für Agrar und Ernährung",
        ),
        summary=Texts(
            en="Research does not reach small food companies. An incubator and a call with the city of Milan bring it there.",
            it="La ricerca non arriva alle piccole imprese alimentari. Un incubatore e un bando con la città di Milano la portano.",
            de="Forschung erreicht kleine Lebensmittelbetriebe nicht. Ein Inkubator und ein Aufruf mit Mailand ändern das.",
        ),
        parts={
            "en": (
                "Research does not reach small food companies.",
                "An incubator, and an accelerator’s call with the city of Milan.",
                "Co-funding by the city.",
                "Open to foreign start-ups; third edition in 2015.",
                "Laboratory and coaching go together.",
                "The template of the call.",
            ),
            "it": (
                "La ricerca non arriva alle piccole imprese alimentari.",
                "Un incubatore e un bando di accelerazione con la città di Milano.",
                "Cofinanziamento della città.",
                "Aperto a start-up straniere; terza edizione nel 2015.",
                "Laboratorio e accompagnamento vanno insieme.",
                "Il modello del bando.",
            ),
            "de": (
                "Forschung erreicht kleine Lebensmittelbetriebe nicht.",
                "Ein Inkubator und ein Accelerator-Aufruf mit der Stadt Mailand.",
                "Kofinanzierung durch die Stadt.",
                "Offen für Start-ups aus dem Ausland; dritte Ausgabe 2015.",
                "Labor und Begleitung gehören zusammen.",
                "Die Vorlage des Aufrufs.",
            ),
        },
        uses=(
            Use(event="E5", act=P, at="14:00"),
            Use(event="E5", act=D, at="16:00", notes="The call’s template goes to two regions."),
        ),
    ),
}


@transactional
def load_practices(ids: DemoIds, now: datetime) -> None:
    """Lead the six practices through their review, the first one last written, and note what happened at the events."""
    events = queries.demonstration_events({key: event.title for key, event in EVENTS.items()})
    for age, (key, data) in enumerate(PRACTICES.items()):
        practice = services.add(
            values=_values(key, data, ids),
            actor=SYSTEM,
            now=now - timedelta(days=age),
            slug=data.slug,
            demonstration=True,
        )
        go_through_review(practice.id, key, ids, now)
        for use in data.uses:
            if use.event in events:
                _record(practice.id, use, events[use.event], now)
    load_candidates(ids, now)


def _record(practice_id: int, use: Use, event_id: int, now: datetime) -> None:
    item_id = queries.item_at(event_id, 0, parse_clock(use.at)) if use.at else None
    values = UseInput(
        practice_id=practice_id, act=use.act, agenda_item_id=item_id, notes=use.notes, outcome=use.outcome
    )
    services.record_use(event_id=event_id, values=values, actor=SYSTEM, now=now)


def _values(key: str, data: PracticeData, ids: DemoIds) -> PracticeInput:
    return PracticeInput(
        title=data.title,
        summary=data.summary,
        **data.texts(),
        **RESTS[key].values(ids),
        owner_id=ids.network.organisations[data.owner],
        sector_id=data.sector,
        aims=data.aims,
        country_code=data.country,
        region_code=data.region,
        city=data.city,
    )
