"""How often strangers may make us write to an address."""

from __future__ import annotations

from datetime import timedelta

MOST_MAILS_A_DAY = 5
A_DAY = timedelta(days=1)


def may_write_again(written_today: int) -> bool:
    """Whether an address may get another mail that somebody unknown set off."""
    return written_today < MOST_MAILS_A_DAY
