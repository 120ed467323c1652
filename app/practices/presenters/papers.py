"""A practice on one page of paper, and as data for other programs."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.network.models import Project
from app.practices.models import Practice, PracticeChange
from app.practices.presenters.page import authors_of, page_of, place_of
from app.practices.rules import Aim
from app.practices.rules.contents import plain
from app.practices.rules.form import Part
from app.printing import emblem_file, qr_drawing

_END = re.compile(r"</(p|li|h3|h4|h5|blockquote|pre)>")


def paper(practice: Practice, *, address: str) -> dict[str, Any]:
    """What the one-pager shows, in the language in force."""
    page = page_of(practice)
    return {
        "title": page.title.text,
        "lang": language(),
        "kicker": _("Best practice"),
        "summary": page.summary.text,
        "facts": [
            [_("Owner"), " · ".join(part for part in (page.owner, page.owner_other or "") if part)],
            [_("Where"), page.place],
            *([[_("Promotes"), ", ".join(words for _url, words in page.aims)]] if page.aims else []),
            *(list(fact) for fact in page.facts),
            *(
                [[_("Written by"), "; ".join(_author(one.name, one.organisation) for one in page.authors)]]
                if page.authors
                else []
            ),
        ],
        "warning": _("It did not work, and others can learn from that.") if page.did_not_work else "",
        "parts": [[part.title, words_of(part.wording.text)] for part in page.parts],
        "address": address,
        "qr": qr_drawing(address),
        "qr_words": _("Code with the address of this practice"),
        "funding": _funding(practice.project),
    }


def words_of(text: str) -> str:
    """Markdown as plain lines."""
    html = _END.sub("\n", str(markdown(text))).replace("<li>", "• ").replace("<br />", "\n").replace("<br>", "\n")
    lines = (" ".join(_stripped(line).split()) for line in html.splitlines())
    return "\n".join(line for line in lines if line)


def json_of(practice: Practice, changes: list[PracticeChange], *, base: str) -> dict[str, Any]:
    """A published practice as data: every text in every language, no person who does not agree."""
    lang = language()
    return {
        "url": f"{base}/practices/{practice.slug}",
        "state": str(practice.state).removeprefix("practice_"),
        **{str(part): plain(getattr(practice, part)) for part in Part},
        "owner": {"name": practice.owner.name, "url": f"{base}/organisations/{practice.owner.slug}"},
        "owner_other": practice.owner_other,
        "place": {
            "words": place_of(practice, lang),
            "city": practice.city,
            "region": practice.region_code,
            "country": practice.country_code,
            "latitude": practice.latitude,
            "longitude": practice.longitude,
        },
        "sector": practice.sector_id,
        "theme": practice.theme,
        "aims": [str(aim) for aim in Aim if aim in practice.aims],
        "project": practice.project.acronym if practice.project else None,
        "group": practice.group.slug if practice.group else None,
        "cost_eur": practice.cost_eur,
        "staff": practice.staff,
        "starts": plain(practice.starts),
        "ends": plain(practice.ends),
        "is_ongoing": practice.is_ongoing,
        "did_not_work": practice.did_not_work,
        "web": practice.web,
        "video": practice.video_url,
        "keywords": practice.keywords,
        "study": f"{base}/studies/{practice.study.slug}" if practice.study else None,
        "came_of": [plain(one.name) for one in practice.cluster_services],
        "authors": [{"name": one.name or None, "organisation": one.organisation} for one in authors_of(practice)],
        "uses": [
            {"event": use.event.slug, "act": str(use.act), "notes": use.notes, "outcome": use.outcome}
            for use in practice.uses
            if use.event.on_lists
        ],
        "opinion": next((one.reason for one in changes if one.step == "step_validate"), None),
        "changed_at": practice.changed_at.isoformat(),
        "demonstration": practice.demonstration,
    }


def _stripped(line: str) -> str:
    return Markup(line).striptags()  # noqa: S704 – the other way round: marks are taken away


def _author(name: str, organisation: str) -> str:
    return _("%(name)s, %(organisation)s", name=name, organisation=organisation) if name else organisation


def _funding(project: Project | None) -> dict[str, Any] | None:
    programme = project.programme if project else None
    if programme is None or project is None:
        return None
    lang = language()
    sentence = programme.funding_sentence.wording(lang).text
    named = _("Project: %(project)s", project=project.acronym)
    return {
        "emblem": emblem_file(programme.emblem),
        "name": programme.name.wording(lang).text,
        "sentence": " ".join(part for part in (sentence, named) if part),
    }
