"""What was measured: a value, what it is compared with, and the aim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A bound of the ratio, or of the value where there is no ratio. Costs stay below it, rates above."""

    bound: float
    words: str
    is_floor: bool = False

    def is_met(self, number: float) -> bool:
        return number >= self.bound if self.is_floor else number <= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` is the best of several rounds and ``worst`` the other end; ``against`` says what ``ratio`` is of."""

    name: str
    value: float
    unit: str
    worst: float | None = None
    ratio: float | None = None
    against: str = ""
    aim: Aim | None = None
    more_is_better: bool = False

    @property
    def is_met(self) -> bool | None:
        if self.aim is None:
            return None
        return self.aim.is_met(self.value if self.ratio is None else self.ratio)


@dataclass(frozen=True, slots=True)
class Rounds:
    """The same thing measured several times."""

    values: tuple[float, ...]
    more_is_better: bool = False

    @classmethod
    def of(cls, values: Sequence[float], *, more_is_better: bool = False) -> Rounds:
        return cls(tuple(values), more_is_better)

    @property
    def best(self) -> float:
        return (max if self.more_is_better else min)(self.values)

    @property
    def worst(self) -> float:
        return (min if self.more_is_better else max)(self.values)

    def figure(
        self, name: str, unit: str, *, over: Rounds | None = None, against: str = "", aim: Aim | None = None
    ) -> Figure:
        """The best round, as a ratio to the best round of ``over``."""
        return Figure(
            name=name,
            value=self.best,
            unit=unit,
            worst=self.worst if len(self.values) > 1 else None,
            ratio=self.best / over.best if over else None,
            against=against,
            aim=aim,
            more_is_better=self.more_is_better,
        )


def milliseconds(seconds: Sequence[float]) -> Rounds:
    return Rounds.of([value * 1000 for value in seconds])
