from __future__ import annotations

from flask_babel import lazy_gettext as _

REFUSALS = {
    "subgroups.not_found": _("This group is gone. Reload the page."),
    "subgroups.none": _(
        "There are no groups yet, so there is nothing to print. Make the groups first, on the page of groups."
    ),
    "subgroups.not_a_member": _("Only people with a confirmed place are in groups. Reload the page."),
    "subgroups.full": _("This group has %(limit)s people already. Choose another one, or write why it may be more."),
    "subgroups.nobody": _("Nobody has a confirmed place yet. Make the groups once people have registered."),
    "subgroups.size_out_of_range": _("Write a number of people from 1 to %(most)s."),
    "subgroups.slot_out_of_range": _("Write a number of minutes from 1 to %(most)s."),
}
