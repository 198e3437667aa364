"""The children of the world whose files are read: drawn, reviewed, read twice and referred back, in each state."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.drawing import Particulars
from goldthread.apps.cases.models import Case, CaseReview, Draw, SecondReading, UrgentConcern
from goldthread.apps.cases.shelving import NOTES
from goldthread.apps.referred_back import actions as referred_back
from goldthread.apps.submissions.models import Submission
from goldthread.domain import instruments
from tests import offline_world, world_parts

if TYPE_CHECKING:
    from tests.world import Place

INSTRUMENT = "case-review-short-1"


def _draw(place: Place, size: int, klass: str) -> Draw:
    handed = Submission.objects.get(
        inspection=place.inspection, side="authority", hand_over="submitted", form="annex_a"
    )
    return cases.make_draw(
        inspection=place.inspection, submission=handed, purpose=place.say(klass, "what a sample is for"),
        population="open-cases", strata_by=("service", "team"), size=size, instrument=INSTRUMENT,
        seed=place.canaries.plant(klass, "seed", place.name), client_key=uuid4(), by=place["lead"],
    )  # fmt: skip


def _picked_by_hand(place: Place) -> None:
    """Two children picked by hand for reasons that somebody wrote, in a draw that was superseded at once."""
    drawn = _draw(place, 2, "draw")
    picked = tuple((case.pseudonym, place.say("draw", "why a child was picked")) for case in drawn.cases.all()[:2])
    by_hand = cases.make_draw(
        inspection=place.inspection, submission=drawn.submission, purpose=place.say("draw", "what a sample is for"),
        population="open-cases", strata_by=(), size=len(picked), instrument=INSTRUMENT, client_key=uuid4(),
        seed=place.canaries.plant("draw", "seed", place.name), design="hand-picked", more=Particulars(picked=picked),
        by=place["lead"],
    )  # fmt: skip
    for draw in (drawn, by_hand):
        cases.supersede_draw(draw=draw, because=place.say("draw", "why"), version=draw.version, by=place["lead"])


def _answers(place: Place, klass: str, urgent: str = "no") -> dict[str, Typed]:
    chosen = {"practice": "good", "record": "partly", "flag": urgent}
    asked = instruments.load(INSTRUMENT).all_questions
    answers = {q.id: Typed(chosen[q.kind], place.say(klass, f"reason of {q.id}")) for q in asked}
    return answers | {note: Typed("", place.say(klass, f"note on {note}")) for note in NOTES}


def _review(place: Place, case: Case, by: str, urgent: str = "no", klass: str = "case") -> CaseReview:
    cases.allocate(cases=[case], to=place.person(by), by=place["lead"])
    review = cases.start_review(case=case, by=place[by])
    return cases.save_answers(review=review, answers=_answers(place, klass, urgent), by=place[by]).review


def _sign(place: Place, review: CaseReview, by: str) -> CaseReview:
    return cases.sign_off(review=review, version=review.version, by=place[by])


def _on_another_instrument(place: Place, case: Case) -> CaseReview:
    """A draft on an instrument that asks where an answer was seen."""
    cases.allocate(
        cases=[case], to=place.person("inspector"), instrument="management-decisions-1", by=place["lead"]
    )  # fmt: skip
    review = cases.start_review(case=case, by=place["inspector"])
    klass = "draft-of-inspector"
    seen = {"kind": "decision", "place": place.say(klass, "where it was seen")}
    answer = Typed("evidenced", place.say(klass, "what was seen"), more=seen)
    return cases.save_answers(review=review, answers={"decision-latest": answer}, by=place["inspector"]).review


def read_files(place: Place) -> None:
    _picked_by_hand(place)
    gone = _draw(place, 2, "draw")
    cases.supersede_draw(draw=gone, because=place.say("draw", "why"), version=gone.version, by=place["lead"])
    released = _draw(place, 2, "released-draw")
    cases.release_draw(draw=released, version=released.version, by=place["lead"])
    _read_twice(place)
    draw = _draw(place, 7, "draw")
    first, second, third, fourth, fifth, sixth, seventh = draw.cases.filter(reserve=False).order_by("number")
    signed = _sign(place, _review(place, first, "inspector"), "inspector")
    draft = _review(place, second, "inspector", urgent="yes", klass="draft-of-inspector")
    others = _review(place, third, "inspector-2", urgent="yes", klass="draft-of-inspector-2")
    answered = UrgentConcern.objects.get(review=others)
    cases.acknowledge_concern(
        concern=answered, done=place.say("case", "what is done"), version=answered.version, by=place["lead"]
    )
    given = _sign(place, _review(place, fourth, "inspector-2"), "inspector-2")
    back = cases.give_back(
        review=given, because=place.say("case", "why a review was given back"), version=given.version,
        by=place["quality-assurance"],
    )  # fmt: skip
    cases.set_aside(case=fifth, because=place.say("case", "why"), version=fifth.version, by=place["lead"])
    for state, one in (("live", draw), ("released", released), ("superseded", gone)):
        place.note("draw", state, draw=one.pk)
    for state, case in (("mine", first), ("another's", third), ("nobody's", sixth), ("set aside", fifth)):
        place.note("case", state, draw=draw.pk, case=case.pk)
    for state, review in (("signed, mine", signed), ("draft, mine", draft), ("draft, another's", others),
                          ("given back", given), ("again", back)):  # fmt: skip
        place.note("review", state, draw=draw.pk, case=review.case_id, review=review.pk)
    _referred_back(place, [first, second, third, sixth])
    shown = _draw(place, 6, "draw").cases.filter(reserve=False).order_by("number")
    world_parts.reviews_shown(place, list(shown)[:5], _answers)
    world_parts.tagged(place, signed)
    world_parts.handed_over(place, list(shown)[5], _answers)
    world_parts.not_required(place)
    offline_world.packs(place, draft, others)
    other = _on_another_instrument(place, seventh)
    place.note("review", "on another instrument", draw=draw.pk, case=seventh.pk, review=other.pk)
    place.note("concern", "open", concern=UrgentConcern.objects.get(review=draft).pk)
    place.note("concern", "answered", concern=answered.pk)


def _referred_back(place: Place, children: list[Case]) -> None:
    """A child referred back in each state; the council sees what was said of it, and not where it was seen."""
    officer, lead = place["nominated-officer"], place["lead"]
    children = [Case.objects.get(pk=one.pk) for one in children]
    for state, case, by in zip(("told", "answered", "closed", "escalated"), children,
                               ("inspector", "inspector", "inspector-2", "lead"), strict=True):  # fmt: skip
        klass = f"referred-back-by-{by}"
        row = referred_back.raise_and_refer(
            case=case, says=place.say(klass, "what the council is told"), seriousness="drift",
            client_key=uuid4(), by=place[by],
        )  # fmt: skip
        if state != "told":
            says = place.say(klass, "what was done for a child")
            row = referred_back.answer(referral=row, says=says, version=row.version, by=officer)
        if state in ("closed", "escalated"):
            because = place.say(klass, "why a referral is settled")
            row = referred_back.settle(referral=row, to=state, because=because, version=row.version, by=lead)
        place.note("referral", f"{state}, by {by}", referral=row.pk)


def _read_twice(place: Place) -> None:
    """A file in each state of a second reading: the inspector reads it first, the second inspector after."""
    draw = _draw(place, 4, "draw")
    cases.allocate(cases=draw.cases.filter(reserve=False), to=place.person("inspector"), by=place["lead"])
    given = cases.give_second_readings(
        draw=draw, share=100, seed=place.canaries.plant("draw", "seed of second readings", place.name),
        readers=[place.person("inspector-2")], version=0, by=place["lead"],
    )  # fmt: skip
    for state, reading in zip(("waits", "compared", "settled", "called off"), given, strict=True):
        waits = state == "waits"
        klass = "draft-of-inspector" if waits else "case"
        first = cases.start_review(case=reading.case, by=place["inspector"])
        first = cases.save_answers(review=first, answers=_answers(place, klass), by=place["inspector"]).review
        _sign(place, first, "inspector")
        _own_audit(place, reading.case, "own-audit-kept" if waits else "case")
        if state == "called off":
            because = place.say("settled", "why a second reading was called off")
            cases.call_off_second_reading(reading=reading, because=because, version=1, by=place["lead"])
        else:
            _second_of(place, reading, state)
        place.note("second reading", state, reading=reading.pk)
        place.note("own audit", state, draw=draw.pk, case=reading.case_id, closing="overall-practice")
        if waits:
            place.note("case", "mine to read again", draw=draw.pk, case=reading.case_id)
            for name, review in zip(("first", "second"), reading.case.reviews.order_by("created_at"), strict=True):
                place.note("review", f"{name} of two, kept back", draw=draw.pk, case=first.case_id, review=review.pk)


def _own_audit(place: Place, case: Case, klass: str) -> None:
    source = place.say(klass, "source of the council's own audit")
    cases.write_own_audit(
        case=case, question="overall-practice", grade="good", source=source, version=0, by=place["analyst"]
    )


def _second_of(place: Place, reading: SecondReading, state: str) -> None:
    """The second reader's review, and what is settled where it differs."""
    second = cases.start_review(case=reading.case, by=place["inspector-2"])
    answers = _answers(place, "draft-of-inspector-2" if state == "waits" else "case")
    answers["plan"] = Typed("inadequate", answers["plan"].why)
    second = cases.save_answers(review=second, answers=answers, by=place["inspector-2"]).review
    if state == "waits":
        return
    _sign(place, second, "inspector-2")
    why = place.say("settled", "why an answer stands")
    cases.settle(reading=reading, settled={"plan": Typed("inadequate", why)}, by=place["inspector"])
    fresh = SecondReading.objects.get(pk=reading.pk)
    fresh = cases.close_second_reading(reading=fresh, version=fresh.version, by=place["lead"])
    if state == "compared":
        because = place.say("settled", "why a second reading is opened again")
        cases.reopen_second_reading(reading=fresh, because=because, version=fresh.version, by=place["lead"])
