from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.practices.rules import Act, Aim

PHRASES: dict[Any, Any] = {
    Act.PRESENTED: _("Presented"),
    Act.SHARED: _("Shared"),
    Act.DISCUSSED: _("Discussed"),
    Aim.COMPETITIVENESS: _("Competitiveness"),
    Aim.INNOVATION: _("Innovation"),
    Aim.TECHNOLOGY_TRANSFER: _("Technology transfer"),
    "practices.not_found": _("There is no such practice. It may have been taken back; look for it in the list."),
    "practices.use_not_found": _("This entry is not there any more. Reload the page."),
    "practices.may_not_edit": _("A practice is written by those who manage its owner. Ask them, or sign in as one."),
    "practices.title_missing": _("Give it a title in at least one language."),
    "practices.unknown_choice": _("What was chosen here does not exist any more, or does not go with the rest."),
    "practices.summary_missing": _("Write a summary in at least one language, then publish: lists show nothing else."),
}
