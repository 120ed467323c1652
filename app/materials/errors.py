from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class MaterialNotFound(NotFound):
    code = "materials.not_found"


class PermissionMissing(Invalid):
    code = "materials.permission_missing"


class NoAddress(Invalid):
    code = "materials.no_address"


class UnknownItem(Invalid):
    """The item of the agenda is of another event, or was removed."""

    code = "materials.unknown_item"


class AlreadyThere(Conflict):
    """``title``: the same content stands at this event already, under this title."""

    code = "materials.already_there"


class TooMuchMaterial(Conflict):
    """``most``: how many an event may have."""

    code = "materials.too_much"
