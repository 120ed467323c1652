"""The one engine of papers: a Typst template and plain data in, the bytes of a PDF out.

Data travels as JSON beside the template and never becomes a part of its source, so no text of anybody can run as
code. Only the fonts that stand in the repository are used, and no date is written: equal data gives equal bytes on
every machine.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst
from flask_babel import gettext as _

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates" / "print"
FONTS = TEMPLATES / "fonts"
ACCESSIBLE = "ua-1"
LARGE = 400_000  # bytes of a paper with some hundred rows
REMEMBERED = 6  # documents whose parts Typst keeps
# they turn round the words that follow; marks that only say how one name runs are no harm
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of ``templates/print/<template>.typ``.

    ``data`` is what JSON can hold. ``title`` and ``lang`` (of the texts in it) are needed: they become the title and
    the language of the document; ``author`` may stand beside them. ``page_of`` is the phrase at the foot of every
    page, in the language in force unless it is given. The file claims PDF/UA-1, unless it holds a sign that none of
    our fonts has: then it is tagged all the same, and the sign is a box.
    """
    inputs = {"data": json.dumps(_plain(with_defaults(data)), ensure_ascii=False, sort_keys=True)}
    try:
        return _compile(template, inputs, pdf_standards=[ACCESSIBLE])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _compile(template, inputs)


def with_defaults(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data that every template may count on."""
    if "page_of" in data:
        return {"author": "Filò", **data}
    return {"author": "Filò", "page_of": _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"), **data}


def _compile(template: str, inputs: dict[str, str], **options: Any) -> bytes:
    compiled = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(ROOT),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs=inputs,
        **options,
    )
    if not isinstance(compiled, bytes):
        raise TypeError(template)
    if len(compiled) > LARGE:
        _forget()
    return compiled


def _forget() -> None:
    """Let Typst drop what it keeps of a large paper: each would hold a hundred megabytes until five others are made."""
    for _turn in range(REMEMBERED):
        typst.compile(b"", font_paths=_fonts(), format="pdf")


@cache
def _fonts() -> typst.Fonts:
    # reading them takes longer than a page: once a process. Those inside Typst only stand in for rare signs.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _plain(value: Any) -> Any:
    """The data without signs that no page can show: controls, halves of a pair, and what turns text round."""
    if isinstance(value, str):
        shown = (" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in value if sign not in TURNING)
        return "".join(shown)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_plain(inner) for inner in value]
    return value
