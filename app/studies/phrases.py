from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.studies.rules import Fee, ServiceState, Target

PHRASES: dict[Any, Any] = {
    Target.SME: _("Small and medium-sized companies"),
    Target.START_UP: _("Start-ups"),
    Target.LARGE_FIRM: _("Large companies"),
    Target.RESEARCH: _("Research"),
    Target.PUBLIC_BODY: _("Public bodies"),
    Target.PEOPLE: _("Staff and students"),
    ServiceState.PLANNED: _("planned"),
    ServiceState.IN_TEST: _("in test"),
    ServiceState.OFFERED: _("offered"),
    ServiceState.ENDED: _("no longer offered"),
    Fee.FREE: _("free of charge"),
    Fee.IN_MEMBERSHIP: _("part of membership"),
    Fee.REDUCED: _("members pay less"),
    Fee.PAID: _("members pay for it"),
    "studies.not_found": _("There is no such study. Look for it in the list of studies."),
    "studies.service_not_found": _("This service is not in the study any more. Go back to the study."),
    "studies.document_not_found": _("This study has no document here. Ask who conducted it."),
    "studies.may_not_write": _(
        "Only managers of an organisation that conducted the study write here. Ask one of them."
    ),
    "studies.title_missing": _("Write it in one language at least."),
    "studies.period_reversed": _("The study cannot end before it begins. Correct one of the two."),
    "studies.unknown_choice": _("What was chosen here does not exist any more. Choose again."),
}
