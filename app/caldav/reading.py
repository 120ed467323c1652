"""Reads the XML of a request. Document types and entities are refused before they can do anything."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from app.caldav.errors import Refused

DAV, CALDAV = "DAV:", "urn:ietf:params:xml:ns:caldav"
CALENDARSERVER, APPLE = "http://calendarserver.org/ns/", "http://apple.com/ns/ical/"
DEEPEST = 20


def d(name: str) -> str:
    return f"{{{DAV}}}{name}"


def c(name: str) -> str:
    return f"{{{CALDAV}}}{name}"


def parse(body: bytes) -> Element | None:
    """The root of a request's body; None where there is none. Raises Refused (400) for what is not plain XML.

    The check sits in the parser itself, so that no encoding hides a document type from it.
    """
    return _Reader().read(body) if body.strip() else None


class _Reader:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def read(self, body: bytes) -> Element:
        try:
            self._parser.Parse(body, True)
            return self._builder.close()
        except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
            raise Refused(400) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(400)
        self._builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_qualified(name))

    @staticmethod
    def _refuse(*_about: Any) -> None:
        raise Refused(400)


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name
