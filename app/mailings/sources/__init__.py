"""What each lower room gives to mailings: audiences, and what placeholders stand for."""

from __future__ import annotations

from app.mailings.sources import certificates as certificates
from app.mailings.sources import feedback as feedback
from app.mailings.sources import invitations as invitations
from app.mailings.sources import materials as materials
from app.mailings.sources import network as network
from app.mailings.sources import presence as presence
from app.mailings.sources import registration as registration
from app.mailings.sources import speakers as speakers
from app.mailings.sources import words as words
