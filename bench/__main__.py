"""``make bench``: measures, prints a table, and puts it on top of ``bench/RESULTS.md``."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import calendars, day, feeds, machine, meetings, pages, registrations, report, resources, screens, search
from bench.figures import Figure
from bench.plan import Plan

SECTIONS: dict[str, Callable[[Plan], Iterator[Figure]]] = {
    "feeds": feeds.measure,
    "calendars": calendars.measure,
    "pages": pages.measure,
    "registrations": registrations.measure,
    "day": day.measure,
    "screens": screens.measure,
    "meetings": meetings.measure,
    "search": search.measure,
    "resources": resources.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measure Filò beside what it is compared with.")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, by commas: %(default)s")
    parser.add_argument("--quick", action="store_true", help="short rounds, to see that it works; nothing is written")
    given = parser.parse_args()
    names = given.only.split(",")
    if unknown := [name for name in names if name not in SECTIONS]:
        parser.error(f"no such section: {', '.join(unknown)}")
    if not sys.platform.startswith("linux"):
        sys.exit("The figures come from /proc, which only Linux has.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # servers stop before their folders go
    here = machine.this_machine()
    _say_what_is_missing(here)
    commit = machine.commit()  # others may go on committing meanwhile
    figures = _measure(names, quick=given.quick)
    _tell(figures, here, commit, is_kept=not given.quick)


def _say_what_is_missing(here: machine.Machine) -> None:
    print(here)
    if here.load > here.cores / 2:
        print(f"Other programs are busy here (load {here.load:.1f}): look at the ratios rather than at the values.")
    for name in machine.missing():
        print(f"Without {name}; get it with: {machine.WANTED[name]}")


def _measure(names: list[str], *, quick: bool) -> list[Figure]:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="filo-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as its own user
        plan = (Plan.quick if quick else Plan.usual)(Path(folder))
        for name in names:
            began = time.monotonic()
            try:
                for figure in SECTIONS[name](plan):
                    figures.append(figure)
                    print(f"  {figure.name}: {report.value_words(figure)}  {report.ratio_words(figure)}", flush=True)
            except (RuntimeError, OSError, AssertionError) as error:
                print(f"  {name} stopped: {str(error).strip().splitlines()[-1]}")
            print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return figures


def _tell(figures: list[Figure], here: machine.Machine, commit: str, *, is_kept: bool) -> None:
    before = report.RESULTS.read_text("utf-8") if report.RESULTS.exists() else ""
    today = datetime.now(UTC).date().isoformat()
    new = report.entry(figures, day=today, commit=commit, machine=str(here), before=before)
    print(f"\n{new}")
    if is_kept and figures:
        report.RESULTS.write_text(report.with_entry(before, new), "utf-8")
        print("Written to bench/RESULTS.md.")


if __name__ == "__main__":
    main()
