"""What a WSGI server loads."""

from __future__ import annotations

from app import create_app

app = create_app()
app.extensions["fetches"].write_every_minute()
