from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, false, func, select, text, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from app.kernel.db import db
from app.search.models import WORDS_TABLE, SearchEntry, SearchGram, SearchWord, search_document
from app.search.rules import terms

SHORTEST_PART = 3  # letters that a trigram index can look for
NEAREST = 40
AT_A_TIME = 500


def refs(subject: str, query: str) -> Select[int]:
    """The ids of what is called or says this, as a subquery."""
    conditions: list[ColumnElement[bool]] = [search_document.c.folded.like(f"%{term}%") for term in terms(query)]
    return select(search_document.c.ref).where(search_document.c.subject == subject, *(conditions or [false()]))


def found(query: str, limit: int) -> Sequence[tuple[str, int]]:
    """``(subject, ref)`` of everything that matches; the shortest documents, being mostly names, come first."""
    conditions = [search_document.c.folded.like(f"%{term}%") for term in terms(query)]
    if not conditions:
        return []
    rows = db.session.execute(
        select(search_document.c.subject, search_document.c.ref)
        .where(*conditions)
        .order_by(func.length(search_document.c.folded), search_document.c.ref)
        .limit(limit)
    )
    return [(row.subject, row.ref) for row in rows]


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def matching(column: str, asked: Sequence[Sequence[str]], marks: Sequence[str], limit: int) -> list[int]:
    """Entries that have one form of every term in ``names`` or ``words``, and all the marks; those put first, first.

    A form that ends with ``*`` is the beginning of a word.
    """
    statement, match = _statement(column, asked, marks)
    return list(db.session.scalars(text(statement), {"match": match, "marks": _all_of(marks), "limit": limit}))


def plan_of(column: str, asked: Sequence[Sequence[str]], marks: Sequence[str]) -> str:
    """How SQLite goes about it."""
    statement, match = _statement(column, asked, marks)
    values = {"match": match, "marks": _all_of(marks), "limit": 1}
    return "\n".join(str(row[-1]) for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"), values))


def _statement(column: str, asked: Sequence[Sequence[str]], marks: Sequence[str]) -> tuple[str, str]:
    if on_sqlite():
        parts = ["(" + " OR ".join(map(_fts_form, forms)) + ")" for forms in asked]
        match = f"{column} : ({' AND '.join(parts)})" if parts else ""
        marked = f"marks : ({' AND '.join(map(_fts_form, marks))})" if marks else ""
        both = " AND ".join(part for part in (match, marked) if part)
        return (
            f"SELECT rowid FROM {WORDS_TABLE} WHERE {WORDS_TABLE} MATCH :match ORDER BY rowid LIMIT :limit",  # noqa: S608
            both,
        )
    conditions = [f"{column} @@ CAST(:match AS tsquery)"] if asked else []
    conditions += ["marks @@ CAST(:marks AS tsquery)"] if marks else []
    match = " & ".join("(" + " | ".join(map(_lexeme, forms)) + ")" for forms in asked)
    where = " AND ".join(conditions)
    return f"SELECT id FROM {WORDS_TABLE} WHERE {where} ORDER BY id LIMIT :limit", match  # noqa: S608


def _all_of(marks: Sequence[str]) -> str:
    return " & ".join(map(_lexeme, marks))


def _fts_form(form: str) -> str:
    return f'"{form[:-1]}" *' if form.endswith("*") else f'"{form}"'


def _lexeme(form: str) -> str:
    return f"'{form[:-1]}':*" if form.endswith("*") else f"'{form}'"


def saying_parts(parts: Sequence[str], limit: int) -> list[int]:
    """Entries that say all of these parts of words."""
    conditions = [search_document.c.folded.like(f"%{part}%") for part in parts]
    if not any(len(part) >= SHORTEST_PART for part in parts):
        return []
    inside = select(search_document.c.subject, search_document.c.ref).where(*conditions).limit(limit * 4)
    rows = [tuple(row) for row in db.session.execute(inside)]
    ids: list[int] = []
    for first in range(0, len(rows), AT_A_TIME):
        some = tuple_(SearchEntry.subject, SearchEntry.ref).in_(rows[first : first + AT_A_TIME])
        ids += db.session.scalars(select(SearchEntry.id).where(some))
    return sorted(ids)[:limit]


def entries(ids: Collection[int]) -> Sequence[Any]:
    """What hits are ordered and counted by."""
    columns = (
        SearchEntry.id,
        SearchEntry.subject,
        SearchEntry.ref,
        SearchEntry.name,
        SearchEntry.marks,
        SearchEntry.size,
    )
    return db.session.execute(select(*columns).where(SearchEntry.id.in_(ids))).all()


def texts_of(ids: Collection[int]) -> Mapping[int, str]:
    """What the hits of a page are quoted from."""
    rows = db.session.execute(select(SearchEntry.id, SearchEntry.text).where(SearchEntry.id.in_(ids)))
    return {row.id: row.text for row in rows}


def entry(subject: str, ref: int) -> SearchEntry | None:
    return db.session.scalar(select(SearchEntry).where(SearchEntry.subject == subject, SearchEntry.ref == ref))


def entry_id(subject: str, ref: int) -> int | None:
    return db.session.scalar(select(SearchEntry.id).where(SearchEntry.subject == subject, SearchEntry.ref == ref))


def known(words: Collection[str]) -> set[str]:
    return set(db.session.scalars(select(SearchWord.word).where(SearchWord.word.in_(words))))


def near(parts: Collection[str]) -> Sequence[str]:
    """Words that share most trigrams with a mistyped one."""
    shared = func.count()
    return db.session.scalars(
        select(SearchGram.word)
        .where(SearchGram.gram.in_(parts))
        .group_by(SearchGram.word)
        .order_by(shared.desc(), func.length(SearchGram.word), SearchGram.word)
        .limit(NEAREST)
    ).all()


def add_new(model: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows that may be there already, because somebody else wrote the same."""
    insert: Any = sqlite.insert if on_sqlite() else postgresql.insert
    db.session.execute(insert(model.__table__).on_conflict_do_nothing(), rows)


def put_words(entry_id: int, *, names: Sequence[str], words: Sequence[str], marks: Sequence[str]) -> None:
    """The tokens of an entry that has none."""
    if on_sqlite():
        statement = f"INSERT INTO {WORDS_TABLE} (rowid, names, words, marks) VALUES (:id, :names, :words, :marks)"  # noqa: S608
        values = {"names": " ".join(names), "words": " ".join(words), "marks": " ".join(marks)}
    else:
        statement = (
            f"INSERT INTO {WORDS_TABLE} (id, names, words, marks) VALUES (:id,"  # noqa: S608
            " array_to_tsvector(CAST(:names AS text[])),"
            " array_to_tsvector(CAST(:words AS text[])), array_to_tsvector(CAST(:marks AS text[])))"
        )
        values = {"names": list(names), "words": list(words), "marks": list(marks)}  # type: ignore[dict-item]
    db.session.execute(text(statement), {"id": entry_id, **values})


def drop_words(entry_id: int) -> None:
    key = "rowid" if on_sqlite() else "id"
    db.session.execute(text(f"DELETE FROM {WORDS_TABLE} WHERE {key} = :id"), {"id": entry_id})  # noqa: S608


def drop_all() -> None:
    """Every entry and every word, before all is indexed anew."""
    db.session.execute(text(f"DELETE FROM {WORDS_TABLE}"))  # noqa: S608
    for table in (search_document, SearchEntry, SearchGram, SearchWord):
        db.session.execute(delete(table))
