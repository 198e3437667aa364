"""Sample draws, the cases drawn, their reviews, second readings, and urgent concerns about a child."""

from goldthread.apps.cases.models.cases import Answer, Case, CaseReview, Draw, UrgentConcern
from goldthread.apps.cases.models.practitioners import HandOver, PractitionersPart, PractitionersWord, ReasonTag
from goldthread.apps.cases.models.required_parts import PartRequired, PartWaiver
from goldthread.apps.cases.models.second_readings import OwnAudit, SecondReading, SecondReadings, Settlement

__all__ = [
    "Answer",
    "Case",
    "CaseReview",
    "Draw",
    "HandOver",
    "OwnAudit",
    "PartRequired",
    "PartWaiver",
    "PractitionersPart",
    "PractitionersWord",
    "ReasonTag",
    "SecondReading",
    "SecondReadings",
    "Settlement",
    "UrgentConcern",
]
