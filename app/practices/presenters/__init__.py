"""Practices as pages, papers and tables show them."""

from __future__ import annotations

from app.practices.presenters.origin import beside_services as beside_services
from app.practices.presenters.origin import other_outcomes as other_outcomes
from app.practices.presenters.origin import outcomes_of as outcomes_of
from app.practices.presenters.page import comparison as comparison
from app.practices.presenters.page import page_of as page_of
from app.practices.presenters.papers import json_of as json_of
from app.practices.presenters.papers import paper as paper
from app.practices.presenters.review import named_changes as named_changes
from app.practices.presenters.review import parts_of_form as parts_of_form
from app.practices.presenters.review import previews_of as previews_of
from app.practices.presenters.review import review_parts as review_parts
from app.practices.presenters.thread import thread_of as thread_of
from app.practices.presenters.waiting import waiting_practices as waiting_practices
