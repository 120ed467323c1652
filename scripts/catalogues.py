"""Say which texts are not translated. Ends with 1 when a catalogue misses one."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}


def texts_in_use() -> set[str]:
    """Every text that a reader may see, as it stands in the sources."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(ROOT), methods, options, keywords=KEYWORDS)
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def untranslated(catalogue: Catalog, texts: set[str]) -> list[str]:
    """Texts that a catalogue lacks, leaves empty or is unsure of."""
    return sorted(text for text in texts if not _is_translated(catalogue, text))


def _is_translated(catalogue: Catalog, text: str) -> bool:
    message = catalogue.get(text)
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def main() -> int:
    catalogues = sorted((ROOT / "app" / "translations").glob("*/LC_MESSAGES/messages.po"))
    texts = texts_in_use() if catalogues else set()
    missing = 0
    for path in catalogues:
        with path.open("rb") as file:
            gaps = untranslated(read_po(file), texts)
        for text in gaps:
            print(f"{path.parent.parent.name}: {text!r}")
        missing += len(gaps)
    print(f"{len(catalogues)} catalogues, {len(texts)} texts, {missing} not translated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
