"""What people typed must never become a formula in somebody's spreadsheet."""

from __future__ import annotations

# what spreadsheets take for the beginning of a formula, full-width forms included (OWASP, CSV injection)
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def defuse(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_BEGINNINGS) else cell
