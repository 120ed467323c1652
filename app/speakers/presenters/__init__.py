"""What pages and mails show of those with a part in an event."""

from __future__ import annotations

from app.speakers.presenters.organising import Overview, SpeakerLine, overview_of
from app.speakers.presenters.own import OwnPage, own_data, own_page_of
from app.speakers.presenters.public import ShownSpeaker, speakers_shown
from app.speakers.presenters.slots import PartView, part_view, slot_words

__all__ = [
    "Overview",
    "OwnPage",
    "PartView",
    "ShownSpeaker",
    "SpeakerLine",
    "overview_of",
    "own_data",
    "own_page_of",
    "part_view",
    "slot_words",
    "speakers_shown",
]
