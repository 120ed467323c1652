"""``filo demo``: the demonstration, and more events like it."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.day import publish_demo_day
from app.demo.forum import publish_demo_forum
from app.demo.more import publish_demo_event
from app.kernel import clock
from app.kernel.commands import needs_tables
from app.kernel.schema import Schema

demo = AppGroup("demo", help="Demonstration data.")


@demo.command("load")
@needs_tables(Schema.CURRENT)
def load_demo() -> None:
    """Load the demonstration into an empty database."""
    from app.demo.services import is_empty, load

    if not is_empty():
        raise click.ClickException("There is data already. The demonstration goes into an empty database only.")
    load(clock.now())


@demo.command("event")
@click.option("--capacity", type=click.IntRange(0, 100_000), default=40, show_default=True)
@click.option("--in-days", type=click.IntRange(1, 3650), default=60, show_default=True)
@needs_tables(Schema.CURRENT)
def more(capacity: int, in_days: int) -> None:
    """Publish one more event with open registration and a waiting list, and print its address."""
    slug = publish_demo_event(capacity=capacity, starts_in=timedelta(days=in_days), now=clock.now())
    click.echo(f"{current_app.config['FILO'].public_url}/events/{slug}")


@demo.command("day")
@click.option("--people", type=click.IntRange(0, 5000), default=500, show_default=True)
@needs_tables(Schema.CURRENT)
def day(people: int) -> None:
    """Publish an event of today with confirmed people, and print where to try check-in, papers and screens."""
    made = publish_demo_day(count=people, now=clock.now())
    address = current_app.config["FILO"].public_url
    for name, path in (
        ("Event", f"/events/{made.slug}"),
        ("Check-in", f"/manage/events/{made.slug}/check-in"),
        ("Papers", f"/manage/events/{made.slug}/sheets"),
        ("Now and next, on a phone", f"/events/{made.slug}/now"),
        ("On a room's screen", f"/events/{made.slug}/wall"),
        ("Helper's phone, today", f"/check-in/{made.secret}"),
    ):
        click.echo(f"{name}: {address}{path}")


@demo.command("forum")
@click.option("--people", type=click.IntRange(2, 2000), default=300, show_default=True)
@click.option("--slots", type=click.IntRange(1, 24), default=12, show_default=True)
@needs_tables(Schema.CURRENT)
def forum(people: int, slots: int) -> None:
    """Publish a forum whose participants ask each other for meetings, and print how to make the schedule."""
    slug = publish_demo_forum(count=people, slots=slots, now=clock.now())
    address = current_app.config["FILO"].public_url
    click.echo(f"Event: {address}/events/{slug}")
    click.echo(f"Meetings: {address}/manage/events/{slug}/meetings")
    click.echo(f"Schedule: filo meetings solve {slug}")
