"""``filo worker``."""

from __future__ import annotations

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from app.jobs import worker as jobs
from app.kernel import clock
from app.kernel.commands import needs_tables
from app.kernel.schema import Schema


@click.command()
@click.option("--once", is_flag=True, help="Do what is due, then end.")
@with_appcontext
@needs_tables(Schema.CURRENT)
def worker(once: bool) -> None:
    """Send mails and do all the other work that waits."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        jobs.run_recurring(app, now=clock.now())
        click.echo(f"{jobs.work_off(app)} done")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    jobs.run(app, stop)
