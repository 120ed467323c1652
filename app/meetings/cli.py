"""``filo meetings``: the schedule from the command line."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from app.events import queries as events
from app.kernel import clock
from app.kernel.commands import needs_tables
from app.kernel.errors import NotFound
from app.kernel.schema import Schema
from app.meetings import queries
from app.meetings.posing import Posed, pose
from app.meetings.presenters import name_of
from app.meetings.schedule import Progress, Solved, broken_rules, solve

meetings = AppGroup("meetings", help="One-to-one meetings.")


@meetings.command("solve")
@click.argument("slug")
@click.option("--seconds", type=click.FloatRange(0.1, 3600), default=30, show_default=True)
@click.option("--keep", is_flag=True, help="Move as little as possible of what people were told.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON; how far it is goes to standard error.")
@needs_tables(Schema.CURRENT)
def solve_schedule(slug: str, seconds: float, keep: bool, as_json: bool) -> None:
    """Look for a schedule of the event's meetings and print it. Nothing is kept and nobody is told."""
    try:
        event = events.event_for_page(slug)
    except NotFound as error:
        raise click.ClickException(f"There is no event {slug}.") from error
    posed = pose(event, keeps=keep, now=clock.now())
    if not posed.slots:
        raise click.ClickException("This event has no block of meetings with slots and tables.")
    solved = solve(posed.problem, seconds=seconds, watch=_Told())
    found = _found(posed, solved)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(
        f"{len(solved.meetings)} meetings of {len(posed.problem.pairs)} wanted, value {solved.value}, "
        f"bound {solved.bound}, gap {solved.gap:.2%}, greedy {solved.greedy_value}, "
        f"broken rules {found['broken_rules']}, {solved.seconds:.1f} s"
    )


def _found(posed: Posed, solved: Solved) -> dict[str, object]:
    times = {slot.id: slot for slot in posed.slots}
    ids = {person for one in solved.meetings for person in one.ids}
    names = {one.id: name_of(one) for one in queries.people(ids)}
    return {
        "people": len(posed.problem.attendees),
        "wanted": len(posed.problem.pairs),
        "slots": len(posed.slots),
        "objective": solved.value,
        "bound": solved.bound,
        "gap": round(solved.gap, 5),
        "greedy_objective": solved.greedy_value,
        "greedy_meetings": solved.greedy_meetings,
        "broken_rules": broken_rules(posed.problem, solved.meetings).total,
        "seconds": round(solved.seconds, 2),
        "meetings": [
            {
                "starts_at": times[one.slot].starts_at.isoformat(),
                "slot": one.slot,
                "table": one.table,
                "registrations": list(one.ids),
                "names": [names[person] for person in one.ids],
            }
            for one in solved.meetings
        ],
    }


class _Told:
    """Says how far it is whenever something got better."""

    def __init__(self) -> None:
        self._last: tuple[int, int] | None = None

    def __call__(self, progress: Progress) -> bool:
        if (progress.value, progress.bound) != self._last:
            self._last = progress.value, progress.bound
            click.echo(
                f"{progress.seconds:5.1f} s: {progress.meetings} meetings, value {progress.value}, "
                f"bound {progress.bound}",
                err=True,
            )
        return False
