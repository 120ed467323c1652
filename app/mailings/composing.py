"""From a draft and a reader to the words of one mail. Preview, trial and the real mail are made here alike."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.kernel.markdown import markdown
from app.mailings import registry
from app.mailings.circles import Circle
from app.mailings.filling import fill_markdown, fill_plain, names_in
from app.mailings.models import Mailing
from app.mailings.registry import Reader, Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """One reader's mail. ``lang`` is the language that the body is really in."""

    subject: str
    text: str
    html: Markup
    lang: str
    is_fallback: bool


def word(mailing: Mailing, circle: Circle, reader: Reader, *, public_url: str, is_sample: bool = False) -> Worded:
    """The mail in the reader's language, which has to be in force."""
    subject, body = mailing.subject.wording(reader.locale), mailing.body.wording(reader.locale)
    scene = Scene(circle=circle, reader=reader, locale=reader.locale, public_url=public_url, is_sample=is_sample)
    values = registry.values_for(list(dict.fromkeys(names_in(subject.text) + names_in(body.text))), scene)
    return Worded(
        subject=" ".join(fill_plain(subject.text, values).split()),
        text=fill_plain(body.text, values),
        html=markdown(fill_markdown(body.text, values)),
        lang=body.lang,
        is_fallback=body.is_fallback,
    )
