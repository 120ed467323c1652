"""Which practices came of a study, on the study's page."""

from __future__ import annotations

from app.network.panels import Panel
from app.practices.queries import reviewing
from app.studies.models import Study
from app.studies.panels import register_panel


def practices_of(study: Study) -> Panel | None:
    found = reviewing.found_by(study.id)
    return ("practices/_of_study.html", {"practices": found}) if found else None


def show_on_studies() -> None:
    register_panel(practices_of)
