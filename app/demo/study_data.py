"""The study of HIT with the services that it found, and who takes the practices up; services and uptake are invented."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.demo.candidate_data import CANDIDATES
from app.demo.ids import DemoIds
from app.demo.organisation_data import ORGANISATIONS
from app.demo.study_paper import study_paper
from app.files.intake import accept
from app.kernel.dates import RoughDate
from app.kernel.db import transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.practices import services as practices
from app.practices.inputs import OriginInput
from app.practices.queries import practice_id
from app.studies import services as studies
from app.studies.inputs import ServiceInput, StudyInput
from app.studies.rules import Fee, ServiceState, Target
from app.transfers import services as transfers
from app.transfers.rules import Uptake

SLUG = "services-of-alpine-clusters"
STUDY = {
    "title": Texts(
        en="Services of clusters in the Alpine space",
        it="I servizi erogati dai cluster dello spazio alpino",
        de="Leistungen der Cluster im Alpenraum",
    ),
    "summary": Texts(
        en="What clusters do for their members, compared so that the best can be chosen and carried over.",
        it="Che cosa fanno i cluster per i soci, a confronto, per scegliere il meglio e portarlo altrove.",
        de="Was Cluster für ihre Mitglieder tun, im Vergleich, um das Beste auszuwählen und zu übertragen.",
    ),
    "findings": Texts(
        en="Eight candidates stood out. Five were selected as best practices; two of them were presented in Rovereto.",
        it="Otto candidati spiccano. Cinque sono stati scelti come buone pratiche; due di essi sono stati presentati a Rovereto.",
        de="Acht Kandidaten ragten heraus. Fünf wurden als gute Praxis ausgewählt; zwei davon wurden in Rovereto vorgestellt.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A service, and the practice that came of it; of one none came yet."""

    cluster: str
    practice: str | None
    name: Texts
    about: Texts
    aims: Texts
    targets: frozenset[Target]
    state: ServiceState
    fee: Fee


FOUND = (
    Found(
        cluster="o08",
        practice="calendar-of-specialist-events",
        name=Texts(
            en="Specialist events for members",
            it="Eventi specialistici per i soci",
            de="Fachveranstaltungen für Mitglieder",
        ),
        about=Texts(
            en="Forums, meet-ups and a joint stand at trade fairs.",
            it="Forum, incontri e uno stand comune in fiera.",
            de="Foren, Treffen und ein Gemeinschaftsstand auf Messen.",
        ),
        aims=Texts(en="Companies meet outside their region.", it="Le imprese si incontrano oltre la regione."),
        targets=frozenset({Target.SME, Target.LARGE_FIRM}),
        state=ServiceState.OFFERED,
        fee=Fee.IN_MEMBERSHIP,
    ),
    Found(
        cluster="o08",
        practice="cluster-academy",
        name=Texts(en="Cluster academy", it="Academy del cluster", de="Cluster-Akademie"),
        about=Texts(
            en="Courses between disciplines, whose themes the companies set.",
            it="Corsi tra le discipline, su temi scelti dalle imprese.",
            de="Kurse zwischen den Fächern; die Themen setzen die Firmen.",
        ),
        aims=Texts(en="Close the gap in skills.", it="Colmare le competenze che mancano."),
        targets=frozenset({Target.SME, Target.PEOPLE}),
        state=ServiceState.OFFERED,
        fee=Fee.REDUCED,
    ),
    Found(
        cluster="o02",
        practice="shared-prototyping-lab",
        name=Texts(en="Prototyping by the hour", it="Prototipi a ore", de="Prototypenbau nach Stunden"),
        about=Texts(
            en="Small companies book machines and a technician.",
            it="Le piccole imprese prenotano macchine e un tecnico.",
            de="Kleine Firmen buchen Maschinen und eine Fachkraft.",
        ),
        aims=Texts(en="From an idea to a part in a week.", it="Dall’idea al pezzo in una settimana."),
        targets=frozenset({Target.SME, Target.START_UP}),
        state=ServiceState.IN_TEST,
        fee=Fee.PAID,
    ),
    Found(
        cluster="o04",
        practice="certification-services",
        name=Texts(
            en="Certification of buildings", it="Certificazione degli edifici", de="Zertifizierung von Gebäuden"
        ),
        about=Texts(
            en="Advice and certificates for wooden and efficient buildings.",
            it="Consulenza e certificati per edifici in legno ed efficienti.",
            de="Beratung und Zertifikate für Holz- und Energiesparhäuser.",
        ),
        aims=Texts(en="Quality that buyers recognise.", it="Una qualità che chi compra riconosce."),
        targets=frozenset({Target.SME, Target.PUBLIC_BODY}),
        state=ServiceState.OFFERED,
        fee=Fee.PAID,
    ),
    Found(
        cluster="o10",
        practice="alimenta-incubator",
        name=Texts(
            en="Incubator for food companies", it="Incubatore agroalimentare", de="Gründerzentrum für Lebensmittel"
        ),
        about=Texts(
            en="Laboratory and coaching together, and a call with the city.",
            it="Laboratorio e accompagnamento insieme, e un bando con la città.",
            de="Labor und Begleitung zusammen, und ein Aufruf mit der Stadt.",
        ),
        aims=Texts(en="Research reaches small food companies.", it="La ricerca arriva alle piccole imprese."),
        targets=frozenset({Target.START_UP, Target.SME}),
        state=ServiceState.OFFERED,
        fee=Fee.FREE,
    ),
    Found(
        cluster="o04",
        practice=None,
        name=Texts(
            en="Advice on energy for members",
            it="Consulenza energetica per i soci",
            de="Energieberatung für Mitglieder",
        ),
        about=Texts(
            en="An expert visits the firm for half a day and names three savings.",
            it="Un esperto passa mezza giornata in azienda e indica tre risparmi.",
            de="Eine Fachkraft ist einen halben Tag im Betrieb und nennt drei Einsparungen.",
        ),
        aims=Texts(en="Lower bills, less carbon.", it="Bollette più basse, meno carbonio."),
        targets=frozenset({Target.SME}),
        state=ServiceState.IN_TEST,
        fee=Fee.REDUCED,
    ),
)
# practice, who takes it up, and the states with the days before today on which they were reached
UPTAKE = (
    ("calendar-of-specialist-events", "o02", ((Uptake.INTERESTED, 75), (Uptake.ADAPTING, 30))),
    ("cluster-academy", "o02", ((Uptake.INTERESTED, 80), (Uptake.ADAPTING, 60), (Uptake.PILOTING, 25))),
    ("cluster-academy", "o12", ((Uptake.INTERESTED, 60),)),
    ("shared-prototyping-lab", "o08", ((Uptake.INTERESTED, 78), (Uptake.PILOTING, 40))),
    ("tobacco-factory-to-cleantech-incubator", "o16", ((Uptake.INTERESTED, 70), (Uptake.GIVEN_UP, 20))),
    ("certification-services", "o14", ((Uptake.INTERESTED, 30),)),
    ("alimenta-incubator", "o15", ((Uptake.INTERESTED, 84), (Uptake.PILOTING, 60), (Uptake.ADOPTED, 9))),
)


@transactional
def load_studies(ids: DemoIds, now: datetime) -> None:
    """Enter the study, what it found, the practices that came of it, and who takes them up."""
    organisations = ids.network.organisations
    values = StudyInput(
        title=STUDY["title"],
        summary=STUDY["summary"],
        findings=STUDY["findings"],
        author_ids=(organisations["o05"],),
        country_codes=("AT", "CH", "DE", "IT", "SI"),
        region_codes=("DE2", "ITC4", "ITH2"),
        starts=RoughDate.parse("2017"),
        ends=RoughDate.parse("2018"),
        project_id=ids.network.projects["A"],
    )
    study = studies.add(values=values, actor=SYSTEM, now=now, slug=SLUG, demonstration=True)
    _give_document(now)
    for one in FOUND:
        service = studies.add_service(
            slug=SLUG, values=_service(one, organisations), actor=SYSTEM, now=now, demonstration=True
        )
        if one.practice:
            _came_of(one.practice, study.id, (service.id,), now)
    for candidate in CANDIDATES:
        _came_of(candidate.slug, study.id, (), now)
    for practice, organisation, states in UPTAKE:
        for state, days in states:
            transfers.declare(
                slug=practice,
                organisation_id=organisations[organisation],
                state=state,
                actor=SYSTEM,
                locale="en",
                now=now - timedelta(days=days),
                email=f"{organisation}@uptake.example",
                demonstration=True,
            )


def _give_document(now: datetime) -> None:
    services = [(ORGANISATIONS[one.cluster].name, one.name, one.about) for one in FOUND]
    paper = study_paper(STUDY["title"], STUDY["summary"], services)
    accepted = accept(io.BytesIO(paper), "services-of-alpine-clusters.pdf")
    studies.set_document(slug=SLUG, accepted=accepted, actor=SYSTEM, now=now)


def _came_of(practice: str, study_id: int, service_ids: tuple[int, ...], now: datetime) -> None:
    origin = OriginInput(study_id=study_id, service_ids=service_ids)
    practices.set_origin(practice_id=practice_id(practice), values=origin, actor=SYSTEM, now=now)


def _service(one: Found, organisations: dict[str, int]) -> ServiceInput:
    return ServiceInput(
        organisation_id=organisations[one.cluster],
        name=one.name,
        about=one.about,
        aims=one.aims,
        targets=one.targets,
        state=one.state,
        fee=one.fee,
    )
