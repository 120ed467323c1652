"""The address that mails come back to: it says, signed, which message came back."""

from __future__ import annotations

import hmac
import re

from app.kernel.ids import signed_token

PURPOSE = "bounce"
HEADER = "X-Filo-Message"  # the same words inside the mail, for servers that return it to another address
_DIGITS = 24  # of the signature: 96 bits, and the part before the @ stays below its 64 characters
_TOKEN = re.compile(r"(\d{1,10})-([0-9a-f]{24})", re.ASCII)


def token(row_id: int, key: str) -> str:
    """``<number of the message>-<signature>``."""
    return f"{row_id}-{_signature(str(row_id), key)}"


def return_path(base: str, row_id: int, key: str) -> str:
    """``bounces+7-0123…@example.org`` out of ``bounces@example.org``."""
    local, _, domain = base.rpartition("@")
    return f"{local}+{token(row_id, key)}@{domain}"


def message_in(text: str, key: str) -> int | None:
    """The number of the message that a genuine token in ``text`` names; servers may have changed its case."""
    for number, mac in _TOKEN.findall(text.lower()):
        if hmac.compare_digest(_signature(number, key), mac):
            return int(number)
    return None


def _signature(number: str, key: str) -> str:
    return signed_token(key, PURPOSE, number, 1).partition(".")[2][:_DIGITS]
