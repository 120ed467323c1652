"""Places: approval, offers, quotas, tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.kernel.db import UtcDateTime
from app.kernel.texts import TextsType

revision = "0006"
down_revision = "0005"

_LIVE = sa.text("place IN ('unverified', 'pending', 'confirmed', 'waitlisted', 'offered')")
_OF_EVENT = sa.text("kind = 'event'")


def upgrade() -> None:
    _widen_allotments()
    _make_policies()
    _make_quotas()
    _widen_registrations()
    _make_what_belongs_to_people()


def _widen_allotments() -> None:
    with op.batch_alter_table("allotment") as batch:
        batch.drop_constraint("uq_allotment_event_id", type_="unique")
        batch.add_column(sa.Column("kind", sa.String(40), nullable=False, server_default="event"))
        batch.add_column(sa.Column("agenda_item_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("offered", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("kept", sa.Integer(), nullable=False, server_default="0"))
        batch.create_foreign_key(
            op.f("fk_allotment_agenda_item_id"), "agenda_item", ["agenda_item_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_unique_constraint(op.f("uq_allotment_agenda_item_id"), ["agenda_item_id"])
    op.create_index(
        "uq_allotment_of_event",
        "allotment",
        ["event_id"],
        unique=True,
        sqlite_where=_OF_EVENT,
        postgresql_where=_OF_EVENT,
    )
    op.create_index("ix_allotment_event_id_kind", "allotment", ["event_id", "kind", "id"])


def _make_policies() -> None:
    op.create_table(
        "registration_policy",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("verifies_address", sa.Boolean(), nullable=False),
        sa.Column("promotion", sa.String(40), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=True),
        sa.Column("group_rule", sa.String(40), nullable=False),
        sa.Column("most_companions", sa.Integer(), nullable=False),
        sa.Column("invited_skip_approval", sa.Boolean(), nullable=False),
        sa.Column("changes_until", UtcDateTime(), nullable=True),
        sa.Column("rejection_text", TextsType(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_policy_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_registration_policy")),
    )
    op.execute(
        "INSERT INTO registration_policy (event_id, needs_approval, verifies_address, promotion, group_rule, "
        "most_companions, invited_skip_approval, rejection_text) "
        "SELECT event_id, false, false, 'automatic', 'part', 0, true, '{}' FROM allotment"
    )


def _make_quotas() -> None:
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("allotment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(8), nullable=True),
        sa.Column("org_type", sa.String(40), nullable=True),
        sa.Column("releases_at", UtcDateTime(), nullable=True),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["allotment_id"], ["allotment.id"], name=op.f("fk_quota_allotment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_quota_organisation_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_quota_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
        sa.UniqueConstraint("allotment_id", name=op.f("uq_quota_allotment_id")),
    )
    op.create_index("ix_quota_releases_at", "quota", ["released_at", "releases_at"])


def _widen_registrations() -> None:
    op.drop_index("uq_registration_live_address", "registration")
    with op.batch_alter_table("registration") as batch:
        batch.add_column(sa.Column("ahead", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("seats", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("claim_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("seat_quota_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("offer_expires_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("party", sa.String(24), nullable=True))
        batch.add_column(sa.Column("origin", sa.String(40), nullable=False, server_default="form"))
        batch.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("skips_approval", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("verified_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("delegation_id", sa.Integer(), nullable=True))
        for column, table in (
            ("claim_id", "quota"),
            ("seat_quota_id", "quota"),
            ("organisation_id", "organisation"),
            ("delegation_id", "organisation"),
        ):
            batch.create_foreign_key(op.f(f"fk_registration_{column}"), table, [column], ["id"])
    op.create_index(
        "uq_registration_live_address",
        "registration",
        ["allotment_id", "email_key"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    op.create_index(
        "ix_registration_seats", "registration", ["allotment_id", "place", "seat_quota_id", "claim_id", "seats"]
    )
    op.create_index("ix_registration_delegation_id", "registration", ["delegation_id", "allotment_id"])


def _make_what_belongs_to_people() -> None:
    op.create_table(
        "item_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("allotment_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("placed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_item_place_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["allotment_id"], ["allotment.id"], name=op.f("fk_item_place_allotment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_place")),
        sa.UniqueConstraint("registration_id", "allotment_id", name=op.f("uq_item_place_registration_id_allotment_id")),
    )
    op.create_index(
        "ix_item_place_allotment_id_standing_number", "item_place", ["allotment_id", "standing", "number"]
    )
    op.create_table(
        "companion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_companion_registration_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companion")),
    )
    op.create_index(op.f("ix_companion_registration_id"), "companion", ["registration_id"])
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("wording_version", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_answer_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("registration_id", "question_id", name=op.f("uq_answer_registration_id_question_id")),
    )
    op.create_index(op.f("ix_answer_question_id"), "answer", ["question_id"])
