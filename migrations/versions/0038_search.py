"""Search"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("subject", "ref", name=op.f("uq_search_entry_subject_ref")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "search_gram",
        sa.Column("gram", sa.String(length=3), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("gram", "word", name=op.f("pk_search_gram")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_gram_word", "search_gram", ["word"])
    _make_words()


def _make_words() -> None:
    """Tokens are made by the program, so that both engines find the same and order it alike."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_document_words USING"
            " fts5(names, words, marks, tokenize='ascii', detail='column', prefix='2 3')"
        )
        return
    op.execute(
        "CREATE TABLE search_document_words (id integer PRIMARY KEY,"
        " names tsvector NOT NULL, words tsvector NOT NULL, marks tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_document_words ON search_document_words USING gin (names, words, marks)")
