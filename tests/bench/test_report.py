"""The table of a benchmark, and what it says beside the entry before."""

from __future__ import annotations

import pytest

from bench.figures import Aim, Figure, Rounds
from bench.report import earlier_figures, entry, with_entry

MACHINE = "A processor, 2 cores, Linux"
FEED = Figure(
    name="Feed", value=0.05, unit="ms", worst=0.07, ratio=3.5, against="nginx", aim=Aim(bound=5, words="≤ 5 ×")
)
START = Figure(name="Second start", value=6.0, unit="s", aim=Aim(bound=5, words="< 5 s"))
RATE = Figure(name="Registrations", value=1234.0, unit="/s", more_is_better=True)


def written(*figures: Figure, day: str = "2027-01-13", machine: str = MACHINE, before: str = "") -> str:
    return with_entry(before, entry(figures, day=day, commit="abc1234", machine=machine, before=before))


def row(text: str, name: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith(f"| {name} "))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_figure_shows_value_ratio_and_aim() -> None:
    assert row(written(FEED, START), "Feed") == ["Feed", "0.050 (0.070) ms", "3.50 × nginx", "≤ 5 ×", "yes", "new"]
    assert row(written(FEED, START), "Second start")[4] == "**no**"


def test_the_newest_entry_stands_on_top_and_none_is_lost() -> None:
    text = written(FEED, day="2027-01-14", before=written(FEED))
    assert text.index("## 2027-01-14") < text.index("## 2027-01-13")
    assert text.count("# Results") == 1


def test_what_was_written_can_be_read() -> None:
    found = earlier_figures(written(FEED, RATE))
    assert (found["Feed"].value, found["Feed"].ratio, found["Feed"].machine) == (0.05, 3.5, MACHINE)
    assert found["Registrations"].value == 1234


@pytest.mark.parametrize(
    ("before", "after", "machine", "words"),
    [
        (FEED, {"ratio": 4.2}, MACHINE, "20 % slower than 2027-01-13"),
        (FEED, {"ratio": 2.8}, "Another", "20 % faster than 2027-01-13"),
        (FEED, {"ratio": 3.6}, MACHINE, "as on 2027-01-13"),
        (RATE, {"value": 617.0}, MACHINE, "50 % slower than 2027-01-13"),
        (RATE, {"value": 617.0}, "Another", "another machine"),
    ],
)
def test_it_says_what_got_slower(before: Figure, after: dict[str, float], machine: str, words: str) -> None:
    fields = {name: getattr(before, name) for name in Figure.__slots__}
    text = written(Figure(**fields | after), day="2027-01-14", machine=machine, before=written(before))
    assert row(text.partition("## 2027-01-13")[0], before.name)[5] == words


def test_the_best_round_counts() -> None:
    assert Rounds.of([3.0, 2.0, 4.0]).figure("Page", "ms").value == 2
    assert Rounds.of([3.0, 2.0, 4.0], more_is_better=True).figure("Rate", "/s").worst == 2
