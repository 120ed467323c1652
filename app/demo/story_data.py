"""Two write-ups of the demonstration: the workshop of Rovereto and the launch of the five groups.

The facts are those of the public write-ups, told anew; the by-lines name bodies, no persons. The comments are invented.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.demo.ids import DemoIds
from app.files.intake import accept
from app.kernel.db import transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.practices.queries import practice_id
from app.stories.inputs import AuthorInput, CommentInput, PictureInput, StoryInput
from app.stories.queries.comments import to_moderate
from app.stories.rules.commenting import CommentState, stamp
from app.stories.services import authors, comments, pictures, writing
from app.stories.services.comments import Target

_KEY = "demonstration"
_ADA, _CARLA, _MAX = "Ada Esempio", "Carla Prova", "Max Mustermann"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryData:
    slug: str
    owner: str
    authors: tuple[str, ...]
    title: Texts
    standfirst: Texts
    body: Texts
    project: str
    age: timedelta
    event: str = ""
    groups: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()


STORIES = (
    StoryData(
        slug="smart-clusters",
        owner="o05",
        authors=("o06", "o05"),
        project="A",
        event="E1",
        practices=("calendar-of-specialist-events", "cluster-academy"),
        age=timedelta(days=40),
        title=Texts(
            en="“Smart clusters” for a “smart specialisation”",
            it="“Smart Clusters” per una “smart specialisation”",
            de="„Smart Clusters“ für eine „smart specialisation“",
        ),
        standfirst=Texts(
            en="In Rovereto, clusters, companies and the province looked at what works elsewhere in the Alpine Space "
            "and began to say which services they need themselves.",
            it="A Rovereto cluster, imprese e Provincia hanno guardato a ciò che funziona altrove nello Spazio Alpino "
            "e hanno cominciato a dire di quali servizi hanno bisogno.",
            de="In Rovereto sahen sich Cluster, Betriebe und das Land an, was andernorts im Alpenraum gelingt, "
            "und begannen zu sagen, welche Dienste sie selbst brauchen.",
        ),
        body=Texts(
            en="## Why Rovereto\n\nS3-4AlpClusters, co-funded by Interreg Alpine Space, looks for a way in which clusters "
            "innovate along their region’s smart specialisation. The workshop of Trentino was held at the ProM Facility "
            "of Trentino Sviluppo.\n\n## From a study to practices\n\nHIT had studied which services clusters of the "
            "Alpine Space offer their members. The best of them were selected as practices; here they were presented, "
            "shared and discussed with Polo Meccatronica, Progetto Manifattura and Habitech.\n\n## Who came from "
            "outside\n\nMr Heiko Bartschat of “Cluster Mechatronik & Automation Management” told what the Bavarian "
            "cluster does for its members.\n\n## What comes next\n\nThe needs that the local clusters put on the table "
            "lead to proposals for innovative services, to be carried out across regions. Confindustria Trento follows "
            "every phase as an observer.",
            it="## Perché Rovereto\n\nS3-4AlpClusters, co-finanziato da Interreg Spazio Alpino, cerca un modo perché i "
            "cluster innovino lungo la specializzazione intelligente della loro regione. Il workshop trentino si è tenuto "
            "alla ProM Facility di Trentino Sviluppo.\n\n## Dallo studio alle pratiche\n\nHIT ha studiato quali servizi i "
            "cluster dello Spazio Alpino offrono ai soci. I migliori sono diventati pratiche: qui sono stati presentati, "
            "condivisi e discussi con Polo Meccatronica, Progetto Manifattura e Habitech.\n\n## Chi è venuto da fuori\n\n"
            "Mr Heiko Bartschat di “Cluster Mechatronik & Automation Management” ha raccontato che cosa fa il cluster "
            "bavarese per i propri soci.\n\n## Che cosa succede adesso\n\nDalle esigenze espresse dai cluster locali "
            "nascono proposte di servizi innovativi, da realizzare tra più regioni. Confindustria Trento segue tutte le "
            "fasi come osservatore.",
            de="## Warum Rovereto\n\nS3-4AlpClusters, kofinanziert von Interreg Alpenraum, sucht einen Weg, auf dem "
            "Cluster entlang der intelligenten Spezialisierung ihrer Region Neues schaffen. Der Workshop im Trentino fand "
            "in der ProM Facility von Trentino Sviluppo statt.\n\n## Von der Studie zur Praxis\n\nHIT hatte untersucht, "
            "welche Dienste Cluster des Alpenraums ihren Mitgliedern bieten. Die besten wurden als gute Praxis "
            "ausgewählt und hier mit Polo Meccatronica, Progetto Manifattura und Habitech besprochen.\n\n## Wer von außen "
            "kam\n\nMr Heiko Bartschat vom „Cluster Mechatronik & Automation Management“ erzählte, was der bayerische "
            "Cluster für seine Mitglieder tut.\n\n## Wie es weitergeht\n\nAus dem Bedarf der Cluster vor Ort entstehen "
            "Vorschläge für neue Dienste, die mehrere Regionen gemeinsam umsetzen. Confindustria Trento begleitet alle "
            "Phasen als Beobachter.",
        ),
    ),
    StoryData(
        slug="meta-districts",
        owner="o09",
        authors=("o09", "o10"),
        project="B",
        groups=("agrifood", "energy_environment", "tourism", "ict", "life_sciences"),
        age=timedelta(days=70),
        title=Texts(
            en="ICT too has a place in Europe’s meta-clusters",
            it="C’è anche l’Ict nei meta-distretti europei",
            de="Auch die IKT gehört zu Europas Meta-Clustern",
        ),
        standfirst=Texts(
            en="Five thematic groups start in Cluster-Cord. Within a year each is to lead to a meta-cluster across borders.",
            it="Partono cinque gruppi tematici di Cluster-Cord. Entro un anno ciascuno dovrà dare vita a un meta-distretto.",
            de="Bei Cluster-Cord beginnen fünf Themengruppen. Binnen eines Jahres soll aus jeder ein Meta-Cluster werden.",
        ),
        body=Texts(
            en="## What it is about\n\nCluster-Cord, financed by Central Europe, lets companies, cluster managers and "
            "development agencies find room and ideas for working together: with others of the same cluster world who "
            "are at home in another region.\n\n## From ten sectors to five groups\n\nIn seven countries ten industrial "
            "sectors were identified first. Now five groups set out: agri-food, energy and environment, tourism, ICT and "
            "life sciences. They meet in exchange forums and on study visits, and write a strategic plan with the "
            "fundamental actions.\n\n## Who does what\n\nMilano Metropoli has the task of exchange between the partners, "
            "and with the support of Parco Tecnologico Padano it coordinates the agri-food group.",
            it="## Di che cosa si tratta\n\nCluster-Cord, finanziato da Central Europe, vuole che aziende, gestori di "
            "cluster e agenzie di sviluppo trovino spazi e spunti di collaborazione con realtà affini di altre aree.\n\n"
            "## Da dieci settori a cinque gruppi\n\nIn sette paesi sono stati individuati dapprima dieci settori "
            "industriali. Ora partono cinque gruppi: Agroalimentare, Energia e Ambiente, Turismo, Ict e Scienze naturali. "
            "Si incontrano in exchange forum e visite studio, e scrivono un piano strategico con le azioni "
            "fondamentali.\n\n## Chi fa che cosa\n\nA Milano Metropoli è affidato lo scambio tra i partner; con il "
            "supporto del Parco Tecnologico Padano coordina il gruppo Agroalimentare.",
            de="## Worum es geht\n\nCluster-Cord, finanziert von Central Europe, lässt Betriebe, Clustermanager und "
            "Entwicklungsagenturen Raum und Anstoß zur Zusammenarbeit finden, mit ihresgleichen in anderen Regionen.\n\n"
            "## Von zehn Branchen zu fünf Gruppen\n\nIn sieben Ländern wurden zuerst zehn Branchen ermittelt. Nun "
            "beginnen fünf Gruppen: Agrar- und Ernährungswirtschaft, Energie und Umwelt, Tourismus, IKT und "
            "Lebenswissenschaften. Sie treffen sich in Austauschforen und auf Studienbesuchen und schreiben einen "
            "Strategieplan mit Kernmaßnahmen.\n\n## Wer was tut\n\nMilano Metropoli sorgt für den Austausch der Partner "
            "und leitet mit dem Parco Tecnologico Padano die Gruppe Agrar- und Ernährungswirtschaft.",
        ),
    ),
)
COMMENTS = (
    (CommentState.APPROVED, _CARLA, "L’elenco delle esigenze è già utile: noi lo abbiamo appeso in ufficio."),
    (CommentState.PENDING, _MAX, "Gibt es die Folien aus Augsburg auch zum Herunterladen?"),
    (CommentState.REJECTED, _ADA, "Prova, prova."),
    (CommentState.SPAM, "Best Offers", "Cheap seats http://a.example http://b.example http://c.example"),
)


@transactional
def load_stories(events: Mapping[str, int], ids: DemoIds, now: datetime) -> None:
    """Publish the write-ups, the first with a picture and a comment in each state."""
    made = [_publish(data, events, ids, now - data.age) for data in STORIES]
    _show_picture(made[0], now)
    for number, (state, name, text) in enumerate(COMMENTS):
        _comment(Target(story_id=made[0]), state, name, text, now - timedelta(days=9 - number))


def _publish(data: StoryData, events: Mapping[str, int], ids: DemoIds, at: datetime) -> int:
    organisations = ids.network.organisations
    values = StoryInput(
        owner_id=organisations[data.owner],
        title=data.title,
        standfirst=data.standfirst,
        body=data.body,
        language="it",
        event_id=events.get(data.event),
        project_id=ids.network.projects[data.project],
        group_ids=tuple(ids.network.groups[group] for group in data.groups),
        practice_ids=tuple(map(practice_id, data.practices)),
    )
    row = writing.add(values=values, actor=SYSTEM, now=at, slug=data.slug, demonstration=True)
    for author in data.authors:
        who = AuthorInput(organisation_id=organisations[author])
        authors.add_author(story_id=row.id, values=who, actor=SYSTEM, now=at)
    writing.publish(story_id=row.id, actor=SYSTEM, now=at)
    return row.id


def _show_picture(story_id: int, now: datetime) -> None:
    values = PictureInput(
        credit="Filò",
        caption=Texts(
            en="A drawing: three houses round one square",
            it="Un disegno: tre case attorno a una piazza",
            de="Eine Zeichnung: drei Häuser um einen Platz",
        ),
    )
    accepted = accept(io.BytesIO(_drawing()), "square.png")
    pictures.add_picture(story_id=story_id, accepted=accepted, values=values, actor=SYSTEM, now=now)


def _comment(target: Target, state: CommentState, name: str, text: str, at: datetime) -> None:
    page = stamp(_KEY, str(target), at - timedelta(minutes=2))
    values = CommentInput(name=name, text=text, page_stamp=page)
    comments.say(target=target, values=values, client=name, key=_KEY, now=at)
    if state in {CommentState.APPROVED, CommentState.REJECTED}:
        (row,) = [one for one in to_moderate(None, CommentState.PENDING) if one.text == text]
        comments.decide(comment_id=row.id, state=state, actor=SYSTEM, now=at + timedelta(hours=1))


def _drawing() -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 400), "#f2ead8")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((220, 250, 420, 350), fill="#d9c9a3")
    for left, top, colour in ((70, 150, "#7a4b2f"), (265, 90, "#2f5d50"), (460, 150, "#34507a")):
        draw.rectangle((left, top, left + 110, top + 110), fill=colour)
        draw.polygon(((left - 12, top), (left + 55, top - 60), (left + 122, top)), fill="#4a3a2c")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()
