"""What can be done with mailings. Every verb decides who may, by ``actor``."""

from __future__ import annotations

from app.mailings.services.access import may_write, writable_circle, writable_mailing
from app.mailings.services.following import follow, propose, silence
from app.mailings.services.sending import finish, give_up, retry, schedule, start, stop, take_back, take_in
from app.mailings.services.unsubscribing import subscribe_again, unsubscribe, write_again
from app.mailings.services.writing import MailingInput, Timing, TimingKind, create, delete, edit, queue_test

__all__ = [
    "MailingInput",
    "Timing",
    "TimingKind",
    "create",
    "delete",
    "edit",
    "finish",
    "follow",
    "give_up",
    "may_write",
    "propose",
    "queue_test",
    "retry",
    "schedule",
    "silence",
    "start",
    "stop",
    "subscribe_again",
    "take_back",
    "take_in",
    "unsubscribe",
    "writable_circle",
    "writable_mailing",
    "write_again",
]
