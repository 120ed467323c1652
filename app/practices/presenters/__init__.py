"""Practices as pages, papers and tables show them."""

from __future__ import annotations

from app.practices.presenters.page import comparison as comparison
from app.practices.presenters.page import page_of as page_of
from app.practices.presenters.papers import json_of as json_of
from app.practices.presenters.papers import paper as paper
from app.practices.presenters.review import named_changes as named_changes
from app.practices.presenters.review import parts_of_form as parts_of_form
from app.practices.presenters.review import previews_of as previews_of
from app.practices.presenters.review import review_parts as review_parts
