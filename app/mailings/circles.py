"""An event, a project or a thematic group, as mailings see it."""

from __future__ import annotations

from dataclasses import dataclass

from app.events.models import Event
from app.events.rules import Status
from app.kernel.dates import DatePrecision
from app.kernel.texts import Texts
from app.mailings.rules import Clock, Owner
from app.network.models import Project, ThematicGroup

ZONE_OF_PROJECTS = "Europe/Rome"  # the clocks on which mailings of projects and groups are scheduled
_DATED = frozenset({Status.PUBLISHED, Status.HELD, Status.ARCHIVED})  # what is put away can still be thanked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Exactly one of the three is whose mailing it is; a group comes with its project."""

    owner: Owner
    event: Event | None = None
    project: Project | None = None
    group: ThematicGroup | None = None

    @property
    def id(self) -> int:
        found = self.event or self.group or self.project
        assert found is not None  # noqa: S101 (a circle has one of them)
        return found.id

    @property
    def slug(self) -> str:
        found = self.event or self.group or self.project
        assert found is not None  # noqa: S101
        return found.slug

    @property
    def title(self) -> Texts:
        if self.event:
            return self.event.title
        if self.group:
            return self.group.name
        return Texts(en=self.project.acronym) if self.project else Texts()

    @property
    def column(self) -> str:
        """The column of a mailing that names it."""
        return f"{self.owner}_id"

    @property
    def scope(self) -> str:
        """What somebody unsubscribes from: the project, or an event that belongs to none."""
        project_id = self.event.project_id if self.event else self.project and self.project.id
        return f"project:{project_id}" if project_id else f"event:{self.id}"

    @property
    def zone(self) -> str:
        return self.event.timezone if self.event else ZONE_OF_PROJECTS

    @property
    def path(self) -> str:
        """The address of its public page."""
        return f"/{self.owner}s/{self.slug}"

    @property
    def manage_path(self) -> str:
        return f"/manage{self.path}/messages"

    @property
    def contact(self) -> str:
        return (self.event.contact_email if self.event else None) or ""

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.event) if self.event else None


def clock_of(event: Event) -> Clock:
    """What reminders count from; nothing is counted from a date that is rough, or that nobody may rely on."""
    return Clock(
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        takes_place=event.status in _DATED and event.date_precision is DatePrecision.DAY,
    )
