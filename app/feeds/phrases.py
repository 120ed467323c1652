"""Words for calendars."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.events.rules import Kind

KINDS = {
    Kind.CLUSTERS_WORKSHOP: _("Clusters workshops"),
    Kind.STUDY_VISIT: _("Study visits"),
    Kind.EXCHANGE_FORUM: _("Exchange forums"),
}
PHRASES = {
    "feeds.unknown": _("There is no such calendar. It may have been withdrawn, or its address may have changed."),
}
