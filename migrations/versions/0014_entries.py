"""Entries of several days, and news"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0014"
down_revision = "0013"

NEWS = ("published", "resumed", "moved", "postponed", "called_off")
PRECISIONS = ("day", "month", "year")


def upgrade() -> None:
    op.create_table(
        "news_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*NEWS, name="newskind", native_enum=False, length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column(
            "date_precision",
            sa.Enum(*PRECISIONS, name="dateprecision", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_news_item_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_news_item_uid")),
    )
    with op.batch_alter_table("news_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_item_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_news_item_event_id"), ["event_id"], unique=False)
    with op.batch_alter_table("rendered_entry", schema=None) as batch_op:
        # 0 is older than every renderer: the worker makes these entries anew
        batch_op.add_column(sa.Column("renderer", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index("ix_rendered_entry_renderer", ["renderer", "event_id"], unique=False)
    _keep_sequences()
    _tell_what_was_news()


def _keep_sequences() -> None:
    """Items in feeds had their event's sequence added to their own; from now on theirs is all."""
    op.execute(
        "UPDATE agenda_item SET sequence = sequence + "
        "(SELECT event.sequence FROM event WHERE event.id = agenda_item.event_id) "
        "WHERE uid IN (SELECT uid FROM rendered_entry WHERE is_session)"
    )


def _tell_what_was_news() -> None:
    """The steps that were taken before there was a table of news."""
    connection = op.get_bind()
    steps = connection.execute(
        sa.text(
            "SELECT event_step.event_id, event_step.status AS kind, event_step.at, event.uid, event.starts_at,"
            " event.ends_at, event.timezone, event.date_precision FROM event_step"
            " JOIN event ON event.id = event_step.event_id"
            " WHERE event_step.status IN ('published', 'postponed', 'called_off') ORDER BY event_step.id"
        )
    ).mappings()
    rows = [{**step, "uid": f"{secrets.token_hex(10)}@{step['uid'].rpartition('@')[2]}"} for step in steps]
    if rows:
        names = list(rows[0])
        connection.execute(
            sa.text(f"INSERT INTO news_item ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"),  # noqa: S608 - names of columns
            rows,
        )
