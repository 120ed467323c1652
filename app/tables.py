"""Every table, so that migrations and a mapper that is asked early know all of them."""

from __future__ import annotations

from app.accounts import models as accounts
from app.agenda import models as agenda
from app.audit import models as audit
from app.board import models as board
from app.certificates import models as certificates
from app.changes import models as changes
from app.diaries import models as diaries
from app.embedding import models as embedding
from app.events import models as events
from app.feedback import models as feedback
from app.feeds import models as feeds
from app.fetches import models as fetches
from app.files import models as files
from app.forums import models as forums
from app.freebusy import models as freebusy
from app.invitations import models as invitations
from app.jobs import models as jobs
from app.mail import models as mail
from app.mailings import models as mailings
from app.materials import models as materials
from app.meetings import models as meetings
from app.needs import models as needs
from app.network import models as network
from app.news import models as news
from app.personal import models as personal
from app.pilots import models as pilots
from app.planning import models as planning
from app.plans import models as plans
from app.practices import models as practices
from app.presence import models as presence
from app.profiles import models as profiles
from app.questions import models as questions
from app.registration import models as registration
from app.replies import models as replies
from app.search import models as search
from app.speakers import models as speakers
from app.stories import models as stories
from app.studies import models as studies
from app.subgroups import models as subgroups
from app.transfers import models as transfers
from app.venues import models as venues
from app.visits import models as visits

ROOMS = (
    accounts,
    agenda,
    audit,
    board,
    certificates,
    changes,
    diaries,
    embedding,
    events,
    feedback,
    feeds,
    fetches,
    files,
    forums,
    freebusy,
    invitations,
    jobs,
    mail,
    mailings,
    materials,
    meetings,
    needs,
    network,
    news,
    personal,
    pilots,
    planning,
    plans,
    practices,
    presence,
    profiles,
    questions,
    registration,
    replies,
    search,
    speakers,
    stories,
    studies,
    subgroups,
    transfers,
    venues,
    visits,
)
