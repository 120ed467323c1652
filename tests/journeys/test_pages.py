"""Every page that the map of addresses knows: readable by everybody, wide and narrow, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize
from sqlalchemy import select

from app import create_app
from app.diaries.models import DiaryLine
from app.feedback.queries import feedback_url
from app.forums import links as forum_links
from app.forums.models import CafeSeat, CafeTable, ContactCard, FairStand, TableOutput
from app.kernel import clock
from app.kernel.db import db
from app.registration import links
from app.registration.models import Registration
from app.registration.rules import Place
from config import Config
from tests.house import House
from tests.journeys.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
# the markup is the same on a phone in the dark: only what size and colours change is looked at twice
LOOKS = {
    "type": "rule",
    "values": ["color-contrast", "target-size", "scrollable-region-focusable", "aria-hidden-focus"],
}
LOOK = """async (levels) => {
  const result = await axe.run(document, { resultTypes: ["violations"], runOnly: levels });
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
    `${id}: ${html.slice(0, 160)} ${failureSummary.split("\\n").slice(1, 3).join(" ").trim()}`));
}"""
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
TOO_WIDE = "document.scrollingElement.scrollWidth - innerWidth"
BAD_PAGE = """<html lang="en"><title>Bad</title><meta name="viewport" content="width=device-width">
<p style="color:#aaa;width:400px">Pale <img src="data:,">
<button style="display:block;width:9px;height:9px;padding:0"></button>
<button style="display:block;width:9px;height:9px;padding:0"></button>
<script>throw Error("no such word")</script>"""
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4")

VISIT = "prototyping-and-cleantech-rovereto-and-povo"
RELEASED = "ict-meets-energy-b2b-forum"
DEBRIEF = "/manage/events/agrifood-innovation-in-lodi/debrief"
EVENTS = {
    "visit, full": VISIT,
    "forum, open": "agri-food-meta-district-forum",
    "not yet open": RELEASED,
    "called off": "alpine-tourism-peer-review",
    "by invitation": "from-needs-to-pilots",
    "past, with rooms side by side": "international-benchmarking-conference",
    "a year only": "clusters-workshop-trentino-smart-clusters-for-a-smart-specia",
    "clock change": "industry-4-0-in-bavaria",
}
# by rule of the map; {confirmed} stands for the link of somebody who is, ">" leads on to the first link that begins so
VISITOR = {
    "/": ["/"],
    "/events": [
        "/events?kind=study_visit&sector=tourism",
        "/events?when=past",
        "/events?view=month",
        "/events?view=map",
        "/events?kind=unheard-of",
        "/events?q=nothing-is-called-that",
    ],
    "/events/<slug>": [f"/events/{slug}" for slug in EVENTS.values()],
    "/events/<slug>/agenda/changes": [f"/events/{slug}/agenda/changes" for slug in (VISIT, RELEASED)],
    "/events/<slug>/agenda/releases/<int:number>": [f"/events/{RELEASED}/agenda/releases/{one}" for one in (1, 2)],
    "/events/<slug>/here": [f"/events/{VISIT}/here?code=abcdef"],
    "/events/<slug>/now": [f"/events/{EVENTS[name]}/now" for name in ("visit, full", "called off", "a year only")],
    "/events/<slug>/wall": [f"/events/{VISIT}/wall", f"/events/{EVENTS['forum, open']}/wall?look=light"],
    "/events/<slug>/privacy": [f"/events/{VISIT}/privacy"],
    "/events/<slug>/register": [
        f"/events/{EVENTS[name]}/register" for name in ("forum, open", "not yet open", "called off")
    ],
    "/registrations/<token>": ["{confirmed}", "{waitlisted}", "{withdrawn}"],
    "/registrations/<token>/here": ["{confirmed}/here"],
    "/registrations/<token>/edit": ["{confirmed}/edit"],
    "/registrations/<token>/companions": ["{confirmed}/companions"],
    "/registrations/<token>/hand-over": ["{confirmed}/hand-over"],
    "/registrations/<token>/tables": ["{confirmed}/tables"],
    "/registrations/<token>/feedback/<int:form_id>": ["{feedback}"],
    "/registrations/<token>/diary": ["{diary}"],
    "/registrations/<token>/diary/shared": ["{diary}/shared"],
    "/registrations/<token>/cafe/<int:item_id>": ["{forum} > {forum}/cafe/"],
    "/registrations/<token>/pitches/<int:item_id>": ["{forum} > {forum}/pitches/"],
    "/registrations/<token>/fair/<int:item_id>": ["{forum} > {forum}/fair/"],
    "/registrations/<token>/outputs": ["{forum}/outputs"],
    "/registrations/<token>/contacts": ["{networking}/contacts"],
    "/events/<slug>/stands/<code>": ["{stand}"],
    "/board": ["/board", "/board?past=1", "/board?q=nothing-is-called-that"],
    "/board/<slug>": ["/board > /board/"],
    "/cafe/<table_token>": ["{table}"],
    "/outputs/<output_token>": ["{output}"],
    "/calendars": ["/calendars"],
    "/certificates": ["/certificates"],
    "/certificates/<code>": ["/certificates/ABCD-EFGH-JKMN-PQRS"],
    "/series/<slug>": ["/series/clusters-workshops-of-s3-4alpclusters"],
    "/series/<slug>/next": ["/series/clusters-workshops-of-s3-4alpclusters/next"],
    "/subscribe": ["/subscribe", "/subscribe?organisation=hub-innovazione-trentino&sessions=1&in=it"],
    "/embed/organisations/<slug>/events": [
        "/embed/organisations/hub-innovazione-trentino/events?lang=de&whose=all",
        "/embed/organisations/hub-innovazione-trentino/events?lang=de&q=nothing-is-called-that",
    ],
    "/search": ["/search", "/search?q=lodi", "/search?q=nothing-is-called-that"],
    "/about": ["/about"],
    "/privacy": ["/privacy"],
    "/studies": ["/studies"],
    "/studies/<slug>": ["/studies/services-of-alpine-clusters"],
    "/studies/services": ["/studies/services", "/studies/services?q=nothing-is-called-that"],
    "/practices/exchanges": ["/practices/exchanges"],
    "/practices": ["/practices"],
    "/practices/<slug>": ["/practices/shared-prototyping-lab"],
    "/practices/compare": ["/practices/compare", "/practices/compare?p=shared-prototyping-lab&p=cluster-academy"],
    "/practices/<slug>/comments": ["/practices/shared-prototyping-lab/comments"],
    "/stories": ["/stories", "/stories?group=ict", "/stories?q=nothing-is-called-that"],
    "/stories/<slug>": ["/stories > /stories/"],
    "/stories/<slug>/comments": ["/stories/smart-clusters/comments"],
    "/stories/<slug>/video": ["/stories/smart-clusters/video"],
    "/network": ["/network"],
    "/organisations/<slug>": ["/organisations/hub-innovazione-trentino"],
    "/organisations/<slug>/our-year": ["/organisations/polo-meccatronica/our-year?year=2018"],
    "/organisations/<slug>/peers": ["/organisations/parco-tecnologico-padano/peers"],
    "/projects/<slug>": ["/projects/s3-4alpclusters", "/projects/cluster-cord"],
    "/groups": ["/groups", "/groups?project=cluster-cord"],
    "/groups/<slug>": ["/groups/agrifood", "/groups/life_sciences"],
    "/groups/<slug>/actions": ["/groups/agrifood/actions", "/groups/life_sciences/actions"],
    "/groups/<slug>/meta-district": ["/groups/agrifood/meta-district", "/groups/energy_environment/meta-district"],
    "/groups/<slug>/plan": ["/groups/agrifood/plan", "/groups/life_sciences/plan", "/groups/ict/plan"],
    "/groups/<slug>/plan/versions/<int:number>": ["/groups/agrifood/plan/versions/1"],
    "/groups/<slug>/plan/versions/<int:number>/changes": ["/groups/agrifood/plan/versions/2/changes"],
    "/sectors/<sector_id>": ["/sectors/tourism"],
    "/people": ["/people"],
    "/people/<slug>": ["/people/ada-esempio"],
    "/venues": ["/venues"],
    "/venues/<slug>": ["/venues/progetto-manifattura"],
    "/sign-in": ["/sign-in"],
    "/sign-in/<secret>": ["/sign-in/no-such-link"],
    "/unsubscribe/<token>": ["/unsubscribe/no-such-link"],
    "/<nowhere>": ["/no-such-page", "/registrations/no-such-token"],
    "/needs": ["/needs"],
    "/services": ["/services"],
    "/services/<slug>": ["/services/trans-regional-lab-voucher"],
}
ORGANISER = {
    "/manage": ["/manage"],
    "/manage/events/new": [
        "/manage/events/new",
        "/manage/events/new?kind=study_visit",
        f"/manage/events/new?copy={VISIT}",
    ],
    "/manage/events/<slug>": [f"/manage/events/{VISIT}"],
    "/manage/events/<slug>/edit": [f"/manage/events/{VISIT}/edit"],
    "/manage/events/<slug>/people": [f"/manage/events/{VISIT}/people"],
    "/manage/events/<slug>/regions": [f"/manage/events/{VISIT}/regions"],
    "/manage/events/<slug>/itinerary": [f"/manage/events/{VISIT}/itinerary"],
    "/manage/events/<slug>/itinerary/entries/new": [
        f"/manage/events/{VISIT}/itinerary/entries/new?as={shape}" for shape in ("stop", "leg")
    ],
    "/manage/events/<slug>/itinerary/entries/<int(signed=True):item_id>": [
        f"/manage/events/{VISIT}/itinerary > /manage/events/{VISIT}/itinerary/entries/"
    ],
    "/manage/events/<slug>/itinerary/hosts/<int:item_id>": [
        f"/manage/events/{VISIT}/itinerary > /manage/events/{VISIT}/itinerary/hosts/"
    ],
    "/manage/events/<slug>/agenda": [
        f"/manage/events/{VISIT}/agenda",
        f"/manage/events/{VISIT}/agenda?by=room",
        f"/manage/events/{VISIT}/agenda?by=room&as=list",
        f"/manage/events/{VISIT}/agenda?by=person",
        f"/manage/events/{VISIT}/agenda?by=list",
    ],
    "/manage/events/<slug>/agenda/items/new": [
        f"/manage/events/{VISIT}/agenda/items/new?as={shape}" for shape in ("item", "stop", "leg")
    ],
    "/manage/events/<slug>/agenda/items/<int(signed=True):item_id>": [
        f"/manage/events/{VISIT}/agenda > /manage/events/{VISIT}/agenda/items/"
    ],
    "/manage/events/<slug>/practices": [f"/manage/events/{VISIT}/practices"],
    "/manage/events/<slug>/check-in": [
        f"/manage/events/{VISIT}/check-in",
        f"/manage/events/{VISIT}/check-in?q=nobody-of-that-name",
    ],
    "/manage/events/<slug>/check-in/settings": [f"/manage/events/{VISIT}/check-in/settings"],
    "/manage/events/<slug>/check-in/lists/<list_key>": [f"/manage/events/{VISIT}/check-in/lists/d1"],
    "/manage/events/<slug>/check-in/lists/<list_key>/wall": [f"/manage/events/{VISIT}/check-in/lists/d1/wall"],
    "/manage/events/<slug>/check-in/people/<int:registration_id>": [
        f"/manage/events/{VISIT}/check-in > /manage/events/{VISIT}/check-in/people/"
    ],
    "/manage/events/<slug>/sheets": [f"/manage/events/{VISIT}/sheets"],
    "/manage/events/<slug>/gate-list": [f"/manage/events/{VISIT}/gate-list"],
    "/manage/events/<slug>/certificates": [f"/manage/events/{VISIT}/certificates"],
    "/manage/events/<slug>/groups": [f"/manage/events/{VISIT}/groups"],
    "/manage/events/<slug>/feedback": [f"/manage/events/{VISIT}/feedback"],
    "/manage/events/<slug>/speakers": [f"/manage/events/{slug}/speakers" for slug in (VISIT, "from-needs-to-pilots")],
    "/manage/events/<slug>/materials": [f"/manage/events/{VISIT}/materials"],
    "/manage/events/<slug>/invitations": [
        f"/manage/events/{VISIT}/invitations",
        f"/manage/events/{VISIT}/invitations?status=declined",
    ],
    "/manage/events/<slug>/questions": [f"/manage/events/{VISIT}/questions"],
    "/manage/events/<slug>/questions/new": [f"/manage/events/{VISIT}/questions/new"],
    "/manage/events/<slug>/questions/<int:form_id>": [
        f"/manage/events/{VISIT}/questions > /manage/events/{VISIT}/questions/1"
    ],
    "/manage/events/<slug>/questions/<int:form_id>/add": [
        f"/manage/events/{VISIT}/questions > /manage/events/{VISIT}/questions/1/add"
    ],
    "/manage/events/<slug>/questions/<int:form_id>/preview": [
        f"/manage/events/{VISIT}/questions > /manage/events/{VISIT}/questions/1/preview"
    ],
    "/manage/events/<slug>/questions/items/<int:question_id>": [
        f"/manage/events/{VISIT}/questions > /manage/events/{VISIT}/questions/items/"
    ],
    "/manage/events/<slug>/participants": [
        f"/manage/events/{VISIT}/participants",
        f"/manage/events/{VISIT}/participants?place=rejected&q=nobody",
    ],
    "/manage/events/<slug>/participants/add": [f"/manage/events/{VISIT}/participants/add"],
    "/manage/events/<slug>/participants/<int:registration_id>": [
        f"/manage/events/{VISIT}/participants?place=confirmed > table a"
    ],
    "/manage/events/<slug>/participants/<int:registration_id>/edit": [
        f"/manage/events/{VISIT}/participants?place=confirmed > table a > a[href$='/edit']"
    ],
    "/manage/events/<slug>/replies": [f"/manage/events/{VISIT}/replies"],
    "/manage/events/<slug>/seats": [f"/manage/events/{VISIT}/seats"],
    "/manage/events/<slug>/tables": [f"/manage/events/{VISIT}/tables"],
    "/delegations/<slug>": [f"/delegations/{VISIT}"],
    "/manage/events/<slug>/messages": [f"/manage/events/{VISIT}/messages"],
    "/manage/events/<slug>/messages/new": [
        f"/manage/events/{VISIT}/messages/new",
        f"/manage/events/{VISIT}/messages/new?text=thank-you",
    ],
    "/manage/events/<slug>/messages/<int:mailing_id>": [f"/manage/events/{VISIT}/messages/7"],
    "/manage/events/<slug>/messages/<int:mailing_id>/edit": [f"/manage/events/{VISIT}/messages/7/edit"],
    "/manage/events/<slug>/calling-off": [f"/manage/events/{VISIT}/calling-off"],
    "/manage/events/<slug>/postponement": [f"/manage/events/{VISIT}/postponement"],
    "/manage/calendars": ["/manage/calendars"],
    "/manage/calendars/new": ["/manage/calendars/new"],
    "/manage/calendars/<int:import_id>": ["/manage/calendars/1"],
    "/manage/organisations": ["/manage/organisations"],
    "/manage/organisations/<slug>/edit": ["/manage/organisations/hub-innovazione-trentino/edit"],
    "/manage/organisations/<slug>/embedding": ["/manage/organisations/hub-innovazione-trentino/embedding"],
    "/manage/practices": ["/manage/practices"],
    "/manage/practices/new": ["/manage/practices/new"],
    "/manage/practices/import": ["/manage/practices/import"],
    "/manage/series": ["/manage/series"],
    "/manage/series/new": ["/manage/series/new"],
    "/manage/series/<slug>": ["/manage/series > /manage/series/"],
    "/manage/series/<slug>/comparison": ["/manage/series/clusters-workshops-of-s3-4alpclusters/comparison"],
    "/manage/board": ["/manage/board"],
    "/manage/board/<slug>/answer": ["/manage/board/kitchen-for-trials/answer"],
    "/manage/board/<slug>/message": ["/manage/board/kitchen-for-trials/message"],
    "/manage/board/new": ["/manage/board/new"],
    "/manage/comments": ["/manage/comments", "/manage/comments?state=spam"],
    "/manage/stories": ["/manage/stories"],
    "/manage/stories/<slug>": ["/manage/stories/smart-clusters"],
    "/manage/stories/new": ["/manage/stories/new"],
    "/manage/venues": ["/manage/venues"],
    "/<forbidden>": ["/manage/mail", f"/manage/events/{EVENTS['forum, open']}"],
}
FORUM = f"/manage/events/{EVENTS['forum, open']}/forum"
REVIEW = f"/manage/events/{EVENTS['called off']}/forum/review"
ADMINISTRATOR = {
    "/manage": ["/manage"],
    "/manage/practices/<slug>/authors": ["/manage/practices/shared-prototyping-lab/authors"],
    "/manage/practices/<slug>/message": ["/manage/practices/shared-prototyping-lab/message"],
    "/manage/practices/<slug>/origin": ["/manage/practices/shared-prototyping-lab/origin"],
    "/manage/practices/<slug>/files": ["/manage/practices/shared-prototyping-lab/files"],
    "/manage/practices/<slug>/review": ["/manage/practices/shared-prototyping-lab/review"],
    "/manage/practices/<slug>/versions": ["/manage/practices/shared-prototyping-lab/versions"],
    "/manage/practices/<slug>/versions/<int:version_number>": ["/manage/practices/shared-prototyping-lab/versions/1"],
    "/manage/practices/lengths": ["/manage/practices/lengths"],
    "/manage/events/<slug>/agenda": [f"/manage/events/{RELEASED}/agenda"],
    "/manage/events/<slug>/forum": [FORUM],
    "/manage/events/<slug>/forum/cafe/<int:item_id>": [f"{FORUM} > {FORUM}/cafe/"],
    "/manage/events/<slug>/forum/pitches/<int:item_id>": [f"{FORUM} > {FORUM}/pitches/"],
    "/manage/events/<slug>/forum/pitches/<int:item_id>/order": [f"{FORUM} > {FORUM}/pitches/ > a[href$='/order']"],
    "/manage/events/<slug>/forum/pitches/<int:item_id>/list/<int:pitch_id>": [
        f"{FORUM} > {FORUM}/pitches/ > a[href*='/list/']"
    ],
    "/manage/events/<slug>/forum/fair/<int:item_id>": [f"{FORUM} > {FORUM}/fair/"],
    "/manage/events/<slug>/forum/tables/<int:item_id>": [f"{FORUM} > {FORUM}/tables/"],
    "/manage/events/<slug>/forum/review": [REVIEW],
    "/manage/events/<slug>/forum/contacts": ["/manage/events/from-needs-to-pilots/forum/contacts"],
    "/manage/practices/<slug>/interest": ["/manage/practices/shared-prototyping-lab/interest"],
    "/manage/feeds": ["/manage/feeds"],
    "/manage/feeds/fetches": ["/manage/feeds/fetches?of=/events.ics"],
    "/manage/mail": ["/manage/mail"],
    "/manage/mail/<message_id>": ["/manage/mail > /manage/mail/"],
    "/manage/organisations/new": ["/manage/organisations/new"],
    "/manage/studies": ["/manage/studies"],
    "/manage/studies/<slug>": ["/manage/studies/services-of-alpine-clusters"],
    "/manage/studies/<slug>/document": ["/manage/studies/services-of-alpine-clusters/document"],
    "/manage/studies/<slug>/services/new": ["/manage/studies/services-of-alpine-clusters/services/new"],
    "/manage/studies/<slug>/selection": ["/manage/studies/services-of-alpine-clusters/selection"],
    "/manage/studies/new": ["/manage/studies/new"],
    "/manage/practices/<slug>": ["/manage/practices/shared-prototyping-lab"],
    "/manage/projects/<slug>/partners": ["/manage/projects/s3-4alpclusters/partners"],
    "/manage/projects/<slug>/messages": ["/manage/projects/s3-4alpclusters/messages"],
    "/manage/projects/<slug>/messages/new": ["/manage/projects/s3-4alpclusters/messages/new"],
    "/manage/events/<slug>/meetings": ["/manage/events/ict-meets-energy-b2b-forum/meetings"],
    "/manage/events/<slug>/meetings/people": ["/manage/events/ict-meets-energy-b2b-forum/meetings/people"],
    "/manage/events/<slug>/debrief": [DEBRIEF],
    "/manage/events/<slug>/debrief/findings/new": [f"{DEBRIEF}/findings/new?line=1"],
    "/manage/events/<slug>/debrief/findings/<int:finding_id>": [f"{DEBRIEF} > {DEBRIEF}/findings/"],
    "/manage/events/<slug>/debrief/report": [f"{DEBRIEF}/report"],
    "/manage/groups": ["/manage/groups"],
    "/groups/<slug>/plan/draft": ["/groups/agrifood/plan/draft", "/groups/ict/plan/draft"],
    "/groups/<slug>/plan/draft/chapters/new": ["/groups/agrifood/plan/draft/chapters/new"],
    "/groups/<slug>/plan/draft/chapters/<int:chapter_id>": [
        "/groups/agrifood/plan/draft > /groups/agrifood/plan/draft/chapters/"
    ],
    "/groups/<slug>/plan/draft/organisations": ["/groups/agrifood/plan/draft/organisations"],
    "/groups/<slug>/plan/draft/publication": ["/groups/agrifood/plan/draft/publication"],
    "/groups/<slug>/plan/draft/adoption": ["/groups/agrifood/plan/draft/adoption"],
    "/groups/<slug>/plan/uptakes": ["/groups/ict/plan/uptakes"],
    "/groups/<slug>/plan/consultation": [
        "/groups/agrifood/plan/consultation",
        "/groups/life_sciences/plan/consultation",
    ],
    "/groups/<slug>/plan/consultation/new": ["/groups/agrifood/plan/consultation/new"],
    "/groups/<slug>/notes": ["/groups/agrifood/notes", "/groups/life_sciences/notes"],
    "/groups/<slug>/actions/new": ["/groups/agrifood/notes > /groups/agrifood/actions/new"],
    "/groups/<slug>/actions/<int:action_id>": ["/groups/agrifood/actions > /groups/agrifood/actions/"],
    "/groups/<slug>/meta-district/edit": ["/groups/agrifood/meta-district/edit"],
    "/groups/<slug>/documents": ["/groups/agrifood/documents", "/groups/ict/documents"],
    "/manage/groups/<slug>/messages": ["/manage/groups/agrifood/messages"],
    "/manage/groups/<slug>/messages/new": ["/manage/groups/agrifood/messages/new"],
    "/manage/venues/new": ["/manage/venues/new"],
    "/manage/venues/<slug>/edit": ["/manage/venues/progetto-manifattura/edit"],
    "/manage/events/<slug>/needs": ["/manage/events/from-needs-to-pilots/needs"],
    "/manage/needs/new": ["/manage/needs/new"],
    "/manage/services": ["/manage/services"],
    "/manage/services/<slug>": ["/manage/services/trans-regional-lab-voucher"],
    "/manage/services/<slug>/naming": ["/manage/services/trans-regional-lab-voucher/naming"],
    "/manage/services/<slug>/progress": ["/manage/services/trans-regional-lab-voucher/progress"],
    "/manage/services/new": ["/manage/services/new"],
    "/manage/organisations/<slug>/members": ["/manage/organisations/polo-meccatronica/members"],
    "/manage/organisations/<slug>/profile": ["/manage/organisations/polo-meccatronica/profile"],
}
STATUSES = {
    "/certificates/<code>": 404,
    "/unsubscribe/<token>": 404,
    "/<nowhere>": 404,
    "/<forbidden>": 403,
    "/sign-in/<secret>": 409,
}
NO_PAGES = {
    # a paper, a table, a mail's link, and a form once more: tests/studies, tests/transfers
    *("/studies/<slug>/document", "/practices/exchanges.csv", "/adoptions/<adoption_token>"),
    "/manage/studies/<slug>/services/<int:service_id>",
    "/organisations/<slug>/our-year.pdf",  # a paper: tests/profiles
    # a table, one's own, and those whose address nobody knows before: tests/needs
    *("/manage/events/<slug>/needs.csv", "/registrations/<token>/needs/<int:item_id>", "/needs/at/<table_token>"),
    *("/needs/<public_id>", "/manage/needs/<public_id>"),
    # for programs, on paper, and one author's own: tests/practices
    *("/practices/<slug>.json", "/practices/<slug>.pdf", "/practices/<slug>/files/<int:attachment_id>"),
    *("/practices/authors/<token>", "/manage/practices/export.csv", "/manage/practices/export.xlsx"),
    "/manage/events/<slug>/agenda/board/version",
    # a paper, and a guest's own: tests/plans
    *("/groups/<slug>/plan.pdf", "/consultations/<token>"),
    # the form of /manage/board/new once more; and one mail's link: tests/board
    *("/manage/board/<slug>", "/board/posts/<post_token>"),
    # for programs, or a picture, or one author's own: tests/stories
    *("/stories.atom", "/manage/stories.csv", "/stories/pictures/<picture_id>", "/stories/authors/<author_token>"),
    # as those of an event; there is none in the demonstration
    *(
        f"/manage/{owner}/<slug>/messages/<int:mailing_id>{tail}"
        for owner in ("groups", "projects")
        for tail in ("", "/edit")
    ),
    # a helper's link is looked at in test_check_in
    *(f"/check-in/<token>{tail}" for tail in ("", "/app.webmanifest", "/people.json")),
    "/check-in/worker.js",
    # for programs, or for one person: tests/caldav and tests/personal
    *("/.well-known/caldav", "/caldav/", "/caldav/<path:path>"),
    *("/calendars/<address_proof>/proof", "/calendars/devices/<int:calendar_id>"),
    *(f"/calendars/devices/<int:calendar_id>/{page}" for page in ("address", "fetches")),
    "/manage/events/<slug>/agenda/releases/<int:number>.json",
    "/events/<slug>.ics",
    "/events/<slug>.jcal",
    # busy times are for programs, and a draft is of a moment: tests/freebusy
    *("/free-busy/<busy_secret>.ifb", "/manage/venues/<slug>/rooms/<int:room_id>/free-busy.ifb"),
    "/manage/calendars/drafts/<int:draft_id>",
    "/favicon.ico",
    "/healthz",
    "/manage/events/<slug>/badges.pdf",
    *(f"/manage/series/<slug>/comparison.{kind}" for kind in ("csv", "xlsx")),
    "/manage/events/<slug>/debrief/report.pdf",
    *(
        f"/manage/events/<slug>/feedback/<int:form_id>/{file}"
        for file in ("summary.csv", "summary.xlsx", "replies.csv", "replies.xlsx")
    ),
    "/manage/events/<slug>/groups.pdf",
    # in the demonstration there is nothing to harvest and nothing found yet: tests/forums
    *(
        f"/manage/events/<slug>/forum/{page}"
        for page in ("cafe/<int:item_id>/plan.pdf", "fair/<int:item_id>/stands.pdf")
    ),
    "/manage/events/<slug>/forum/cafe/<int:item_id>/harvest",
    "/manage/events/<slug>/forum/review/findings/<int:finding_id>/todos",
    "/manage/events/<slug>/forum/review/todos/<int:todo_id>",
    "/manage/events/<slug>/certificates/<int:certificate_id>.pdf",
    "/manage/events/<slug>/certificates/all.pdf",
    "/manage/events/<slug>/certificates/all.zip",
    "/manage/events/<slug>/gate-list.pdf",
    "/manage/events/<slug>/participants.pdf",
    "/manage/events/<slug>/signature-sheet.pdf",
    # read in tests/sheets
    *(f"/manage/events/<slug>/{paper}.pdf" for paper in ("door-sheets", "running-order")),
    "/events/<slug>/programme.pdf",
    "/manage/events/<slug>/materials/<int:material_id>",
    "/hosting/<token>",  # only a mail has the link: tests/journeys/test_visits
    "/invitations/<token>",
    "/manage/events/<slug>/invitations/lists/<int:list_id>",
    "/manage/events/<slug>/invitations/lists/<int:list_id>/left-out.csv",
    "/manage/events/<slug>/participants.csv",
    "/manage/events/<slug>/tables/<int:item_id>",
    "/manage/events/<slug>/participants.xlsx",
    "/manage/mail/<message_id>.eml",
    # looked at in tests/meetings: a search is of a moment, and people have to ask each other first
    *("/manage/events/<slug>/meetings.pdf", "/manage/events/<slug>/meetings/progress"),
    *(f"/registrations/<token>/meetings{tail}" for tail in ("", ".pdf", "/people", "/profile")),
    "/materials/<public_id>/<name>",
    "/groups/<slug>/documents/<int:document_id>/<file_name>",
    "/news.atom",
    "/readyz",
    "/registrations/<token>/certificate.pdf",
    "/registrations/<proof>/address",
    "/registrations/<token>/code.svg",
    # of a visit, whose links only mails have: tests/journeys/test_visits
    "/registrations/<token>/diary.js",
    *(f"/registrations/<token>/roadbook{tail}" for tail in ("", ".js", ".pdf")),
    "/registrations/<token>/files/<int:question_id>",
    "/manage/events/<slug>/participants/<int:registration_id>/files/<int:question_id>",
    "/registrations/<token>/data",
    "/registrations/<token>/event.ics",
    "/registrations/<token>/forms/<int:form_id>",
    "/robots.txt",
    "/sitemap.xml",
    # a speaker's link is looked at in test_speaker
    *(f"/speaking/<speaker_token>{tail}" for tail in ("", "/data", "/needs", "/photo", "/profile", "/slides")),
    *("/speaking/<speaker_token>/slides/<int:material_id>", "/speaking/<slots_token>/slots.ics"),
    *("/speakers/photos/<photo_id>", "/manage/events/<slug>/speakers/<int:person_id>/photo"),
    "/static/<path:filename>",
    "/subscribe/code.svg",
}
# forms sent empty, or with something wrong
WRONG_FORMS = {
    None: [f"/events/{EVENTS['forum, open']}/register", "/sign-in"],
    "organiser@filo.example": [
        "/manage/events/new?kind=exchange_forum",
        f"/manage/events/{VISIT}/agenda/items/new?as=item",
        f"/manage/events/{VISIT}/participants/add",
        f"/delegations/{VISIT}",
        f"/manage/events/{VISIT}/questions/1/add",
        "/manage/practices/new",
        "/manage/calendars/new",
    ],
}
CASES = {
    "visitor, events": (None, dict(list(VISITOR.items())[:5])),
    "visitor, the rest": (None, dict(list(VISITOR.items())[5:])),
    "organiser": ("organiser@filo.example", ORGANISER),
    "administrator": ("admin@filo.example", ADMINISTRATOR),
}


def test_every_address_of_the_map_is_looked_at(app: Flask) -> None:
    addresses = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = {*VISITOR, *ORGANISER, *ADMINISTRATOR}
    assert {rule for rule in addresses - looked_at - NO_PAGES if not rule.endswith(".ics")} == set()


def test_what_keeps_people_out_is_noticed(browser: Browser, house: House) -> None:
    with _visit(browser, house, None) as visit:
        visit.page.route("**/", lambda route: route.fulfill(body=BAD_PAGE, content_type="text/html"))
        visit.look_at("/")
    said = "\n".join(visit.troubles)
    expected = ("color-contrast", "image-alt", "target-size", "wider than a phone", "no such word")
    assert [what for what in expected if what not in said] == [], said


@pytest.mark.parametrize("case", CASES)
def test_nothing_on_a_page_keeps_anybody_out(browser: Browser, house: House, case: str) -> None:
    email, pages = CASES[case]
    places = _places(house) if case == "visitor, the rest" else {}
    with _visit(browser, house, email) as visit:
        for rule, paths in pages.items():
            for path in paths:
                visit.look_at(path.format_map(places), status=STATUSES.get(rule, 200))
    assert visit.troubles == []


@pytest.mark.parametrize("email", WRONG_FORMS)
def test_nor_on_a_form_with_errors(browser: Browser, house: House, email: str | None) -> None:
    with _visit(browser, house, email) as visit:
        for path in WRONG_FORMS[email]:
            visit.look_at(path, send=True)
    assert visit.troubles == []


class Visit:
    """Looks at pages, wide and light as well as narrow and dark, and notes what is wrong with them.

    Each page begins with the look that the one before ended with: to change it costs as much as to load a page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self._said: list[str] = []
        page.on("console", lambda message: self._said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._said.append(str(error)))
        self._is_wide = False
        self._change_look()

    def look_at(self, path: str, *, status: int = 200, send: bool = False) -> None:
        first, *steps = path.split(" > ")
        answer = self.page.goto(first)
        assert answer
        assert answer.status == status, path
        for then in steps:
            with self.page.expect_navigation():
                self.page.locator(f'main a[href^="{then}"]' if then.startswith("/") else f"main {then}").first.click()
        if send:
            self.page.evaluate("document.querySelector('main form[method=post]').requestSubmit()")
            self.page.locator("[data-error-summary]").wait_for()
            self.page.wait_for_load_state()
        found = self._seen()
        self._change_look()
        found += self._seen()
        found += [said for said in self._said if not REFUSED.match(said)]
        self._said.clear()
        self.troubles += [f"{path}: {trouble}" for trouble in found]

    def _seen(self) -> list[str]:
        if self._is_wide:
            return [f"light, {trouble}" for trouble in self._barriers(LEVELS)]
        found = [f"dark, {trouble}" for trouble in self._barriers(LOOKS)]
        if (beyond := self.page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{beyond} px wider than a phone")
        return found

    def _barriers(self, asked: object) -> list[str]:
        return self.page.evaluate(LOOK, asked)  # type: ignore[no-any-return]

    def _change_look(self) -> None:
        self._is_wide = not self._is_wide
        self.page.emulate_media(color_scheme="light" if self._is_wide else "dark")
        self.page.set_viewport_size(WIDE if self._is_wide else NARROW)


@contextmanager
def _visit(browser: Browser, house: House, email: str | None) -> Iterator[Visit]:
    """In German, whose words are the longest."""
    context = browser.new_context(base_url=house.url, locale="de-DE", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    if email:
        sign_in(page, email)
        page.goto("/about?lang=de")
    context.add_init_script(AXE)
    yield Visit(page)
    context.close()


def _places(house: House) -> dict[str, str]:
    """The own pages of three people at an event for one: who has the place, who waits, who has left the queue."""
    event = house.publish_event(capacity=1)
    links = [_join(house, event, name) for name in ("confirmed", "waitlisted", "withdrawn")]
    hidden, cookie = house.open_form(links[-1])
    assert house.post(f"{links[-1]}/withdrawal", hidden, cookie)[0] == 303
    pages = {link: house.get(link)[1] for link in links}
    places = {re.search(r'data-place="(\w+)"', html)[1]: link for link, html in pages.items()}  # type: ignore[index]
    return places | {"feedback": _form_of_the_silent(house), "diary": _diary(house)} | _forum(house)


def _diary(house: House) -> str:
    """Where somebody who was at the study visit writes."""
    app = create_app(Config.from_env(house.environment))
    with app.app_context():
        line = db.session.scalars(select(DiaryLine).limit(1)).one()
        return f"/registrations/{links.token(db.session.get_one(Registration, line.registration_id))}/diary"


def _forum(house: House) -> dict[str, str]:
    """Somebody with a seat in the café, a table and a stand there, and somebody where contacts are exchanged."""
    app = create_app(Config.from_env(house.environment))
    with app.app_context():
        seat, card = (db.session.scalars(select(row).limit(1)).one() for row in (CafeSeat, ContactCard))
        table = db.session.get_one(CafeTable, seat.table_id)
        stand = db.session.scalars(select(FairStand).limit(1)).one()
        output = db.session.scalars(select(TableOutput).limit(1)).one()
        people = [db.session.get_one(Registration, row.registration_id) for row in (seat, card)]
        forum, networking = (f"/registrations/{links.token(one)}" for one in people)
        return {
            "forum": forum,
            "networking": networking,
            "stand": f"/events/{EVENTS['forum, open']}/stands/{stand.code}",
            "table": f"/cafe/{forum_links.token(table)}",
            "output": urlsplit(forum_links.rapporteurs_url(output) or "").path,
        }


def _form_of_the_silent(house: House) -> str:
    """Where somebody who was at the study visit says how it was; only the mail has the link."""
    app = create_app(Config.from_env(house.environment))
    with app.app_context():
        people = db.session.scalars(select(Registration.id).where(Registration.place == Place.CONFIRMED))
        addresses = (feedback_url(one, clock.now()) for one in people)
        return next(urlsplit(one).path for one in addresses if one)


def _join(house: House, event: str, name: str) -> str:
    hidden, cookie = house.open_form(f"{event}/register")
    values = {
        "given_name": "Person",
        "family_name": name,
        "email": f"{name}@company.example",
        "organisation": "Company Example",
        "org_type": "company",
        "country": "IT",
        "privacy": "y",
    }
    status, link = house.post(f"{event}/register", hidden | values, cookie)
    assert status == 303
    return link
