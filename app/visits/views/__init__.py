from __future__ import annotations

from app.visits.views import hosting, hosts, itinerary

BLUEPRINTS = (itinerary.bp, hosts.bp, hosting.bp)
