"""Second readings of the demonstration: some files read twice, most of their differences settled, one left to settle.

The council's own audits stand beside a few. All of it is invented.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases import queries
from goldthread.apps.cases.models import Case, Draw, SecondReading
from goldthread.domain import instruments
from goldthread.domain.second_reading import USUAL_SHARE

SEED = "winter-1901"
"""One with which several of the files that the demonstration has signed off are read twice."""

LEFT_OPEN_FROM = 6
"""From so many files read twice on the differences of the last are left to settle."""

KINDER = {"good": "outstanding", "requires-improvement": "good", "partly": "yes", "no": "partly"}
HARSHER = {"outstanding": "good", "good": "requires-improvement", "yes": "partly", "partly": "no"}
OWN_AUDITS = 5
SECOND_WHYS = (
    "The second page of the plan has dates and owners; the first reading may not have seen it.",
    "What the child wanted is told in one visit only.",
    "The reason is there, three entries later.",
)
SETTLED = "Read again together: the entry of the following week says so."


def give_out(draw: Draw, readers: Sequence[Person], lead: Actor) -> None:
    """The usual share of the files goes to a second reader."""
    cases.give_second_readings(draw=draw, share=USUAL_SHARE, seed=SEED, readers=readers, version=0, by=lead)


def read_again(case: Case, answers: Mapping[str, cases.Typed], people: Mapping[UUID, Person], number: int) -> None:
    """The second reader of a case, where it has one, answers most questions as the first did, and signs off."""
    reading = SecondReading.objects.filter(case=case).first()
    if reading is None:
        return
    by = actor_for(people[reading.reader_id], second_factor=True)
    review = cases.start_review(case=case, by=by)
    review = cases.save_answers(review=review, answers=_otherwise(answers, number), by=by).review
    cases.sign_off(review=review, version=review.version, by=by)


def _otherwise(answers: Mapping[str, cases.Typed], number: int) -> dict[str, cases.Typed]:
    """The first reader's answers, every fifth of them a step kinder or harsher."""
    found = {}
    for place, (question, typed) in enumerate(answers.items()):
        turn = (place + number * 2) % 5
        leaning = HARSHER if (place + number) % 3 else KINDER
        value = leaning.get(typed.value, typed.value) if turn == 0 else typed.value
        why = SECOND_WHYS[(place + number) % 3] if typed.why else ""
        found[question] = cases.Typed(typed.value if question == "urgent-concern" else value, why, 0)
    return found


def settle(draw: Draw, lead: Actor) -> None:
    """The lead settles the differences, mostly as the first reader saw it, and leaves those of the last file open."""
    compared = [one for one in queries.second_readings_of(draw.inspection, lead, draw) if one.compared]
    for number, reading in enumerate(compared[:-1] if len(compared) >= LEFT_OPEN_FROM else compared):
        differing = [one.compared for one in queries.differences(reading) if one.compared.differs]
        settled = {
            one.question.id: cases.Typed(one.values[number % 3 == 1], SETTLED, 0) for one in differing
        }  # fmt: skip
        cases.settle(reading=reading, settled=settled, by=lead)
        fresh = queries.second_reading(lead, reading.inspection_id, reading.pk)
        cases.close_second_reading(reading=fresh, version=fresh.version, by=lead)


def own_audits(draw: Draw, analyst: Actor) -> None:
    """What the council's own audits graded a few of the files, a little more kindly."""
    closing = instruments.load(draw.instrument).overall[0]
    held = draw.cases.filter(reserve=False).order_by("number")[:OWN_AUDITS]
    for number, case in enumerate(held):
        grade = ("good", "outstanding", "good", "requires-improvement", "good")[number % 5]
        cases.write_own_audit(
            case=case, question=closing.id, grade=grade, version=0, by=analyst,
            source=f"Invented audit of the council, file {number + 1}, page 2",
        )  # fmt: skip
