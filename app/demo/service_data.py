"""Three services for the needs of Rovereto, at three points of their way; invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.demo.ids import DemoIds
from app.kernel.db import db
from app.kernel.texts import Texts
from app.needs import queries as needs
from app.network.actors import SYSTEM
from app.pilots import services
from app.pilots.inputs import PilotInput, ServiceInput
from app.pilots.rules import Stage
from app.practices.models import Practice


def load_services(ids: DemoIds, need_ids: dict[str, str], now: datetime) -> None:
    """S1 in pilot, S2 agreed, S3 proposed."""
    organisations = ids.network.organisations
    practices = dict(db.session.execute(select(Practice.slug, Practice.id)).all())

    def need(key: str) -> int:
        return needs.need(need_ids[key]).id

    voucher = services.propose(
        values=ServiceInput(
            title=Texts(
                en="Trans-regional lab voucher",
                it="Voucher di laboratorio transregionale",
                de="Überregionaler Laborgutschein",
            ),
            description=Texts(
                en="A company books a machine in the other region's laboratory; its own cluster pays the first day.",
                it="Un’azienda prenota una macchina nel laboratorio dell’altra regione; il suo cluster paga il primo giorno.",
                de="Ein Unternehmen bucht eine Maschine im Labor der anderen Region; der eigene Cluster zahlt den ersten Tag.",
            ),
            owner_id=organisations["o01"],
            need_ids=(need("N1"),),
            practice_ids=(practices["shared-prototyping-lab"],),
            implementer_ids=(organisations["o01"], organisations["o08"]),
            due_on=(now + timedelta(days=120)).date(),
        ),
        proposer_id=organisations["o01"],
        actor=SYSTEM,
        now=now - timedelta(days=300),
    )
    services.move(voucher.slug, after=Stage.AGREED, reason="", actor=SYSTEM, now=now - timedelta(days=240))
    pilot = PilotInput(where="Rovereto, Augsburg", starts_on=(now - timedelta(days=60)).date())
    services.keep_pilot(voucher.slug, pilot_id=None, values=pilot, actor=SYSTEM, now=now - timedelta(days=60))
    services.move(voucher.slug, after=Stage.IN_PILOT, reason="", actor=SYSTEM, now=now - timedelta(days=60))
    academy = services.propose(
        values=ServiceInput(
            title=Texts(
                en="Joint mechatronics academy module",
                it="Modulo comune dell’academy di meccatronica",
                de="Gemeinsames Modul der Mechatronik-Akademie",
            ),
            description=Texts(
                en="The two clusters teach systems engineering together: two days in Augsburg, two in Rovereto.",
                it="I due cluster insegnano insieme l’ingegneria dei sistemi: due giorni ad Augusta, due a Rovereto.",
                de="Die beiden Cluster lehren Systems Engineering gemeinsam: zwei Tage in Augsburg, zwei in Rovereto.",
            ),
            owner_id=organisations["o02"],
            need_ids=(need("N2"),),
            practice_ids=(practices["cluster-academy"],),
            implementer_ids=(organisations["o02"], organisations["o08"]),
        ),
        proposer_id=organisations["o08"],
        actor=SYSTEM,
        now=now - timedelta(days=200),
    )
    services.move(academy.slug, after=Stage.AGREED, reason="", actor=SYSTEM, now=now - timedelta(days=90))
    services.propose(
        values=ServiceInput(
            title=Texts(
                en="Reverse pitch with anchor firms",
                it="Reverse pitch con capofila industriali",
                de="Reverse Pitch mit Ankerfirmen",
            ),
            description=Texts(
                en="Large firms say what they need, and start-ups of both regions answer in three minutes each.",
                it="Le grandi imprese dicono che cosa serve; le start-up delle due regioni rispondono in tre minuti.",
                de="Große Firmen sagen, was sie brauchen; Start-ups beider Regionen antworten in je drei Minuten.",
            ),
            owner_id=organisations["o03"],
            need_ids=(need("N3"),),
            practice_ids=(practices["calendar-of-specialist-events"],),
            implementer_ids=(organisations["o03"], organisations["o18"]),
        ),
        proposer_id=organisations["o03"],
        actor=SYSTEM,
        now=now - timedelta(days=40),
    )
