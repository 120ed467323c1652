"""Pages of each format: for organisers, for participants by their link, for hosts of tables."""

from __future__ import annotations

from app.forums.views import cafe, contacts, fair, manage, outputs, pitches, review

BLUEPRINTS = (manage.bp, cafe.bp, contacts.bp, fair.bp, fair.owners, outputs.bp, pitches.bp)
__all__ = ["BLUEPRINTS", "review"]
