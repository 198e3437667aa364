"""Settling where two readers differ: both answers kept, a reason for each, the shelf following."""

import pytest
from tests.apps.test_second_readings import both_in, pair, seen_by, sign
from tests.cases_story import SECRET, Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Case, SecondReading, Settlement
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


# Comparing and settling

LESS = {"plan": Typed("requires-improvement", f"No steps. {SECRET}", 0)}
STANDS = {"plan": Typed("requires-improvement", "The steps have no dates.", 0)}


def test_two_that_agree_on_everything_leave_nothing_to_settle(wexcombe: Story) -> None:
    reading = both_in(wexcombe)
    assert (reading.status, reading.settled_by) == ("settled", None)
    assert [one for one in queries.differences(reading) if one.compared.differs] == []
    assert Entry.objects.get(event="second-reading.compared").detail == {"differences": 0}


def test_differences_come_first_and_both_answers_are_kept(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    assert reading.status == "compared"
    found = queries.differences(reading)
    assert found[0].compared.question.id == "plan" and found[0].compared.values == ("good", "requires-improvement")
    assert sum(one.compared.differs for one in found) == 1
    actions.settle(reading=reading, settled=STANDS, by=wexcombe["inspector-2"])
    reading = SecondReading.objects.get(pk=reading.pk)
    actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["inspector"])
    assert queries.differences(SecondReading.objects.get(pk=reading.pk))[0].compared.values == (
        "good", "requires-improvement",
    )  # fmt: skip
    assert SECRET not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_what_was_settled_stands_on_the_shelf_and_in_the_counts(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    original = EvidenceItem.objects.get()
    actions.settle(reading=reading, settled=STANDS, by=wexcombe["lead"])
    reading = SecondReading.objects.get(pk=reading.pk)
    actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["quality-assurance"])
    stands = EvidenceItem.objects.get(status="current")
    assert stands.detail["answers"]["plan"] == "requires-improvement"
    assert stands.detail["original"]["plan"] == "good"
    original.refresh_from_db()
    assert (original.status, original.replaced_by) == ("superseded", stands)
    assert evidence.get(wexcombe["inspector"], wexcombe.inspection.pk, stands.pk) == stands
    told = queries.answers_summary(wexcombe.inspection, wexcombe["lead"])
    assert told is not None and told.files == 1
    plan = next(one for one in told.questions if one.question.id == "plan")
    assert {one.value: one.count for one in plan.answers if one.count} == {"requires-improvement": 1}


def test_settling_for_the_first_reader_leaves_the_item_as_it_is(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    actions.settle(reading=reading, settled={"plan": Typed("good", "Dates are in the minutes.")}, by=wexcombe["lead"])
    reading = SecondReading.objects.get(pk=reading.pk)
    actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["lead"])
    assert EvidenceItem.objects.get().status == "current"
    assert reading.first is not None and not hasattr(reading.first, "replaced_by")


def test_nothing_is_closed_with_a_difference_open_or_without_a_reason(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    with pytest.raises(Refused, match="Still open: How good is the plan"):
        actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["lead"])
    actions.settle(reading=reading, settled={"plan": Typed("good", "")}, by=wexcombe["lead"])
    reading = SecondReading.objects.get(pk=reading.pk)
    with pytest.raises(Refused, match="Still open"):
        actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["lead"])
    assert Settlement.objects.get().value == "good"


@pytest.mark.parametrize(
    ("settled", "says"),
    [
        ({"visits": Typed("good", "x")}, "do not differ"), ({"plan": Typed("splendid", "x")}, "not an answer"),
        ({"plan": Typed("good", "x" * 20_001)}, "too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_settled_is_refused(wexcombe: Story, settled: dict[str, Typed], says: str) -> None:
    reading = both_in(wexcombe, **LESS)
    with pytest.raises(Refused, match=says):
        actions.settle(reading=reading, settled=settled, by=wexcombe["lead"])


def test_two_who_settle_the_same_difference_see_both_texts(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    assert actions.settle(reading=reading, settled=STANDS, by=wexcombe["inspector"]) == ()
    clash = actions.settle(reading=reading, settled={"plan": Typed("good", "Mine.", 0)}, by=wexcombe["inspector-2"])
    assert [(one.theirs.why, one.yours.why) for one in clash] == [("The steps have no dates.", "Mine.")]
    assert Settlement.objects.get().why == "The steps have no dates."
    again = actions.settle(reading=reading, settled={"plan": Typed("good", "Mine.", 1)}, by=wexcombe["inspector-2"])
    assert again == () and Settlement.objects.get().why == "Mine."


def test_closing_on_what_somebody_changed_meanwhile_is_a_clash(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    actions.settle(reading=reading, settled=STANDS, by=wexcombe["inspector"])
    with pytest.raises(Overtaken):
        actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["inspector-2"])


def test_nobody_settles_before_both_are_in_nor_after_it_is_closed(wexcombe: Story) -> None:
    reading, first, _ = pair(wexcombe)
    sign(wexcombe, first)
    with pytest.raises(Refused, match="Both readings must be signed off"):
        actions.settle(reading=reading, settled=STANDS, by=wexcombe["lead"])
    assert queries.differences(SecondReading.objects.get(pk=reading.pk)) == []


@pytest.mark.parametrize("role", ["analyst", "nominated-officer", "records-officer"])
def test_others_settle_nothing(wexcombe: Story, role: str) -> None:
    reading = both_in(wexcombe, **LESS)
    with pytest.raises(Refused):
        actions.settle(reading=reading, settled=STANDS, by=wexcombe[role])


def test_opened_again_it_is_settled_anew_and_the_shelf_follows(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    actions.settle(reading=reading, settled=STANDS, by=wexcombe["lead"])
    reading = SecondReading.objects.get(pk=reading.pk)
    reading = actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["lead"])
    with pytest.raises(Refused, match="closed"):
        actions.settle(reading=reading, settled={"plan": Typed("good", "No.", 1)}, by=wexcombe["lead"])
    with pytest.raises(Refused, match="Say why"):
        actions.reopen_second_reading(reading=reading, because=" ", version=reading.version, by=wexcombe["lead"])
    actions.reopen_second_reading(reading=reading, because="Found.", version=reading.version, by=wexcombe["lead"])
    actions.settle(reading=reading, settled={"plan": Typed("good", "The dates were found.", 1)}, by=wexcombe["lead"])
    reading = SecondReading.objects.get(pk=reading.pk)
    actions.close_second_reading(reading=reading, version=reading.version, by=wexcombe["lead"])
    assert EvidenceItem.objects.get(status="current").detail["answers"]["plan"] == "good"
    assert EvidenceItem.objects.count() == 3


def test_a_compared_review_is_not_given_back(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    assert reading.first is not None
    with pytest.raises(Refused, match="laid beside"):
        actions.give_back(
            review=reading.first, because="Look.", version=reading.first.version, by=wexcombe["quality-assurance"]
        )


def test_a_review_given_back_before_both_are_in_stays_blind(wexcombe: Story) -> None:
    _, first, second = pair(wexcombe)
    signed = sign(wexcombe, second)
    draft = actions.give_back(review=signed, because="Short.", version=signed.version, by=wexcombe["lead"])
    assert draft.reviewer == second.reviewer
    assert Case.objects.get(pk=first.case_id).status == "in-review"
    sign(wexcombe, first)
    assert first.pk not in seen_by(wexcombe, "inspector-2")
    done = actions.sign_off(review=draft, version=draft.version, by=wexcombe["inspector-2"])
    assert SecondReading.objects.get(case=first.case_id).second == done
