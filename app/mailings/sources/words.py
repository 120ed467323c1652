"""Placeholders that the reader's name and the circle itself answer."""

from __future__ import annotations

from app.events.presenters import place_line, when_line
from app.mailings.filling import Link, Words
from app.mailings.registry import Scene, placeholder
from app.mailings.rules import Owner

ALL = (Owner.EVENT, Owner.PROJECT, Owner.GROUP)


@placeholder("given_name", *ALL)
def given_name(scene: Scene) -> Words:
    return Words(scene.reader.given_name)


@placeholder("full_name", *ALL)
def full_name(scene: Scene) -> Words:
    return Words(scene.reader.full_name)


@placeholder("organisation", *ALL)
def organisation(scene: Scene) -> Words:
    return Words(scene.reader.organisation)


@placeholder("event_title")
def event_title(scene: Scene) -> Words:
    return Words(scene.circle.title.wording(scene.locale).text)


@placeholder("when")
def when(scene: Scene) -> Words:
    return Words(when_line(scene.circle.event)) if scene.circle.event else Words()


@placeholder("where")
def where(scene: Scene) -> Words:
    return Words(place_line(scene.circle.event)) if scene.circle.event else Words()


@placeholder("online_link")
def online_link(scene: Scene) -> Link:
    return Link((scene.circle.event.online_url if scene.circle.event else None) or "")


@placeholder("event_link")
def event_link(scene: Scene) -> Link:
    return Link(f"{scene.public_url}{scene.circle.path}")


@placeholder("contact")
def contact(scene: Scene) -> Words:
    return Words(scene.circle.contact)


@placeholder("project", Owner.PROJECT, Owner.GROUP)
def project(scene: Scene) -> Words:
    return Words(scene.circle.project.acronym if scene.circle.project else "")


@placeholder("group", Owner.GROUP)
def group(scene: Scene) -> Words:
    return Words(scene.circle.title.wording(scene.locale).text)


@placeholder("page", Owner.PROJECT, Owner.GROUP)
def page(scene: Scene) -> Link:
    return Link(f"{scene.public_url}{scene.circle.path}")
