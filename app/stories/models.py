"""Write-ups of events, who wrote them, their pictures, and comments on them and on practices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models import Event
from app.files.models import StoredFile
from app.kernel.db import Base, code_of
from app.kernel.texts import Texts
from app.network.models import Organisation, Project, ThematicGroup
from app.practices.models import Practice
from app.stories.rules.commenting import CommentState, Suspicion
from app.stories.rules.writing import ConsentKind, StoryState

story_group = Table(
    "story_group",
    Base.metadata,
    Column("story_id", ForeignKey("story.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", ForeignKey("thematic_group.id", ondelete="CASCADE"), primary_key=True, index=True),
)
story_practice = Table(
    "story_practice",
    Base.metadata,
    Column("story_id", ForeignKey("story.id", ondelete="CASCADE"), primary_key=True),
    Column("practice_id", ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Story(Base):
    """A write-up. ``language`` is the one it was written in, the others are translations."""

    __tablename__ = "story"
    __table_args__ = (Index("ix_story_state_published_at", "state", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="SET NULL"), index=True)
    title: Mapped[Texts]
    standfirst: Mapped[Texts]
    body: Mapped[Texts]  # Markdown
    language: Mapped[str] = mapped_column(String(8))
    video_url: Mapped[str | None] = mapped_column(String(500))
    takes_comments: Mapped[bool] = mapped_column(default=True)
    state: Mapped[StoryState] = mapped_column(code_of(StoryState), default=StoryState.DRAFT)
    published_at: Mapped[datetime | None]  # the first time
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    demonstration: Mapped[bool] = mapped_column(default=False)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)  # sent twice, it is one

    owner: Mapped[Organisation] = relationship()
    event: Mapped[Event | None] = relationship()
    project: Mapped[Project | None] = relationship()
    groups: Mapped[list[ThematicGroup]] = relationship(secondary=story_group, order_by=ThematicGroup.position)
    practices: Mapped[list[Practice]] = relationship(secondary=story_practice, order_by=Practice.id)
    authors: Mapped[list[StoryAuthor]] = relationship(
        cascade="all, delete-orphan", order_by="StoryAuthor.position", back_populates="story"
    )
    pictures: Mapped[list[StoryPicture]] = relationship(
        cascade="all, delete-orphan", order_by="StoryPicture.position", back_populates="story"
    )
    steps: Mapped[list[StoryStep]] = relationship(cascade="all, delete-orphan", order_by="StoryStep.id")


class StoryStep(Base):
    """Who made a write-up what it was from then on."""

    __tablename__ = "story_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    state: Mapped[StoryState] = mapped_column(code_of(StoryState))
    at: Mapped[datetime]
    account_id: Mapped[int | None]  # empty when a command did


class StoryAuthor(Base):
    """An author is first of all an organisation; the name is shown from the consent on and erased with it."""

    __tablename__ = "story_author"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(160))
    agreed_at: Mapped[datetime | None]

    story: Mapped[Story] = relationship(back_populates="authors")
    organisation: Mapped[Organisation] = relationship()


class StoryPicture(Base):
    """A picture of the gallery. Its row goes with the consent, and with the row the content."""

    __tablename__ = "story_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    position: Mapped[int]
    caption: Mapped[Texts]
    credit: Mapped[str] = mapped_column(String(200))
    shows_people: Mapped[bool]

    story: Mapped[Story] = relationship(back_populates="pictures")
    file: Mapped[StoredFile] = relationship()


class StoryConsent(Base):
    """That somebody agreed, to what and until when: what remains once the name or the picture is gone."""

    __tablename__ = "story_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ConsentKind] = mapped_column(code_of(ConsentKind))
    ref: Mapped[str] = mapped_column(String(24), index=True)  # the public id of the author or picture
    scope: Mapped[str] = mapped_column(String(300))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Comment(Base):
    """What a reader said, under a write-up or a practice. ``email`` and ``client`` are erased after a time."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_story_id_state", "story_id", "state"),
        Index("ix_comment_practice_id_state", "practice_id", "state"),
        Index("ix_comment_state_at", "state", "at"),
        Index("ix_comment_client_at", "client", "at"),
        CheckConstraint("(story_id IS NULL) <> (practice_id IS NULL)", name="one_target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(8))
    client: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[CommentState] = mapped_column(code_of(CommentState))
    suspicion: Mapped[Suspicion | None] = mapped_column(code_of(Suspicion))
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None]  # an account

    story: Mapped[Story | None] = relationship()
    practice: Mapped[Practice | None] = relationship()
