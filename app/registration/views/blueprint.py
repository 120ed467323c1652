from __future__ import annotations

from flask import Blueprint

bp = Blueprint("registration", __name__)

# a class of 40 behind one router, each pressing twice, stays below
PER_CLIENT = "120/minute; 1200/hour"
PER_EVENT = "3000/minute"
