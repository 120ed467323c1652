"""How the six practices came to be: the study that selected two of five, what is left of the form, who wrote.

Facts of the six are those that their owners have published; the three candidates that were not selected are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.demo.ids import DemoIds
from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.practices import services
from app.practices.inputs import AuthorInput, CommentInput, PracticeInput, StepInput
from app.practices.rules import Aim
from app.practices.rules.form import Part
from app.practices.rules.states import Step

CRITERIA = (
    "Evidence in figures; running for more than two years; can be carried over without the investment behind it; "
    "not yet offered in Trentino"
)
REASONS = {
    "G1": "Most evidence of the five, and members of other clusters can come at once: the calendar and the stand.",
    "G2": "Pays for itself since 2012; a joint module can be tried within a year.",
    "G3": "Firms from outside Rovereto ask for it; booking from afar is the missing step.",
    "G4": "Empty mills are found all over the Alps; the order of the phases is what others can take.",
    "G5": "A cluster that lives on its services instead of grants is what every partner asked for.",
    "G6": "Laboratory and coaching in one call: the template of the call can be taken as it is.",
}
OPINION = (
    "Convincing because it needs no building and no grant: a calendar, a stand and somebody who calls firms. "
    "Whoever takes it up should count from the first year how many events led to a project."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What the form asks besides its texts."""

    project: str
    authors: tuple[tuple[str, str], ...]
    keywords: tuple[str, ...]
    theme: str = "SME competitiveness"
    group: str | None = None
    staff: str | None = None
    cost_eur: int | None = None
    starts: str | None = None
    is_ongoing: bool = True
    is_validated: bool = False

    def values(self, ids: DemoIds) -> dict[str, Any]:
        return {
            "project_id": ids.network.projects[self.project],
            "group_id": ids.network.groups[self.group] if self.group else None,
            "keywords": self.keywords,
            "theme": self.theme,
            "staff": self.staff,
            "cost_eur": self.cost_eur,
            "starts": RoughDate.parse(self.starts) if self.starts else None,
            "is_ongoing": self.is_ongoing,
        }


RESTS = {
    "G1": Rest(
        project="A",
        authors=(("erika_musterfrau", "o08"),),
        keywords=("events", "trade fair", "members"),
        staff="A management team",
        is_validated=True,
    ),
    "G2": Rest(
        project="A",
        authors=(("erika_musterfrau", "o08"),),
        keywords=("training", "mechatronics"),
        starts="2012",
        theme="Skills",
    ),
    "G3": Rest(
        project="A",
        authors=(("elena_finta", "o01"),),
        keywords=("prototyping", "laboratory", "ERDF"),
        staff="Technicians who help firms at the machines",
        cost_eur=6_000_000,
        theme="Research and innovation",
    ),
    "G4": Rest(project="A", authors=(), keywords=("incubator", "reuse", "green economy"), starts="2014"),
    "G5": Rest(project="A", authors=(("carla_prova", "o04"),), keywords=("certification", "fees", "buildings")),
    "G6": Rest(project="B", group="agrifood", authors=(), keywords=("incubator", "start-ups", "food")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of the five that was looked at and not selected."""

    slug: str
    owner: str
    title: Texts
    summary: Texts
    evidence: Texts
    lessons: Texts
    reason: str
    did_not_work: bool = False


CANDIDATES = (
    Candidate(
        slug="shared-purchasing",
        owner="o02",
        title=Texts(
            en="Buying energy together (invented example)",
            it="Comprare energia insieme (esempio inventato)",
            de="Energie gemeinsam einkaufen (erfundenes Beispiel)",
        ),
        summary=Texts(
            en="Members were to buy electricity as one. Contracts ended at different times, and nobody waited.",
            it="I soci dovevano comprare elettricità insieme. I contratti scadevano in momenti diversi e nessuno attese.",
            de="Mitglieder wollten Strom gemeinsam kaufen. Die Verträge endeten verschieden, und niemand wartete.",
        ),
        evidence=Texts(
            en="Three of forty members signed in eighteen months.",
            it="Tre soci su quaranta hanno firmato in diciotto mesi.",
            de="Drei von vierzig Mitgliedern unterschrieben in achtzehn Monaten.",
        ),
        lessons=Texts(
            en="Ask for the ends of the contracts before asking for signatures.",
            it="Chiedere le scadenze dei contratti prima di chiedere le firme.",
            de="Erst nach den Vertragsenden fragen, dann nach Unterschriften.",
        ),
        reason="It did not work. Kept, because three other clusters were about to try the same.",
        did_not_work=True,
    ),
    Candidate(
        slug="directory-of-laboratories",
        owner="o02",
        title=Texts(
            en="A directory of laboratories (invented example)",
            it="Un elenco di laboratori (esempio inventato)",
            de="Ein Verzeichnis der Labore (erfundenes Beispiel)",
        ),
        summary=Texts(
            en="One page for each laboratory that firms may use.",
            it="Una pagina per ogni laboratorio che le imprese possono usare.",
            de="Eine Seite für jedes Labor, das Betriebe nutzen dürfen.",
        ),
        evidence=Texts(
            en="Visits of the pages are not counted.", it="Le visite non sono contate.", de="Nicht gezählt."
        ),
        lessons=Texts(),
        reason="No evidence yet. Look again when requests are counted.",
    ),
    Candidate(
        slug="mentors-for-young-firms",
        owner="o04",
        title=Texts(
            en="Mentors for young firms (invented example)",
            it="Mentori per imprese giovani (esempio inventato)",
            de="Mentoren für junge Betriebe (erfundenes Beispiel)",
        ),
        summary=Texts(
            en="Retired managers accompany founders for a year.",
            it="Dirigenti in pensione accompagnano i fondatori per un anno.",
            de="Pensionierte Führungskräfte begleiten Gründer ein Jahr lang.",
        ),
        evidence=Texts(
            en="Six pairs in the first year.", it="Sei coppie nel primo anno.", de="Sechs Paare im ersten Jahr."
        ),
        lessons=Texts(en="Pairs need a third who asks how it goes.", it="", de=""),
        reason="Runs for less than two years, and is offered in Trentino already.",
    ),
)


def go_through_review(practice_id: int, key: str, ids: DemoIds, now: datetime) -> None:
    """The way of one of the six: identified, selected with a reason, submitted, published, one of them validated."""
    rest, hit = RESTS[key], ids.network.organisations["o05"]
    for person, organisation in rest.authors:
        values = AuthorInput(
            person_id=ids.network.persons[person], organisation_id=ids.network.organisations[organisation], agreed=True
        )
        services.add_author(practice_id=practice_id, values=values, actor=SYSTEM, now=now)
    chosen = StepInput(reason=REASONS[key], criteria=CRITERIA, organisation_id=hit)
    _step(practice_id, Step.IDENTIFY, now - timedelta(days=150))
    _step(practice_id, Step.SELECT, now - timedelta(days=120), chosen)
    _step(practice_id, Step.SUBMIT, now - timedelta(days=100))
    _step(practice_id, Step.PUBLISH, now - timedelta(days=90))
    if rest.is_validated:
        said = CommentInput(part=Part.EVIDENCE, quote="more than 70 events", text="How many of them led to a project?")
        services.comment(practice_id=practice_id, values=said, actor=SYSTEM, now=now - timedelta(days=70))
        _step(practice_id, Step.VALIDATE, now - timedelta(days=60), StepInput(reason=OPINION))


def load_candidates(ids: DemoIds, now: datetime) -> None:
    """The three of five that the study did not select, with the reason of each."""
    hit = ids.network.organisations["o05"]
    for candidate in CANDIDATES:
        practice = services.add(
            values=PracticeInput(
                title=candidate.title,
                summary=candidate.summary,
                evidence=candidate.evidence,
                lessons=candidate.lessons,
                owner_id=ids.network.organisations[candidate.owner],
                country_code="IT",
                region_code="ITH2",
                city="Rovereto",
                aims=frozenset({Aim.COMPETITIVENESS}),
                project_id=ids.network.projects["A"],
                did_not_work=candidate.did_not_work,
            ),
            actor=SYSTEM,
            now=now - timedelta(days=160),
            slug=candidate.slug,
            demonstration=True,
        )
        _step(practice.id, Step.IDENTIFY, now - timedelta(days=150))
        why = StepInput(reason=candidate.reason, criteria=CRITERIA, organisation_id=hit)
        _step(practice.id, Step.LEAVE_OUT, now - timedelta(days=120), why)


def _step(practice_id: int, step: Step, at: datetime, values: StepInput | None = None) -> None:
    services.take_step(practice_id=practice_id, step=step, values=values or StepInput(), actor=SYSTEM, now=at)
