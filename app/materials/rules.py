"""What belongs to an event besides its agenda, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.materials.errors import NoAddress, PermissionMissing


class MaterialKind(StrEnum):
    SLIDES = "slides"
    MINUTES = "minutes"
    PHOTO = "photo"
    PUBLICITY = "publicity"
    DOCUMENT = "document"
    RECORDING = "recording"


class Visibility(StrEnum):
    """Who sees a material besides those who manage its event, who see all."""

    PUBLIC = "public"
    PARTICIPANTS = "participants"
    PARTNERS = "partners"
    ORGANISERS = "organisers"


MOST = 500  # of one event
MAILED = (Visibility.PUBLIC, Visibility.PARTICIPANTS)  # what the mail after the event points to


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks at the material of one event. ``is_partner``: has a role in the event's project."""

    is_manager: bool = False
    is_participant: bool = False
    is_partner: bool = False


ANYBODY = Viewer()


def visible_to(viewer: Viewer) -> frozenset[Visibility]:
    """What somebody sees; partners do not see what is meant for participants, nor these what is meant for partners."""
    if viewer.is_manager:
        return frozenset(Visibility)
    seen = {Visibility.PUBLIC}
    if viewer.is_participant:
        seen.add(Visibility.PARTICIPANTS)
    if viewer.is_partner:
        seen.add(Visibility.PARTNERS)
    return frozenset(seen)


def check_permission(visibility: Visibility, permission_by: str | None) -> None:
    """Nothing is public unless somebody permitted it; raises PermissionMissing."""
    if visibility is Visibility.PUBLIC and not permission_by:
        raise PermissionMissing(field="permission_by")


def check_address(url: str) -> None:
    """A link leads somewhere on the web, without a name and password in it; raises NoAddress."""
    scheme, separator, rest = url.partition("://")
    host = rest.split("/", 1)[0]
    is_written_well = not any(sign.isspace() or sign in '<>"\\' for sign in url)
    if scheme not in {"http", "https"} or not separator or "." not in host or "@" in host or not is_written_well:
        raise NoAddress(field="url")


def title_of(name: str) -> str:
    """What a file is called until somebody gives it a title: its name without the ending."""
    stem, dot, _ending = name.rpartition(".")
    return (stem if dot else name).replace("_", " ").strip() or name
