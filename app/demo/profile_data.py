"""What three clusters say of themselves."""

from __future__ import annotations

from datetime import datetime

from app.demo.ids import DemoIds
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.profiles.inputs import ProfileInput
from app.profiles.services import keep_profile

PROFILES = {
    "o02": ProfileInput(
        looking_for=Texts(
            en="Partners who open their test equipment to small companies, and training in systems engineering.",
            it="Partner che aprano le loro attrezzature di prova alle Pmi, e formazione in ingegneria dei sistemi.",
            de="Partner, die ihre Prüfgeräte für KMU öffnen, und Weiterbildung in Systemtechnik.",
        ),
        offers=Texts(
            en="A prototyping laboratory next door and companies that try things out.",
            it="Un laboratorio di prototipazione accanto e aziende che sperimentano.",
            de="Ein Prototypenlabor nebenan und Unternehmen, die Neues erproben.",
        ),
        target_countries=("DE", "AT", "SI"),
    ),
    "o04": ProfileInput(
        looking_for=Texts(
            en="Experience with certification abroad.",
            it="Esperienze di certificazione all’estero.",
            de="Erfahrung mit Zertifizierungen im Ausland.",
        ),
        target_countries=("DE", "FR"),
    ),
    "o08": ProfileInput(
        offers=Texts(
            en="A calendar of specialist events and an academy with which others can run a joint module.",
            it="Un calendario di eventi specialistici e un’academy con cui altri possono tenere un modulo comune.",
            de="Ein Kalender von Fachveranstaltungen und eine Akademie für gemeinsame Module.",
        ),
        committed_members=220,
        target_countries=("IT", "AT"),
    ),
}


def load_profiles(ids: DemoIds, now: datetime) -> None:
    for key, profile in PROFILES.items():
        keep_profile(ids.network.organisations[key], profile, actor=SYSTEM, now=now)
