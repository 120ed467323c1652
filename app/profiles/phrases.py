from __future__ import annotations

from flask_babel import lazy_gettext as _

PHRASES = {
    "profiles.counted_twice": _("The kinds of members add up to more than all members. Correct one of the numbers."),
    "profiles.not_a_cluster": _(
        "Only cluster organisations have a cluster profile. Change the types of %(organisation)s first."
    ),
}
