"""Words for news."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.news.rules import NewsKind

PHRASES: dict[StrEnum, Any] = {
    NewsKind.PUBLISHED: _("New event"),
    NewsKind.RESUMED: _("Takes place after all"),
    NewsKind.MOVED: _("Date or place changed"),
    NewsKind.POSTPONED: _("Postponed"),
    NewsKind.CALLED_OFF: _("Called off"),
}
