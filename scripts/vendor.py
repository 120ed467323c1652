"""Fetch the fonts, icons and scripts of others that stand in the repository, or check that nobody changed them.

``vendor.json`` says which file of which package goes where. Without arguments every package is fetched with
``npm pack``, its sha512 is compared with the registry's and with ``vendor.lock.json``, and the listed files are
written; ``--update`` takes a package that the lock knows otherwise. ``--check`` is offline: it compares the files
with the lock. Users never run this; the files and their licences are committed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WANTED = ROOT / "scripts" / "vendor.json"
LOCK = ROOT / "scripts" / "vendor.lock.json"

Lock = dict[str, dict[str, Any]]


class VendorError(Exception):
    """A package or a file that is not what was agreed on."""


def digest(data: bytes, algorithm: str) -> str:
    """The digest in the form that integrity attributes use."""
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def wanted() -> dict[str, dict[str, Any]]:
    return dict(json.loads(WANTED.read_text()))


def locked() -> Lock:
    return dict(json.loads(LOCK.read_text())) if LOCK.exists() else {}


def open_package(package: str, folder: Path, *, update: bool = False) -> tuple[tarfile.TarFile, str]:
    """Fetch a package and give it opened, with its integrity; raises VendorError where the lock says otherwise."""
    packed = json.loads(_npm("pack", "--json", "--ignore-scripts", "--pack-destination", str(folder), package))
    tarball = next(folder.glob(packed[0]["filename"].lstrip("@").replace("/", "-")))
    integrity = digest(tarball.read_bytes(), "sha512")
    published = json.loads(_npm("view", package, "dist.integrity", "--json"))
    agreed = locked().get(package, {}).get("integrity", integrity)
    if integrity != published or (integrity != agreed and not update):
        raise VendorError(f"{package}: fetched {integrity}, published {published}, locked {agreed}")
    return tarfile.open(tarball), integrity


def read(archive: tarfile.TarFile, name: str) -> bytes:
    """One file of a package."""
    try:
        member = archive.extractfile(f"package/{name}")
    except KeyError:
        member = None
    if member is None:
        raise VendorError(f"the package has no file {name}")
    return member.read()


def sprite(icons: dict[str, str]) -> bytes:
    """One drawing with a symbol per icon; stroke and colour come from the page's styles."""
    symbols = [
        f'<symbol id="{name}" viewBox="0 0 24 24">{_inside(svg)}</symbol>' for name, svg in sorted(icons.items())
    ]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>\n"]).encode()


def fetch(*, update: bool) -> None:
    """Write every wanted file and the lock."""
    lock: Lock = {}
    with tempfile.TemporaryDirectory() as folder:
        for package, entry in wanted().items():
            archive, integrity = open_package(package, Path(folder), update=update)
            with archive:
                contents = {target: read(archive, name) for name, target in entry["files"].items()}
                if drawing := entry.get("sprite"):
                    icons = {name: read(archive, f"icons/{name}.svg").decode() for name in drawing["icons"]}
                    contents[drawing["into"]] = sprite(icons)
            lock[package] = {"integrity": integrity, "files": {}}
            for target, data in contents.items():
                _write(ROOT / target, data)
                lock[package]["files"][target] = digest(data, "sha384")
            print(f"{package}: {len(contents)} files")
    LOCK.write_text(json.dumps(lock, indent=2, sort_keys=True) + "\n")


def check(root: Path = ROOT) -> list[str]:
    """Say what differs from the lock: files changed or missing, packages wanted but not locked."""
    lock = locked()
    complaints = [f"{package}: not in the lock" for package in wanted() if package not in lock]
    for package, entry in lock.items():
        for target, expected in entry["files"].items():
            path = root / target
            if not path.exists():
                complaints.append(f"{package}: {target} is missing")
            elif digest(path.read_bytes(), "sha384") != expected:
                complaints.append(f"{package}: {target} was changed")
    return complaints


def _npm(*arguments: str) -> str:
    return subprocess.run(["npm", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def _inside(svg: str) -> str:
    match = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if match is None:
        raise VendorError("not a drawing")
    return re.sub(r">\s+<", "><", match.group(1).strip())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare the files with the lock, offline")
    parser.add_argument("--update", action="store_true", help="accept packages that the lock knows otherwise")
    given = parser.parse_args()
    if given.check:
        complaints = check()
        print("\n".join(complaints) or "vendored files are as locked")
        return 1 if complaints else 0
    fetch(update=given.update)
    return 0


if __name__ == "__main__":
    sys.exit(main())
