"""Text as calendars can take it: what people typed, made safe for one value, one parameter or one address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup, escape

_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_LATE_SEPARATOR = re.compile(r"[,;]+(?=.?\Z)")
_MARK = "\ufeff"
_BLANKS = re.compile(r"\s+")
_BACKSLASH_LETTER = re.compile(r"\\+(?=[nNrR])")
_URI_CHARACTERS = "%/:=&?~#+!$,;'@()*[]"


def paragraphs(text: str) -> str:
    """Text that may have several lines; control characters, halves of surrogate pairs and byte order marks, which some
    readers swallow, are left out.

    A backslash before the letters n and r becomes a slash: several calendars take the two for a line break,
    however they are escaped.
    """
    broken = _BREAK.sub("\n", text).replace("\t", " ")
    kept = "".join(c for c in broken if c == "\n" or (unicodedata.category(c) not in {"Cc", "Cs"} and c != _MARK))
    return _BACKSLASH_LETTER.sub("/", kept).strip()


def line(text: str) -> str:
    """Text on one line, blanks joined."""
    return _BLANKS.sub(" ", paragraphs(text))


def parameter(text: str) -> str:
    """A parameter's value. Double quotes become single ones: few calendars know RFC 6868's ``^'``. Backslashes become
    slashes: libical takes one before the closing quote for the quote's."""
    return line(text).replace('"', "'").replace("\\", "/")


def category(text: str) -> str:
    """One of several values on a line. libical misses the comma after one that holds a backslash or an odd double
    quote, or that has a comma or semicolon among its last two characters, however these are escaped."""
    return _LATE_SEPARATOR.sub("/", parameter(text))


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
