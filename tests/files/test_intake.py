"""Which files are taken, as what, and which are refused: by what is in them."""

from __future__ import annotations

import io
import resource
import time
from pathlib import Path

import pytest
from PIL import Image

from app.files import rules
from app.files.errors import (
    Damaged,
    FileEmpty,
    FileRefused,
    FileTooBig,
    HasMacros,
    NameTooLong,
    PictureMoves,
    TooManyPixels,
    TypeLies,
    UnknownType,
    UnpacksTooBig,
)
from app.files.intake import accept
from app.files.rules import Accepted, FileKind
from app.files.store import LocalStore
from tests.files import samples


@pytest.fixture
def shelf(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


def taken(shelf: LocalStore, content: bytes, name: str, kinds: frozenset[FileKind] = rules.ANY) -> Accepted:
    return accept(io.BytesIO(content), name, kinds, into=shelf)


@pytest.mark.parametrize(
    ("content", "name", "media_type", "shown"),
    [
        (samples.PDF, "Slides.PDF", "application/pdf", "Slides.PDF"),
        (samples.PDF, "slides", "application/pdf", "slides.pdf"),
        (samples.PDF, "Report v1.2", "application/pdf", "Report v1.2.pdf"),
        (samples.PDF, r"C:\Users\ada\Città.pdf", "application/pdf", "Città.pdf"),
        (samples.PDF, "../../etc/pass\0wd.pdf", "application/pdf", "passwd.pdf"),
        (samples.PDF, 'a"b\r\nX: \u202efdp.pdf', "application/pdf", "a-bX- fdp.pdf"),
        (samples.PDF, "...", "application/pdf", "file.pdf"),
        (samples.office(), "a.docx", rules.OOXML["word/document.xml"].media_type, "a.docx"),
        (samples.office("ppt/presentation.xml"), "a.pptx", rules.OOXML["ppt/presentation.xml"].media_type, "a.pptx"),
        (samples.office("xl/workbook.xml"), "a.xlsx", rules.OOXML["xl/workbook.xml"].media_type, "a.xlsx"),
        (samples.odf("presentation"), "a.odp", "application/vnd.oasis.opendocument.presentation", "a.odp"),
        ("Übersicht\tPreis\r\n".encode(), "a.txt", "text/plain", "a.txt"),
        (b"\xef\xbb\xbfname;town\n", "a.csv", "text/csv", "a.csv"),
        (b"BMW and MZ were there\n", "", "text/plain", "file.txt"),
        (b"From: the organiser\n", "a.md", "text/plain", "a.md"),
        (samples.picture(), "a.jpeg", "image/jpeg", "a.jpeg"),
        (samples.picture("JPEG", mode="CMYK"), "a.jpg", "image/jpeg", "a.jpg"),
        (samples.picture("PNG", mode="RGBA"), "a.png", "image/png", "a.png"),
        (samples.picture("WEBP"), "a.webp", "image/webp", "a.webp"),
        (samples.picture("GIF", mode="P"), "a.gif", "image/png", "a.png"),
        (samples.picture("GIF", mode="P") + samples.HTML, "a.gif", "image/png", "a.png"),
    ],
)
def test_what_is_taken(shelf: LocalStore, content: bytes, name: str, media_type: str, shown: str) -> None:
    accepted = taken(shelf, content, name)
    assert (accepted.media_type, accepted.name) == (media_type, shown)
    with shelf.open(accepted.public_id) as kept:
        data = kept.read()
    assert len(data) == accepted.byte_size
    assert b"script" not in data
    assert media_type.startswith("image/") or data == content


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.pdf", FileEmpty),
        (samples.PDF, "x" * 200 + ".pdf", NameTooLong),
        (samples.SVG, "a.svg", UnknownType),
        (samples.SVG, "a.png", UnknownType),
        (samples.HTML, "a.html", UnknownType),
        (samples.HTML, "a.png", UnknownType),
        (b"\xef\xbb\xbf \n" + samples.HTML, "a.txt", UnknownType),
        (samples.ENTITIES, "a.xml", UnknownType),
        (samples.ENTITIES, "a.txt", UnknownType),
        (b"#!/bin/sh\nrm -rf ~\n", "a.txt", UnknownType),
        (b"{\\rtf1 text}", "a.txt", UnknownType),
        (b"%!PS-Adobe-3.0\n", "a.txt", UnknownType),
        (b"MZ\x90\x00\x03" + b"\0" * 60, "a.pdf", UnknownType),
        ("Größe".encode("latin-1"), "a.txt", UnknownType),
        (samples.archive(("a.html", samples.HTML)), "a.zip", UnknownType),
        (samples.PDF, "a.png", TypeLies),
        (samples.PDF, "a.exe", TypeLies),
        (samples.PDF, "a.pdf.html", TypeLies),
        (samples.picture(), "a.pdf", TypeLies),
        (samples.picture("PNG"), "a.jpg", TypeLies),
        (samples.office(), "a.xlsx", TypeLies),
        (b"plain", "a.html", TypeLies),
        (samples.HTML + samples.PDF, "a.pdf", UnknownType),
        (samples.PDF[:30], "a.pdf", Damaged),
        (samples.office()[:60], "a.docx", Damaged),
        (samples.picture()[:200], "a.jpg", Damaged),
        (b"\x89PNG\r\n\x1a\n" + samples.HTML, "a.png", Damaged),
        (samples.office("word/document.xml", ("word/vbaProject.bin", b"x")), "a.docx", HasMacros),
        (samples.archive_that_grows(400_000_000), "a.docx", UnpacksTooBig),
        (samples.archive_of_a_million_parts(), "a.docx", UnpacksTooBig),
        (samples.film(3), "a.gif", PictureMoves),
    ],
)
def test_what_is_refused(shelf: LocalStore, content: bytes, name: str, refusal: type[FileRefused]) -> None:
    with pytest.raises(FileRefused) as caught:
        taken(shelf, content, name)
    assert type(caught.value) is refusal
    assert caught.value.details["field"] == "files"
    assert not list(shelf.folder.rglob("*"))


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [(samples.huge_png(), "a.png", TooManyPixels), (samples.film(10_000), "a.gif", PictureMoves)],
)
def test_a_bomb_is_refused_at_once_and_without_memory(
    shelf: LocalStore, content: bytes, name: str, refusal: type[FileRefused]
) -> None:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(refusal):
        taken(shelf, content, name)
    assert time.perf_counter() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def test_a_photo_comes_back_upright_and_says_nothing_of_its_place(shelf: LocalStore) -> None:
    accepted = taken(shelf, samples.photo_of_a_place(), "home.jpg")
    with shelf.open(accepted.public_id) as file, Image.open(file) as kept:
        assert (kept.width, kept.height) == (accepted.width, accepted.height) == (40, 60)
        assert dict(kept.getexif()) == {}
        assert "comment" not in kept.info
    raw = shelf.path(accepted.public_id).read_bytes()
    assert b"Ada" not in raw
    assert b"Exif" not in raw


def test_a_large_picture_is_kept_smaller(shelf: LocalStore) -> None:
    accepted = taken(shelf, samples.picture("PNG", (5000, 100)), "wide.png")
    assert (accepted.width, accepted.height) == (4096, 82)


@pytest.mark.parametrize(
    ("content", "name", "most"),
    [(b"a" * 25_000_001, "a.txt", 25), (samples.picture() + b"\0" * 15_000_000, "a.jpg", 15)],
)
def test_each_kind_has_its_size(shelf: LocalStore, content: bytes, name: str, most: int) -> None:
    with pytest.raises(FileTooBig) as caught:
        taken(shelf, content, name)
    assert caught.value.details["most"] == most


def test_only_the_kinds_that_are_asked_for_are_taken(shelf: LocalStore) -> None:
    with pytest.raises(UnknownType):
        taken(shelf, samples.PDF, "a.pdf", frozenset({FileKind.PICTURE}))
