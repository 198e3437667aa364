"""Whether a review needs its practitioner's part before it counts, and how it stands with it."""

from dataclasses import dataclass

from goldthread.apps.cases.models import Case, CaseReview, PartRequired, PartWaiver, PractitionersPart
from goldthread.apps.cases.sealed import opened
from goldthread.apps.inspections.models import Inspection

MISSING = (
    "In this inspection every review needs its practitioner's part before it counts. Show the finished review to the "
    "practitioner, or have the lead waive the part with a reason."
)


@dataclass(frozen=True, slots=True)
class Need:
    """How a review stands with the part that it needs: `given` it was, or `waiver` lets it off, for a reason."""

    given: bool
    waiver: PartWaiver | None
    because: str = ""

    @property
    def met(self) -> bool:
        """Whether the review may count."""
        return self.given or self.waiver is not None


def setting_of(inspection: Inspection) -> PartRequired | None:
    """The setting of an inspection; None where nobody ever changed it, and then no part is required."""
    return PartRequired.objects.select_related("changed_by").filter(inspection=inspection).first()


def need_of(review: CaseReview) -> Need | None:
    """What a review needs of its practitioner; None where nothing: the setting is off, or it is a second reading.

    What a practitioner said of an earlier review of the same case, before it was given back, is given.
    """
    held = setting_of(review.inspection)
    if held is None or not held.required or review.second:
        return None
    given = PractitionersPart.objects.filter(review__case=review.case, sent_at__isnull=False).exists()
    waiver = standing_waiver(review.case)
    return Need(given, waiver, because_of(waiver) if waiver else "")


def standing_waiver(case: Case) -> PartWaiver | None:
    """The waiver of a case that was not taken back."""
    return (
        PartWaiver.objects.select_related("inspection", "created_by", "case").filter(case=case, standing=True).first()
    )


def because_of(waiver: PartWaiver) -> str:
    """Why a part was waived. Raises CannotUnseal where the seal is broken."""
    return opened(waiver.inspection, waiver.because, waiver.purpose).get("because", "")


def why_part_is_missing(review: CaseReview) -> str:
    """Why a review cannot count yet for want of its practitioner's part; empty where nothing stands in the way."""
    need = need_of(review)
    return "" if need is None or need.met else MISSING
