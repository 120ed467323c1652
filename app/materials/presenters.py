"""Material as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.files import queries as files_known
from app.files.models import StoredFile
from app.files.rules import MEGABYTE, TextState, ending_of
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.materials import queries
from app.materials.links import path
from app.materials.models import Material
from app.materials.rules import MaterialKind, Viewer, Visibility, visible_to

DRAWINGS = {
    MaterialKind.SLIDES: "presentation",
    MaterialKind.MINUTES: "file-text",
    MaterialKind.PHOTO: "camera",
    MaterialKind.PUBLICITY: "flag",
    MaterialKind.DOCUMENT: "file-text",
    MaterialKind.RECORDING: "video",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine:
    """``facts``: kind, language, type and size, credit; ``only_for`` is empty for what everybody sees."""

    url: str
    title: Wording
    drawing: str
    facts: list[str]
    only_for: str
    is_link: bool
    item_id: int | None


def materials_of(event_id: int, viewer: Viewer, token: str = "") -> list[MaterialLine]:
    """What somebody may read of an event, in its order, in one query. A token goes into the addresses of files."""
    return [line(material, token) for material in queries.materials(event_id, visible_to(viewer))]


def line(material: Material, token: str = "") -> MaterialLine:
    is_public = material.visibility is Visibility.PUBLIC
    return MaterialLine(
        url=path(material, token),
        title=Wording(material.title, material.language, material.language != language()),
        drawing=DRAWINGS[material.kind],
        facts=[
            fact
            for fact in (
                say(material.kind),
                language_name(material.language),
                file_words(material.file) if material.file else "",
                material.credit or "",
            )
            if fact
        ],
        only_for="" if is_public else say(material.visibility),
        is_link=material.file is None,
        item_id=material.agenda_item_id,
    )


def unread(materials: Sequence[Material]) -> dict[int, str]:
    """By material why what it says cannot be searched: a password, pictures only, damage."""
    files = {each.file_id: each.id for each in materials if each.file_id and each.visibility is Visibility.PUBLIC}
    texts = files_known.texts_of(files).values()
    return {files[text.file_id]: say(text.state) for text in texts if text.state is not TextState.READ}


def file_words(file: StoredFile) -> str:
    """``PDF, 2.3 MB``"""
    size = format_decimal(max(0.1, round(file.byte_size / MEGABYTE, 1)))
    return str(_("%(type)s, %(size)s MB", type=ending_of(file.name).upper(), size=size))


def language_name(code: str) -> str:
    return Locale.parse(language()).languages.get(code, code)
