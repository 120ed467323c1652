"""The rows of each format."""

from app.forums.models.cafe import Cafe, CafeNote, CafeRound, CafeSeat, CafeTable
from app.forums.models.contacts import ContactCard
from app.forums.models.fair import FairStand, StandInterest
from app.forums.models.outputs import TableOutput
from app.forums.models.pitches import Pitch, PitchSession, PitchVote
from app.forums.models.review import PeerReview, Reviewer, ReviewFinding, ReviewTodo

__all__ = [
    "Cafe",
    "CafeNote",
    "CafeRound",
    "CafeSeat",
    "CafeTable",
    "ContactCard",
    "FairStand",
    "PeerReview",
    "Pitch",
    "PitchSession",
    "PitchVote",
    "ReviewFinding",
    "ReviewTodo",
    "Reviewer",
    "StandInterest",
    "TableOutput",
]
