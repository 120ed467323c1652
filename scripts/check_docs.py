"""Check that every link from one document of ours to another leads somewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "bench").glob("*.md"))]


def broken_links(document: Path) -> list[str]:
    """Targets in our own tree that do not exist."""
    targets = _LINK.findall(re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL))
    own = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:", target)]
    return [target for target in own if target and not (document.parent / target).exists()]


def main() -> int:
    broken = [(document, target) for document in documents() for target in broken_links(document)]
    for document, target in broken:
        print(f"{document.relative_to(ROOT)}: {target} does not exist")
    print(f"{len(documents())} documents, {len(broken)} broken links")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
