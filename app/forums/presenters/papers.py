"""What papers about a forum have in common."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.events.models import Event
from app.kernel.i18n import language
from app.printing import emblem_file


def funding(event: Event) -> dict[str, Any] | None:
    """Emblem and sentence of the programme that pays; None where none does."""
    programme = event.project.programme if event.project else None
    if programme is None or event.project is None:
        return None
    lang = language()
    sentence = programme.funding_sentence.wording(lang).text
    project = _("Project: %(project)s", project=event.project.acronym)
    return {
        "emblem": emblem_file(programme.emblem),
        "name": programme.name.wording(lang).text,
        "sentence": " ".join(part for part in (sentence, project) if part),
    }
