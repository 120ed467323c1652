"""Practices for those who write and review them, and what happened to them at an event for its organisers."""

from __future__ import annotations

from app.practices.manage import contacting as contacting
from app.practices.manage import keeping as keeping
from app.practices.manage import origin as origin
from app.practices.manage import review as review
from app.practices.manage import selection as selection
from app.practices.manage import sheets as sheets
from app.practices.manage import uses as uses
from app.practices.manage import writing as writing
from app.practices.manage.shared import bp as bp
