"""Services proposed for needs, their pilots and who took them up"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0033"
down_revision = "0032"

STAGE = (
    "stage_proposed",
    "stage_agreed",
    "stage_in_pilot",
    "stage_implemented",
    "stage_taken_up",
    "stage_dropped",
)
TARGET = (
    "target_sme",
    "target_start_up",
    "target_large_firm",
    "target_research",
    "target_public_body",
    "target_people",
)


def _code(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "service_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=90), nullable=False),
        sa.Column("title", TextsType(), nullable=False),
        sa.Column("description", TextsType(), nullable=False),
        sa.Column("uptake_actions", TextsType(), nullable=False),
        sa.Column("target", _code("target", TARGET), nullable=False),
        sa.Column("stage", _code("stage", STAGE), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=500), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _key("service_proposal", "proposer_id", "organisation.id"),
        _key("service_proposal", "owner_id", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_proposal")),
        sa.UniqueConstraint("slug", name=op.f("uq_service_proposal_slug")),
    )
    op.create_index("ix_service_proposal_stage_due_on", "service_proposal", ["stage", "due_on"])
    op.create_index(op.f("ix_service_proposal_owner_id"), "service_proposal", ["owner_id"])
    op.create_index(op.f("ix_service_proposal_proposer_id"), "service_proposal", ["proposer_id"])
    for table, column, target, ondelete in (
        ("service_need", "need_id", "need.id", "CASCADE"),
        ("service_practice", "practice_id", "practice.id", "CASCADE"),
        ("service_implementer", "organisation_id", "organisation.id", None),
    ):
        op.create_table(
            table,
            sa.Column("service_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            _key(table, "service_id", "service_proposal.id", "CASCADE"),
            _key(table, column, target, ondelete),
            sa.PrimaryKeyConstraint("service_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_table(
        "service_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("before", _code("stage", STAGE), nullable=True),
        sa.Column("after", _code("stage", STAGE), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        _key("service_change", "service_id", "service_proposal.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_change")),
    )
    op.create_index(op.f("ix_service_change_service_id"), "service_change", ["service_id"])
    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("where", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        _key("pilot", "service_id", "service_proposal.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
    )
    op.create_index(op.f("ix_pilot_service_id"), "pilot", ["service_id"])
    op.create_table(
        "service_uptake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("adopter_id", sa.Integer(), nullable=False),
        sa.Column("taken_up_on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(length=500), nullable=True),
        _key("service_uptake", "service_id", "service_proposal.id", "CASCADE"),
        _key("service_uptake", "adopter_id", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_uptake")),
        sa.UniqueConstraint("service_id", "adopter_id", name=op.f("uq_service_uptake_service_id_adopter_id")),
    )
    op.create_index(op.f("ix_service_uptake_adopter_id"), "service_uptake", ["adopter_id"])
