"""Times, rooms and people of an agenda: what cannot be, and what somebody should know."""

from __future__ import annotations

from enum import StrEnum


class ItemKind(StrEnum):
    REGISTRATION = "registration"
    WELCOME = "welcome"
    KEYNOTE = "keynote"
    PRACTICE_PRESENTATION = "practice_presentation"
    WORKING_TABLE = "working_table"
    NEEDS_SESSION = "needs_session"
    PROPOSALS_SESSION = "proposals_session"
    NETWORKING = "networking"
    BREAK = "break"
    MEAL = "meal"
    SITE_VISIT = "site_visit"
    TRANSFER = "transfer"
    WORLD_CAFE = "world_cafe"
    FAIR = "fair"
    PITCH = "pitch"
    PEER_REVIEW = "peer_review"
    B2B_BLOCK = "b2b_block"
    DEBRIEF = "debrief"
    CLOSING = "closing"


PAUSES = frozenset({ItemKind.BREAK, ItemKind.MEAL, ItemKind.NETWORKING})


class AgendaRole(StrEnum):
    SPEAKER = "speaker"
    INVITED_EXPERT = "invited_expert"
    MODERATOR = "moderator"
    RAPPORTEUR = "rapporteur"
    TABLE_HOST = "table_host"
    INTERPRETER = "interpreter"


class TravelMode(StrEnum):
    COACH = "coach"
    TRAIN = "train"
    FOOT = "foot"
    CAR = "car"
    SHIP = "ship"
    PLANE = "plane"


class PhotoPolicy(StrEnum):
    ALLOWED = "allowed"
    ASK = "ask"
    FORBIDDEN = "forbidden"
