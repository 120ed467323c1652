"""What came of a study, on its page: below each service, and what names no service."""

from __future__ import annotations

from app.network.current import current_actor
from app.network.panels import Panel
from app.practices import presenters
from app.practices.permissions import may_choose, may_edit
from app.practices.queries import reviewing
from app.studies.models import Study
from app.studies.panels import register_beside, register_panel


def show_on_studies() -> None:
    register_beside(beside_services)
    register_panel(other_practices)


def beside_services(study: Study) -> dict[int, Panel]:
    """The practices of each service with their states; who may, identifies others and selects."""
    actor = current_actor()
    may_select = may_choose(actor, study.author_ids, reviewing.lead_ids(study.project_id))
    found = presenters.beside_services(study, presenters.outcomes_of(study, actor))
    return {
        one.id: (
            "practices/_of_service.html",
            {
                "study": study,
                "service": one,
                "outcomes": found[one.id],
                "may_select": may_select,
                "may_identify": not found[one.id] and (may_select or may_edit(actor, one.organisation_id)),
            },
        )
        for one in study.services
    }


def other_practices(study: Study) -> Panel | None:
    found = presenters.other_outcomes(study, presenters.outcomes_of(study, current_actor()))
    return ("practices/_of_study.html", {"outcomes": found}) if found else None
