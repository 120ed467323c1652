"""The form, its versions and its comments, as writers and reviewers see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.kernel.texts import LANGUAGES, Wording
from app.practices.models import Practice, PracticeComment
from app.practices.phrases import FIELDS, PARTS
from app.practices.rules.contents import changed
from app.practices.rules.differences import Run
from app.practices.rules.form import NEEDED, Part


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form: its fields by language, and how many characters they hold of how many."""

    id: str
    title: str
    longest: int
    is_needed: bool
    fields: list[tuple[Any, int]]
    is_line: bool


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A part of the text and what reviewers said about it."""

    id: str
    title: str
    wording: Wording
    html: Markup
    comments: list[PracticeComment]


@dataclass(frozen=True, slots=True)
class NamedChange:
    """A field that differs between versions. ``key`` is (field, language)."""

    key: tuple[str, str]
    title: str
    runs: list[Run]


def parts_of_form(form: Any, lengths: Mapping[Part, int]) -> list[FormPart]:
    """The texts of the form in its order."""
    return [
        FormPart(
            str(part),
            str(PARTS[part]),
            lengths[part],
            part in NEEDED,
            [(field := form[f"{part}_{lang}"], len((field.data or "").replace("\r\n", "\n"))) for lang in LANGUAGES],
            part is Part.TITLE,
        )
        for part in Part
    ]


def previews_of(typed: Mapping[str, str]) -> list[tuple[str, str, Markup]]:
    """Title, language and page of each Markdown text that somebody typed."""
    return [
        (str(PARTS[part]), lang, markdown(text))
        for part in Part
        for lang in LANGUAGES
        if part not in {Part.TITLE, Part.SUMMARY} and (text := typed.get(f"{part}_{lang}", ""))
    ]


def review_parts(practice: Practice, comments: Sequence[PracticeComment]) -> Iterator[ReviewPart]:
    """Every part of the form with its comments, in the form's order."""
    lang = language()
    for part in Part:
        wording = getattr(practice, part).wording(lang)
        own = [comment for comment in comments if comment.part is part]
        yield ReviewPart(str(part), str(PARTS[part]), wording, markdown(wording.text), own)


def named_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[NamedChange]:
    """What differs between two versions, with the names of the fields."""
    names = FIELDS | {str(part): title for part, title in PARTS.items()}
    for change in changed(old, new):
        yield NamedChange((change.name, change.lang), str(names.get(change.name, change.name)), change.runs)
