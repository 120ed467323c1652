from __future__ import annotations

from app.freebusy.views import addresses, overview
from app.freebusy.views import importing as importing

BLUEPRINTS = (overview.manage, addresses.bp)
