from __future__ import annotations

from app.network.views.manage import bp as manage
from app.network.views.public import bp as public

BLUEPRINTS = (public, manage)
