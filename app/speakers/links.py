"""Links that open what one person was asked for, without an account; and the address of that person's own calendar."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.speakers import queries
from app.speakers.errors import SpeakerNotFound
from app.speakers.models import Speaker

PAGE = "speaker"
SLOTS = "speaker-slots"


def token(speaker: Speaker) -> str:
    """The token of the page; raising the link version revokes it."""
    return signed_token(_key(), PAGE, speaker.public_id, speaker.link_version)


def url(speaker: Speaker) -> str:
    """The whole address of the page, for mails."""
    return f"{_public_url()}/speaking/{token(speaker)}"


def slots_path(speaker: Speaker) -> str:
    """Where calendar programs read the slots; whoever gets hold of it cannot open the page by it."""
    return f"/speaking/{signed_token(_key(), SLOTS, speaker.public_id, speaker.link_version)}/slots.ics"


def slots_url(speaker: Speaker) -> str:
    return f"{_public_url()}{slots_path(speaker)}"


def open_page(token: str) -> Speaker:
    """Who a token opens the page of; raises SpeakerNotFound for a forged or revoked one."""
    return _open(token, PAGE)


def open_slots(token: str) -> Speaker:
    """Whose slots a token opens; raises as :func:`open_page`."""
    return _open(token, SLOTS)


def _open(token: str, purpose: str) -> Speaker:
    speaker = queries.speaker_with_public_id(public_id_of(token))
    if not is_genuine(token, _key(), purpose, speaker.link_version) or speaker.revoked_at is not None:
        raise SpeakerNotFound(public_id=speaker.public_id)
    return speaker


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]


def _public_url() -> str:
    return current_app.config["FILO"].public_url  # type: ignore[no-any-return]
