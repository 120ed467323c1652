"""Keeping what can be found. Rooms call it in the transaction of the verb that changed the thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from app.kernel.db import db, transactional
from app.search import queries
from app.search.facets import NO_FACETS, Facets
from app.search.models import SearchEntry, SearchGram, SearchWord, search_document
from app.search.rules import PASSAGE_END, document, fold
from app.search.words import forgiven, grams, in_names, mark_token, name_token, plain_words, tokens

LONGEST_QUOTED = 20_000  # letters that are kept to quote from; all words are found
AT_A_TIME = 500


@transactional
def index(
    subject: str, ref: int, *, names: Iterable[str], texts: Iterable[str] = (), facets: Facets = NO_FACETS
) -> None:
    """Put, or put anew, what may be searched of one thing; only what everybody may see is put here.

    ``names``: what it is called, aliases too, the usual one first; ``facets``: what a search is narrowed by.
    """
    # rows of imports and of before there were checks may hold NUL, which PostgreSQL keeps in no text
    names, texts = ([each.replace("\0", " ") for each in given if each] for given in (names, texts))
    _drop_parts(subject, ref)
    db.session.execute(insert(search_document).values(subject=subject, ref=ref, folded=document(names, texts)))
    entry_id = _put_entry(subject, ref, names, texts, facets)
    name_words, words = plain_words(_with_joined(names)), plain_words([*_with_joined(names), *texts])
    marks = [mark_token("type", subject), *(mark_token(facet, value) for facet, value in facets.pairs())]
    queries.put_words(
        entry_id,
        names=in_names(tokens(name_words)),
        words=tokens(words),
        marks=sorted({*marks, *map(name_token, names)}),
    )
    _learn(words)


@transactional
def forget(subject: str, ref: int) -> None:
    """From now on it cannot be found."""
    _drop_parts(subject, ref)
    entry_id = queries.entry_id(subject, ref)
    if entry_id is not None:
        queries.drop_words(entry_id)
        db.session.execute(delete(SearchEntry).where(SearchEntry.id == entry_id))


def _with_joined(names: Sequence[str]) -> list[str]:
    return [*names, *(fold(name).replace(" ", "") for name in names)]


def _drop_parts(subject: str, ref: int) -> None:
    db.session.execute(
        delete(search_document).where(search_document.c.subject == subject, search_document.c.ref == ref)
    )


def _put_entry(subject: str, ref: int, names: Sequence[str], texts: Sequence[str], facets: Facets) -> int:
    entry = db.session.scalar(select(SearchEntry).where(SearchEntry.subject == subject, SearchEntry.ref == ref))
    if entry is None:
        entry = SearchEntry(subject=subject, ref=ref)
        db.session.add(entry)
    text = PASSAGE_END.join(dict.fromkeys(each.replace(PASSAGE_END, " ") for each in texts))
    entry.name = fold(names[0]) if names else ""
    entry.marks = " ".join(f"{facet}:{value}" for facet, value in facets.pairs())
    entry.size, entry.text = len(text), text[:LONGEST_QUOTED]
    db.session.flush()
    queries.drop_words(entry.id)
    return entry.id


def _learn(words: Sequence[str]) -> None:
    """Words that nobody wrote before can be mistyped from now on."""
    asked = sorted(word for word in words if forgiven(word) and not word.isdigit())
    for first in range(0, len(asked), AT_A_TIME):
        some = asked[first : first + AT_A_TIME]
        known = queries.known(some)
        new = [word for word in some if word not in known]
        if new:
            queries.add_new(SearchWord, [{"word": word} for word in new])
            pairs = [{"gram": gram, "word": word} for word in new for gram in sorted(grams(word))]
            queries.add_new(SearchGram, pairs)
