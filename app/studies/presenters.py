"""What pages show of studies."""

from __future__ import annotations

from app.kernel.date_words import rough_span
from app.kernel.i18n import language
from app.kernel.texts import LANGUAGES
from app.studies.models import ClusterService, Study
from app.studies.rules import Target


def period(study: Study) -> str:
    """As much of it as is known; empty when nothing is."""
    return rough_span(study.starts, study.ends) if study.starts or study.ends else ""


def territory(study: Study) -> str:
    """Countries and regions in the reader's language."""
    lang = language()
    names = [*(one.name for one in study.countries), *(one.name for one in study.regions)]
    return ", ".join(name.wording(lang).text for name in names)


def targets_of(service: ClusterService) -> list[Target]:
    """For whom it is, in the order of the enumeration."""
    return [target for target in Target if target in service.targets]


def form_of(study: Study) -> dict[str, object]:
    """What the form of a study begins with."""
    return {
        **_texts(study, ("title", "summary", "findings")),
        "author_ids": [row.organisation_id for row in study.authors],
        "country_codes": [row.code for row in study.countries],
        "region_codes": [row.code for row in study.regions],
        "starts": str(study.starts or ""),
        "ends": str(study.ends or ""),
        "project_id": study.project_id,
        "web": study.web,
    }


def form_of_service(service: ClusterService) -> dict[str, object]:
    """What the form of a service begins with."""
    return {
        **_texts(service, ("name", "about", "aims")),
        "organisation_id": service.organisation_id,
        "targets": [str(target) for target in targets_of(service)],
        "state": str(service.state),
        "fee": str(service.fee),
    }


def _texts(row: Study | ClusterService, names: tuple[str, ...]) -> dict[str, object]:
    return {f"{name}_{lang}": getattr(row, name).get(lang, "") for name in names for lang in LANGUAGES}
