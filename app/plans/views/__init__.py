"""The pages of groups' plans, consultations, actions and meta-districts."""

from app.plans.views import actions, consultations, districts, documents, drafts, groups, listing, public, typing
from app.plans.views.frame import inside

_ADDED_BY = (actions, consultations, districts, documents, drafts, typing)  # their pages stand on `inside`
BLUEPRINTS = (listing.bp, public.bp, consultations.guests, inside, groups.bp)
