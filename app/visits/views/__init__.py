from __future__ import annotations

from app.visits.views import hosting, hosts, itinerary, roadbook

BLUEPRINTS = (itinerary.bp, hosts.bp, hosting.bp, roadbook.bp)
