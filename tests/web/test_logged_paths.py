"""What opens something stands in no log: neither in ours nor in the proxy's."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from app.web.request_log import without_secrets

PROXY = Path(__file__).parents[2] / "deploy" / "nginx.conf"
ROOM = re.compile(r"/([a-z/-]+)/<(?:[a-z_]*token|[a-z_]*secret)>")


def test_no_secret_of_an_address_is_logged(app: Flask) -> None:
    rooms = {found[1] for rule in app.url_map.iter_rules() if (found := ROOM.match(rule.rule))}
    assert {"registrations", "invitations", "free-busy", "needs/at"} <= rooms
    assert [room for room in sorted(rooms) if "s3cret" in without_secrets(f"/{room}/s3cret/more")] == []
    (listed,) = re.findall(r"<filo_room>([a-z|/-]+)\)", PROXY.read_text("utf-8"))
    assert rooms <= set(listed.split("|"))
