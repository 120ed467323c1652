"""Seats as the rules see them: counted, never trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Seats kept for some: ``taken`` of ``size``, and ``waiting`` who have a claim to it. Released: kept no more."""

    id: int
    size: int
    taken: int = 0
    waiting: int = 0
    is_released: bool = False

    @property
    def kept(self) -> int:
        """Seats that nobody from the common pool may have."""
        return 0 if self.is_released else max(0, self.size - self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """What the rules may know about an event. ``capacity`` None means no limit; ``taken`` counts offers as well."""

    capacity: int | None
    taken: int
    waiting: int
    has_waitlist: bool
    shares: tuple[Share, ...] = ()

    @property
    def unclaimed(self) -> int | None:
        """Seats that nobody sits on; None without a limit, never negative."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def in_pool(self) -> int | None:
        """Unclaimed seats that are not kept for anybody."""
        unclaimed = self.unclaimed
        return None if unclaimed is None else max(0, unclaimed - sum(share.kept for share in self.shares))

    @property
    def is_free(self) -> bool:
        """Whether the next to come gets a seat: one is in the pool and nobody in the queue has a better claim."""
        return self.in_pool is None or (self.in_pool > 0 and not self.waiting)

    def share(self, quota_id: int | None) -> Share | None:
        return next((share for share in self.shares if share.id == quota_id), None)

    def fits(self, wanted: int, quota_id: int | None) -> bool:
        """Whether so many seats are there, in a share or (None) in the pool; asks nothing about the queue."""
        unclaimed = self.unclaimed
        if quota_id is None:
            return unclaimed is None or wanted <= (self.in_pool or 0)
        share = self.share(quota_id)
        return share is not None and wanted <= share.kept and (unclaimed is None or wanted <= unclaimed)

    def with_taken(self, wanted: int, quota_id: int | None) -> Seats:
        """The same after so many seats were given."""
        shares = tuple(
            replace(share, taken=share.taken + wanted) if share.id == quota_id else share for share in self.shares
        )
        return replace(self, taken=self.taken + wanted, shares=shares)

    def with_waiting(self, claim: int | None) -> Seats:
        """The same with one more in the queue."""
        shares = tuple(
            replace(share, waiting=share.waiting + 1) if share.id == claim else share for share in self.shares
        )
        return replace(self, waiting=self.waiting + 1, shares=shares)
