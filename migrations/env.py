"""Runs migrations on the connection that the application hands over, or on the configured database."""

from __future__ import annotations

from alembic import context
from sqlalchemy.engine import Connection

import app as filo
from app.kernel.db import Base, db


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        include_name=lambda name, kind, parents: kind != "table" or not (name or "").startswith("search_document"),
    )
    with context.begin_transaction():
        context.run_migrations()


if handed_over := context.config.attributes.get("connection"):
    migrate(handed_over)
else:
    with filo.create_app().app_context(), db.engine.connect() as connection:
        migrate(connection)
        connection.commit()
