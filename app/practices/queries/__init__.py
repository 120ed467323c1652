"""Every SELECT about practices."""

from __future__ import annotations

from app.practices.queries.finding import Found as Found
from app.practices.queries.finding import by_slugs as by_slugs
from app.practices.queries.finding import choices as choices
from app.practices.queries.finding import conditions as conditions
from app.practices.queries.finding import countries as countries
from app.practices.queries.finding import country as country
from app.practices.queries.finding import events_of as events_of
from app.practices.queries.finding import knows_owner as knows_owner
from app.practices.queries.finding import knows_sector as knows_sector
from app.practices.queries.finding import practice as practice
from app.practices.queries.finding import practice_for_page as practice_for_page
from app.practices.queries.finding import practice_id as practice_id
from app.practices.queries.finding import practice_of_form as practice_of_form
from app.practices.queries.finding import public_name_of as public_name_of
from app.practices.queries.finding import published as published
from app.practices.queries.finding import region as region
from app.practices.queries.finding import regions as regions
from app.practices.queries.finding import same_use as same_use
from app.practices.queries.finding import slug_is_taken as slug_is_taken
from app.practices.queries.finding import to_compare as to_compare
from app.practices.queries.finding import use as use
from app.practices.queries.finding import used_in as used_in
from app.practices.queries.finding import uses_at as uses_at
from app.practices.queries.finding import with_whole_form as with_whole_form
from app.practices.queries.finding import written_by as written_by
from app.practices.queries.reviewing import changes_of as changes_of
from app.practices.queries.reviewing import comments_of as comments_of
from app.practices.queries.reviewing import experts_of as experts_of
from app.practices.queries.reviewing import latest_by as latest_by
from app.practices.queries.reviewing import lengths as lengths
from app.practices.queries.reviewing import parties_of as parties_of
from app.practices.queries.reviewing import to_change as to_change
from app.practices.queries.reviewing import version as version
from app.practices.queries.reviewing import versions_of as versions_of
from app.practices.queries.reviewing import waiting_for as waiting_for
