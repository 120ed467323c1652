"""Limits against flooding, counted per process; what must hold across processes is a rule over rows."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://")
