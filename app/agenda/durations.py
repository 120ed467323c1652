from __future__ import annotations

from flask_babel import gettext as _


def duration(minutes: int) -> str:
    """``15 min``, ``2 h``, ``1 h 20 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(_("%(minutes)s min", minutes=rest))
    if not rest:
        return str(_("%(hours)s h", hours=hours))
    return str(_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))
