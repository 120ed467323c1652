"""What is read inside documents, and what a hostile one reaches."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.files.contents import type_of
from app.files.reading import text_in
from app.files.rules import READABLE, TextState
from tests.files import papers, samples

WORDS = "Die Presse in Povo prägt 14 Formen"


@pytest.mark.parametrize(
    ("content", "state", "words"),
    [
        (papers.pdf(WORDS), TextState.READ, WORDS),
        (papers.docx(WORDS), TextState.READ, WORDS),
        (papers.odt(WORDS), TextState.READ, WORDS),
        (WORDS.encode("utf-8-sig"), TextState.READ, WORDS),
        (papers.pdf_of_pictures(), TextState.EMPTY, ""),
        (papers.locked_pdf(WORDS), TextState.LOCKED, ""),
        (samples.PDF, TextState.BROKEN, ""),
        (papers.pdf(WORDS)[:-400] + b"%%EOF", TextState.BROKEN, ""),
        (papers.pdf_that_unpacks_without_end(), TextState.EMPTY, ""),
        (papers.docx_of_entities(), TextState.BROKEN, ""),
    ],
    ids=[
        "pdf",
        "docx",
        "odt",
        "text",
        "pictures only",
        "locked",
        "nothing in it",
        "cut off",
        "without end",
        "entities",
    ],
)
def test_words_are_read_and_nothing_else_happens(tmp_path: Path, content: bytes, state: TextState, words: str) -> None:
    place = tmp_path / "document"
    place.write_bytes(content)
    found, text = text_in(place, type_of(io.BytesIO(content)).media_type)
    assert (found, " ".join(text.split())) == (state, words)


def test_words_are_read_only_of_what_has_words() -> None:
    assert "image/png" not in READABLE
    assert "text/csv" not in READABLE
