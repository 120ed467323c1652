"""How long and how often things are measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.house import Builder


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``seconds`` is the length of a round of requests, ``seats`` how many seats a round of a loop gives out."""

    folder: Path
    builder: Builder
    rounds: int = 3
    seconds: float = 3.0
    seats: int = 120
    sizes: tuple[int, ...] = (10, 100, 1000, 100_000)

    @classmethod
    def usual(cls, folder: Path) -> Plan:
        return cls(folder=folder, builder=Builder(folder))

    @classmethod
    def quick(cls, folder: Path) -> Plan:
        return cls(
            folder=folder, builder=Builder(folder), rounds=1, seconds=1.0, seats=30, sizes=(10, 100, 1000, 10_000)
        )
