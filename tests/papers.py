"""Reading PDF files as a search, a printer and a screen reader do."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of every page, as a search finds it; where lines break does not count."""
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def fonts_without_their_file(pdf: bytes) -> set[str]:
    """The fonts that a reader would have to bring along."""
    return {str(font["/BaseFont"]) for font in _fonts(pdf) if not _has_file(font)}


def font_names(pdf: bytes) -> set[str]:
    return {str(font["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H") for font in _fonts(pdf)}


def _fonts(pdf: bytes) -> Iterator[Any]:
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            yield font.get_object()


def _has_file(font: Any) -> bool:
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    if inner["/Subtype"] == "/Type3":
        return True
    return any(name in inner["/FontDescriptor"] for name in ("/FontFile", "/FontFile2", "/FontFile3"))
