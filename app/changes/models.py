"""What changed that a calendar shows. Versions only grow, in the order of the commits."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, code_of


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class VersionCounter(Base):
    """One row. Whoever takes the next version holds it until the commit, so versions commit in order."""

    __tablename__ = "version_counter"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    # up to here the log is not kept any more
    forgotten_version: Mapped[int] = mapped_column(default=0, server_default="0")


class Change(Base):
    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(index=True)
    uid: Mapped[str] = mapped_column(String(120), index=True)
    kind: Mapped[ChangeKind] = mapped_column(code_of(ChangeKind))
    at: Mapped[datetime]
    collections: Mapped[list[str]] = mapped_column(JSON)


class Collection(Base):
    """The version at which the calendar entries under a key last changed, removals included."""

    __tablename__ = "collection"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    version: Mapped[int]
    changed_at: Mapped[datetime]
