"""One question over both engines, and the same answer in the same order from both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.search import queries
from app.search.presenting import place_of
from app.search.rules import fold, terms
from app.search.words import distance, forgiven, forms, grams, in_names, mark_token, name_token

MOST = 500  # candidates of each kind that are ordered and counted
A_PAGE = 20
SHORT = 5  # letters of a word whose first one is not doubted
Place = tuple[str, int]
Seen = Callable[[Iterable[Place]], Collection[Place]]


@dataclass(frozen=True, slots=True)
class Found:
    """``(entry, subject, ref)`` of a page in order; how many there are; facet → value → how many of them.

    ``corrected``: the words that were looked for instead of mistyped ones. ``is_cut``: there are more than counted.
    """

    page: list[tuple[int, str, int]] = field(default_factory=list)
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    corrected: str = ""
    is_cut: bool = False


def ask(query: str, *, narrowed: Mapping[str, str], seen: Seen, page: int = 1) -> Found:
    """What everybody may see of what says all these words; the last word may be unfinished.

    First what is called exactly so, then what has all the words in its names, then what says them; the shorter
    name or text first. Only if nothing has the words, parts of words are looked for, and then words that look alike.
    """
    words = terms(query)
    if not words:
        return Found()
    marks = [mark_token(facet, value) for facet, value in sorted(narrowed.items()) if value]
    if (given := _by_words(words, marks, seen, page)).total:
        return given
    if not marks and (given := _by_parts(words, seen, page)).total:
        return given
    for other in _corrections(words):
        if (given := _by_words(other, marks, seen, page)).total:
            return _with_correction(given, other)
    return Found(words=tuple(words))


def alternatives(words: Sequence[str]) -> list[list[str]]:
    """The forms of every word, of which one must be there; the last one may also begin a longer word."""
    asked = [list(dict.fromkeys(forms(word))) for word in words]
    if len(words[-1]) > 1:
        asked[-1].append(f"{words[-1]}*")
    return asked


def _by_words(words: Sequence[str], marks: Sequence[str], seen: Seen, page: int) -> Found:
    asked = alternatives(words)
    exact = set(queries.matching("words", [], [*marks, name_token("".join(words))], MOST))
    named = _matching("names", [in_names(one) for one in asked], marks)
    said = _matching("words", asked, marks)
    called = set(named)
    rows = queries.entries({*exact, *named, *said})

    def order(row: Any) -> tuple[Any, ...]:
        if row.id in exact:
            return 0, len(row.name), place_of(row.subject), row.name, row.subject, row.ref
        if row.id in called:
            return 1, len(row.name), place_of(row.subject), row.name, row.subject, row.ref
        return 2, -sum(word in row.name for word in words), row.size, row.name, row.subject, row.ref

    return _found(rows, order, words, seen, page, is_cut=MOST in {len(named), len(said)})


def _matching(column: str, asked: list[list[str]], marks: Sequence[str]) -> list[int]:
    """Beginnings of words are dear where very many words begin so: they are asked only where whole words are few."""
    whole = [*asked[:-1], [form for form in asked[-1] if not form.endswith("*")]]
    found = queries.matching(column, whole, marks, MOST)
    return found if len(found) == MOST or whole == asked else queries.matching(column, asked, marks, MOST)


def _by_parts(words: Sequence[str], seen: Seen, page: int) -> Found:
    rows = queries.entries(queries.saying_parts(words, MOST))

    def order(row: Any) -> tuple[Any, ...]:
        joined = row.name.replace(" ", "")
        return -sum(word in joined for word in words), row.size, row.name, row.subject, row.ref

    return _found(rows, order, words, seen, page, is_cut=len(rows) == MOST)


def _found(
    rows: Sequence[Any], order: Callable[[Any], Any], words: Sequence[str], seen: Seen, page: int, *, is_cut: bool
) -> Found:
    visible = seen([(row.subject, row.ref) for row in rows])
    rows = sorted((row for row in rows if (row.subject, row.ref) in visible), key=order)
    counts: dict[str, Counter[str]] = {"type": Counter(row.subject for row in rows)}
    for row in rows:
        for mark in row.marks.split():
            facet, _, value = mark.partition(":")
            counts.setdefault(facet, Counter())[value] += 1
    first = (max(page, 1) - 1) * A_PAGE
    shown = [(row.id, row.subject, row.ref) for row in rows[first : first + A_PAGE]]
    return Found(shown, len(rows), counts, tuple(words), is_cut=is_cut)


def _corrections(words: Sequence[str]) -> list[list[str]]:
    """The words with the mistyped ones replaced by what looks most like them, the likeliest first."""
    choices = [[word] if not (near := _near(word)) else near for word in words]
    if all(choice == [word] for choice, word in zip(choices, words, strict=True)):
        return []
    best = [choice[0] for choice in choices]
    others = [[*best[:place], other, *best[place + 1 :]] for place, c in enumerate(choices) for other in c[1:3]]
    return [best, *others]


def _near(word: str) -> list[str]:
    if not forgiven(word) or word.isdigit() or queries.matching("words", [forms(word)], [], 1):
        return []
    near = [other for other in queries.near(grams(word)) if other != word]
    alike = [other for other in near if len(word) > SHORT or other[0] == word[0]]
    measured = [(distance(word, other), other) for other in alike]
    return [other for far, other in sorted(measured) if far <= forgiven(word)]


def _with_correction(given: Found, words: Sequence[str]) -> Found:
    return Found(given.page, given.total, given.counts, tuple(words), " ".join(words), given.is_cut)


def similar(subject: str, ref: int, *, limit: int, seen: Seen) -> list[int]:
    """Those of the same kind that are most alike: rare words in common, and twice that much in the same sector."""
    own = queries.entry(subject, ref)
    if own is None:
        return []
    sectors = [mark for mark in own.marks.split() if mark.startswith("sector:")]
    kind = mark_token("type", subject)
    ids = [one for mark in sectors for one in queries.matching("words", [], [kind, _mark(mark)], A_PAGE * 5)]
    names = [word for word in own.name.split() if len(word) > 3]
    if names:
        ids += queries.matching("words", [[form for word in names for form in forms(word)]], [kind], A_PAGE * 5)
    rows = {row.id: row for row in queries.entries({*ids} - {own.id})}
    visible = seen([(row.subject, row.ref) for row in rows.values()])
    said = {one: _content(words) for one, words in queries.texts_of([*rows, own.id]).items()}
    common = Counter(word for words in said.values() for word in words)

    def alike(row: Any) -> float:
        shared = sum(1 / common[word] for word in said[own.id] & said[row.id])
        return shared * (2 if any(mark in row.marks.split() for mark in sectors) else 1) / (len(said[row.id]) or 1)

    chosen = [row for row in rows.values() if (row.subject, row.ref) in visible]
    return [row.ref for row in sorted(chosen, key=lambda row: (-alike(row), row.name, row.ref))[:limit]]


def _mark(mark: str) -> str:
    facet, _, value = mark.partition(":")
    return mark_token(facet, value)


def _content(text: str) -> set[str]:
    return {forms(word)[1] for word in fold(text).split() if len(word) > 4}
