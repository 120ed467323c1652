"""What may become a line of a mail's head, and how often one address is written to."""

from __future__ import annotations

import hashlib
import unicodedata

LIMIT_A_DAY = 5
LONGEST_ADDRESS = 254
_LONGEST_LINE = 400


def address_key(address: str) -> str:
    """What makes two spellings the same address: trimmed and case-folded."""
    return address.strip().casefold()


def may_write(recent_count: int) -> bool:
    """Whether somebody unknown may make us write to an address that got ``recent_count`` mails in the last day."""
    return recent_count < LIMIT_A_DAY


def is_mailable(address: str) -> bool:
    """Whether an address can stand in a mail's head: one ``@``, nothing invisible, no blank, not too long."""
    local, at, domain = address.rpartition("@")
    return (
        bool(local and at and domain)
        and len(address) <= LONGEST_ADDRESS
        and not any(_breaks(letter) or letter.isspace() or letter in '<>,;"()' for letter in address)
    )


def reaches_nobody(address: str) -> bool:
    """Whether an address stands only for somebody who gave none: RFC 2606 keeps ``.invalid`` from ever being one."""
    return address.strip().casefold().endswith(".invalid")


def one_line(text: str) -> str:
    """Text for a mail's head: whatever could end the line, or cannot be seen, becomes a blank."""
    return " ".join("".join(" " if _breaks(letter) else letter for letter in text).split())[:_LONGEST_LINE]


def message_id(dedupe_key: str) -> str:
    """The stable left part of a Message-ID, so that a second copy of the same message can be recognised."""
    return hashlib.sha256(dedupe_key.encode()).hexdigest()[:40]


def _breaks(letter: str) -> bool:
    # Cc: controls with CR, LF, NUL and NEL; Zl, Zp: U+2028 and U+2029; Cs: lone surrogates, which no charset carries
    return unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Cs"}
