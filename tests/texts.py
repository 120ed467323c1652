"""Whatever people can type into a form, the nastiest of it oftener than chance would have it."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import strategies as st
from wtforms.validators import StopValidation

from app.kernel.form_checks import NoControlCharacters, trimmed

_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters=f"{_DIRECTION}\ufffd")
_FRAGMENTS = st.sampled_from(
    [
        *(
            "\\",
            "\\n",
            "\\N",
            "\\R",
            "\\t",
            "\\\\",
            "\\,",
            ",",
            ",,",
            ";",
            ":",
            '"',
            "'",
            "^n",
            "^'",
            "=",
            "%",
            "&",
            "<b>",
            "#",
            "|",
        ),
        *("BEGIN:VEVENT", "END:VCALENDAR", "TZID=", "http://partner.example/?a=1,2;3", "VALUE=URI:", "\\;", '";X="'),
        *(
            "\u200b",
            "\u200d",
            "\u00a0",
            "\u3000",
            "\ufeff",
            "\u00ad",
            "\u180e",
            "\u2003",
            "\u0600",
            "e\u0301",
            "\ufffe",
        ),
        *(
            "👩\u200d🚀",
            "🇮🇹",
            "ﬀ",
            "ß",
            "İ",
            "ǅ",
            "Ω",
            "\ue000",
            "\U0010ffff",
            "\U000e0001",
            "x" * 74,
            "ü" * 37,
            "語" * 25,
        ),
    ]
)
_BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\t", "\n\n", "\n ", "\\\n"])


def _is_taken(text: str, *, lines: bool) -> bool:
    try:
        NoControlCharacters(lines=lines)(None, SimpleNamespace(data=text))
    except StopValidation:
        return False
    return True


def _texts(part: st.SearchStrategy[str], *, lines: bool) -> st.SearchStrategy[str]:
    joined = st.lists(part, max_size=8).map("".join)
    return joined.filter(lambda text: _is_taken(text, lines=lines)).map(trimmed)


LINES = _texts(_CHARACTERS | _FRAGMENTS, lines=False)
"""What a field of one line takes."""

PARAGRAPHS = _texts(_CHARACTERS | _FRAGMENTS | _BREAKS, lines=True)
"""What a field of several lines takes."""
