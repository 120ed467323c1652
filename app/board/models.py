"""Offers, requests and their answers. Addresses are kept to relay mail and shown to nobody."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.board.rules import PostKind
from app.kernel.db import Base, code_of
from app.network.models import Organisation, Sector, ThematicGroup


class BoardPost(Base):
    """An offer or a request in the words of an organisation, in one language."""

    __tablename__ = "board_post"
    __table_args__ = (Index("ix_board_post_closed_at_expires_on", "closed_at", "expires_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    kind: Mapped[PostKind] = mapped_column(code_of(PostKind))
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    sector_id: Mapped[str | None] = mapped_column(ForeignKey("sector.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_group.id", ondelete="SET NULL"), index=True)
    expires_on: Mapped[date] = mapped_column(Date)
    closed_at: Mapped[datetime | None]
    account_id: Mapped[int | None]  # who posted it; empty when a command did
    email: Mapped[str] = mapped_column(String(254))  # where mail about it goes
    locale: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    demonstration: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship()
    sector: Mapped[Sector | None] = relationship()
    group: Mapped[ThematicGroup | None] = relationship()
    replies: Mapped[list[BoardReply]] = relationship(
        cascade="all, delete-orphan", order_by="BoardReply.id", back_populates="post"
    )


class BoardReply(Base):
    """An answer in the thread of a post, in the name of an organisation."""

    __tablename__ = "board_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("board_post.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    post: Mapped[BoardPost] = relationship(back_populates="replies")
    organisation: Mapped[Organisation] = relationship()


class BoardContact(Base):
    """A message on its way to who posted. Its text and address are erased when it has been long enough."""

    __tablename__ = "board_contact"
    __table_args__ = (UniqueConstraint("post_id", "account_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("board_post.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(160))
    email: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)

    post: Mapped[BoardPost] = relationship()
