"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.kernel.texts import LANGUAGES, Texts
from app.plans.rules.plans import Chapter

# a word or a sign with the blanks before it: a comma that is added leaves the word as it was
_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
# beyond so many words common ones are no landmarks: the answer stays right and comes in time
_LARGE = 2000


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Span:
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text as spans; joined, those not REMOVED are the new text, those not ADDED the old one."""

    spans: tuple[Span, ...]

    @property
    def is_changed(self) -> bool:
        return any(one.mark is not Mark.SAME for one in self.spans)


class ChapterMark(StrEnum):
    NEW = "chapter_new"
    GONE = "chapter_gone"
    CHANGED = "chapter_changed"
    SAME = "chapter_same"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterChange:
    """``languages``: those in which something changed; title and body are compared in ``language``."""

    key: str
    mark: ChapterMark
    language: str
    title: tuple[Span, ...]
    paragraphs: tuple[Paragraph, ...]
    languages: tuple[str, ...]


def compare(old: str, new: str) -> tuple[Paragraph, ...]:
    """Line by line, and inside lines that changed word by word. Line breaks stay with their lines."""
    return tuple(_paragraphs(old.splitlines(keepends=True), new.splitlines(keepends=True)))


def words(old: str, new: str) -> tuple[Span, ...]:
    """Two texts as spans, in the order of reading; what went stands before what came."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) + len(after) > _LARGE)
    found: list[Span] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            found.append(Span(Mark.SAME, "".join(before[i1:i2])))
            continue
        if i2 > i1:
            found.append(Span(Mark.REMOVED, "".join(before[i1:i2])))
        if j2 > j1:
            found.append(Span(Mark.ADDED, "".join(after[j1:j2])))
    return tuple(found)


def chapters(old: Sequence[Chapter], new: Sequence[Chapter], language: str) -> tuple[ChapterChange, ...]:
    """The chapters in the order of the new version, those that went where they stood last."""
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    order = [one.key for one in new]
    for place, one in enumerate(old):
        if one.key not in after:
            order.insert(min(place, len(order)), one.key)
    return tuple(_chapter(before.get(key), after.get(key), language) for key in order)


def _chapter(old: Chapter | None, new: Chapter | None, language: str) -> ChapterChange:
    some = new or old
    assert some  # noqa: S101 a key comes from one of the two
    before = old or Chapter(some.key, Texts(), Texts())
    now = new or Chapter(some.key, Texts(), Texts())
    shown = _language(before.body if old else now.body, now.body if new else before.body, language)
    changed = tuple(
        lang
        for lang in LANGUAGES
        if (before.title.get(lang), before.body.get(lang)) != (now.title.get(lang), now.body.get(lang))
    )
    return ChapterChange(
        key=some.key,
        mark=_mark(old, new, changed),
        language=shown,
        title=words(_in(before.title, shown), _in(now.title, shown)),
        paragraphs=compare(_in(before.body, shown), _in(now.body, shown)),
        languages=changed,
    )


def _mark(old: Chapter | None, new: Chapter | None, changed: Sequence[str]) -> ChapterMark:
    if old is None:
        return ChapterMark.NEW
    if new is None:
        return ChapterMark.GONE
    return ChapterMark.CHANGED if changed else ChapterMark.SAME


def _language(old: Texts, new: Texts, wanted: str) -> str:
    """The one wanted where both have it, else the first that both have, else the one of the new text."""
    both = [one for one in (wanted, *LANGUAGES) if one in old and one in new]
    return both[0] if both else new.wording(wanted).lang


def _in(texts: Texts, language: str) -> str:
    return texts.get(language, "")


def _paragraphs(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > _LARGE)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from (Paragraph((Span(Mark.SAME, line),)) for line in new[j1:j2])
        elif kind == "replace" and i2 - i1 == j2 - j1:
            yield from (Paragraph(words(a, b)) for a, b in zip(old[i1:i2], new[j1:j2], strict=True))
        else:
            yield Paragraph(words("".join(old[i1:i2]), "".join(new[j1:j2])))
