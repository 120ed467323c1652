"""Who acts. Permissions read this one frozen value and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from app.network.rules import GroupRole, ProjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person behind a request, with everything that permissions ask about."""

    account_id: int | None = None
    person_id: int | None = None
    name: str = ""
    email: str = ""
    is_administrator: bool = False
    organisation_ids: frozenset[int] = frozenset()
    managed_ids: frozenset[int] = frozenset()  # organisations that the person manages
    project_roles: frozenset[tuple[int, ProjectRole]] = frozenset()
    observed_phases: frozenset[tuple[int, int | None]] = frozenset()  # project and phase; None means every phase
    group_roles: frozenset[tuple[int, GroupRole]] = frozenset()
    is_system: bool = False  # the worker and commands

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None


ANYBODY = Actor()
SYSTEM = Actor(name="Filò", is_administrator=True, is_system=True)
