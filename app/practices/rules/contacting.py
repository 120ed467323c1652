"""Writing to the people of a practice: how much, and how long it is kept."""

from __future__ import annotations

from datetime import timedelta

A_DAY = timedelta(days=1)
KEPT = timedelta(days=30)  # what was relayed is erased after that
MOST_A_DAY = 10  # of one account
MOST_TO_PRACTICE = 30  # in a day, of all
LONGEST = 4000  # characters
