"""What stands in the square code of a participant, and how it is read again."""

from __future__ import annotations

PREFIX = "FILO:"


def check_in_text(public_id: str) -> str:
    """Capitals and digits alone, which make the smallest square; it opens nothing by itself."""
    return PREFIX + public_id.upper()


def public_id_in(text: str) -> str:
    """The public id in what was read from a code or typed: with the prefix or without, in any case."""
    return text.strip().lower().removeprefix(PREFIX.lower())
