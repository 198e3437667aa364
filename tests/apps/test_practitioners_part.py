"""The practitioner's part: what crosses the wall and what does not, corrections weighed, blindness kept."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import SECRET, Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, CaseReview, PractitionersPart, PractitionersWord
from goldthread.apps.cases.practitioners_part import WHOLE, answers_shown
from goldthread.apps.cases.shelving import NOTES
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.domain.instrument import URGENT
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
WORDS = "Q-WORDS-OF-A-PRACTITIONER"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def show(held: Story, review: CaseReview | None = None, *, by: str = "inspector", **more: Any) -> PractitionersPart:
    review = review or held.answered()
    told = {"to": held.person("improvement-lead"), "working_days": 3, "client_key": uuid4(), **more}
    return actions.show_to_practitioner(review=review, version=review.version, by=held[by], **told)


def save(held: Story, part: PractitionersPart, **said: Typed) -> Any:
    return actions.save_part(part=part, said=said, by=held["improvement-lead"])


def send(held: Story, part: PractitionersPart) -> PractitionersPart:
    fresh = PractitionersPart.objects.get(pk=part.pk)
    return actions.send_part(part=fresh, version=fresh.version, by=held["improvement-lead"])


def corrected(held: Story, part: PractitionersPart, value: str = "outstanding") -> PractitionersPart:
    save(held, part, plan=Typed(value, WORDS, 0, {"correct": f"{WORDS} Entry of May."}))
    return send(held, part)


def weigh(held: Story, part: PractitionersPart, *, accept: bool, because: str = "", version: int = 1) -> Any:
    return actions.weigh_correction(
        part=part, question="plan", accept=accept, because=because, version=version, by=held["inspector"]
    )


def test_the_practitioner_is_shown_answers_and_reasons_as_they_stood_and_nothing_of_the_teams_own(
    wexcombe: Story,
) -> None:
    review = wexcombe.review()
    note = next(iter(NOTES))
    actions.save_answers(review=review, answers={note: Typed("", "the team's own")}, by=wexcombe["inspector"])
    part = show(wexcombe, wexcombe.answered(review))
    told = answers_shown(part)
    assert told["plan"] == {"value": "good", "why": SECRET}
    assert not {URGENT, *NOTES} & set(told)
    send(wexcombe, part)
    actions.save_answers(review=review, answers={"plan": Typed("inadequate", "Later", 1)}, by=wexcombe["inspector"])
    assert answers_shown(part)["plan"]["value"] == "good", "what the team changes afterwards is its own"
    assert SECRET.encode() not in bytes(PractitionersPart.objects.get().shown)


def test_only_the_named_practitioner_sees_it_and_the_team_sees_nothing_before_it_is_sent(wexcombe: Story) -> None:
    part = show(wexcombe)
    save(wexcombe, part, plan=Typed("", WORDS))
    for role in ("nominated-officer", "director", "uploader", "member", "lead", "inspector", "quality-assurance"):
        assert not queries.parts_visible_to(wexcombe[role]).exists(), role
    assert queries.part(wexcombe["improvement-lead"], part.inspection_id, part.pk) == part
    assert queries.parts_waiting_for(wexcombe["improvement-lead"]) == [part]
    seen = queries.part_of_review(part.review)
    assert seen is not None and seen.words == {}
    for role in ("nominated-officer", "inspector"):
        with pytest.raises(Refused):
            actions.save_part(part=part, said={"plan": Typed("", "mine")}, by=wexcombe[role])
    send(wexcombe, part)
    seen = queries.part_of_review(part.review)
    assert seen is not None and seen.words["plan"].said == WORDS and seen.part.status == "weighed"


def test_what_is_written_is_sealed_and_stays_out_of_the_journal(wexcombe: Story) -> None:
    part = corrected(wexcombe, show(wexcombe))
    weigh(wexcombe, part, accept=False, because=f"{WORDS} no")
    row = PractitionersWord.objects.get()
    assert WORDS.encode() not in bytes(row.words or b"") + bytes(row.because or b"")
    assert all(WORDS not in f"{one.about_label}{one.detail}" for one in Entry.objects.all())
    events = list(Entry.objects.filter(event__startswith="practitioner.").values_list("event", "side"))
    assert events == [
        ("practitioner.shown", "team"), ("practitioner.saved", "authority"), ("practitioner.sent", "authority"),
        ("practitioner.correction-declined", "team"),
    ]  # fmt: skip


def test_while_it_is_out_nothing_of_the_review_is_changed_and_afterwards_it_is(wexcombe: Story) -> None:
    part = show(wexcombe)
    review = CaseReview.objects.get(pk=part.review_id)
    with pytest.raises(Refused, match="is with Robin improvement-lead until the end of"):
        actions.save_answers(review=review, answers={"plan": Typed("good", "More", 1)}, by=wexcombe["inspector"])
    with pytest.raises(Refused, match="is with"):
        actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    send(wexcombe, part)
    assert actions.save_answers(
        review=review, answers={"plan": Typed("good", "More", 1)}, by=wexcombe["inspector"]
    ).versions == {"plan": 2}


def test_an_accepted_correction_changes_the_answer_and_keeps_both_through_to_the_shelf(wexcombe: Story) -> None:
    part = corrected(wexcombe, show(wexcombe))
    review = CaseReview.objects.get(pk=part.review_id)
    with pytest.raises(Refused, match="proposed 1 correction that nobody has accepted or declined"):
        actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    part = weigh(wexcombe, part, accept=True)
    assert part.status == "weighed"
    answer, row = Answer.objects.get(review=review, question="plan"), PractitionersWord.objects.get()
    assert (answer.value, answer.why, row.original, row.proposed) == ("outstanding", SECRET, "good", "outstanding")
    review.refresh_from_db()
    signed = actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    assert signed.evidence_item is not None
    assert signed.evidence_item.detail["practitioner"] == {"answered": True, "corrected": {"plan": "good"}}
    assert signed.evidence_item.detail["answers"]["plan"] == "outstanding"
    assert WORDS not in str(signed.evidence_item.detail) + signed.evidence_item.summary


def test_a_declined_correction_needs_a_reason_and_changes_nothing(wexcombe: Story) -> None:
    part = corrected(wexcombe, show(wexcombe))
    with pytest.raises(Refused, match="Say why the answer stays"):
        weigh(wexcombe, part, accept=False)
    weigh(wexcombe, part, accept=False, because="The entry is of another child.")
    assert Answer.objects.get(review=part.review, question="plan").value == "good"
    words = queries.own_words(PractitionersPart.objects.get())
    assert (words["plan"].row.decision, words["plan"].because) == ("declined", "The entry is of another child.")


def test_a_correction_is_weighed_once_and_by_its_reviewer_alone(wexcombe: Story) -> None:
    part = corrected(wexcombe, show(wexcombe))
    for role in ("lead", "inspector-2", "improvement-lead"):
        with pytest.raises(Refused):
            actions.weigh_correction(part=part, question="plan", accept=True, because="", version=1, by=wexcombe[role])
    with pytest.raises(Refused, match="corrected nothing here"):
        actions.weigh_correction(
            part=part, question="voice", accept=True, because="", version=1, by=wexcombe["inspector"]
        )
    weigh(wexcombe, part, accept=True)
    with pytest.raises(Overtaken):
        weigh(wexcombe, part, accept=False, because="Second thoughts")
    with pytest.raises(IllegalMove):
        weigh(wexcombe, part, accept=False, because="Second thoughts", version=2)


def test_a_correction_of_words_alone_changes_no_answer(wexcombe: Story) -> None:
    part = show(wexcombe)
    save(wexcombe, part, plan=Typed("", "", 0, {"correct": "It was in June, not May."}))
    part = weigh(wexcombe, send(wexcombe, part), accept=True)
    assert part.status == "weighed" and PractitionersWord.objects.get().original == ""
    assert Answer.objects.get(review=part.review, question="plan").value == "good"


def test_what_cannot_be_shown_is_refused_in_so_many_words(wexcombe: Story) -> None:
    begun = wexcombe.review()
    with pytest.raises(Refused, match="not finished: "):
        show(wexcombe, begun)
    review = wexcombe.answered(begun)
    for days in (0, 21):
        with pytest.raises(Refused, match="from 1 to 20 working days"):
            show(wexcombe, review, working_days=days)
    for role in ("member", "inspector-2", "disclosure-checker"):
        with pytest.raises(Refused, match="has no role on the council's side"):
            show(wexcombe, review, to=wexcombe.person(role))
    for role in ("inspector-2", "quality-assurance", "nominated-officer", "improvement-lead"):
        with pytest.raises(Refused):
            show(wexcombe, review, by=role)
    with pytest.raises(Overtaken):
        actions.show_to_practitioner(
            review=review, to=wexcombe.person("improvement-lead"), working_days=3, client_key=uuid4(), version=99,
            by=wexcombe["inspector"],
        )  # fmt: skip
    key = uuid4()
    assert show(wexcombe, review, client_key=key) == show(wexcombe, review, client_key=key)
    signed = wexcombe.signed(wexcombe.review(wexcombe.case(to="inspector-2"), by="inspector-2"))
    with pytest.raises(Refused):
        show(wexcombe, signed, by="lead")


def test_the_due_day_is_so_many_working_days_away_and_only_after_it_the_reviewer_goes_on(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The Friday before a bank holiday weekend: Monday is none, so the third working day is Thursday.
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 8, 28))
    part = show(wexcombe)
    assert part.due == date(2026, 9, 3)
    for day, refused in ((date(2026, 9, 3), True), (date(2026, 9, 4), False)):
        monkeypatch.setattr(timezone, "localdate", lambda *_, day=day: day)
        assert bool(queries.overdue_parts(wexcombe["inspector"])) is not refused
        if refused:
            with pytest.raises(Refused, match="has until the end of 3 September 2026"):
                actions.go_on_without_practitioner(part=part, version=1, by=wexcombe["inspector"])
    with pytest.raises(Refused):
        actions.go_on_without_practitioner(part=part, version=1, by=wexcombe["lead"])
    actions.go_on_without_practitioner(part=part, version=1, by=wexcombe["inspector"])
    with pytest.raises(Refused, match="went on without your part"):
        save(wexcombe, part, plan=Typed("", WORDS))
    review = CaseReview.objects.get(pk=part.review_id)
    item = actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"]).evidence_item
    assert item is not None and item.detail["practitioner"] == {"answered": False, "corrected": {}}


def test_a_review_taken_back_is_out_of_sight_can_be_changed_and_shown_again(wexcombe: Story) -> None:
    part = show(wexcombe)
    with pytest.raises(Refused, match="Say why it is taken back"):
        actions.take_back_from_practitioner(part=part, because=" ", version=1, by=wexcombe["lead"])
    with pytest.raises(Refused):
        actions.take_back_from_practitioner(part=part, because="Why", version=1, by=wexcombe["improvement-lead"])
    actions.take_back_from_practitioner(part=part, because="The wrong person.", version=1, by=wexcombe["lead"])
    with pytest.raises(Refused, match="took this review back"):
        save(wexcombe, part, plan=Typed("", WORDS))
    again = show(wexcombe, CaseReview.objects.get(pk=part.review_id), to=wexcombe.person("uploader"))
    assert again.pk != part.pk and queries.parts_waiting_for(wexcombe["uploader"]) == [again]


def test_bad_words_are_refused_and_two_windows_clash_with_both_texts(wexcombe: Story) -> None:
    part = show(wexcombe)
    for said in (
        {"plan": Typed("perfect")}, {"nothing": Typed("", "x")}, {URGENT: Typed("", "x")},
        {WHOLE: Typed("good", "x")}, {"plan": Typed("", "x" * 20_001)}, {"plan": Typed("", "", 0, {"owner": "me"})},
    ):  # fmt: skip
        with pytest.raises(Refused):
            save(wexcombe, part, **said)
    assert save(wexcombe, part, plan=Typed("", "One")) == ({"plan": 1}, ())
    versions, clashes = save(wexcombe, part, plan=Typed("", "Two"), whole=Typed("", "All in all"))
    assert versions == {"whole": 1} and (clashes[0].theirs.why, clashes[0].yours.why) == ("One", "Two")
    assert save(wexcombe, part, plan=Typed("", "One")) == ({}, ()), "the same is no change"
    save(wexcombe, part, plan=Typed("inadequate", "One", 1))
    with pytest.raises(Refused, match="Say why another answer is right"):
        send(wexcombe, part)
    with pytest.raises(Clash):
        actions.send_part(part=part, version=1, by=wexcombe["improvement-lead"])


def test_a_second_reader_sees_nothing_of_it_and_a_practitioner_nothing_of_a_second_reading(wexcombe: Story) -> None:
    case = wexcombe.case()
    wexcombe.person("inspector-2")
    reading = next(
        one
        for one in actions.give_second_readings(
            draw=case.draw, share=100, seed="s", readers=[wexcombe.person("inspector-2")], version=0,
            by=wexcombe["lead"],
        )
        if one.case_id == case.pk
    )  # fmt: skip
    first = wexcombe.answered(wexcombe.review(case))
    second = wexcombe.answered(actions.start_review(case=case, by=wexcombe["inspector-2"]))
    with pytest.raises(Refused, match="second reading"):
        show(wexcombe, second, by="inspector-2")
    part = corrected(wexcombe, show(wexcombe, first))
    with pytest.raises(PractitionersPart.DoesNotExist):
        queries.practitioners_part_of(wexcombe["inspector-2"], part.inspection_id, part.pk)
    with pytest.raises(PractitionersPart.DoesNotExist):
        queries.correction(wexcombe["inspector-2"], part.inspection_id, part.pk, "plan")
    weigh(wexcombe, part, accept=True)
    first.refresh_from_db()
    actions.sign_off(review=first, version=first.version, by=wexcombe["inspector"])
    with pytest.raises(PractitionersPart.DoesNotExist):
        queries.practitioners_part_of(wexcombe["inspector-2"], part.inspection_id, part.pk)
    actions.sign_off(review=second, version=second.version, by=wexcombe["inspector-2"])
    assert queries.practitioners_part_of(wexcombe["inspector-2"], part.inspection_id, part.pk).part == part
    assert set(answers_shown(part)) == {one.question for one in first.answers.all()} - {URGENT, *NOTES}
    assert reading.reader == wexcombe.person("inspector-2")


def test_whoever_was_shown_a_review_never_reads_its_file_blind(wexcombe: Story) -> None:
    from goldthread.apps.cases.reading_twice import able

    part = show(wexcombe)
    shown, fresh = wexcombe.person("improvement-lead"), wexcombe.person("inspector-2")
    assert able([part.review.case], [shown, fresh])[part.review.case.number] == [str(fresh.pk)]


def test_a_case_that_is_given_to_another_ends_what_was_shown(wexcombe: Story) -> None:
    part = show(wexcombe)
    actions.allocate(
        cases=[part.review.case], to=wexcombe.person("inspector-2"), because="Illness", by=wexcombe["lead"]
    )
    assert queries.parts_waiting_for(wexcombe["improvement-lead"]) == []
    with pytest.raises(Refused, match="no longer works on this review"):
        save(wexcombe, part, plan=Typed("", WORDS))


def test_nothing_to_add_is_an_answer(wexcombe: Story) -> None:
    part = send(wexcombe, show(wexcombe))
    seen = queries.part_of_review(part.review)
    assert seen is not None and seen.said_nothing and part.status == "weighed"
    review = CaseReview.objects.get(pk=part.review_id)
    assert actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"]).signed_off
    assert part.sent_at is not None and part.sent_at - part.created_at < timedelta(minutes=1)
