"""The table of a run, and the file of all runs in which a reader sees what got slower."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results

Written by `make bench`, the newest first. How to read it: [docs/benchmarks.md](../docs/benchmarks.md).
"""
COLUMNS = ("figure", "best (worst)", "ratio", "aim", "met", "beside the entry before")
NOISE = 0.10
_ENTRY = re.compile(
    r"^## (?P<day>\d{4}-\d{2}-\d{2})[^\n]*\n\n(?P<machine>[^\n]*)\n(?P<table>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORSE = {"ms": ("slower", "faster"), "s": ("slower", "faster"), "/s": ("slower", "faster")}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure as an earlier entry has it."""

    day: str
    machine: str
    value: float
    ratio: float | None


def entry(figures: Sequence[Figure], *, day: str, commit: str, machine: str, before: str) -> str:
    """An entry in Markdown; ``before`` is the file that it will stand in."""
    known = earlier_figures(before)
    rows = [row_of(figure, known.get(figure.name), machine) for figure in figures]
    return "\n".join([f"## {day} · {commit}", "", machine, "", *table(rows), ""])


def with_entry(before: str, new: str) -> str:
    """The file with one more entry on top."""
    _head, mark, entries = before.partition("\n## ")
    return f"{HEAD}\n{new}" + (f"\n## {entries}" if mark else "")


def row_of(figure: Figure, earlier: Earlier | None, machine: str) -> tuple[str, ...]:
    return (
        figure.name,
        value_words(figure),
        ratio_words(figure),
        *_aim_words(figure),
        _change(figure, earlier, machine),
    )


def table(rows: Sequence[tuple[str, ...]], columns: tuple[str, ...] = COLUMNS) -> list[str]:
    """A Markdown table whose columns stand under each other in plain text too."""
    widths = [max(len(row[index]) for row in [columns, *rows]) for index in range(len(columns))]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return [line(columns), line(["-" * width for width in widths]), *(line(row) for row in rows)]


def value_words(figure: Figure) -> str:
    worst = "" if figure.worst is None else f" ({number_words(figure.worst)})"
    return f"{number_words(figure.value)}{worst} {figure.unit}"


def ratio_words(figure: Figure) -> str:
    return "" if figure.ratio is None else f"{number_words(figure.ratio)} × {figure.against}"


def number_words(number: float) -> str:
    """Three digits that count, never fewer than stand before the point."""
    if number == int(number) or abs(number) >= 100:
        return f"{number:,.0f}"
    digits = 2 if abs(number) >= 1 else 3
    return f"{number:.{digits if abs(number) < 10 else 1}f}"


def _aim_words(figure: Figure) -> tuple[str, str]:
    if figure.aim is None:
        return "", ""
    return figure.aim.words, "yes" if figure.is_met else "**no**"


def earlier_figures(text: str) -> dict[str, Earlier]:
    """Every figure as the newest entry that has it tells it."""
    found: dict[str, Earlier] = {}
    for match in _ENTRY.finditer(text):
        for line in match["table"].splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            value = _NUMBER.match(cells[1]) if len(cells) == len(COLUMNS) else None
            if value:
                ratio = _NUMBER.match(cells[2])
                found.setdefault(
                    cells[0], Earlier(match["day"], match["machine"], _number(value[0]), ratio and _number(ratio[0]))
                )
    return found


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _change(figure: Figure, earlier: Earlier | None, machine: str) -> str:
    """Ratios can be compared between machines and busy hours; a value only with one of the same machine."""
    if earlier is None:
        return "new"
    if figure.ratio is not None and earlier.ratio:
        change = figure.ratio / earlier.ratio - 1
    elif earlier.machine == machine and earlier.value:
        change = figure.value / earlier.value - 1
    else:
        return "another machine"
    if abs(change) < NOISE:
        return f"as on {earlier.day}"
    worse, better = _WORSE.get(figure.unit, ("more", "less"))
    is_worse = (change < 0) if figure.more_is_better else (change > 0)
    return f"{abs(change):.0%} {worse if is_worse else better} than {earlier.day}".replace("%", " %")
