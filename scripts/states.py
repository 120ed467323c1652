"""Write the table of ``docs/states.md`` anew from the one table of transitions; ``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.registration.rules import TRANSITIONS, Place, Verb

PAGE = Path(__file__).resolve().parent.parent / "docs" / "states.md"
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"
_STAYS = "stays"
_REFUSED = "–"


def table() -> str:
    """Places across, verbs down; a cell says where the verb leads from there, a dash that it is refused."""
    places: list[Place | None] = [None, *Place]
    lines = [
        "| verb | " + " | ".join("(new)" if place is None else f"`{place}`" for place in places) + " |",
        "|---" * (len(places) + 1) + "|",
    ]
    lines += [f"| `{verb}` | " + " | ".join(_cell(verb, place) for place in places) + " |" for verb in Verb]
    return "\n".join(lines)


def _cell(verb: Verb, place: Place | None) -> str:
    before, after = TRANSITIONS[verb]
    if place not in before:
        return _REFUSED
    if before == after:
        return _STAYS
    return ", ".join(str(one) for one in Place if one in after)


def page(text: str) -> str:
    """The text of the page with the table in its place."""
    head, _begin, rest = text.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{table()}\n{END}{tail}"


def main() -> int:
    text = PAGE.read_text("utf-8")
    if "--check" in sys.argv:
        return 0 if page(text) == text else 1
    PAGE.write_text(page(text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
