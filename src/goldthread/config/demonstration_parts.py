"""What gathers around reviews in the demonstration: a practitioner's part in three states, tags, and minutes said.

All of it is invented.
"""

from collections.abc import Mapping
from itertools import cycle

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case, CaseReview, Draw
from goldthread.config import demonstration_data as data
from goldthread.domain import instruments, lifecycle
from goldthread.domain.standard import Line, reaches

REVIEWER, PRACTITIONER = "inspector5@demo.example", "improvement@demo.example"
SAID = (
    "We met the family twice in August; the notes of the second visit were written a week late and are filed under "
    "the older brother."
)
CORRECT = "The plan of 14 August has dates and owners for each action; it hangs behind the review minutes."
WHOLE = "The grandmother made the difference. I would ask her sooner another time."
NOT_SO = "The plan of 14 August was written after the period that was read."
TAGS = ("Drift and delay", "Management oversight", "Grandparents and wider family")
TAGGED = 9


def said_minutes(review: CaseReview, number: int, by: Actor) -> None:
    """How long a review took, as its reviewer says."""
    cases.say_time(review=review, minutes=95 + (number * 17) % 60, by=by)


def shown(
    draw: Draw, people: Mapping[str, Person], actors: Mapping[str, Actor], answers: Mapping[str, cases.Typed]
) -> None:
    """Up to three files of one inspector, finished and shown: one waits, one is to be weighed, one is weighed."""
    mine = Case.objects.filter(draw=draw, allocated_to=people[REVIEWER], status=lifecycle.Case.ALLOCATED)
    by = actors[REVIEWER]
    for state, case in zip(("waits", "sent", "weighed"), mine.order_by("-number"), strict=False):
        review = cases.start_review(case=case, by=by)
        review = cases.save_answers(review=review, answers=answers, by=by).review
        part = cases.show_to_practitioner(
            review=review, to=people[PRACTITIONER], working_days=3, client_key=data.key(f"part-{case.number}"),
            version=review.version, by=by,
        )  # fmt: skip
        if state == "waits":
            continue
        said = {
            "visits": cases.Typed("", SAID), "plan": cases.Typed("outstanding", "", 0, {"correct": CORRECT}),
            "whole": cases.Typed("", WHOLE),
        }  # fmt: skip
        cases.save_part(part=part, said=said, by=actors[PRACTITIONER])
        part.refresh_from_db()
        part = cases.send_part(part=part, version=part.version, by=actors[PRACTITIONER])
        if state == "weighed":
            cases.weigh_correction(part=part, question="plan", accept=False, because=NOT_SO, version=1, by=by)


def tagged(draw: Draw, lead: Person) -> None:
    """Tags on the first reasons that fall below the standard."""
    by, names = actor_for(lead, second_factor=True), cycle(TAGS)
    held = {one.id: one for one in instruments.load(draw.instrument).questions}
    signed = CaseReview.objects.filter(case__draw=draw, status=lifecycle.CaseReview.SIGNED_OFF)
    left = TAGGED
    for review in signed.order_by("case__number", "created_at"):
        if review.second:
            continue
        for answer in review.answers.filter(question__in=held).order_by("question"):
            if left and reaches(held[answer.question], answer.value, Line()) is False:
                cases.tag_reason(review=review, question=answer.question, tags=[next(names)], seen=[], by=by)
                left -= 1
                break
