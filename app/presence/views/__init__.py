from __future__ import annotations

from app.presence.views import arriving, desk, phone, settings

BLUEPRINTS = (desk.bp, settings.bp, phone.bp, arriving.bp)
