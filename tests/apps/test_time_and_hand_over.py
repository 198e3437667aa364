"""Time on a review, pausing it, handing it over."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cases_story import SECRET, Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import CaseReview, HandOver
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def wexcombe() -> Story:
    return story()


def beats(held: Story, review: CaseReview, *minutes: float) -> CaseReview:
    for one in minutes:
        review = actions.count_time(review=review, by=held["inspector"], now=NINE + timedelta(minutes=one))
    return review


def test_time_in_use_is_counted_without_a_word_in_the_journal(wexcombe: Story) -> None:
    review = wexcombe.review()
    before, version = Entry.objects.count(), review.version
    review = beats(wexcombe, review, 0, 1, 2, 3, 60, 61)
    assert (review.seconds_spent, review.minutes_spent) == (240, 4)
    assert Entry.objects.count() == before and CaseReview.objects.get().version == version
    for role in ("lead", "inspector-2"):
        with pytest.raises(Refused):
            actions.count_time(review=review, by=wexcombe[role])


def test_minutes_said_take_the_place_of_those_said_before(wexcombe: Story) -> None:
    review = wexcombe.review()
    for minutes in (30, 45, 45):
        review = actions.say_time(review=review, minutes=minutes, by=wexcombe["inspector"])
    assert beats(wexcombe, review, 0, 1).minutes_spent == 46
    assert Entry.objects.filter(event="case-review.time-said").count() == 2
    for wrong in (-1, 3001):
        with pytest.raises(Refused, match="from 0 to 3,000"):
            actions.say_time(review=review, minutes=wrong, by=wexcombe["inspector"])


def test_a_paused_review_counts_nothing_keeps_its_note_sealed_and_goes_on(wexcombe: Story) -> None:
    review = beats(wexcombe, wexcombe.review(), 0, 1)
    review = actions.pause_review(review=review, note=f"{SECRET} next", by=wexcombe["inspector"])
    assert SECRET.encode() not in bytes(review.pause_note or b"") and queries.pause_note(review) == f"{SECRET} next"
    assert beats(wexcombe, review, 2, 3).seconds_spent == 60
    review = actions.resume_review(review=review, by=wexcombe["inspector"])
    assert (review.paused_at, queries.pause_note(review)) == (None, "")
    assert beats(wexcombe, review, 4, 5).seconds_spent == 120
    with pytest.raises(Refused, match="too long"):
        actions.pause_review(review=review, note="x" * 2001, by=wexcombe["inspector"])


def test_an_answer_ends_a_pause_so_that_no_answer_is_taken_while_time_is_not_counted(wexcombe: Story) -> None:
    review = beats(wexcombe, wexcombe.review(), 0, 1)
    paused = actions.pause_review(review=review, note=f"{SECRET} next", by=wexcombe["inspector"])
    same = actions.save_answers(review=paused, answers={"plan": Typed()}, by=wexcombe["inspector"]).review
    assert same.paused_at is not None, "nothing was answered"
    went_on = actions.save_answers(
        review=paused, answers={"plan": Typed("good", "Clear.")}, by=wexcombe["inspector"]
    ).review  # fmt: skip
    assert (went_on.paused_at, queries.pause_note(went_on)) == (None, "")
    assert beats(wexcombe, went_on, 4, 5).seconds_spent == 120


def test_the_lead_is_told_totals_alone_and_only_once_three_have_signed_off(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    cases = list(draw.cases.order_by("number")[:4])
    minutes = (30, 50, 40, 100)
    for case, by, said in zip(cases, ("inspector", "inspector-2", "inspector", "lead"), minutes, strict=True):
        assert queries.time_taken(wexcombe.inspection, wexcombe["lead"]) is None
        actions.allocate(cases=[case], to=wexcombe.person(by), by=wexcombe["lead"])
        review = wexcombe.review(case, by=by)
        wexcombe.signed(actions.say_time(review=review, minutes=said, by=wexcombe[by]))
    told = queries.time_taken(wexcombe.inspection, wexcombe["lead"])
    assert told is not None and (told.files, told.minutes, told.usual, told.hours) == (4, 220, 45, 4)
    assert queries.time_taken(wexcombe.inspection, wexcombe["inspector"]) is None
    assert queries.time_taken(wexcombe.inspection, wexcombe["nominated-officer"]) is None


def hand(held: Story, review: CaseReview, to: str = "inspector-2", by: str = "inspector", note: str = "Go on.") -> None:
    actions.hand_over_review(review=review, to=held.person(to), note=note, version=review.version, by=held[by])


def test_a_review_goes_to_another_with_its_answers_and_a_sealed_note(wexcombe: Story) -> None:
    review = wexcombe.answered()
    wexcombe.person("inspector-2")
    assert wexcombe.person("inspector-2") in queries.who_can_take(review)
    hand(wexcombe, review, note=f"{SECRET} look at June")
    fresh = CaseReview.objects.select_related("case").get(pk=review.pk)
    assert fresh.reviewer == fresh.case.allocated_to == wexcombe.person("inspector-2")
    assert SECRET.encode() not in bytes(HandOver.objects.get().note)
    assert [one.note for one in queries.hand_overs(fresh)] == [f"{SECRET} look at June"]
    assert not queries.reviews_visible_to(wexcombe["inspector"]).exists()
    entry = Entry.objects.get(event="case-review.handed-over")
    assert entry.detail == {"frm": "Robin inspector", "to": "Robin inspector-2"}
    signed = actions.sign_off(review=fresh, version=fresh.version, by=wexcombe["inspector-2"])
    assert signed.signed_off and signed.answers.get(question="plan").why == SECRET


def test_whom_a_review_cannot_go_to(wexcombe: Story) -> None:
    review = wexcombe.answered()
    for to, says in (("analyst", "is not a lead inspector or inspector"), ("inspector", "has this review already")):
        with pytest.raises(Refused, match=says):
            hand(wexcombe, review, to)
    inspections.declare_conflict(
        inspection=wexcombe.inspection, person=wexcombe.person("inspector-2"), says="A sister", interest="team",
        subject="North", by=wexcombe["inspector-2"],
    )  # fmt: skip
    with pytest.raises(Refused, match="conflict of interest with"):
        hand(wexcombe, review)
    assert wexcombe.person("inspector-2") not in queries.who_can_take(review)
    for note, says in ((" ", "Write what the next reviewer"), ("x" * 2001, "too long")):
        with pytest.raises(Refused, match=says):
            hand(wexcombe, review, "lead", note=note)
    with pytest.raises(Overtaken):
        actions.hand_over_review(
            review=review, to=wexcombe.person("lead"), note="x", version=99, by=wexcombe["inspector"]
        )
    for by in ("quality-assurance", "analyst", "nominated-officer"):
        with pytest.raises(Refused):
            hand(wexcombe, review, "lead", by=by)
    hand(wexcombe, review, "lead", by="lead")
    fresh = CaseReview.objects.get(pk=review.pk)
    with pytest.raises(Refused, match="given to somebody else"):
        hand(wexcombe, fresh)
    signed = actions.sign_off(review=fresh, version=fresh.version, by=wexcombe["lead"])
    with pytest.raises(Refused, match="Only a review that is being written"):
        hand(wexcombe, signed, "inspector", by="lead")


def test_a_second_reading_is_not_handed_over_and_a_second_reader_takes_no_first_one(wexcombe: Story) -> None:
    case = wexcombe.case()
    actions.give_second_readings(
        draw=case.draw, share=100, seed="s", readers=[wexcombe.person("inspector-2")], version=0, by=wexcombe["lead"]
    )
    first = wexcombe.answered(wexcombe.review(case))
    second = actions.start_review(case=case, by=wexcombe["inspector-2"])
    with pytest.raises(Refused, match="reads this case a second time"):
        hand(wexcombe, first)
    with pytest.raises(Refused, match="can read the other reading"):
        hand(wexcombe, first, "lead")
    assert wexcombe.person("lead") not in queries.who_can_take(first)
    with pytest.raises(Refused, match="blind"):
        actions.hand_over_review(
            review=second, to=wexcombe.person("lead"), note="x", version=1, by=wexcombe["inspector-2"]
        )
    assert wexcombe.person("inspector-2") not in queries.who_can_take(first)
