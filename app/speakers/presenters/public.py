"""What everybody sees of speakers: those who agreed to it, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.agenda.annotations import Annotation, register_annotation
from app.events.models import Event
from app.events.rules import Audience
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.speakers import queries
from app.speakers.models import Speaker
from app.speakers.rules import SpeakerReply


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSpeaker:
    """``photo`` is an address, empty without one; ``roles``: in words, each once."""

    anchor: str
    name: str
    roles: list[str]
    organisation: str
    bio: Wording
    photo: str
    width: int | None
    height: int | None


def speakers_shown(event: Event) -> list[ShownSpeaker]:
    """Those who agreed to be shown and come, in the order of the agenda; one query where there is nobody."""
    rows = {row.person_id: row for row in queries.shown_publicly(event.id)}
    if not rows:
        return []
    held = [part for part in queries.parts_at(event) if part.person.id in rows and _is_public(event, part)]
    shown = [_shown(rows[person_id], held) for person_id in dict.fromkeys(part.person.id for part in held)]
    return [one for one in shown if one.roles]


@register_annotation
def about_speakers(item_ids: Sequence[int]) -> dict[int, list[Annotation]]:
    """A link from an item of the agenda to what the page of the event says of who speaks there, in one query."""
    found: dict[int, list[Annotation]] = defaultdict(list)
    for row in queries.shown_in_items(item_ids):
        words = _("About %(name)s", name=f"{row.given_name} {row.family_name}")
        link = Annotation(label=str(words), url=f"/events/{row.slug}#{anchor_of(row.public_id)}", drawing="user")
        if link not in found[row.item_id]:
            found[row.item_id].append(link)
    return found


def anchor_of(public_id: str) -> str:
    """The first half says which of the speakers of an event; the whole would be half of a link."""
    return f"speaker-{public_id[:8]}"


def _is_public(event: Event, part: queries.HeldPart) -> bool:
    """What is internal is on no public page, and so is who speaks there only."""
    return part.item is None or (part.item.audience or event.audience) is not Audience.INTERNAL


def _shown(row: Speaker, held: list[queries.HeldPart]) -> ShownSpeaker:
    answers = queries.answers_by_part(row)
    accepted = [
        part
        for part in held
        if part.person.id == row.person_id and part.key in answers and answers[part.key].answer is SpeakerReply.ACCEPTED
    ]
    return ShownSpeaker(
        anchor=anchor_of(row.public_id),
        name=row.person.full_name,
        roles=list(dict.fromkeys(say(part.role) for part in accepted)),
        organisation=next((part.organisation.name for part in accepted if part.organisation), ""),
        bio=row.bio.wording(language()),
        photo=f"/speakers/photos/{row.photo.public_id}" if row.photo else "",
        width=row.photo.width if row.photo else None,
        height=row.photo.height if row.photo else None,
    )
