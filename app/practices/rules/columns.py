"""The columns of a table of practices, and a row of it as the form understands it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from app.kernel.dates import RoughDate
from app.kernel.errors import Invalid
from app.kernel.texts import LANGUAGES
from app.network.rules import check_web
from app.practices.errors import ColumnsMissing
from app.practices.rules import Aim
from app.practices.rules.contents import changed
from app.practices.rules.form import ROOM, Part
from app.practices.rules.videos import video_of

TEXT_COLUMNS = tuple(f"{part}_{lang}" for part in Part for lang in LANGUAGES)
WORDS = {"city": 120, "owner_other": 200, "theme": 160, "staff": 160, "web": 300, "video_url": 300}
COLUMNS = (
    "slug", "state", "owner", "country", "region", "city", "latitude", "longitude", "sector", "aims",
    "project", *TEXT_COLUMNS,
    "cost_eur", "staff", "starts", "ends", "is_ongoing", "did_not_work", "theme", "owner_other", "web", "video_url",
    "keywords",
)  # fmt: skip
NEEDED = ("owner", "country")
FIELDS = {
    "owner": "owner_id", "country": "country_code", "region": "region_code", "sector": "sector_id",
    "project": "project_id",
}  # fmt: skip
YES = frozenset({"1", "x", "yes", "true", "sì", "si", "ja", "✓"})


@dataclass(frozen=True, slots=True)
class Known:
    """What names in a table stand for: organisations by their names in lower case, codes as they are."""

    owners: Mapping[str, int]
    countries: frozenset[str]
    regions: Mapping[str, str]  # the country of each
    sectors: frozenset[str]
    projects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in a cell.

    ``kind``: empty, unknown, long, rough, number, degrees, address, outside, foreign, reversed, promised, twice.
    """

    column: str
    kind: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A line of the table, counted as the spreadsheet counts, as plain values of the form, or with its faults."""

    line: int
    slug: str
    values: dict[str, Any]
    faults: list[RowFault]
    changes: list[str] | None = None  # the columns in which a practice would change; None for a new one

    @property
    def does_something(self) -> bool:
        return not self.faults and self.changes != []

    @property
    def title(self) -> str:
        return next(iter(self.values.get("title", {}).values()), "")


def rows_of(table: Sequence[Sequence[str]], known: Known) -> list[ReadRow]:
    """The rows below the titles; unknown columns are left out. Raises ColumnsMissing."""
    titles = [cell.strip().lower() for cell in table[0]]
    missing = [name for name in NEEDED if name not in titles]
    if not any(f"title_{lang}" in titles for lang in LANGUAGES):
        missing.append("title_en")
    if missing:
        raise ColumnsMissing(field="files", names=", ".join(missing))
    rows = []
    for line, cells in enumerate(table[1:], start=2):
        if any(cells):
            rows.append(_row(line, dict(zip(titles, cells, strict=False)), known))
    return rows


def over(stands: Mapping[str, Any], row: Mapping[str, Any], columns: Collection[str]) -> dict[str, Any]:
    """A practice as it stands with what a row says of it; what the table has no column for stays.

    A group belongs to a project, region and pin to a country: they go where the row names another one.
    """
    values = dict(stands)
    for part in Part:
        texts = {lang: (row if f"{part}_{lang}" in columns else stands)[part].get(lang) for lang in LANGUAGES}
        values[part.value] = {lang: text for lang, text in texts.items() if text}
    for column in set(columns) & set(COLUMNS) - {"slug", "state", *TEXT_COLUMNS}:
        field = FIELDS.get(column, column)
        values[field] = row[field]
    if values["project_id"] != stands["project_id"]:
        values["group_id"] = None
    if values["country_code"] != stands["country_code"]:
        for column, field in (("region", "region_code"), ("latitude", "latitude"), ("longitude", "longitude")):
            values[field] = row[field] if column in columns else None
    return values


def changed_columns(stands: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """The columns in which a form differs from what stands."""
    titles = {field: column for column, field in FIELDS.items()}
    return [f"{one.name}_{one.lang}" if one.lang else titles.get(one.name, one.name) for one in changed(stands, values)]


def _row(line: int, cells: Mapping[str, str], known: Known) -> ReadRow:
    faults: list[RowFault] = []
    values: dict[str, Any] = {}

    def fault(column: str, kind: str) -> None:
        faults.append(RowFault(column, kind))

    for part in Part:
        texts = {lang: cells[name] for lang in LANGUAGES if cells.get(name := f"{part}_{lang}")}
        for lang, text in texts.items():
            if len(text) > ROOM[part]:
                fault(f"{part}_{lang}", "long")
        values[part.value] = texts
    if not values["title"]:
        fault("title_en", "empty")
    for name, longest in WORDS.items():
        values[name] = cells.get(name) or None
        if len(cells.get(name, "")) > longest:
            fault(name, "long")
    _references(cells, known, values, fault)
    _facts(cells, values, fault)
    return ReadRow(line, cells.get("slug", ""), values, faults)


def _references(cells: Mapping[str, str], known: Known, values: dict[str, Any], fault: Any) -> None:
    owner, country = cells.get("owner", "").lower(), cells.get("country", "").upper()
    values["owner_id"] = known.owners.get(owner)
    if not owner or values["owner_id"] is None:
        fault("owner", "unknown" if owner else "empty")
    values["country_code"] = country
    if country not in known.countries:
        fault("country", "unknown" if country else "empty")
    region = values["region_code"] = cells.get("region", "").upper() or None
    if region and known.regions.get(region) != country:
        fault("region", "unknown")
    sector = values["sector_id"] = cells.get("sector") or None
    if sector and sector not in known.sectors:
        fault("sector", "unknown")
    project = cells.get("project", "")
    values["project_id"] = known.projects.get(project.lower()) if project else None
    if project and values["project_id"] is None:
        fault("project", "unknown")
    aims = _several(cells.get("aims", ""))
    values["aims"] = sorted(set(aims) & set(Aim))
    if set(aims) - set(Aim):
        fault("aims", "unknown")


def _facts(cells: Mapping[str, str], values: dict[str, Any], fault: Any) -> None:
    for name in ("is_ongoing", "did_not_work"):
        values[name] = cells.get(name, "").lower() in YES
    cost = cells.get("cost_eur", "")
    is_number = cost.isascii() and cost.isdigit() and len(cost) < 11
    values["cost_eur"] = int(cost) if is_number else None
    if cost and not (is_number and int(cost) <= 2_000_000_000):
        fault("cost_eur", "number")
    for name in ("latitude", "longitude"):
        values[name] = _degrees(name, cells.get(name, ""), fault)
    for name in ("starts", "ends"):
        values[name] = _rough(name, cells.get(name, ""), fault)
    values["keywords"] = _several(cells.get("keywords", ""))
    try:
        check_web(values["web"])
    except Invalid:
        fault("web", "address")
    if values["video_url"] and video_of(values["video_url"]) is None:
        fault("video_url", "address")


def _degrees(name: str, text: str, fault: Any) -> float | None:
    try:
        found = float(text.replace(",", ".")) if text else None
    except ValueError:
        found = inf
    if found is not None and not abs(found) <= 180:
        fault(name, "degrees")
        return None
    return found


def _rough(name: str, text: str, fault: Any) -> str | None:
    if not text:
        return None
    try:
        return str(RoughDate.parse(text))
    except Invalid:
        fault(name, "rough")
        return None


def _several(cell: str) -> list[str]:
    return list(dict.fromkeys(part for part in map(str.strip, cell.replace(";", ",").split(",")) if part))
