"""Services for those who propose and run them."""

from __future__ import annotations

from app.pilots.manage import naming as naming
from app.pilots.manage import progress as progress
from app.pilots.manage import writing as writing
from app.pilots.manage.shared import bp as bp
