"""Materials"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "slides",
                "minutes",
                "photo",
                "publicity",
                "document",
                "recording",
                name="materialkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("credit", sa.String(length=200), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "participants", "partners", "organisers", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("permission_by", sa.String(length=200), nullable=True),
        sa.Column("permission_at", UtcDateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mailed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(file_id IS NULL) <> (url IS NULL)", name=op.f("ck_material_file_or_link")),
        sa.CheckConstraint("visibility <> 'public' OR permission_by IS NOT NULL", name=op.f("ck_material_permitted")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_material_agenda_item_id_agenda_item"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_material_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_material_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
        sa.UniqueConstraint("public_id", name=op.f("uq_material_public_id")),
    )
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_agenda_item_id"), ["agenda_item_id"], unique=False)
        batch_op.create_index("ix_material_event_id_position", ["event_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_file_id"), ["file_id"], unique=False)
