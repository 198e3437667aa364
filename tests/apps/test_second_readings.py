"""Second readings: picked by a seed, blind until both are in, settled with a reason, both readings kept."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.apps.test_walls import disagreements
from tests.cases_story import SECRET, Story, actor_of, full_answers, story

from goldthread.apps.access.permissions import Permission as P
from goldthread.apps.access.policy import Refused, decide
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Case, CaseReview, Draw, SecondReading
from goldthread.apps.cases.queries.cases import READERS
from goldthread.apps.cases.queries.draws import OWNERS_OF_A_DRAW
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.domain.lifecycle import IllegalMove
from goldthread.domain.second_reading import how_many, order, readers_in_turn

pytestmark = pytest.mark.django_db

BLIND = ("inspector", "inspector-2")


@pytest.fixture
def wexcombe() -> Story:
    return story()


def shared_out(told: Story, size: int = 12) -> Draw:
    """A draw whose every file has a first reader."""
    draw = told.draw(size=size)
    actions.allocate_evenly(draw=draw, inspectors=[told.person(role) for role in BLIND], by=told["lead"])
    return draw


def give(told: Story, draw: Draw, share: int = 100, **more: Any) -> list[SecondReading]:
    words = {"seed": "again", "readers": [told.person(role) for role in BLIND], "version": 0, "by": told["lead"]}
    return actions.give_second_readings(draw=draw, share=share, **{**words, **more})


def pair(told: Story) -> tuple[SecondReading, CaseReview, CaseReview]:
    """A file that is read twice, both reviews begun: the first reader's and the second's."""
    reading = next(
        one for one in give(told, shared_out(told)) if one.case.allocated_to_id == told.person("inspector").pk
    )
    first = actions.start_review(case=reading.case, by=told["inspector"])
    second = actions.start_review(case=reading.case, by=told["inspector-2"])
    return reading, first, second


def sign(told: Story, review: CaseReview, **changed: Typed) -> CaseReview:
    return told.signed(review, **changed)


def both_in(told: Story, **changed: Typed) -> SecondReading:
    reading, first, second = pair(told)
    sign(told, first)
    sign(told, second, **changed)
    return SecondReading.objects.get(pk=reading.pk)


def seen_by(told: Story, role: str) -> set[Any]:
    return {one.pk for one in queries.reviews_visible_to(told[role])}


# Picking


def test_a_seed_picks_the_same_files_and_a_greater_share_those_and_more() -> None:
    assert order(range(1, 41), "again") == order(reversed(range(1, 41)), "again")
    assert order(range(1, 41), "again") != order(range(1, 41), "other")
    assert [how_many(60, share) for share in (1, 20, 33, 100)] == [1, 12, 20, 60]
    with pytest.raises(ValueError, match="1 to 100"):
        how_many(60, 0)


def test_readers_take_turns_and_a_file_that_nobody_can_read_falls_out() -> None:
    turns = readers_in_turn([4, 1, 7, 2], {4: ["a", "b"], 1: ["a", "b"], 7: [], 2: ["b", "a"]}, {"a": 1})
    assert turns == {4: "b", 1: "a", 2: "b"}


def test_a_share_of_the_files_goes_to_another_reader_and_is_recorded(wexcombe: Story) -> None:
    draw = shared_out(wexcombe)
    given = give(wexcombe, draw, share=25)
    assert len(given) == 3
    assert all(one.reader_id != one.case.allocated_to_id for one in given)
    numbers = [case.number for case in draw.cases.filter(reserve=False)]
    assert {one.case.number for one in given} == set(order(numbers, "again")[:3])
    entry = Entry.objects.get(event="second-reading.given-out")
    assert (entry.detail["share"], entry.detail["seed"], entry.detail["files"]) == (25, "again", 12)
    assert entry.detail["cases"] == sorted(one.case.number for one in given)


def test_giving_again_adds_to_what_is_there_by_the_same_seed(wexcombe: Story) -> None:
    draw = shared_out(wexcombe)
    before = {one.pk for one in give(wexcombe, draw, share=25)}
    with pytest.raises(Refused, match="seed stays"):
        give(wexcombe, draw, share=50, seed="luckier", version=1)
    with pytest.raises(Overtaken):
        give(wexcombe, draw, share=50, version=7)
    assert len(give(wexcombe, draw, share=50, version=1)) == 3
    assert before < set(SecondReading.objects.values_list("pk", flat=True))
    assert give(wexcombe, draw, share=50, version=2) == []


def test_files_without_a_first_reader_wait_and_files_signed_off_are_left_out(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    first, second = draw.cases.order_by("number")[:2]
    actions.allocate(cases=[first, second], to=wexcombe.person("inspector"), by=wexcombe["lead"])
    sign(wexcombe, actions.start_review(case=first, by=wexcombe["inspector"]))
    assert [one.case for one in give(wexcombe, draw)] == [second]
    assert draw.second_readings.signed_before == 1
    state = queries.giving(draw)
    assert (state.given, state.without_first, state.wanted(50)) == (1, 10, 6)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"share": 0}, "1 to 100"), ({"share": 101}, "1 to 100"), ({"seed": " "}, "seed"), ({"seed": "x" * 61}, "seed"),
        ({"readers": []}, "at least one"),
    ],
)  # fmt: skip
def test_what_cannot_be_given_out_is_refused(wexcombe: Story, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        give(wexcombe, shared_out(wexcombe), **more)


@pytest.mark.parametrize("role", ["lead", "quality-assurance", "analyst"])
def test_whoever_reads_every_draft_reads_nothing_blind(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused, match="cannot read blind"):
        give(wexcombe, shared_out(wexcombe), readers=[wexcombe.person(role)])


@pytest.mark.parametrize("role", ["inspector", "quality-assurance", "analyst", "nominated-officer"])
def test_only_the_lead_gives_out_second_readings(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        give(wexcombe, shared_out(wexcombe), by=wexcombe[role])


def test_the_second_reader_is_not_given_the_file_first(wexcombe: Story) -> None:
    reading = give(wexcombe, shared_out(wexcombe))[0]
    with pytest.raises(Refused, match="a second time"):
        actions.allocate(cases=[reading.case], to=reading.reader, because="Ill.", by=wexcombe["lead"])


# Blind


def test_nobody_reads_the_other_review_until_both_are_signed_off(wexcombe: Story) -> None:
    _, first, second = pair(wexcombe)
    sign(wexcombe, first)
    assert seen_by(wexcombe, "inspector") == {first.pk}
    assert seen_by(wexcombe, "inspector-2") == {second.pk}
    assert seen_by(wexcombe, "lead") == {first.pk, second.pk}
    first = CaseReview.objects.get(pk=first.pk)
    for role, allowed in (("inspector", True), ("inspector-2", False), ("lead", True), ("quality-assurance", True)):
        said = decide(wexcombe[role], P.CASE_REVIEW_READ, first.target(), timezone.now())
        assert said.allowed is allowed, role
        assert said.hidden is not allowed, role
    sign(wexcombe, second)
    for role in (*BLIND, "lead", "analyst"):
        assert seen_by(wexcombe, role) == {first.pk, second.pk}, role


def test_the_first_reader_does_not_read_a_second_who_was_quicker(wexcombe: Story) -> None:
    _, first, second = pair(wexcombe)
    sign(wexcombe, second)
    assert seen_by(wexcombe, "inspector") == {first.pk}
    assert Case.objects.get(pk=first.case_id).status == "in-review"


def test_a_third_of_the_team_reads_neither_so_that_any_of_them_may_step_in(wexcombe: Story) -> None:
    reading, first, _ = pair(wexcombe)
    sign(wexcombe, first)
    third = factories.member(wexcombe.inspection, "inspector", "Thea Third")
    actor = factories.actor(factories.person("Thea Third"))
    assert not queries.reviews_visible_to(actor).exists()
    actions.change_second_reader(
        reading=reading, to=factories.person("Thea Third"), because="On leave.", version=1, by=wexcombe["lead"]
    )
    assert not queries.reviews_visible_to(actor).exists()
    assert third is not None


def test_the_shelf_and_the_counts_tell_a_second_reader_nothing(wexcombe: Story) -> None:
    _, first, second = pair(wexcombe)
    signed = sign(wexcombe, first)
    assert signed.evidence_item is None
    assert not EvidenceItem.objects.exists()
    other, everybody = (
        queries.answers_summary(wexcombe.inspection, wexcombe[role]) for role in ("inspector-2", "lead")
    )
    assert other is not None and other.files == 0
    assert everybody is not None and everybody.files == 1
    sign(wexcombe, second)
    assert EvidenceItem.objects.count() == 1
    assert CaseReview.objects.get(pk=first.pk).evidence_item is not None
    assert CaseReview.objects.get(pk=second.pk).evidence_item is None


def test_an_urgent_concern_of_the_first_is_not_the_seconds_to_read(wexcombe: Story) -> None:
    _, first, _ = pair(wexcombe)
    actions.save_answers(
        review=first, answers={"urgent-concern": Typed("yes", f"Alone at night. {SECRET}")}, by=wexcombe["inspector"]
    )
    assert queries.concerns(wexcombe["inspector"]).count() == queries.concerns(wexcombe["lead"]).count() == 1
    assert not queries.concerns(wexcombe["inspector-2"]).exists()
    concern = queries.concerns(wexcombe["lead"]).get()
    assert not decide(wexcombe["inspector-2"], P.CASE_READ, concern.target(), timezone.now()).allowed


def test_the_council_learns_nothing_of_second_readings(wexcombe: Story) -> None:
    reading = both_in(wexcombe)
    for role in ("nominated-officer", "uploader", "director"):
        assert not queries.second_readings_visible_to(wexcombe[role]).exists()
        assert not decide(wexcombe[role], P.MODERATION_READ, reading.target(), timezone.now()).allowed


def test_the_filters_and_the_policy_agree_on_cases_that_are_read_twice(wexcombe: Story) -> None:
    reading, first, _ = pair(wexcombe)
    sign(wexcombe, first)
    scopes = Inspection.objects.get(pk=wexcombe.inspection.pk)
    assert scopes == reading.inspection
    for role in (*BLIND, "lead", "quality-assurance", "analyst", "nominated-officer"):
        for permission in (P.CASE_READ, P.LISTS_READ, P.CASE_REVIEW_WRITE, P.OWN_AUDIT_WRITE):
            assert not list(disagreements(Case.objects.all(), wexcombe[role], permission, own=READERS))
        assert not list(disagreements(Draw.objects.all(), wexcombe[role], P.DRAW_READ, own=OWNERS_OF_A_DRAW))
        for permission in (P.MODERATION_READ, P.MODERATION_SETTLE):
            own = ("reader", "case__allocated_to")
            assert not list(disagreements(SecondReading.objects.all(), wexcombe[role], permission, own=own))
    visible = set(queries.reviews_visible_to(wexcombe["inspector-2"]))
    for review in CaseReview.objects.all():
        said = decide(wexcombe["inspector-2"], P.CASE_REVIEW_READ, replace(review.target()), timezone.now()).allowed
        assert said is (review in visible)


def test_the_second_reader_opens_the_case_and_their_cases_stay_their_own(wexcombe: Story) -> None:
    reading, _, _ = pair(wexcombe)
    assert queries.case(wexcombe["inspector-2"], wexcombe.inspection.pk, reading.case_id) == reading.case
    listed = queries.cases_of_inspection(wexcombe.inspection, wexcombe["inspector-2"])
    assert reading.case not in listed and listed.count() == 6
    assert queries.progress(wexcombe.inspection, wexcombe["inspector-2"]).total == 6
    assert reading in queries.to_read_again(wexcombe["inspector-2"])
    assert reading not in queries.to_read_again(wexcombe["inspector"])


# Ends


def test_called_off_the_first_review_stands_alone(wexcombe: Story) -> None:
    reading, first, second = pair(wexcombe)
    sign(wexcombe, first)
    with pytest.raises(Refused, match="Say why"):
        actions.call_off_second_reading(reading=reading, because="", version=1, by=wexcombe["lead"])
    actions.call_off_second_reading(reading=reading, because="The reader left.", version=1, by=wexcombe["lead"])
    assert CaseReview.objects.get(pk=first.pk).evidence_item is not None
    assert first.pk in seen_by(wexcombe, "inspector-2")
    closed = CaseReview.objects.get(pk=second.pk).closed_because()
    assert "called off" in closed
    with pytest.raises(IllegalMove):
        reading = SecondReading.objects.get(pk=reading.pk)
        actions.call_off_second_reading(reading=reading, because="x", version=reading.version, by=wexcombe["lead"])


def test_setting_a_case_aside_ends_its_second_reading(wexcombe: Story) -> None:
    reading = give(wexcombe, shared_out(wexcombe))[0]
    actions.set_aside(case=reading.case, because="With a court.", version=reading.case.version, by=wexcombe["lead"])
    assert SecondReading.objects.get(pk=reading.pk).status == "called-off"


def test_a_replaced_draw_keeps_what_was_signed_off(wexcombe: Story) -> None:
    reading, first, _ = pair(wexcombe)
    sign(wexcombe, first)
    draw = Draw.objects.get(pk=reading.case.draw_id)
    actions.supersede_draw(draw=draw, because="A new list.", version=draw.version, by=wexcombe["lead"])
    assert CaseReview.objects.get(pk=first.pk).evidence_item is not None


def test_a_reader_who_has_signed_off_is_not_changed(wexcombe: Story) -> None:
    reading, _, second = pair(wexcombe)
    sign(wexcombe, second)
    factories.member(wexcombe.inspection, "inspector", "Thea Third")
    for to, says in ((factories.person("Thea Third"), "signed off"),):
        with pytest.raises(Refused, match=says):
            actions.change_second_reader(reading=reading, to=to, because="x", version=1, by=wexcombe["lead"])


def test_another_reader_must_be_able_to_read_blind(wexcombe: Story) -> None:
    reading, _, _ = pair(wexcombe)
    for role in ("inspector", "lead"):
        with pytest.raises(Refused, match="blind"):
            actions.change_second_reader(
                reading=reading, to=wexcombe.person(role), because="x", version=1, by=wexcombe["lead"]
            )
    assert queries.other_readers(reading) == []


# The council's own audit


def own_audit(told: Story, case: Case, by: str = "analyst", **more: Any) -> Any:
    words = {"question": "overall-practice", "grade": "good", "source": "Audit of June, page 2", "version": 0, **more}
    return actions.write_own_audit(case=case, by=told[by], **words)


def test_the_councils_own_grade_is_written_down_with_its_source(wexcombe: Story) -> None:
    case = wexcombe.case()
    held = own_audit(wexcombe, case)
    assert (held.grade, held.version) == ("good", 1)
    assert own_audit(wexcombe, case) == held
    changed = own_audit(wexcombe, case, by="inspector", grade="inadequate", version=1)
    assert (changed.pk, changed.grade, changed.version) == (held.pk, "inadequate", 2)
    with pytest.raises(Refused, match="Choose one of the grades"):
        own_audit(wexcombe, case, grade="yes")
    with pytest.raises(Refused, match="Choose one of the grades"):
        own_audit(wexcombe, case, question="plan")
    with pytest.raises(Refused, match="Say where"):
        own_audit(wexcombe, case, source=" ")
    for role in ("inspector-2", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused):
            own_audit(wexcombe, case, by=role)


def test_a_reader_who_is_still_blind_does_not_see_the_councils_grade(wexcombe: Story) -> None:
    reading, first, second = pair(wexcombe)
    own_audit(wexcombe, reading.case)
    case = queries.case(wexcombe["inspector-2"], wexcombe.inspection.pk, reading.case_id)
    assert queries.own_audits(case, wexcombe["inspector-2"]) == []
    assert len(queries.own_audits(case, wexcombe["lead"])) == 1
    for review in (first, second):
        sign(wexcombe, review)
    case = queries.case(wexcombe["inspector-2"], wexcombe.inspection.pk, reading.case_id)
    assert len(queries.own_audits(case, wexcombe["inspector-2"])) == 1


def test_the_helpers_of_these_tests_know_who_reads(wexcombe: Story) -> None:
    _, first, second = pair(wexcombe)
    assert actor_of(wexcombe, first) != actor_of(wexcombe, second)
    assert set(full_answers()) >= {"plan", "overall-practice"}
