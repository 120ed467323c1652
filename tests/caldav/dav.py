"""Asks as CalDAV programs do, and reads the answers."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from flask.testing import FlaskClient

from app.personal.services import Opened
from tests.personal.world import ADA

D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
ALL = "/caldav/public/en/all/"


@dataclass
class Dav:
    client: FlaskClient
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, client: FlaskClient, opened: Opened, email: str = ADA) -> Dav:
        return cls(client, email, opened.password)

    def ask(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.user:
            given["Authorization"] = "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()
        return self.client.open(path, method=method, data=body, headers=given)

    def propfind(self, path: str, *names: str, depth: str = "0") -> dict[str, dict[str, Element]]:
        """What is found, by href and name."""
        props = "".join(f'<x:{name.partition("}")[2]} xmlns:x="{name[1:].partition("}")[0]}"/>' for name in names)
        answer = self.ask(
            "PROPFIND", path, f'<d:propfind xmlns:d="DAV:"><d:prop>{props}</d:prop></d:propfind>', Depth=depth
        )
        assert answer.status_code == 207, answer.text
        return found_in(answer.data)

    def sync(self, path: str, token: str = "", limit: str = "") -> Any:
        body = (
            f'<d:sync-collection xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>'
            f"{limit}<d:prop><d:getetag/></d:prop></d:sync-collection>"
        )
        return self.ask("REPORT", path, body)

    def query(self, path: str, inside: str) -> Any:
        body = (
            f'<c:calendar-query xmlns:d="DAV:" xmlns:c="{C[1:-1]}"><d:prop><d:getetag/><c:calendar-data/></d:prop>'
            f'<c:filter><c:comp-filter name="VCALENDAR">{inside}</c:comp-filter></c:filter></c:calendar-query>'
        )
        return self.ask("REPORT", path, body, Depth="1")


def found_in(body: bytes) -> dict[str, dict[str, Element]]:
    """The properties with status 200, by href and name."""
    return {
        str(one.findtext(f"{D}href")): {
            prop.tag: prop
            for stat in one.findall(f"{D}propstat")
            if "200" in str(stat.findtext(f"{D}status"))
            for prop in stat.findall(f"{D}prop/*")
        }
        for one in fromstring(body).findall(f"{D}response")
    }


def gone_in(body: bytes) -> list[str]:
    """The hrefs that are answered by 404."""
    return [
        str(one.findtext(f"{D}href"))
        for one in fromstring(body).findall(f"{D}response")
        if "404" in str(one.findtext(f"{D}status"))
    ]


def token_in(body: bytes) -> str:
    return str(fromstring(body).findtext(f"{D}sync-token"))


def hrefs(node: Element) -> list[str]:
    return [str(one.text) for one in node.findall(f"{D}href")]
