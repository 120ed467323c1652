"""A version of a plan on paper: Markdown as plain blocks that the printing engine sets."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.kernel.date_words import day_words
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.models import ThematicGroup
from app.plans.models import PlanVersion
from app.plans.presenters.plans import chapters_of
from app.plans.presenters.words import countries

_reader = MarkdownIt("commonmark", {"html": False}).disable("image")
_KINDS = {"heading_open": "heading", "paragraph_open": "paragraph"}
Block = dict[str, Any]


def paper_of(group: ThematicGroup, version: PlanVersion) -> dict[str, Any]:
    """Needs the group's project with its programme, and the plan's drafting and adopting organisations."""
    plan, name = version.plan, group.name.wording(language()).text
    kind = _("Strategic plan")
    programme = group.project.programme
    about = [
        _("Version %(number)s: %(name)s", number=version.number, name=version.name),
        say(plan.state),
        group.project.acronym,
    ]
    drafters = [one.organisation for one in plan.drafters]
    return {
        "title": _("%(paper)s: %(event)s", paper=kind, event=name),
        "lang": language(),
        "foot": " · ".join((kind, name, about[0])),
        "name": kind,
        "group": name,
        "about": " · ".join(about),
        "drafters_words": _("Drafted by"),
        "drafters": ", ".join(one.name for one in drafters),
        "countries": ", ".join(countries(one.country_code for one in drafters)),
        "adopted_words": _("Adopted by"),
        "adopted": [f"{one.organisation.name}, {day_words(one.adopted_on)}" for one in plan.uptakes]
        if version.number == plan.adopted_number
        else [],
        "funding": {
            "emblem": programme.emblem,
            "name": programme.name.wording(language()).text,
            "sentence": programme.funding_sentence.wording(language()).text,
        }
        if programme
        else None,
        "chapters": [
            {"title": one.title.text, "lang": one.body.lang or language(), "blocks": blocks(one.body.text)}
            for one in chapters_of(version)
        ],
    }


def blocks(text: str) -> list[Block]:
    """Headings, paragraphs and list items, each with its runs of letters; ``depth`` of a list item from 1."""
    found: list[Block] = []
    depth, kind, level = 0, "paragraph", 0
    for token in _reader.parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type in _KINDS:
            kind, level = _KINDS[token.type], int(token.tag[1:]) if token.tag.startswith("h") else 0
        elif token.type == "inline":
            found.append({"kind": "item" if depth else kind, "level": level, "depth": depth, "runs": runs(token)})
        elif token.type in {"fence", "code_block"}:
            run = {"text": token.content.rstrip("\n"), "strong": False, "em": False}
            found.append({"kind": "paragraph", "level": 0, "depth": 0, "runs": [run]})
    return found


def runs(token: Token) -> list[dict[str, Any]]:
    """The letters of a block; of a link its words."""
    found: list[dict[str, Any]] = []
    strong = em = 0
    for one in token.children or ():
        match one.type:
            case "strong_open" | "strong_close":
                strong += 1 if one.type == "strong_open" else -1
            case "em_open" | "em_close":
                em += 1 if one.type == "em_open" else -1
            case "softbreak" | "hardbreak":
                found.append({"text": " ", "strong": False, "em": False})
            case "text" | "code_inline":
                found.append({"text": one.content, "strong": strong > 0, "em": em > 0})
            case _:
                continue
    return found
