from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.planning.differences import Field

FIELDS: dict[Any, Any] = {
    Field.KIND: _("kind of item"),
    Field.TITLE: _("title"),
    Field.ABSTRACT: _("description"),
    Field.AUDIENCE: _("who may take part"),
    Field.CAPACITY: _("seats"),
    Field.PERSONS: _("people"),
    Field.STOP: _("what the host asks for"),
    Field.LEG: _("the way"),
}
REFUSALS: dict[str, Any] = {
    "planning.overtaken": _(
        "Somebody else changed this since you opened the board. Nothing was lost: look at what stands there now, "
        "then decide again."
    ),
    "planning.nothing_to_undo": _("There is nothing to undo: look at the board again."),
    "planning.nothing_to_redo": _("There is nothing to do again: look at the board again."),
    "planning.takes_sign_ups": _(
        "People sign up for this item, and they would lose their places at once. First collect changes until you "
        "release them; or remove the item on its page."
    ),
    "planning.unknown_column": _("There is no such room or track here. Choose one of the list."),
    "planning.time_missing": _("Choose the day and the time at which it begins."),
    "planning.out_of_day": _("An item begins on a day of the event and lasts from 5 minutes to a day."),
    "planning.errors_stand": _(
        "This cannot be released yet: some things are impossible. They stand below, each with what to do."
    ),
    "planning.warnings_unexplained": _(
        "Nobody has accepted some of the warnings. Say in a few words why they are all right, or mend them first."
    ),
    "planning.nothing_to_release": _("Nothing differs from the last release. Change something first."),
    "planning.released_before": _(
        "This agenda was released once, so its changes go on being collected until the next release."
    ),
    "planning.changes_wait": _("Some changes wait for a release. Release them, or undo them first."),
    "planning.release_not_found": _("There is no such release. The list of changes names all there are."),
}
