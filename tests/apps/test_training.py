"""Training: opened, reviewed blind, signed off, taken again; nothing of it among real files."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests import factories
from tests.training_story import SECRET, Story, answers, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import CaseReview, UrgentConcern
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection, Kind, Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions as reports
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.training import actions, queries
from goldthread.apps.training.models import PracticeAnswer, PracticeReview, Training
from goldthread.domain.calibration import Level
from goldthread.domain.practice_cases import load, slugs

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Story:
    return story()


def test_one_press_makes_a_training_inspection_of_an_invented_authority() -> None:
    lead, key = factories.site_lead(), uuid4()
    made = actions.open_training_inspection(client_key=key, by=lead)
    assert actions.open_training_inspection(client_key=key, by=lead) == made
    assert Inspection.objects.count() == Training.objects.count() == 1
    inspection = made.inspection
    assert inspection.for_training and inspection.synthetic and "invented" in inspection.authority
    assert made.cases == list(slugs()) and made.open
    assert queries.may_open(lead, inspection)


def test_a_training_inspection_takes_no_data_makes_no_report_and_stays_one() -> None:
    lead = factories.site_lead()
    inspection = actions.open_training_inspection(client_key=uuid4(), by=lead).inspection
    with pytest.raises(Refused, match="makes no report"):
        reports.compose(inspection=inspection, title="Report", client_key=uuid4(), by=lead)
    with pytest.raises(Refused, match="takes no data of children"):
        submissions.receive(inspection=inspection, upload=None, label="a.xlsx", client_key=uuid4(), by=lead)  # type: ignore[arg-type]
    inspection.refresh_from_db()
    changed = inspections.change(
        inspection=inspection, version=inspection.version, by=lead, kind="inspection", title="T"
    )
    assert changed.for_training and changed.title == "T"


def test_a_real_inspection_does_not_become_a_training(told: Story) -> None:
    fresh = Inspection.objects.get(pk=told.inspection.pk)
    inspections.change(inspection=fresh, version=fresh.version, by=told["lead"], kind=Kind.TRAINING)
    assert Inspection.objects.get(pk=told.inspection.pk).kind == "inspection"


@pytest.mark.parametrize("role", ["inspector", "quality-assurance", "analyst", "nominated-officer", "member"])
def test_only_the_lead_opens_a_training_and_sets_its_level(told: Story, role: str) -> None:
    assert told.training is not None
    with pytest.raises(Refused):
        actions.open_training(inspection=told.inspection, client_key=uuid4(), by=told[role])
    with pytest.raises(Refused):
        actions.set_level(training=told.training, level=Level(50, 1, False), first_sight=True, version=1, by=told[role])
    with pytest.raises(Refused):
        actions.stand_aside(training=told.training, by=told[role])


def test_a_new_training_closes_the_open_one_which_stays_as_it_was(told: Story) -> None:
    signed, draft = told.signed("practice-4"), told.begun("practice-5")
    first = Training.objects.get()
    actions.set_level(training=first, level=Level(60, 2, True), first_sight=False, version=1, by=told["lead"])
    key = uuid4()
    second = actions.open_training(inspection=told.inspection, client_key=key, by=told["lead"])
    assert actions.open_training(inspection=told.inspection, client_key=key, by=told["lead"]) == second
    first.refresh_from_db()
    assert (first.number, first.status, second.number, second.status) == (1, "closed", 2, "open")
    assert (second.level, second.first_sight) == (Level(60, 2, True), False)
    assert PracticeReview.objects.get(pk=signed.pk).signed_off
    with pytest.raises(Refused, match="closed"):
        actions.set_level(training=first, level=Level(10, 1, False), first_sight=True, version=3, by=told["lead"])
    with pytest.raises(Refused, match="closed"):
        actions.save_answers(review=draft, answers={"plan-now": Typed("red", "x")}, by=told["inspector"])
    again = actions.begin(training=second, case="practice-4", by=told["inspector"])
    assert again.attempt == 1 and again.seen_before
    assert not actions.begin(training=second, case="practice-5", by=told["inspector"]).seen_before


def test_beginning_twice_is_beginning_once_and_a_further_attempt_is_asked_for(told: Story) -> None:
    first = told.begun()
    assert told.begun() == first == told.begun(again=True)
    signed = told.signed()
    assert told.begun() == signed
    second = told.begun(again=True)
    assert (second.attempt, second.seen_before, second.draft) == (2, True, True)
    assert queries.answers_of(second) == {}
    signed.refresh_from_db()
    assert signed.signed_off and not signed.seen_before


@pytest.mark.parametrize(
    "sent, says",
    [
        ({"nothing": Typed("good", "x")}, "not part of the instrument"),
        ({"plan": Typed("very good", "x")}, "not an answer"),
        ({"plan": Typed("good", "x" * 20_001)}, "too long"),
        ({"strengths": Typed("good", "x")}, "no answer to choose"),
        ({"plan": Typed("good", "x", more={"kind": "visit"})}, "does not ask for that"),
    ],
)
def test_what_the_instrument_does_not_have_is_refused(told: Story, sent: dict[str, Typed], says: str) -> None:
    review = told.begun()
    with pytest.raises(Refused, match=says):
        actions.save_answers(review=review, answers=sent, by=told["inspector"])
    assert not PracticeAnswer.objects.exists()


def test_a_case_that_the_training_does_not_have_is_not_begun(told: Story) -> None:
    with pytest.raises(Refused):
        told.begun("practice-99")


def test_answers_clash_one_by_one_and_the_rest_is_saved(told: Story) -> None:
    review = told.begun()
    first = {"plan": Typed("good", "first"), "visits": Typed("good", "first")}
    assert actions.save_answers(review=review, answers=first, by=told["inspector"]).versions == {"plan": 1, "visits": 1}
    later = {"plan": Typed("inadequate", "stale", 0), "visits": Typed("good", "second", 1)}
    saved = actions.save_answers(review=review, answers=later, by=told["inspector"])
    assert saved.versions == {"visits": 2}
    assert [(one.question, one.theirs.why, one.yours.why) for one in saved.clashes] == [("plan", "first", "stale")]
    assert queries.answers_of(review)["plan"].why == "first"


def test_words_rest_under_the_seal_and_reach_no_journal(told: Story) -> None:
    review = told.signed()
    actions.reflect(review=review, says=f"{SECRET} otherwise", version=0, by=told["inspector"])
    raw = b"".join(bytes(one.words or b"") for one in PracticeAnswer.objects.all())
    raw += bytes(PracticeReview.objects.get().reflection or b"")
    assert SECRET.encode() not in raw
    assert queries.answers_of(review)["plan"].why == f"{SECRET} of inspector"
    assert not any(SECRET in str(one.detail) + one.about_label for one in Entry.objects.all())


def test_signing_off_needs_every_answer_and_the_version_that_was_read(told: Story) -> None:
    review = told.begun()
    with pytest.raises(Refused, match="Give a grade"):
        actions.sign_off(review=review, version=1, by=told["inspector"])
    review = told.answered()
    with pytest.raises(Clash):
        actions.sign_off(review=review, version=review.version - 1, by=told["inspector"])
    signed = actions.sign_off(review=review, version=review.version, by=told["inspector"])
    with pytest.raises(Refused, match="signed off"):
        actions.save_answers(review=signed, answers={"plan": Typed("inadequate", "x", 1)}, by=told["inspector"])
    with pytest.raises(Refused):
        actions.sign_off(review=signed, version=signed.version, by=told["inspector"])


def test_nothing_of_it_is_among_real_files_nor_does_it_raise_a_concern(told: Story) -> None:
    told.signed("practice-6")
    assert not CaseReview.objects.exists() and not EvidenceItem.objects.exists()
    assert not UrgentConcern.objects.exists()


def test_a_reflection_follows_signing_off_and_clashes(told: Story) -> None:
    draft = told.begun("practice-4")
    with pytest.raises(Refused, match="Sign the case off first"):
        actions.reflect(review=draft, says="x", version=0, by=told["inspector"])
    review = told.signed()
    kept = actions.reflect(review=review, says="Ask about nights.", version=0, by=told["inspector"])
    assert queries.reflection_of(kept) == "Ask about nights."
    with pytest.raises(Clash) as clash:
        actions.reflect(review=review, says="Other.", version=0, by=told["inspector"])
    assert clash.value.theirs == {"says": "Ask about nights."}
    with pytest.raises(Refused, match="too long"):
        actions.reflect(review=review, says="x" * 4_001, version=1, by=told["inspector"])
    with pytest.raises(Refused):
        actions.reflect(review=review, says="Mine too.", version=1, by=told["lead"])


@pytest.mark.parametrize(
    "changed, says",
    [({"per_cent": 0}, "from 1 to 100"), ({"per_cent": 101}, "from 1 to 100"), ({"cases": 0}, "has no more"),
     ({"cases": 7}, "has no more")],
)  # fmt: skip
def test_a_level_that_nobody_could_reach_is_refused(told: Story, changed: dict[str, Any], says: str) -> None:
    assert told.training is not None
    level = Level(**{"per_cent": 70, "cases": 3, "urgent": True, **changed})
    with pytest.raises(Refused, match=says):
        actions.set_level(training=told.training, level=level, first_sight=True, version=1, by=told["lead"])


def test_a_level_is_set_on_the_version_that_was_seen(told: Story) -> None:
    assert told.training is not None
    level = Level(80, 4, False)
    actions.set_level(training=told.training, level=level, first_sight=False, version=1, by=told["lead"])
    with pytest.raises(Clash):
        actions.set_level(training=told.training, level=level, first_sight=True, version=1, by=told["lead"])
    entry = Entry.objects.filter(event="training.level-set").get()
    assert entry.detail["fields"] == ["level_per_cent", "level_cases", "level_urgent", "first_sight"]


def test_whoever_signed_a_case_off_does_not_stand_aside_and_whoever_stands_aside_reviews_none(told: Story) -> None:
    assert told.training is not None
    draft = told.begun("practice-4", by="lead")
    actions.stand_aside(training=told.training, by=told["lead"])
    actions.stand_aside(training=told.training, by=told["lead"])
    assert told.training.aside.count() == 1
    with pytest.raises(Refused, match="stood aside"):
        told.begun("practice-5", by="lead")
    with pytest.raises(Refused, match="stood aside"):
        actions.save_answers(review=draft, answers={"plan-now": Typed("red", "x")}, by=told["lead"])
    second = story()
    second.signed("practice-5", by="lead")
    assert second.training is not None
    with pytest.raises(Refused, match="you take part"):
        actions.stand_aside(training=second.training, by=second["lead"])


def test_model_answers_seen_elsewhere_meanwhile_are_marked_at_signing_off(told: Story) -> None:
    review, inspector = told.answered(), told["inspector"]
    assert not review.seen_before
    lead = factories.site_lead()
    other = factories.inspection(lead=lead)
    second = actions.open_training(inspection=other, client_key=uuid4(), by=lead)
    inspections.add_member(inspection=other, person=told.person("inspector"), role="inspector", by=PROGRAMME)
    elsewhere = actions.begin(training=second, case="practice-1", by=inspector)
    elsewhere = actions.save_answers(review=elsewhere, answers=answers("practice-1"), by=inspector).review
    actions.sign_off(review=elsewhere, version=elsewhere.version, by=inspector)
    assert actions.sign_off(review=review, version=review.version, by=inspector).seen_before


def test_whoever_was_shown_everybodys_answers_has_seen_the_model(told: Story) -> None:
    """A quality-assurance manager of one inspection may be an inspector of the next."""
    quality, lead = told.person("quality-assurance"), factories.site_lead()
    other = factories.inspection(lead=lead)
    second = actions.open_training(inspection=other, client_key=uuid4(), by=lead)
    inspections.add_member(inspection=other, person=quality, role="inspector", by=PROGRAMME)
    begun = actions.begin(training=second, case="practice-1", by=told["quality-assurance"])
    assert begun.seen_before
    inspections.add_member(inspection=other, person=told.person("analyst"), role="inspector", by=PROGRAMME)
    assert not actions.begin(training=second, case="practice-1", by=told["analyst"]).seen_before


def test_whoever_left_before_the_training_was_opened_has_not_seen_it(told: Story) -> None:
    assert told.training is not None
    quality = told.person("quality-assurance")
    Membership.objects.filter(person=quality).update(valid_to=told.training.created_at - timedelta(hours=1))
    other = factories.inspection(lead=factories.site_lead())
    second = actions.open_training(inspection=other, client_key=uuid4(), by=factories.site_lead())
    inspections.add_member(inspection=other, person=quality, role="inspector", by=PROGRAMME)
    assert not actions.begin(training=second, case="practice-1", by=told["quality-assurance"]).seen_before


def test_there_are_as_many_answers_as_the_model_has_and_problems_are_told_before(told: Story) -> None:
    assert set(queries.answers_of(told.signed())) == set(load("practice-1").answers)
    assert {one.question_id for one in queries.problems(told.begun("practice-4"))} == set(load("practice-4").answers)
