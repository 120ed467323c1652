"""What strangers try: every address by everybody, forged forms, hostile text, lies about host and client."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum, auto
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, LargeBinary, Text, cast, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app import create_app
from app.accounts import services as accounts
from app.accounts.models import Account
from app.caldav.views import METHODS as DAV_METHODS
from app.kernel.db import Base, db
from app.kernel.limits import limiter, present_client
from app.registration import links
from app.search.models import search_document
from config import Config
from tests.builders import make_account, make_event, make_manager, make_organisation
from tests.forms import hidden_values
from tests.registration.helpers import join
from tests.signing_in import sign_in, sign_in_administrator
from tests.web.world import World, make_world, write_everywhere


class Audience(Enum):
    """Who gets an answer; everybody else is led to the sign-in, or refused."""

    PUBLIC = auto()
    TOKEN = auto()  # whoever has the link
    SIGNED_IN = auto()
    SENDER = auto()  # of a delegation: whoever manages an organisation with a part in it, and sees only its people
    ORGANISER = auto()  # of just this event, venue, organisation, practice, project
    ADMINISTRATOR = auto()
    OWNER = auto()  # of a personal calendar, whom the world does not know: an administrator does not find it either


AUDIENCES = {
    "/": Audience.PUBLIC,
    "/.well-known/caldav": Audience.PUBLIC,
    "/about": Audience.PUBLIC,
    "/board": Audience.PUBLIC,
    "/board/<slug>": Audience.PUBLIC,
    "/board/posts/<post_token>": Audience.TOKEN,
    "/cafe/<table_token>": Audience.TOKEN,
    "/outputs/<output_token>": Audience.TOKEN,
    "/caldav/": Audience.PUBLIC,
    "/caldav/<path:path>": Audience.PUBLIC,  # and one's own agenda: tests/caldav
    "/calendars": Audience.PUBLIC,
    "/calendars/<address_proof>/proof": Audience.TOKEN,
    "/calendars/devices/<int:calendar_id>": Audience.OWNER,
    "/calendars/devices/<int:calendar_id>/address": Audience.OWNER,
    "/calendars/devices/<int:calendar_id>/fetches": Audience.OWNER,
    "/calendars/devices/<int:calendar_id>/revocation": Audience.OWNER,
    "/calendars/leaving": Audience.PUBLIC,
    "/calendars/link": Audience.PUBLIC,
    "/certificates": Audience.PUBLIC,
    "/certificates/<code>": Audience.PUBLIC,
    "/consultations/<token>": Audience.TOKEN,
    "/delegations/<slug>": Audience.SENDER,
    "/delegations/<slug>/people/<int:registration_id>/replacement": Audience.SENDER,
    "/delegations/<slug>/people/<int:registration_id>/tables": Audience.SENDER,
    "/delegations/<slug>/people/<int:registration_id>/withdrawal": Audience.SENDER,
    "/check-in/<token>": Audience.TOKEN,
    "/check-in/<token>/app.webmanifest": Audience.TOKEN,
    "/check-in/<token>/marks": Audience.TOKEN,
    "/check-in/<token>/people.json": Audience.TOKEN,
    "/check-in/<token>/scans": Audience.TOKEN,
    "/check-in/<token>/walk-ins": Audience.TOKEN,
    "/check-in/worker.js": Audience.PUBLIC,
    "/embed/organisations/<slug>/events": Audience.PUBLIC,
    "/events": Audience.PUBLIC,
    "/events/<slug>": Audience.PUBLIC,
    "/events/<slug>.jcal": Audience.PUBLIC,
    "/events/<slug>/agenda/changes": Audience.PUBLIC,
    "/events/<slug>/agenda/releases/<int:number>": Audience.PUBLIC,
    "/events/<slug>/here": Audience.PUBLIC,
    "/events/<slug>/now": Audience.PUBLIC,
    "/events/<slug>/privacy": Audience.PUBLIC,
    "/events/<slug>/programme.pdf": Audience.PUBLIC,
    "/events/<slug>/register": Audience.PUBLIC,
    "/events/<slug>/stands/<code>": Audience.PUBLIC,
    "/events/<slug>/wall": Audience.PUBLIC,
    "/favicon.ico": Audience.PUBLIC,
    "/free-busy/<busy_secret>.ifb": Audience.TOKEN,
    "/groups": Audience.PUBLIC,
    "/groups/<slug>": Audience.PUBLIC,
    "/groups/<slug>/actions": Audience.PUBLIC,
    "/groups/<slug>/actions/<int:action_id>": Audience.ORGANISER,
    "/groups/<slug>/actions/<int:action_id>/state": Audience.ORGANISER,
    "/groups/<slug>/actions/new": Audience.ORGANISER,
    "/groups/<slug>/documents": Audience.ORGANISER,
    "/groups/<slug>/documents/<int:document_id>/removal": Audience.ORGANISER,
    "/groups/<slug>/documents/<int:document_id>/<file_name>": Audience.PUBLIC,
    "/groups/<slug>/meta-district": Audience.PUBLIC,
    "/groups/<slug>/meta-district/edit": Audience.ORGANISER,
    "/groups/<slug>/meta-district/state": Audience.ORGANISER,
    "/groups/<slug>/notes": Audience.ORGANISER,
    "/groups/<slug>/plan": Audience.PUBLIC,
    "/groups/<slug>/plan.pdf": Audience.PUBLIC,
    "/groups/<slug>/plan/beginning": Audience.ORGANISER,
    "/groups/<slug>/plan/consultation": Audience.ORGANISER,
    "/groups/<slug>/plan/consultation/<int:consultation_id>/guests/<int:guest_id>/removal": Audience.ORGANISER,
    "/groups/<slug>/plan/consultation/closing": Audience.ORGANISER,
    "/groups/<slug>/plan/consultation/guests": Audience.ORGANISER,
    "/groups/<slug>/plan/consultation/new": Audience.ORGANISER,
    "/groups/<slug>/plan/draft": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/adoption": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/chapters/<int:chapter_id>": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/chapters/<int:chapter_id>/place": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/chapters/<int:chapter_id>/removal": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/chapters/new": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/organisations": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/preview": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/publication": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/typed/<draft_place>": Audience.ORGANISER,
    "/groups/<slug>/plan/draft/typed/<draft_place>/removal": Audience.ORGANISER,
    "/groups/<slug>/plan/uptakes": Audience.ORGANISER,
    "/groups/<slug>/plan/versions/<int:number>": Audience.PUBLIC,
    "/groups/<slug>/plan/versions/<int:number>/changes": Audience.PUBLIC,
    "/healthz": Audience.PUBLIC,
    "/hosting/<token>": Audience.TOKEN,
    "/hosting/<token>/refusal": Audience.TOKEN,
    "/invitations/<token>": Audience.TOKEN,
    "/invitations/<token>/refusal": Audience.TOKEN,
    "/manage": Audience.SIGNED_IN,
    "/manage/calendars": Audience.SIGNED_IN,
    "/manage/calendars/<int:import_id>": Audience.ORGANISER,
    "/manage/calendars/<int:import_id>/removal": Audience.ORGANISER,
    "/manage/calendars/<int:import_id>/renewal": Audience.ORGANISER,
    "/manage/calendars/drafts/<int:draft_id>": Audience.ORGANISER,
    "/manage/calendars/drafts/<int:draft_id>/removal": Audience.ORGANISER,
    "/manage/calendars/new": Audience.SIGNED_IN,
    "/manage/calendars/own-address": Audience.SIGNED_IN,
    "/manage/calendars/own-address/removal": Audience.SIGNED_IN,
    "/manage/calendars/rooms/<int:room_id>/address": Audience.ORGANISER,
    "/manage/calendars/rooms/<int:room_id>/address/removal": Audience.ORGANISER,
    "/manage/events/<slug>": Audience.ORGANISER,
    "/manage/events/<slug>/agenda": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/board/changeover": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/board/items/<item_key>": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/board/redo": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/board/undo": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/board/version": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/board/waiting": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/collecting": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/delays": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/items/<int(signed=True):item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/items/<int(signed=True):item_id>/overrulings": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/items/<int(signed=True):item_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/items/<int(signed=True):item_id>/room": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/items/new": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/releases": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/releases/<int:number>.json": Audience.ORGANISER,
    "/manage/events/<slug>/agenda/template": Audience.ORGANISER,
    "/manage/events/<slug>/archive": Audience.ORGANISER,
    "/manage/events/<slug>/badges.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/calling-off": Audience.ORGANISER,
    "/manage/events/<slug>/certificates": Audience.ORGANISER,
    "/manage/events/<slug>/certificates/<int:certificate_id>.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/certificates/<int:certificate_id>/correction": Audience.ORGANISER,
    "/manage/events/<slug>/certificates/<int:certificate_id>/revocation": Audience.ORGANISER,
    "/manage/events/<slug>/certificates/all.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/certificates/all.zip": Audience.ORGANISER,
    "/manage/events/<slug>/certificates/issuing": Audience.ORGANISER,
    "/manage/events/<slug>/certificates/rule": Audience.ORGANISER,
    "/manage/events/<slug>/check-in": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/absences": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/links": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/links/<int:link_id>/revocation": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/lists": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/lists/<list_key>": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/lists/<list_key>/code": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/lists/<list_key>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/lists/<list_key>/wall": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/people/<int:registration_id>": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/people/<int:registration_id>/place": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/people/<int:registration_id>/standing": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/people/<int:registration_id>/twins/<int:walk_in_id>": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/scans": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/settings": Audience.ORGANISER,
    "/manage/events/<slug>/check-in/walk-ins": Audience.ORGANISER,
    "/manage/events/<slug>/deletion": Audience.ORGANISER,
    "/manage/events/<slug>/door-sheets.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/edit": Audience.ORGANISER,
    "/manage/events/<slug>/debrief": Audience.ORGANISER,
    "/manage/events/<slug>/debrief/findings/<int:finding_id>": Audience.ORGANISER,
    "/manage/events/<slug>/debrief/findings/<int:finding_id>/practice": Audience.ORGANISER,
    "/manage/events/<slug>/debrief/findings/<int:finding_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/debrief/findings/new": Audience.ORGANISER,
    "/manage/events/<slug>/debrief/report": Audience.ORGANISER,
    "/manage/events/<slug>/debrief/report.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/feedback": Audience.ORGANISER,
    "/manage/events/<slug>/feedback/<int:form_id>/audience": Audience.ORGANISER,
    "/manage/events/<slug>/feedback/<int:form_id>/replies.csv": Audience.ORGANISER,
    "/manage/events/<slug>/feedback/<int:form_id>/replies.xlsx": Audience.ORGANISER,
    "/manage/events/<slug>/feedback/<int:form_id>/summary.csv": Audience.ORGANISER,
    "/manage/events/<slug>/feedback/<int:form_id>/summary.xlsx": Audience.ORGANISER,
    "/manage/events/<slug>/forum": Audience.ORGANISER,
    "/manage/events/<slug>/forum/cafe/<int:item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/forum/cafe/<int:item_id>/harvest": Audience.ORGANISER,
    "/manage/events/<slug>/forum/cafe/<int:item_id>/notes/<int:note_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/forum/cafe/<int:item_id>/plan.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/forum/cafe/<int:item_id>/seating": Audience.ORGANISER,
    "/manage/events/<slug>/forum/cafe/<int:item_id>/tables/<int:table_id>": Audience.ORGANISER,
    "/manage/events/<slug>/forum/cafe/<int:item_id>/tables/<int:table_id>/link": Audience.ORGANISER,
    "/manage/events/<slug>/forum/contacts": Audience.ORGANISER,
    "/manage/events/<slug>/forum/fair/<int:item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/forum/fair/<int:item_id>/stands": Audience.ORGANISER,
    "/manage/events/<slug>/forum/fair/<int:item_id>/stands.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/forum/fair/<int:item_id>/stands/<int:stand_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/forum/pitches/<int:item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/forum/pitches/<int:item_id>/closing": Audience.ORGANISER,
    "/manage/events/<slug>/forum/pitches/<int:item_id>/list": Audience.ORGANISER,
    "/manage/events/<slug>/forum/pitches/<int:item_id>/list/<int:pitch_id>": Audience.ORGANISER,
    "/manage/events/<slug>/forum/pitches/<int:item_id>/list/<int:pitch_id>/move": Audience.ORGANISER,
    "/manage/events/<slug>/forum/pitches/<int:item_id>/list/<int:pitch_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/forum/pitches/<int:item_id>/order": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review/beginning": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review/findings": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review/findings/<int:finding_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review/findings/<int:finding_id>/todos": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review/peers": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review/peers/<int:reviewer_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/forum/review/todos/<int:todo_id>": Audience.ORGANISER,
    "/manage/events/<slug>/forum/tables/<int:item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/forum/tables/<int:item_id>/link": Audience.ORGANISER,
    "/manage/events/<slug>/gate-list": Audience.ORGANISER,
    "/manage/events/<slug>/gate-list.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/groups": Audience.ORGANISER,
    "/manage/events/<slug>/groups.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/groups/<int:sub_group_id>": Audience.ORGANISER,
    "/manage/events/<slug>/groups/making": Audience.ORGANISER,
    "/manage/events/<slug>/groups/members": Audience.ORGANISER,
    "/manage/events/<slug>/groups/removal": Audience.ORGANISER,
    "/manage/events/<slug>/groups/rounds": Audience.ORGANISER,
    "/manage/events/<slug>/invitations": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/<int:invitation_id>/revocation": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/codes": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/codes/<int:code_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/lists": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/lists/<int:list_id>": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/lists/<int:list_id>/left-out.csv": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/lists/<int:list_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/lists/<int:list_id>/sending": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/reminder": Audience.ORGANISER,
    "/manage/events/<slug>/invitations/reminders": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary/emergency": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary/entries/<int(signed=True):item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary/entries/<int(signed=True):item_id>/place": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary/entries/new": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary/hosts/<int:item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary/hosts/<int:item_id>/limit": Audience.ORGANISER,
    "/manage/events/<slug>/itinerary/hosts/<int:item_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/materials": Audience.ORGANISER,
    "/manage/events/<slug>/materials/<int:material_id>": Audience.ORGANISER,
    "/manage/events/<slug>/materials/<int:material_id>/earlier": Audience.ORGANISER,
    "/manage/events/<slug>/materials/<int:material_id>/publication": Audience.ORGANISER,
    "/manage/events/<slug>/materials/<int:material_id>/publication/removal": Audience.ORGANISER,
    "/manage/events/<slug>/materials/<int:material_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/materials/links": Audience.ORGANISER,
    "/manage/events/<slug>/meetings": Audience.ORGANISER,
    "/manage/events/<slug>/meetings.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/blocks/<int:item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/people": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/people/<int:registration_id>/absence": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/people/<int:registration_id>/table": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/progress": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/searches": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/searches/<int:search_id>/stop": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/searches/<int:search_id>/use": Audience.ORGANISER,
    "/manage/events/<slug>/meetings/settings": Audience.ORGANISER,
    "/manage/events/<slug>/messages": Audience.ORGANISER,
    "/manage/events/<slug>/messages/<int:mailing_id>": Audience.ORGANISER,
    "/manage/events/<slug>/messages/<int:mailing_id>/edit": Audience.ORGANISER,
    "/manage/events/<slug>/messages/<int:mailing_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/messages/<int:mailing_id>/retry": Audience.ORGANISER,
    "/manage/events/<slug>/messages/<int:mailing_id>/sending": Audience.ORGANISER,
    "/manage/events/<slug>/messages/<int:mailing_id>/stop": Audience.ORGANISER,
    "/manage/events/<slug>/messages/<int:mailing_id>/trial": Audience.ORGANISER,
    "/manage/events/<slug>/messages/addresses": Audience.ORGANISER,
    "/manage/events/<slug>/messages/new": Audience.ORGANISER,
    "/manage/events/<slug>/participants": Audience.ORGANISER,
    "/manage/events/<slug>/participants.csv": Audience.ORGANISER,
    "/manage/events/<slug>/participants.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/participants.xlsx": Audience.ORGANISER,
    "/manage/events/<slug>/participants/<int:registration_id>": Audience.ORGANISER,
    "/manage/events/<slug>/participants/<int:registration_id>/edit": Audience.ORGANISER,
    "/manage/events/<slug>/participants/<int:registration_id>/files/<int:question_id>": Audience.ORGANISER,
    "/manage/events/<slug>/participants/add": Audience.ORGANISER,
    "/manage/events/<slug>/participants/decisions": Audience.ORGANISER,
    "/manage/events/<slug>/participants/organisations": Audience.ORGANISER,
    "/manage/events/<slug>/participants/organisations/<int:part_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/participants/rising": Audience.ORGANISER,
    "/manage/events/<slug>/people": Audience.ORGANISER,
    "/manage/events/<slug>/regions": Audience.ORGANISER,
    "/manage/events/<slug>/people/organisations": Audience.ORGANISER,
    "/manage/events/<slug>/people/organisations/<int:part_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/people/persons": Audience.ORGANISER,
    "/manage/events/<slug>/people/persons/<int:part_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/postponement": Audience.ORGANISER,
    "/manage/events/<slug>/practices": Audience.ORGANISER,
    "/manage/events/<slug>/practices/<int:use_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/publication": Audience.ORGANISER,
    "/manage/events/<slug>/publication/withdraw": Audience.ORGANISER,
    "/manage/events/<slug>/questions": Audience.ORGANISER,
    "/manage/events/<slug>/questions/<int:form_id>": Audience.ORGANISER,
    "/manage/events/<slug>/questions/<int:form_id>/add": Audience.ORGANISER,
    "/manage/events/<slug>/questions/<int:form_id>/preview": Audience.ORGANISER,
    "/manage/events/<slug>/questions/<int:form_id>/ready": Audience.ORGANISER,
    "/manage/events/<slug>/questions/<int:form_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/questions/items/<int:question_id>": Audience.ORGANISER,
    "/manage/events/<slug>/questions/items/<int:question_id>/place": Audience.ORGANISER,
    "/manage/events/<slug>/questions/items/<int:question_id>/retirement": Audience.ORGANISER,
    "/manage/events/<slug>/questions/items/<int:question_id>/return": Audience.ORGANISER,
    "/manage/events/<slug>/questions/new": Audience.ORGANISER,
    "/manage/events/<slug>/replies": Audience.ORGANISER,
    "/manage/events/<slug>/running-order.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/seats": Audience.ORGANISER,
    "/manage/events/<slug>/seats/policy": Audience.ORGANISER,
    "/manage/events/<slug>/seats/quotas": Audience.ORGANISER,
    "/manage/events/<slug>/seats/quotas/<int:quota_id>": Audience.ORGANISER,
    "/manage/events/<slug>/seats/quotas/<int:quota_id>/release": Audience.ORGANISER,
    "/manage/events/<slug>/sheets": Audience.ORGANISER,
    "/manage/events/<slug>/signature-sheet.pdf": Audience.ORGANISER,
    "/manage/events/<slug>/speakers": Audience.ORGANISER,
    "/manage/events/<slug>/speakers/<int:person_id>/link": Audience.ORGANISER,
    "/manage/events/<slug>/speakers/<int:person_id>/photo": Audience.ORGANISER,
    "/manage/events/<slug>/speakers/<int:person_id>/revocation": Audience.ORGANISER,
    "/manage/events/<slug>/speakers/deadline": Audience.ORGANISER,
    "/manage/events/<slug>/speakers/links": Audience.ORGANISER,
    "/manage/events/<slug>/speakers/reminders": Audience.ORGANISER,
    "/manage/events/<slug>/tables": Audience.ORGANISER,
    "/manage/events/<slug>/tables/<int:item_id>": Audience.ORGANISER,
    "/manage/events/<slug>/tables/<int:item_id>/closing": Audience.ORGANISER,
    "/manage/events/<slug>/tables/<int:item_id>/opening": Audience.ORGANISER,
    "/manage/events/<slug>/tables/<int:item_id>/removal": Audience.ORGANISER,
    "/manage/events/<slug>/tables/<int:item_id>/people": Audience.ORGANISER,
    "/manage/events/new": Audience.SIGNED_IN,
    "/manage/groups": Audience.ORGANISER,
    "/manage/groups/<slug>/messages": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/<int:mailing_id>": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/<int:mailing_id>/edit": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/<int:mailing_id>/removal": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/<int:mailing_id>/retry": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/<int:mailing_id>/sending": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/<int:mailing_id>/stop": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/<int:mailing_id>/trial": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/addresses": Audience.ORGANISER,
    "/manage/groups/<slug>/messages/new": Audience.ORGANISER,
    "/manage/feeds": Audience.ADMINISTRATOR,
    "/manage/feeds/fetches": Audience.ADMINISTRATOR,
    "/manage/mail": Audience.ADMINISTRATOR,
    "/manage/mail/<message_id>": Audience.ADMINISTRATOR,
    "/manage/mail/<message_id>.eml": Audience.ADMINISTRATOR,
    "/manage/mail/<message_id>/again": Audience.ADMINISTRATOR,
    "/manage/organisations": Audience.SIGNED_IN,
    "/manage/organisations/<slug>/edit": Audience.ORGANISER,
    "/manage/organisations/<slug>/embedding": Audience.ORGANISER,
    "/manage/organisations/<slug>/labels": Audience.ADMINISTRATOR,
    "/manage/organisations/<slug>/members": Audience.ORGANISER,
    "/manage/organisations/<slug>/members/<int:member_id>/end": Audience.ORGANISER,
    "/manage/organisations/<slug>/profile": Audience.ORGANISER,
    "/manage/organisations/new": Audience.SIGNED_IN,
    "/manage/needs/<public_id>": Audience.ORGANISER,
    "/manage/needs/new": Audience.SIGNED_IN,
    "/manage/events/<slug>/needs": Audience.ORGANISER,
    "/manage/events/<slug>/needs.csv": Audience.ORGANISER,
    "/manage/events/<slug>/needs/<public_id>/hidden": Audience.ORGANISER,
    "/manage/events/<slug>/needs/<public_id>/merged": Audience.ORGANISER,
    "/manage/events/<slug>/needs/<public_id>/shown": Audience.ORGANISER,
    "/manage/events/<slug>/needs/parts/<int:item_id>/gates": Audience.ORGANISER,
    "/manage/events/<slug>/needs/parts/<int:item_id>/link": Audience.ORGANISER,
    "/manage/services": Audience.SIGNED_IN,
    "/manage/services/<slug>": Audience.ORGANISER,
    "/manage/services/<slug>/naming": Audience.ORGANISER,
    "/manage/services/<slug>/pilots": Audience.ORGANISER,
    "/manage/services/<slug>/pilots/<int:pilot_id>": Audience.ORGANISER,
    "/manage/services/<slug>/pilots/<int:pilot_id>/removal": Audience.ORGANISER,
    "/manage/services/<slug>/progress": Audience.ORGANISER,
    "/manage/services/<slug>/steps": Audience.ORGANISER,
    "/manage/services/<slug>/removal": Audience.ORGANISER,
    "/manage/services/<slug>/uptakes": Audience.ORGANISER,
    "/manage/services/<slug>/uptakes/<int:uptake_id>": Audience.ORGANISER,
    "/manage/services/<slug>/uptakes/<int:uptake_id>/removal": Audience.ORGANISER,
    "/manage/services/new": Audience.SIGNED_IN,
    "/services": Audience.PUBLIC,
    "/services/<slug>": Audience.PUBLIC,
    "/needs": Audience.PUBLIC,
    "/needs/<public_id>": Audience.PUBLIC,
    "/needs/<public_id>/comments": Audience.ORGANISER,
    "/needs/<public_id>/comments/<int:comment_id>/removal": Audience.ORGANISER,
    "/needs/at/<table_token>": Audience.TOKEN,
    "/registrations/<token>/needs/<int:item_id>": Audience.TOKEN,
    "/manage/practices": Audience.SIGNED_IN,
    "/manage/practices/<slug>/adoption": Audience.SIGNED_IN,
    "/manage/studies": Audience.SIGNED_IN,
    "/manage/studies/<slug>": Audience.ORGANISER,
    "/manage/studies/<slug>/document": Audience.ORGANISER,
    "/manage/studies/<slug>/services/<int:service_id>": Audience.ORGANISER,
    "/manage/studies/<slug>/selection": Audience.ORGANISER,
    "/manage/studies/<slug>/selection/<practice_slug>": Audience.ORGANISER,
    "/manage/studies/<slug>/services/<int:service_id>/practice": Audience.ORGANISER,
    "/manage/studies/<slug>/services/<int:service_id>/removal": Audience.ORGANISER,
    "/manage/studies/<slug>/services/new": Audience.ORGANISER,
    "/manage/studies/new": Audience.SIGNED_IN,
    "/manage/practices/<slug>": Audience.ORGANISER,
    "/manage/practices/<slug>/interest": Audience.ORGANISER,
    "/manage/practices/<slug>/origin": Audience.ORGANISER,
    "/manage/practices/<slug>/publication": Audience.ORGANISER,
    "/manage/practices/<slug>/publication/removal": Audience.ORGANISER,
    "/manage/practices/new": Audience.SIGNED_IN,
    "/manage/practices/<slug>/authors": Audience.ORGANISER,
    "/manage/practices/<slug>/authors/<int:writer_id>/removal": Audience.ORGANISER,
    "/manage/practices/<slug>/authors/<int:writer_id>/request": Audience.ORGANISER,
    "/manage/practices/<slug>/message": Audience.ORGANISER,
    "/manage/practices/<slug>/files": Audience.ORGANISER,
    "/manage/practices/<slug>/files/<int:attachment_id>/removal": Audience.ORGANISER,
    "/manage/practices/<slug>/review": Audience.ORGANISER,
    "/manage/practices/<slug>/review/comments": Audience.ORGANISER,
    "/manage/practices/<slug>/review/comments/<int:remark_id>/settled": Audience.ORGANISER,
    "/manage/practices/<slug>/review/experts": Audience.ORGANISER,
    "/manage/practices/<slug>/review/experts/<int:expert_id>/removal": Audience.ORGANISER,
    "/manage/practices/<slug>/review/steps": Audience.ORGANISER,
    "/manage/practices/<slug>/versions": Audience.ORGANISER,
    "/manage/practices/<slug>/versions/<int:version_number>": Audience.ORGANISER,
    "/manage/practices/<slug>/versions/<int:version_number>/restoration": Audience.ORGANISER,
    "/manage/practices/drafts/<draft_place>": Audience.SIGNED_IN,
    "/manage/practices/drafts/<draft_place>/removal": Audience.SIGNED_IN,
    "/manage/practices/export.csv": Audience.SIGNED_IN,
    "/manage/practices/export.xlsx": Audience.SIGNED_IN,
    "/manage/practices/import": Audience.SIGNED_IN,
    "/manage/practices/import/done": Audience.SIGNED_IN,
    "/manage/practices/lengths": Audience.ADMINISTRATOR,
    "/manage/practices/preview": Audience.SIGNED_IN,
    "/manage/projects/<slug>/messages": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/<int:mailing_id>": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/<int:mailing_id>/edit": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/<int:mailing_id>/removal": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/<int:mailing_id>/retry": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/<int:mailing_id>/sending": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/<int:mailing_id>/stop": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/<int:mailing_id>/trial": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/addresses": Audience.ORGANISER,
    "/manage/projects/<slug>/messages/new": Audience.ORGANISER,
    "/manage/projects/<slug>/partners": Audience.ORGANISER,
    "/manage/series": Audience.SIGNED_IN,
    "/manage/series/<slug>": Audience.ORGANISER,
    "/manage/series/<slug>/comparison": Audience.ORGANISER,
    "/manage/series/<slug>/comparison.csv": Audience.ORGANISER,
    "/manage/series/<slug>/comparison.xlsx": Audience.ORGANISER,
    "/manage/series/new": Audience.SIGNED_IN,
    "/manage/board": Audience.SIGNED_IN,
    "/manage/board/<slug>": Audience.ORGANISER,
    "/manage/board/<slug>/answer": Audience.SIGNED_IN,
    "/manage/board/<slug>/closing": Audience.ORGANISER,
    "/manage/board/<slug>/message": Audience.SIGNED_IN,
    "/manage/board/<slug>/renewal": Audience.ORGANISER,
    "/manage/board/<slug>/replies/<int:reply_id>/removal": Audience.ORGANISER,
    "/manage/board/new": Audience.SIGNED_IN,
    "/manage/comments": Audience.SIGNED_IN,
    "/manage/comments/<int:comment_id>/decision": Audience.ORGANISER,
    "/manage/stories": Audience.SIGNED_IN,
    "/manage/stories.csv": Audience.SIGNED_IN,
    "/manage/stories/<slug>": Audience.ORGANISER,
    "/manage/stories/<slug>/authors": Audience.ORGANISER,
    "/manage/stories/<slug>/authors/<int:author_id>/name-removal": Audience.ORGANISER,
    "/manage/stories/<slug>/authors/<int:author_id>/removal": Audience.ORGANISER,
    "/manage/stories/<slug>/pictures": Audience.ORGANISER,
    "/manage/stories/<slug>/pictures/<int:picture_id>/removal": Audience.ORGANISER,
    "/manage/stories/<slug>/publication": Audience.ORGANISER,
    "/manage/stories/<slug>/removal": Audience.ORGANISER,
    "/manage/stories/<slug>/withdrawal": Audience.ORGANISER,
    "/manage/stories/new": Audience.SIGNED_IN,
    "/manage/venues": Audience.SIGNED_IN,
    "/manage/venues/<slug>/edit": Audience.ORGANISER,
    "/manage/venues/<slug>/rooms/<int:room_id>/free-busy.ifb": Audience.SIGNED_IN,
    "/manage/venues/new": Audience.SIGNED_IN,
    "/materials/<public_id>/<name>": Audience.PUBLIC,
    "/network": Audience.PUBLIC,
    "/news.atom": Audience.PUBLIC,
    "/organisations/<slug>": Audience.PUBLIC,
    "/organisations/<slug>/our-year": Audience.PUBLIC,
    "/organisations/<slug>/our-year.pdf": Audience.PUBLIC,
    "/organisations/<slug>/peers": Audience.PUBLIC,
    "/people": Audience.PUBLIC,
    "/people/<slug>": Audience.PUBLIC,
    "/adoptions/<adoption_token>": Audience.TOKEN,
    "/practices/exchanges": Audience.PUBLIC,
    "/practices/exchanges.csv": Audience.PUBLIC,
    "/studies": Audience.PUBLIC,
    "/studies/<slug>": Audience.PUBLIC,
    "/studies/<slug>/document": Audience.PUBLIC,
    "/studies/services": Audience.PUBLIC,
    "/practices": Audience.PUBLIC,
    "/practices/<slug>": Audience.PUBLIC,
    "/practices/<slug>.json": Audience.PUBLIC,
    "/practices/<slug>.pdf": Audience.PUBLIC,
    "/practices/<slug>/files/<int:attachment_id>": Audience.PUBLIC,
    "/practices/authors/<token>": Audience.TOKEN,
    "/practices/authors/<token>/agreement": Audience.TOKEN,
    "/practices/authors/<token>/withdrawal": Audience.TOKEN,
    "/practices/compare": Audience.PUBLIC,
    "/practices/<slug>/comments": Audience.PUBLIC,
    "/privacy": Audience.PUBLIC,
    "/projects/<slug>": Audience.PUBLIC,
    "/readyz": Audience.PUBLIC,
    "/registrations/<token>": Audience.TOKEN,
    "/registrations/<token>/cafe/<int:item_id>": Audience.TOKEN,
    "/registrations/<token>/certificate.pdf": Audience.TOKEN,
    "/registrations/<proof>/address": Audience.TOKEN,
    "/registrations/<token>/code.svg": Audience.TOKEN,
    "/registrations/<token>/companions": Audience.TOKEN,
    "/registrations/<token>/contacts": Audience.TOKEN,
    "/registrations/<token>/contacts/removal": Audience.TOKEN,
    "/registrations/<token>/data": Audience.TOKEN,
    "/registrations/<token>/edit": Audience.TOKEN,
    "/registrations/<token>/event.ics": Audience.TOKEN,
    "/registrations/<token>/fair/<int:item_id>": Audience.TOKEN,
    "/registrations/<token>/diary": Audience.TOKEN,
    "/registrations/<token>/diary.js": Audience.TOKEN,
    "/registrations/<token>/diary/changes": Audience.TOKEN,
    "/registrations/<token>/diary/shared": Audience.TOKEN,
    "/registrations/<token>/diary/stops/<int:item_id>": Audience.TOKEN,
    "/registrations/<token>/here": Audience.TOKEN,
    "/registrations/<token>/forms/<int:form_id>": Audience.TOKEN,
    "/registrations/<token>/files/<int:question_id>": Audience.TOKEN,
    "/registrations/<token>/hand-over": Audience.TOKEN,
    "/registrations/<token>/meetings": Audience.TOKEN,
    "/registrations/<token>/meetings.pdf": Audience.TOKEN,
    "/registrations/<token>/meetings/<int:meeting_id>/cancellation": Audience.TOKEN,
    "/registrations/<token>/meetings/<int:meeting_id>/outcome": Audience.TOKEN,
    "/registrations/<token>/meetings/leaving": Audience.TOKEN,
    "/registrations/<token>/meetings/people": Audience.TOKEN,
    "/registrations/<token>/meetings/profile": Audience.TOKEN,
    "/registrations/<token>/meetings/requests": Audience.TOKEN,
    "/registrations/<token>/meetings/requests/<int:request_id>/acceptance": Audience.TOKEN,
    "/registrations/<token>/meetings/requests/<int:request_id>/refusal": Audience.TOKEN,
    "/registrations/<token>/meetings/requests/<int:request_id>/withdrawal": Audience.TOKEN,
    "/registrations/<token>/offer": Audience.TOKEN,
    "/registrations/<token>/offer/refusal": Audience.TOKEN,
    "/registrations/<token>/mail": Audience.TOKEN,
    "/registrations/<token>/outputs": Audience.TOKEN,
    "/registrations/<token>/pitches/<int:item_id>": Audience.TOKEN,
    "/registrations/<token>/privacy": Audience.TOKEN,
    "/registrations/<token>/roadbook": Audience.TOKEN,
    "/registrations/<token>/roadbook.js": Audience.TOKEN,
    "/registrations/<token>/roadbook.pdf": Audience.TOKEN,
    "/registrations/<token>/tables": Audience.TOKEN,
    "/registrations/<token>/feedback/<int:form_id>": Audience.TOKEN,
    "/registrations/<token>/withdrawal": Audience.TOKEN,
    "/robots.txt": Audience.PUBLIC,
    "/search": Audience.PUBLIC,
    "/sectors/<sector_id>": Audience.PUBLIC,
    "/series/<slug>": Audience.PUBLIC,
    "/series/<slug>/next": Audience.PUBLIC,
    "/sign-in": Audience.PUBLIC,
    "/sign-in/<secret>": Audience.TOKEN,
    "/sign-in/link": Audience.PUBLIC,
    "/sign-out": Audience.PUBLIC,
    "/sitemap.xml": Audience.PUBLIC,
    "/speakers/photos/<photo_id>": Audience.PUBLIC,
    "/speaking/<speaker_token>": Audience.TOKEN,
    "/speaking/<speaker_token>/answer": Audience.TOKEN,
    "/speaking/<speaker_token>/data": Audience.TOKEN,
    "/speaking/<speaker_token>/needs": Audience.TOKEN,
    "/speaking/<speaker_token>/photo": Audience.TOKEN,
    "/speaking/<speaker_token>/profile": Audience.TOKEN,
    "/speaking/<speaker_token>/slides": Audience.TOKEN,
    "/speaking/<speaker_token>/slides/<int:material_id>": Audience.TOKEN,
    "/speaking/<speaker_token>/slides/<int:material_id>/removal": Audience.TOKEN,
    "/speaking/<slots_token>/slots.ics": Audience.TOKEN,
    "/static/<path:filename>": Audience.PUBLIC,
    "/stories": Audience.PUBLIC,
    "/stories.atom": Audience.PUBLIC,
    "/stories/<slug>": Audience.PUBLIC,
    "/stories/<slug>/comments": Audience.PUBLIC,
    "/stories/<slug>/video": Audience.PUBLIC,
    "/stories/authors/<author_token>": Audience.TOKEN,
    "/stories/pictures/<picture_id>": Audience.PUBLIC,
    "/subscribe": Audience.PUBLIC,
    "/subscribe/code.svg": Audience.PUBLIC,
    "/unsubscribe/<token>": Audience.TOKEN,
    "/venues": Audience.PUBLIC,
    "/venues/<slug>": Audience.PUBLIC,
}
REFUSED = {403, 404}
USUAL_METHODS = {"GET", "HEAD", "OPTIONS", "POST"}
# with quotes and brackets that would leave an attribute or an element, and with what templates would reckon
HOSTILE = "'\"><zz onx=1></script>{{7*7}}"
CSRF_FIELD = re.compile(r"<input[^>]*csrf_token[^>]*>")
# rows that tell of a refusal or of a try are meant to be written
# who saw the names for a gate, which a guest organisation may, is on the record
NOTED_READS = {"/manage/events/<slug>/gate-list", "/manage/events/<slug>/gate-list.pdf"}
NOTES = {"audit_entry", "sign_in_try"}


@pytest.fixture
def world(database: Session) -> World:
    return make_world()


def rules(app: Flask, *, readable: bool) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        methods = rule.methods or set()
        if ("GET" in methods) if readable else ("POST" in methods):
            yield rule


def sign_in_as(client: FlaskClient, email: str) -> None:
    account_id = db.session.scalar(select(Account.id).where(Account.email_key == email))
    assert account_id
    sign_in(client, account_id)


def rows(*, without: set[str] = NOTES) -> dict[str, list[str]]:
    """Everything that the tables hold."""
    return {
        table.name: sorted(map(str, db.session.execute(select(*map(_readable, table.columns)))))
        for table in (*Base.metadata.sorted_tables, search_document)
        if table.name not in without
    }


def _readable(column: Column[Any]) -> Any:
    return column if isinstance(column.type, LargeBinary) else cast(column, Text)


def token_for(client: FlaskClient) -> str:
    return (
        hidden_values(client.get("/about").text).get("csrf_token")
        or hidden_values(client.get("/sign-in").text)["csrf_token"]
    )


def test_every_address_has_a_declared_audience(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(AUDIENCES)
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == USUAL_METHODS | set(DAV_METHODS)
    unusual = {rule.endpoint for rule in app.url_map.iter_rules() if (rule.methods or set()) - USUAL_METHODS}
    assert unusual == {"caldav.discover", "caldav.answer"}


@pytest.mark.parametrize("who", ["nobody", "foreigner", "organiser", "administrator"])
def test_every_page_answers_its_audience_and_nobody_else(
    app: Flask, client: FlaskClient, world: World, who: str
) -> None:
    if who == "administrator":
        sign_in_administrator(client)
    elif who != "nobody":
        sign_in_as(client, f"{who}@filo.example")
    for rule in rules(app, readable=True):
        answer, audience = client.get(world.path(rule)), AUDIENCES[rule.rule]
        if audience in {Audience.PUBLIC, Audience.TOKEN}:
            assert answer.status_code < 400, rule.rule
        elif audience is Audience.OWNER:
            assert answer.status_code in ({303} if who == "nobody" else REFUSED), rule.rule
        elif who == "nobody":
            assert answer.status_code == 303, rule.rule
            inside = ("/manage", "/delegations", "/groups")
            assert answer.location.startswith(tuple(f"/sign-in?next={one}" for one in inside)), rule.rule
            assert client.head(world.path(rule)).status_code in {303, *REFUSED}, rule.rule
        elif audience in {Audience.SIGNED_IN, Audience.SENDER} or who == "administrator":
            may_lack = {404} if rule.rule.endswith(".eml") else set()  # the file is there once the mail was sent
            assert answer.status_code in {200} | may_lack, rule.rule
        elif audience is Audience.ORGANISER and who == "organiser":
            assert answer.status_code == 200, rule.rule
        else:
            assert answer.status_code in REFUSED, rule.rule


@pytest.mark.parametrize("who", ["nobody", "foreigner"])
def test_what_is_sent_by_others_is_refused_and_changes_nothing(
    app: Flask, client: FlaskClient, world: World, who: str
) -> None:
    if who == "foreigner":
        sign_in_as(client, "foreigner@filo.example")
    token, before = token_for(client), rows()
    for rule in rules(app, readable=False):
        audience = AUDIENCES[rule.rule]
        if audience in {Audience.ORGANISER, Audience.ADMINISTRATOR, Audience.SENDER, Audience.OWNER}:
            answer = client.post(world.path(rule), data={"csrf_token": token, "reason": "Because"})
            refused = REFUSED | {422} if audience is Audience.SENDER else REFUSED
            assert answer.status_code in refused, (rule.rule, answer.status_code)
    assert rows() == before


def test_a_form_without_its_token_changes_nothing(app: Flask, client: FlaskClient, world: World) -> None:
    sign_in_administrator(client)
    before = rows(without=set())
    for rule in rules(app, readable=False):
        for data in ({}, {"csrf_token": "forged"}):
            assert client.post(world.path(rule), data=data).status_code == 400, rule.rule
    assert rows(without=set()) == before


def test_reading_changes_nothing(app: Flask, client: FlaskClient, world: World) -> None:
    sign_in_administrator(client)
    before = rows(without=set())
    for rule in rules(app, readable=True):
        if rule.rule not in NOTED_READS:
            client.get(world.path(rule))
    assert rows(without=set()) == before


@pytest.mark.parametrize("rule", sorted(NOTED_READS))
def test_reading_the_names_for_a_gate_is_on_the_record_and_changes_nothing_else(
    app: Flask, client: FlaskClient, world: World, rule: str
) -> None:
    sign_in_administrator(client)
    before, noted = rows(without={"audit_entry"}), len(rows(without=set())["audit_entry"])
    (found,) = [one for one in rules(app, readable=True) if one.rule == rule]
    assert client.get(world.path(found)).status_code == 200
    assert rows(without={"audit_entry"}) == before
    assert len(rows(without=set())["audit_entry"]) == noted + 1


def test_an_object_of_another_event_is_not_found(client: FlaskClient, world: World) -> None:
    """Ids in an address belong to what stands before them, even for somebody who manages both."""
    other = make_event("Other", organiser=world.organiser, slug="other")
    sign_in_as(client, "organiser@filo.example")
    token, before = token_for(client), rows()
    names = world.names
    people, forum = f"/manage/events/{world.slug}/people", f"/manage/events/{world.slug}/forum"
    tails = [
        f"agenda/items/{names['item_id']}/removal",
        f"agenda/items/{names['item_id']}/room",
        f"agenda/items/{names['item_id']}/overrulings",
        f"check-in/links/{names['link_id']}/revocation",
        f"check-in/lists/{names['list_key']}/code",
        f"check-in/people/{names['registration_id']}/place",
        f"invitations/{names['invitation_id']}/revocation",
        f"invitations/codes/{names['code_id']}/removal",
        f"invitations/lists/{names['list_id']}/removal",
        f"invitations/lists/{names['list_id']}/sending",
        f"participants/{names['registration_id']}/edit",
        f"participants/organisations/{names[people + '/organisations/']}/removal",
        f"seats/quotas/{names['quota_id']}/release",
        f"people/organisations/{names[people + '/organisations/']}/removal",
        f"people/persons/{names[people + '/persons/']}/removal",
        f"practices/{names['use_id']}/removal",
        f"forum/cafe/{names[forum + '/cafe/']}/seating",
        f"forum/cafe/{names[forum + '/cafe/']}/tables/{names['table_id']}/link",
        f"forum/tables/{names[forum + '/tables/']}/link",
        f"forum/cafe/{names[forum + '/cafe/']}/notes/{names['note_id']}/removal",
        f"forum/pitches/{names[forum + '/pitches/']}/list/{names['pitch_id']}/removal",
        f"forum/fair/{names[forum + '/fair/']}/stands/{names['stand_id']}/removal",
        f"forum/review/findings/{names['finding_id']}/removal",
        f"questions/{names['form_id']}/removal",
        f"questions/{names['form_id']}/ready",
        f"questions/items/{names['question_id']}/place",
        f"questions/items/{names['question_id']}/retirement",
        f"questions/items/{names['question_id']}/return",
        f"materials/{names['material_id']}/removal",
        f"materials/{names['material_id']}/earlier",
        f"materials/{names['material_id']}/publication",
        f"materials/{names['material_id']}/publication/removal",
    ]
    for tail in tails:
        answer = client.post(
            f"/manage/events/{other.slug}/{tail}",
            data={"csrf_token": token, "reason": "Because", "warning": "no_pause", "permission_by": "Eva"},
        )
        assert answer.status_code == 404, tail
    assert client.get(f"/manage/events/{other.slug}/agenda/items/{names['item_id']}").status_code == 404
    assert rows() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
        lambda token: token.upper(),
        lambda token: token + "0",
        lambda token: token.partition(".")[0],
        lambda token: token.partition(".")[0] + ".%C3%A9",  # compare_digest refuses text that is not ASCII
        lambda token: "%ED%A0%80." + token.partition(".")[2],
        lambda token: "..%2f..%2fsecret_key",
    ],
)
def test_a_forged_link_opens_nothing(client: FlaskClient, change: object) -> None:
    assert callable(change)
    link = links.token(join(make_event().id, "ada"))
    assert client.get(f"/registrations/{link}").status_code == 200
    forged = change(link)
    for tail in ("", "/edit", "/event.ics"):
        assert client.get(f"/registrations/{forged}{tail}").status_code == 404
    assert client.get(f"/sign-in/{forged}").status_code in {404, 409}


class Page(HTMLParser):
    """What a browser would take for elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.scripts_without_address = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        is_data = dict(attrs).get("type") == "application/ld+json"
        self.scripts_without_address += tag == "script" and "src" not in dict(attrs) and not is_data


def check_page(address: str, answer: TestResponse) -> None:
    """No script, style or handler stands in the page, and its policy would not run one."""
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'"):
        assert part in policy, address
    assert "script-src 'self'" in policy or "script-src" not in policy, address  # a page without needs no script
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff", address
    page = Page(answer.text)
    assert not page.scripts_without_address, address
    assert not page.elements & {"style", "zz", "base", "iframe", "object", "embed"}, address
    for name, value in page.attributes:
        assert name != "style", address
        assert not name.startswith("on"), (address, name)
        assert not value.strip().lower().startswith(("javascript:", "data:")), (address, value)


def test_hostile_text_stays_text_on_every_page(app: Flask, client: FlaskClient, world: World) -> None:
    write_everywhere(HOSTILE)
    sign_in_administrator(client)
    told = 0
    for rule in rules(app, readable=True):
        answer = client.get(f"{world.path(rule)}?lang=de")
        if answer.mimetype == "text/html":
            check_page(rule.rule, answer)
            told += "{{7*7}}" in answer.text
    assert told > 40  # the text does stand there


@pytest.mark.parametrize("view", ["list", "month", "map"])
def test_hostile_text_stays_text_on_every_view_of_the_list(client: FlaskClient, world: World, view: str) -> None:
    write_everywhere(HOSTILE)
    for query in (f"view={view}", f"view={view}&q={HOSTILE}", f"view={view}&place={HOSTILE}&kind={HOSTILE}"):
        answer = client.get("/events", query_string=query)
        assert answer.status_code == 200
        check_page(query, answer)


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/manage/venues", "/manage/venues"),
        ("/events?q=//evil.example", "/events?q=//evil.example"),
        *(
            (target, "/manage")
            for target in (
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "https:evil.example",
                "javascript:alert(1)",
                "\t//evil.example",
                "/\t/evil.example",
                "/manage\r\nSet-Cookie: x=1",
                "/nowhere",
                "/ü",
                "",
            )
        ),
    ],
)
def test_a_sign_in_leads_to_our_own_pages_only(client: FlaskClient, target: str, leads_to: str) -> None:
    actor = make_manager(make_organisation("Organiser"))
    assert actor.account_id
    secret = accounts.issue_link(actor.account_id, now=datetime.now(UTC))
    data = hidden_values(client.get("/sign-in").text) | {"next": target}
    answer = client.post(f"/sign-in/{secret}", data=data)
    assert (answer.status_code, answer.location) == (303, leads_to)
    assert client.get("/sign-in", query_string={"next": target}).location == leads_to


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("localhost:8000@evil.example", 400),
        ("localhost:evil", 400),
        ("localhost, evil.example", 400),
        ("", 400),
    ],
)
def test_only_our_own_hosts_are_answered(client: FlaskClient, host: str, status: int) -> None:
    for path in ("/events", "/events.ics"):
        assert client.get(path, environ_overrides={"HTTP_HOST": host}).status_code == status


def test_health_is_told_to_whoever_asks_by_number(client: FlaskClient) -> None:
    elsewhere = {"HTTP_HOST": "10.0.0.7:8000"}
    for path in ("/healthz", "/readyz"):
        assert client.get(path, environ_overrides=elsewhere).status_code == 200
        assert client.head(path, environ_overrides=elsewhere).status_code == 200
        assert client.post(path, environ_overrides=elsewhere).status_code == 400
    assert client.get("/healthz/", environ_overrides=elsewhere).status_code == 400


def test_forwarded_headers_of_strangers_move_nothing(client: FlaskClient, world: World) -> None:
    lies = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    for path in ("/events", "/events.ics", "/manage", f"/events/{world.slug}"):
        answer = client.get(path, headers=lies)
        assert "evil.example" not in answer.text + str(answer.headers)


@pytest.fixture
def limited(config: Config, world: World) -> Iterator[FlaskClient]:
    """A client of an installation that keeps its limits."""
    yield create_app(replace(config, rate_limits=True)).test_client()
    limiter.reset()
    limiter.enabled = False


def test_a_class_behind_one_router_registers_and_a_flood_does_not(limited: FlaskClient, world: World) -> None:
    path = f"/events/{world.slug}/register"
    form = hidden_values(limited.get(path).text)
    person = {
        "given_name": "Ada",
        "family_name": "Esempio",
        "organisation": "X",
        "org_type": "company",
        "country": "IT",
    }
    for number in range(40):
        sent = form | person | {"email": f"{number}@x.example", "privacy": "y", "form_key": f"{number:032}"}
        assert [limited.post(path, data=sent).status_code for _ in range(2)] == [303, 303]
    lies = [{"X-Forwarded-For": f"192.0.2.{number}", "X-Real-IP": f"192.0.2.{number}"} for number in range(41)]
    flood = [limited.post("/events/nowhere/register", headers=headers) for headers in lies]
    assert [answer.status_code for answer in flood] == [404] * 40 + [429]
    assert flood[-1].headers["Retry-After"]
    kept = limited.post(path, data=form | person | {"email": "ada@x.example", "given_name": "<b>Ada</b>"})
    assert (kept.status_code, 0 < int(kept.headers["Retry-After"]) <= 3601) == (429, True)
    assert "what you typed is still here" in kept.text
    for typed in ('value="ada@x.example"', 'value="&lt;b&gt;Ada&lt;/b&gt;"', form["form_key"]):
        assert typed in kept.text
    assert "what you typed" not in limited.get(path).text


def test_a_client_is_a_network_where_one_customer_has_one(app: Flask) -> None:
    def client(address: str) -> str:
        with app.test_request_context(environ_overrides={"REMOTE_ADDR": address}):
            return present_client()

    assert client("2001:db8::1") == client("2001:db8::ffff") != client("2001:db8:0:1::1")
    assert client("192.0.2.1") != client("192.0.2.2")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/events/%00", 404),
        ("GET", "/static/../config.py", 404),
        ("GET", "/static/..%2f..%2fconfig.py", 404),
        ("GET", "/static//etc/passwd", 308),
        ("GET", "/.git/config", 404),
        ("GET", "/manage/mail/..%2f..%2fsecret_key.eml", 404),
        ("PUT", "/events", 405),
        ("TRACE", "/events", 405),
        ("DELETE", "/events/visit", 405),
        ("GET", "/sign-out", 405),
    ],
)
def test_errors_are_pages_without_a_trace(client: FlaskClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "werkzeug" not in answer.text.lower()


def test_too_large_a_form_is_refused(client: FlaskClient, world: World) -> None:
    for path in ("/sign-in", f"/events/{world.slug}/register"):
        answer = client.post(path, data={"email": "a" * 1_000_001})
        assert answer.status_code == 413
        check_page(path, answer)


def test_what_breaks_is_a_page_without_a_trace(config: Config) -> None:
    app = create_app(replace(config, testing=False))

    @app.get("/breaks")
    def breaks() -> str:
        raise RuntimeError("a secret of the inside")

    answer = app.test_client().get("/breaks")
    assert answer.status_code == 500
    assert "secret of the inside" not in answer.text
    assert "Traceback" not in answer.text
    check_page("/breaks", answer)


LONG = "9" * 4000
DEAR = [
    *(f"/events?page={value}" for value in ("-1", "0", "1e9", LONG, "%00", "٣")),
    *(f"/events?past={value}" for value in ("-1", LONG)),
    *(f"/events?view=month&month={value}" for value in ("9999-99", "0000-00", "9999-12", "0001-01", LONG, "%00")),
    *(f"/search?q={value}" for value in ("a" * 5000, "%22*", "%27 OR NEAR(", "%00", "%ff", "(" * 500, "a " * 2000)),
    *(f"/events?q={value}" for value in ("%22*", "-", "NEAR(a b)", "%ED%A0%80", "a" * 5000)),
    *(f"/people?page={value}" for value in ("-1", LONG)),
    *(f"/practices?page={value}" for value in ("-1", LONG)),
    *(f"/manage?page={value}" for value in ("-1", "٣", LONG)),
    *(f"/manage/mail?page={value}" for value in ("-1", "1e9", LONG)),
    "/manage/mail?to=%00",
    *(f"/manage/events/visit/participants?after={value}" for value in ("-1", "٣", LONG)),
    "/manage/events/visit/participants?q=%00&place=x",
    f"/manage/events/visit/agenda/items/{LONG}",
]


def test_expensive_questions_are_answered_soon_and_never_break(client: FlaskClient, world: World) -> None:
    sign_in_administrator(client)
    for address in DEAR:
        began = time.monotonic()
        assert client.get(address).status_code < 500, address
        assert time.monotonic() - began < 5, address


def test_what_a_database_refuses_never_reaches_it(client: FlaskClient, world: World) -> None:
    form = {"content_type": "application/x-www-form-urlencoded"}
    for path in ("/sign-in", "/sign-in/link", f"/events/{world.slug}/register"):
        for evil in ("a%00@x.example", "a%ED%A0%80@x.example", "%00"):
            body = f"csrf_token={token_for(client)}&password={evil}&email={evil}&given_name={evil}"
            assert client.post(path, data=body, **form).status_code in {200, 422}, path
    for path in ("/events", "/events.ics", "/people", "/network", "/practices", "/groups", "/venues", "/search"):
        for name in ("q", "place", "sector", "country", "group", "project", "language", "organisation", "aim", "kind"):
            for evil in ("%00", "%ED%A0%80", "2147483648", "9" * 30):
                assert client.get(f"{path}?{name}={evil}").status_code < 500, (path, name, evil)


def test_fields_that_a_form_does_not_have_change_nothing(client: FlaskClient, world: World) -> None:
    path = f"/registrations/{world.names['token']}/edit"
    html = client.get(path).text
    extra = {"email": "evil@x.example", "place": "confirmed", "number": "0", "allotment_id": "9", "id": "9"}
    person = {"given_name": "Eva", "family_name": "E", "organisation": "X", "org_type": "company", "country": "IT"}
    before = rows()["registration"]
    assert client.post(path, data=hidden_values(html) | person | extra).status_code == 303
    assert "evil@x.example" not in str(rows()["registration"])
    after = rows()["registration"]
    assert "'Eva'" in str(after)
    assert len(after) == len(before)


def test_pages_of_one_person_stay_with_that_person(client: FlaskClient, world: World) -> None:
    for tail in ("", "/edit", "/event.ics"):
        answer = client.get(f"/registrations/{world.names['token']}{tail}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r'(?:src|href)="https?://(?!localhost)', answer.text)


def test_under_https_cookies_are_bound_to_the_host(config: Config) -> None:
    app = create_app(replace(config, public_url="https://filo.example"))
    answer = app.test_client().get("/sign-in", base_url="https://filo.example")
    assert answer.headers["Strict-Transport-Security"]
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-filo=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_an_account_is_not_told_apart_from_none(client: FlaskClient, database: Session) -> None:
    make_account("known@filo.example")
    pages = []
    for email in ("known@filo.example", "nobody@filo.example"):
        data = hidden_values(client.get("/sign-in").text) | {"email": email, "password": "wrong-password"}
        answers = [client.post("/sign-in", data=data), client.post("/sign-in/link", data=data)]
        pages.append([(one.status_code, CSRF_FIELD.sub("", one.text.replace(email, ""))) for one in answers])
    assert pages[0] == pages[1]
