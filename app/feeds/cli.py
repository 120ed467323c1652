"""``filo feeds …``"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.feeds import queries, services
from app.kernel import clock
from app.kernel.commands import needs_tables
from app.kernel.schema import Schema

feeds = AppGroup("feeds", help="The calendars that others subscribe to.")


@feeds.command("render")
@needs_tables(Schema.CURRENT)
def render() -> None:
    """Make every calendar entry anew: after new translations, or when the public address changed."""
    event_ids = queries.events_to_render()
    for event_id in event_ids:
        services.refresh(event_id, now=clock.now())
    click.echo(f"Calendar entries of {len(event_ids)} events are up to date.")
