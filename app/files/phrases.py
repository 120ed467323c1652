from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.files.rules import TextState

PHRASES: dict[Any, Any] = {
    TextState.EMPTY: _("The search does not find what it says: it holds pictures only. Save it with its text."),
    TextState.LOCKED: _("The search does not find what it says: it asks for a password. Save it without one."),
    TextState.BROKEN: _("The search does not find what it says: it could not be read. Save it anew as a PDF."),
    "files.empty": _("%(name)s is empty. Look whether it was saved, then choose it again."),
    "files.too_big": _("%(name)s is larger than %(most)s MB. Make it smaller, or put it elsewhere and add a link."),
    "files.name_too_long": _("The name of %(name)s… is longer than %(most)s characters. Give the file a shorter one."),
    "files.unknown_type": _(
        "%(name)s is of a type that is not taken here. Taken are PDF, Word, PowerPoint, Excel, OpenDocument, plain "
        "text and CSV in UTF-8, and JPEG, PNG, WebP and GIF pictures, as far as they fit here."
    ),
    "files.type_lies": _(
        "%(name)s does not hold what its ending %(ending)s promises. Save it anew in its own program, then choose "
        "it again."
    ),
    "files.has_macros": _("%(name)s holds macros. Save it without them, or as a PDF, then choose it again."),
    "files.unpacks_too_big": _("%(name)s is far larger inside than it looks. Save it as a PDF, then choose it again."),
    "files.damaged": _("%(name)s cannot be read to its end. Open it, save it anew, then choose it again."),
    "files.too_many_pixels": _("%(name)s has more than %(most)s million pixels. Scale it down, then choose it again."),
    "files.picture_moves": _("%(name)s is a moving picture. Save one picture of it, or add a link to the film."),
    "files.not_found": _("This file is not there any more. Ask the organiser of the event for it."),
}
