from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.materials.rules import MaterialKind, Visibility

PHRASES: dict[Any, Any] = {
    MaterialKind.SLIDES: _("Slides"),
    MaterialKind.MINUTES: _("Minutes"),
    MaterialKind.PHOTO: _("Photo"),
    MaterialKind.PUBLICITY: _("Publicity"),
    MaterialKind.DOCUMENT: _("Document"),
    MaterialKind.RECORDING: _("Recording"),
    Visibility.PUBLIC: _("Everybody"),
    Visibility.PARTICIPANTS: _("Participants"),
    Visibility.PARTNERS: _("Partners of the project"),
    Visibility.ORGANISERS: _("Organisers"),
    "materials.not_found": _(
        "There is no such material, or it is not for everybody. Sign in, or open it by the link of your registration."
    ),
    "materials.permission_missing": _("Nothing is shown to everybody without permission. Write down who gave it."),
    "materials.no_address": _("This is not an address on the web. It begins with https:// and holds no blanks."),
    "materials.unknown_item": _("This item is not on the agenda any more. Choose another one."),
    "materials.already_there": _("%(name)s stands here already, as “%(title)s”. Nothing was added twice."),
    "materials.too_much": _("An event has room for %(most)s materials. Remove what nobody needs."),
}
