from __future__ import annotations

from app.kernel.errors import Conflict, Invalid


class CountedTwice(Invalid):
    """The kinds of members add up to more than all members."""

    code = "profiles.counted_twice"


class NotACluster(Conflict):
    """Only cluster organisations have a cluster profile."""

    code = "profiles.not_a_cluster"
