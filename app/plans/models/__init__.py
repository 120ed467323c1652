"""The rows of plans, consultations, actions and meta-districts."""

from app.plans.models.actions import PlanAction
from app.plans.models.consultations import Consultation, ConsultationComment, ConsultationGuest
from app.plans.models.districts import DistrictMember, MetaDistrict
from app.plans.models.documents import GroupDocument
from app.plans.models.plans import ChapterText, PlanChapter, PlanDrafter, PlanUptake, PlanVersion, StrategicPlan
from app.plans.models.typing import TypedChapter

__all__ = [
    "ChapterText",
    "Consultation",
    "ConsultationComment",
    "ConsultationGuest",
    "DistrictMember",
    "GroupDocument",
    "MetaDistrict",
    "PlanAction",
    "PlanChapter",
    "PlanDrafter",
    "PlanUptake",
    "PlanVersion",
    "StrategicPlan",
    "TypedChapter",
]
