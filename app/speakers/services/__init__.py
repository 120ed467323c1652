"""What organisers do (asking), what the asked do (answering, sending), and what is forgotten (keeping)."""

from __future__ import annotations

from app.speakers.services.answering import answer
from app.speakers.services.asking import ask, ask_everybody, remind_silent, revoke, set_deadline
from app.speakers.services.keeping import erase_needs
from app.speakers.services.sending import keep_needs, keep_profile, send_slides, take_back_slides

__all__ = [
    "answer",
    "ask",
    "ask_everybody",
    "erase_needs",
    "keep_needs",
    "keep_profile",
    "remind_silent",
    "revoke",
    "send_slides",
    "set_deadline",
    "take_back_slides",
]
