"""Text as calendars can take it: what people typed, made safe for one value, one parameter or one address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup, escape

_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_BACKSLASH_N = re.compile(r"\\+(?=[nN])")
_URI_CHARACTERS = "%/:=&?~#+!$,;'@()*[]"


def paragraphs(text: str) -> str:
    """Text that may have several lines; control characters and halves of surrogate pairs are left out.

    A backslash before the letter n becomes a slash: several calendars take the two for a line break,
    however they are escaped.
    """
    broken = _BREAK.sub("\n", text).replace("\t", " ")
    kept = "".join(c for c in broken if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    return _BACKSLASH_N.sub("/", kept).strip()


def line(text: str) -> str:
    """Text on one line, blanks joined."""
    return _BLANKS.sub(" ", paragraphs(text))


def parameter(text: str) -> str:
    """A parameter's value. Double quotes become single ones: few calendars know RFC 6868's ``^'``."""
    return line(text).replace('"', "'")


def uri(text: str) -> str:
    """An address in ASCII, with everything that may not stand in one percent-encoded."""
    return quote(line(text), safe=_URI_CHARACTERS)


def html(parts: Iterable[str]) -> str:
    """Paragraphs as the HTML that Outlook shows; a part that is an address becomes a link."""
    body = Markup("").join(_paragraph(part) for part in map(paragraphs, parts) if part)
    return f"<html><body>{body}</body></html>" if body else ""


def _paragraph(part: str) -> Markup:
    if part.startswith(("https://", "http://")) and not _BLANKS.search(part):
        return Markup('<p><a href="{0}">{0}</a></p>').format(part)
    return Markup("<p>{}</p>").format(Markup("<br>").join(escape(part).split("\n")))
