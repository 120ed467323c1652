"""What stands in the square code of a participant, and how it is read again."""

from __future__ import annotations

PREFIX = "FILO:"


def check_in_text(public_id: str) -> str:
    """Capitals and digits alone, which make the smallest square; it opens nothing by itself."""
    return PREFIX + public_id.upper()


def companion_code(public_id: str, companion_id: int) -> str:
    """What names somebody who comes along with a participant."""
    return f"{public_id}.{companion_id}"


def split_code(code: str) -> tuple[str, int | None]:
    """The public id of a participant, and the companion that a code names, if it is one's."""
    public_id, dot, number = code.partition(".")
    is_companion = number.isascii() and number.isdigit() and len(number) < 10
    return (public_id, int(number)) if is_companion else (code if dot else public_id, None)


def public_id_in(text: str) -> str:
    """The public id in what was read from a code or typed: with the prefix or without, in any case."""
    return text.strip().lower().removeprefix(PREFIX.lower())
