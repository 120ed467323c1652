"""The verbs of practices."""

from __future__ import annotations

from app.practices.services.attaching import attach as attach
from app.practices.services.attaching import detach as detach
from app.practices.services.authoring import add_author as add_author
from app.practices.services.authoring import agree as agree
from app.practices.services.authoring import ask_author as ask_author
from app.practices.services.authoring import remove_author as remove_author
from app.practices.services.authoring import withdraw as withdraw
from app.practices.services.contacting import forget_contacts as forget_contacts
from app.practices.services.contacting import write_to as write_to
from app.practices.services.drafting import drop_draft as drop_draft
from app.practices.services.drafting import forget_drafts as forget_drafts
from app.practices.services.drafting import keep_draft as keep_draft
from app.practices.services.importing import carry_out as carry_out
from app.practices.services.importing import read_in as read_in
from app.practices.services.moving import publish as publish
from app.practices.services.moving import take_back as take_back
from app.practices.services.moving import take_step as take_step
from app.practices.services.moving import what_is_missing as what_is_missing
from app.practices.services.origin import identify as identify
from app.practices.services.origin import set_origin as set_origin
from app.practices.services.reading import reindex as reindex
from app.practices.services.reviewing import ask_expert as ask_expert
from app.practices.services.reviewing import comment as comment
from app.practices.services.reviewing import release_expert as release_expert
from app.practices.services.reviewing import set_lengths as set_lengths
from app.practices.services.reviewing import settle as settle
from app.practices.services.using import record_use as record_use
from app.practices.services.using import remove_use as remove_use
from app.practices.services.writing import add as add
from app.practices.services.writing import edit as edit
from app.practices.services.writing import restore as restore
