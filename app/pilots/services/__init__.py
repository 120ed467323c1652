"""The verbs of services, their pilots and who took them up."""

from __future__ import annotations

from app.pilots.services.naming import deny as deny
from app.pilots.services.naming import named_ids as named_ids
from app.pilots.services.progressing import correct_uptake as correct_uptake
from app.pilots.services.progressing import keep_pilot as keep_pilot
from app.pilots.services.progressing import move as move
from app.pilots.services.progressing import note_uptake as note_uptake
from app.pilots.services.progressing import remove_pilot as remove_pilot
from app.pilots.services.progressing import remove_uptake as remove_uptake
from app.pilots.services.shared import editing_ids as editing_ids
from app.pilots.services.shared import input_of as input_of
from app.pilots.services.telling import DENIED as DENIED
from app.pilots.services.telling import NAMED as NAMED
from app.pilots.services.telling import OVERDUE as OVERDUE
from app.pilots.services.telling import tell_overdue as tell_overdue
from app.pilots.services.writing import edit as edit
from app.pilots.services.writing import propose as propose
from app.pilots.services.writing import remove as remove
