"""Reviews of the world that were shown to a practitioner, in each state, and one that went from hand to hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Case, CaseReview, PractitionersPart
from goldthread.apps.cases.shelving import NOTES
from goldthread.domain.instrument import URGENT

if TYPE_CHECKING:
    from tests.world import Place

PRACTITIONER = "improvement-lead"
SHOWN, KEPT = "shown-to-improvement-lead", "draft-of-inspector"
STATES = ("not yet", "released", "sent", "weighed", "taken back")

Answers = Callable[..., dict[str, Typed]]


def reviews_shown(place: Place, files: list[Case], answers: Answers) -> None:
    """Give the files to the inspector, finish each review and show it; then go on to each state."""
    for state, case in zip(STATES, files, strict=True):
        review = _finished(place, case, answers, state)
        place.note("review", f"finished, {state}", draw=case.draw_id, case=case.pk, review=review.pk)
        if state != "not yet":
            part = _part(place, review, state)
            place.note("part", state, part=part.pk, of_team=True)
            if state in ("sent", "weighed"):
                place.note("correction", state, part=part.pk, question="plan")


def not_required(place: Place) -> None:
    """The setting by which every review would need the part, with why it is off."""
    cases.require_parts(
        inspection=place.inspection, required=False, because=place.say("setting", "why no part is required"), version=0,
        by=place["lead"],
    )  # fmt: skip


def _finished(place: Place, case: Case, answers: Answers, state: str) -> CaseReview:
    cases.allocate(cases=[case], to=place.person("inspector"), by=place["lead"])
    review = cases.start_review(case=case, by=place["inspector"])
    shown = KEPT if state in ("not yet", "taken back") else SHOWN
    own = {name: one for name, one in answers(place, KEPT).items() if name in (URGENT, *NOTES)}
    given = {**answers(place, shown), **own}
    review = cases.save_answers(review=review, answers=given, by=place["inspector"]).review
    if state == "not yet":
        note = place.say("own:inspector", "note of a pause")
        review = cases.pause_review(review=review, note=note, by=place["inspector"])
    return review


def tagged(place: Place, review: CaseReview) -> None:
    """A tag of the team's own on a reason of a review that is signed off."""
    tag = place.canaries.plant("case", "tag on a reason", place.name)
    cases.tag_reason(review=review, question="plan", tags=[tag], seen=[], by=place["lead"])
    place.note("reason", "signed, mine", review=review.pk, question="plan", tag=True)


def _part(place: Place, review: CaseReview, state: str) -> PractitionersPart:
    by = place[PRACTITIONER]
    part = cases.show_to_practitioner(
        review=review, to=place.person(PRACTITIONER), working_days=3, client_key=uuid4(), version=review.version,
        by=place["inspector"],
    )  # fmt: skip
    written = SHOWN if state in ("sent", "weighed") else f"own:{PRACTITIONER}"
    correct = {"correct": place.say(written, "what a practitioner corrects")}
    said = {"plan": Typed("outstanding", place.say(written, "what a practitioner adds"), 0, correct)}
    cases.save_part(part=part, said=said, by=by)
    part.refresh_from_db()
    if state == "taken back":
        because = place.say(SHOWN, "why a review is taken back")
        cases.take_back_from_practitioner(part=part, because=because, version=part.version, by=place["lead"])
    if state in ("sent", "weighed"):
        part = cases.send_part(part=part, version=part.version, by=by)
    if state == "weighed":
        because = place.say(SHOWN, "why a correction is declined")
        cases.weigh_correction(
            part=part, question="plan", accept=False, because=because, version=1, by=place["inspector"]
        )
    return part


def handed_over(place: Place, case: Case, answers: Answers) -> None:
    """A review that the second inspector began and the first went on with."""
    cases.allocate(cases=[case], to=place.person("inspector-2"), by=place["lead"])
    review = cases.start_review(case=case, by=place["inspector-2"])
    saved = cases.save_answers(review=review, answers=answers(place, KEPT), by=place["inspector-2"]).review
    cases.hand_over_review(
        review=saved, to=place.person("inspector"), note=place.say(KEPT, "note of a hand-over"),
        version=saved.version, by=place["lead"],
    )  # fmt: skip
    place.note("review", "handed over to me", draw=case.draw_id, case=case.pk, review=review.pk)
