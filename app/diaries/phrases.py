from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.diaries.rules import Prompt

PROMPTS = {
    Prompt.SEEN: _("What we saw"),
    Prompt.USEFUL: _("What we could use"),
    Prompt.ASK: _("What we need to ask"),
}
REFUSALS = {
    "diaries.not_found": _("There is no diary here: it belongs to visits with stops. Look at your registration."),
    "diaries.not_open_yet": _("The diary opens on the first day of the visit. Come back then by the same link."),
    "diaries.closed": _("The diary is closed. What you wrote is still here to read and to download."),
    "diaries.called_off": _(
        "The visit does not take place now, so nothing is written here. Look at your registration."
    ),
    "diaries.without_place": _("Only participants with a confirmed place write here. Look at your registration."),
    "diaries.stop_gone": _("This stop is no longer on the agenda. Copy your words to another stop and save there."),
    "diaries.too_many_changes": _("That was too much at once. Reload the page and save again."),
    "diaries.change_not_understood": _("This could not be read. Copy your words, reload the page and save again."),
    "diaries.lines_missing": _("Tick at least one line that is shared now, then merge again."),
    "diaries.finding_not_found": _("This finding is not there any more. Look at the debrief."),
    "diaries.finding_on_hold": _(
        "A line that this came from is no longer shared. Open the finding, word it anew without that line, and save."
    ),
}
PHRASES: dict[Any, Any] = {**PROMPTS, **REFUSALS}
