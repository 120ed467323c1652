"""Every table, so that migrations and a mapper that is asked early know all of them."""

from __future__ import annotations

from app.accounts import models as accounts
from app.agenda import models as agenda
from app.audit import models as audit
from app.changes import models as changes
from app.events import models as events
from app.feeds import models as feeds
from app.jobs import models as jobs
from app.mail import models as mail
from app.network import models as network
from app.practices import models as practices
from app.registration import models as registration
from app.venues import models as venues

ROOMS = (accounts, agenda, audit, changes, events, feeds, jobs, mail, network, practices, registration, venues)
