"""Offers and requests of the demonstration. They are invented, and each is in the language of who posted it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.board import services
from app.board.inputs import PostInput
from app.board.rules import PostKind
from app.demo.ids import DemoIds
from app.kernel.db import transactional
from app.network.actors import SYSTEM


@dataclass(frozen=True, slots=True, kw_only=True)
class PostData:
    """``age`` and ``days``: when it was posted, and how long it stands from today (before today: expired)."""

    slug: str
    kind: PostKind
    organisation: str
    language: str
    title: str
    text: str
    sector: str
    group: str = ""
    age: timedelta
    days: int
    answers: tuple[tuple[str, str], ...] = ()
    is_closed: bool = False


POSTS = (
    PostData(
        slug="kitchen-for-trials",
        kind=PostKind.REQUEST,
        organisation="o10",
        language="en",
        title="Kitchen for trials of plant proteins, two weeks in spring",
        text="Three start-ups of our incubator want to try recipes on a pilot line of 50 to 100 kg. We look for a park "
        "or a company with a line that can be booked for two weeks, with a technician. Costs are shared.",
        sector="food_industry",
        group="agrifood",
        age=timedelta(days=12),
        days=60,
        answers=(
            (
                "o14",
                "A dairy of our region has a pilot line of 80 kg, free in March and April. Shall we bring you together?",
            ),
            ("o10", "That fits well. March suits us best. May we come and see it during the study visit?"),
            ("o14", "You are welcome. We keep the first two weeks of March for you."),
        ),
    ),
    PostData(
        slug="banco-prova-condiviso",
        kind=PostKind.OFFER,
        organisation="o01",
        language="it",
        title="Banco prova per azionamenti, libero il venerdì",
        text="Nel laboratorio di prototipazione un banco prova per azionamenti elettrici fino a 30 kW è libero il venerdì. "
        "Lo offriamo a Pmi di altri cluster, con un tecnico, anche a distanza.",
        sector="production_technologies",
        age=timedelta(days=5),
        days=85,
    ),
    PostData(
        slug="partner-fuer-energiedaten",
        kind=PostKind.REQUEST,
        organisation="o12",
        language="de",
        title="Partner für Energiedaten aus Gebäuden gesucht",
        text="Für ein gemeinsames Vorhaben suchen wir Cluster, deren Mitglieder Messdaten aus sanierten Gebäuden teilen. "
        "Die Daten bleiben bei den Eigentümern; ausgewertet wird gemeinsam.",
        sector="energy_environment",
        group="energy_environment",
        age=timedelta(days=20),
        days=5,
        answers=(("o04", "Abbiamo dati di edifici certificati e li portiamo volentieri."),),
    ),
    PostData(
        slug="guides-for-alpine-summer",
        kind=PostKind.OFFER,
        organisation="o13",
        language="en",
        title="Two guides for a summer exchange in alpine tourism",
        text="We send two guides for a month and would be glad to have two of yours in Kranj.",
        sector="tourism",
        group="tourism",
        age=timedelta(days=110),
        days=-10,
    ),
    PostData(
        slug="translator-for-module",
        kind=PostKind.REQUEST,
        organisation="o08",
        language="de",
        title="Übersetzung eines Kursmoduls ins Italienische",
        text="Unser Modul zum Systems Engineering soll auf Italienisch unterrichtet werden. Wer kennt beide Fachsprachen?",
        sector="production_technologies",
        age=timedelta(days=50),
        days=40,
        answers=(("o05", "La traduzione la facciamo noi, con due docenti."),),
        is_closed=True,
    ),
)


@transactional
def load_board(ids: DemoIds, now: datetime) -> None:
    """Post everything when it was posted, answer it, and close what is done with."""
    for data in POSTS:
        _post(data, ids, now)


def _post(data: PostData, ids: DemoIds, now: datetime) -> None:
    organisations, at = ids.network.organisations, now - data.age
    values = PostInput(
        kind=data.kind,
        title=data.title,
        text=data.text,
        language=data.language,
        organisation_id=organisations[data.organisation],
        sector_id=data.sector,
        group_id=ids.network.groups[data.group] if data.group else None,
        expires_on=now.date() + timedelta(days=data.days),
    )
    address = f"{data.organisation}@board.example"
    post = services.add(
        values=values, actor=SYSTEM, locale="en", now=at, email=address, slug=data.slug, demonstration=True
    )
    for number, (organisation, text) in enumerate(data.answers, start=1):
        services.reply(
            slug=post.slug,
            organisation_id=organisations[organisation],
            text=text,
            actor=SYSTEM,
            now=at + timedelta(days=number),
        )
    if data.is_closed:
        services.close(slug=post.slug, actor=SYSTEM, now=now - timedelta(days=3))
