"""Challenges of quality assurance, and the meetings that moderate judgements."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.findings import actions, queries
from goldthread.apps.findings.models import Challenge, Discussed, Judgement, ModerationMeeting
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions as reports
from goldthread.domain.lifecycle import IllegalMove
from goldthread.web.presenters import judged, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    here = story()
    here.agreed(area="adoption")
    here.propose("adoption", "good")
    return here


def held(here: Story) -> Judgement:
    return queries.judgement(here["lead"], here.inspection.pk, "adoption")


def challenge(here: Story, by: str = "quality-assurance", **more: Any) -> Challenge:
    words = {"question": "Is it prompt?", "against": "F001 tells of one year.", "client_key": uuid4(), **more}
    return actions.challenge(judgement=held(here), by=here[by], **words)


def test_an_open_challenge_is_named_where_the_judgement_is_agreed_and_refuses_it(wexcombe: Story) -> None:
    asked = challenge(wexcombe)
    with pytest.raises(Refused, match=r"A challenge is open: “Is it prompt\?”"):
        actions.agree_judgement(judgement=held(wexcombe), by=wexcombe["lead"])
    actions.answer_challenge(challenge=asked, answer="The year was typical.", by=wexcombe["lead"])
    assert actions.agree_judgement(judgement=held(wexcombe), by=wexcombe["lead"]).status == "agreed"
    entry = Entry.objects.get(event="judgement.challenged")
    assert "prompt" not in str(entry.detail) and entry.side == "team"


def test_a_challenge_is_answered_closed_and_that_is_final(wexcombe: Story) -> None:
    asked, manager = challenge(wexcombe), wexcombe["quality-assurance"]
    done = actions.answer_challenge(challenge=asked, answer="It was.", by=wexcombe["inspector"])
    assert (done.status, done.answered_by_id) == ("answered", wexcombe.person("inspector").pk)
    again = actions.close_challenge(challenge=asked, closing="Of which year?", by=manager, again=True)
    assert (again.status, again.closed_at) == ("open", None)
    actions.answer_challenge(challenge=asked, answer="Of 2026.", by=wexcombe["lead"])
    closed = actions.close_challenge(challenge=asked, closing="Met.", by=manager)
    assert (closed.status, closed.closed_by_id) == ("closed", wexcombe.person("quality-assurance").pk)
    with pytest.raises(IllegalMove, match="final"):
        actions.close_challenge(challenge=asked, closing="Met.", by=manager, again=True)


def test_to_ask_again_of_an_agreed_judgement_takes_it_back_and_no_report_goes_on(wexcombe: Story) -> None:
    asked, manager = challenge(wexcombe), wexcombe["quality-assurance"]
    actions.answer_challenge(challenge=asked, answer="It was.", by=wexcombe["lead"])
    actions.agree_judgement(judgement=held(wexcombe), by=wexcombe["lead"])
    told = {"inspection": wexcombe.inspection, "title": "Wexcombe", "by": wexcombe["lead"]}
    report = reports.compose(client_key=uuid4(), **told)
    asked = actions.close_challenge(challenge=asked, closing="Of which year?", by=manager, again=True)
    back = held(wexcombe)
    assert (back.status, back.decided_at, back.version) == ("proposed", None, 3)
    assert back.reopened_because == "A challenge is asked again: Of which year?"
    assert [one.number for one in queries.states_of(back)] == [1]
    assert Entry.objects.filter(event="judgement.reopened", by_id=manager.id).count() == 1
    with pytest.raises(Refused, match="A challenge to a judgement waits for an answer: Adoption"):
        reports.submit(report=report, by=wexcombe["lead"])
    with pytest.raises(Refused, match="A challenge is open"):
        actions.agree_judgement(judgement=back, by=wexcombe["lead"])
    actions.answer_challenge(challenge=asked, answer="Of 2026.", by=wexcombe["lead"])
    actions.agree_judgement(judgement=held(wexcombe), by=wexcombe["lead"])
    assert reports.submit(report=report, by=wexcombe["lead"]).status == "submitted"


def test_what_is_disputed_is_counted_for_whoever_may_see_it(wexcombe: Story) -> None:
    asked = challenge(wexcombe)
    actions.dissent(judgement=held(wexcombe), grade="outstanding", because="It is quicker than most.",
                    client_key=uuid4(), by=wexcombe["inspector"])  # fmt: skip
    (one,) = queries.disputed(wexcombe.inspection, wexcombe["lead"])
    assert (one.judgement.area, len(one.open), one.answered, one.dissents) == ("adoption", 1, 0, 1)
    assert judged.disputes(wexcombe.inspection, wexcombe["lead"]) == [
        "Adoption performance: 1 challenge waits for an answer, 1 dissent stands"
    ]
    assert queries.disputed(wexcombe.inspection, wexcombe["director"]) == []
    to_do = {role: {one.title for one in today.tasks(wexcombe[role])} for role in ("lead", "quality-assurance")}
    assert "Answer a challenge to a judgement" in to_do["lead"]
    assert "Close a challenge that was answered" not in to_do["quality-assurance"]
    actions.answer_challenge(challenge=asked, answer="It was.", by=wexcombe["lead"])
    to_do = {role: {one.title for one in today.tasks(wexcombe[role])} for role in ("lead", "quality-assurance")}
    assert "Answer a challenge to a judgement" not in to_do["lead"]
    assert "Close a challenge that was answered" in to_do["quality-assurance"]


def test_the_manager_closes_an_open_challenge_too(wexcombe: Story) -> None:
    actions.close_challenge(challenge=challenge(wexcombe), closing="Seen since.", by=wexcombe["quality-assurance"])
    assert actions.agree_judgement(judgement=held(wexcombe), by=wexcombe["lead"]).status == "agreed"


def test_who_answers(wexcombe: Story) -> None:
    asked = challenge(wexcombe)
    for role in ("quality-assurance", "analyst", "director"):
        with pytest.raises(Refused):
            actions.answer_challenge(challenge=asked, answer="It was.", by=wexcombe[role])
    Judgement.objects.update(created_by=wexcombe.person("lead"), proposed_by=wexcombe.person("lead"))
    with pytest.raises(Refused, match="who proposed the judgement answers"):
        actions.answer_challenge(challenge=asked, answer="It was.", by=wexcombe["inspector"])
    Challenge.objects.update(raised_by=wexcombe.person("lead"))
    with pytest.raises(Refused, match="You raised this challenge yourself"):
        actions.answer_challenge(challenge=asked, answer="It was.", by=wexcombe["lead"])


@pytest.mark.parametrize("role", ["lead", "inspector", "analyst", "nominated-officer"])
def test_who_may_not_challenge(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        challenge(wexcombe, by=role)


def test_a_challenge_needs_a_question_and_evidence_and_is_of_a_version(wexcombe: Story) -> None:
    for words, says in (({"question": " "}, "what you ask"), ({"against": ""}, "which evidence")):
        with pytest.raises(Refused, match=says):
            challenge(wexcombe, **words)
    with pytest.raises(Overtaken):
        challenge(wexcombe, version=7)
    key = uuid4()
    assert challenge(wexcombe, client_key=key) == challenge(wexcombe, client_key=key)
    actions.close_challenge(challenge=Challenge.objects.get(), closing="Met.", by=wexcombe["quality-assurance"])
    actions.agree_judgement(judgement=held(wexcombe), by=wexcombe["lead"])
    with pytest.raises(Refused, match="The lead inspector can open it again"):
        challenge(wexcombe)


def test_challenges_never_cross_the_wall(wexcombe: Story) -> None:
    asked = challenge(wexcombe)
    for role in ("director", "nominated-officer", "disclosure-checker"):
        with pytest.raises(Judgement.DoesNotExist):
            queries.challenge_to(wexcombe[role], wexcombe.inspection.pk, "adoption", asked.pk)


def meeting(here: Story, by: str = "quality-assurance", **more: Any) -> ModerationMeeting:
    there = [here.person("lead"), here.person("quality-assurance")]
    words: dict[str, Any] = {"day": here.inspection.call_day, "attended": there, "client_key": uuid4(), **more}
    return actions.record_moderation(inspection=here.inspection, by=here[by], **words)


def test_a_meeting_keeps_what_was_decided_of_the_judgement_as_it_stood(wexcombe: Story) -> None:
    made = meeting(wexcombe)
    said = actions.decide_of(meeting=made, area="adoption", decided="Good stands.", by=wexcombe["lead"])
    wexcombe.propose("adoption", "outstanding", version=1)
    said.refresh_from_db()
    assert (said.of_grade, said.of_version) == ("good", 1)
    assert [one.meeting for one in queries.discussions_of(held(wexcombe))] == [made]
    assert [one.judgement.area for one in queries.discussed_in(made)] == ["adoption"]
    assert [one.name for one in queries.at_moderation(made)] == ["Robin lead", "Robin quality-assurance"]
    actions.decide_of(meeting=made, area="adoption", decided="Outstanding.", by=wexcombe["lead"])
    assert Discussed.objects.get().of_grade == "outstanding"


def test_what_a_meeting_needs(wexcombe: Story) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    for words, says in (
        ({"day": tomorrow}, "Choose a day"),
        ({"day": wexcombe.inspection.call_day - timedelta(days=1)}, "Choose a day"),
        ({"attended": [wexcombe.person("lead")]}, "nobody moderates alone"),
        ({"attended": [wexcombe.person("lead"), wexcombe.person("director")]}, "is not in the team"),
    ):
        with pytest.raises(Refused, match=says):
            meeting(wexcombe, **words)
    key = uuid4()
    made = meeting(wexcombe, client_key=key)
    assert meeting(wexcombe, client_key=key) == made
    with pytest.raises(Refused, match="none to discuss"):
        actions.decide_of(meeting=made, area="leadership", decided="Good.", by=wexcombe["lead"])
    with pytest.raises(Refused, match="what was decided"):
        actions.decide_of(meeting=made, area="adoption", decided=" ", by=wexcombe["lead"])
    with pytest.raises(Overtaken):
        actions.decide_of(meeting=made, area="adoption", decided="Good.", by=wexcombe["lead"], version=9)


@pytest.mark.parametrize("role", ["inspector", "analyst", "director"])
def test_who_writes_no_record_of_moderation(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        meeting(wexcombe, by=role)


@pytest.mark.parametrize("role", ["director", "nominated-officer", "disclosure-checker"])
def test_who_reads_no_record_of_moderation(wexcombe: Story, role: str) -> None:
    made = meeting(wexcombe)
    with pytest.raises(ModerationMeeting.DoesNotExist):
        queries.moderation_meeting(wexcombe[role], wexcombe.inspection.pk, made.pk)
    assert queries.moderation_meetings(wexcombe[role], wexcombe.inspection) == []


def test_a_kept_state_has_the_challenges_that_the_judgement_went_through(wexcombe: Story) -> None:
    made = challenge(wexcombe)
    answered = actions.answer_challenge(challenge=made, answer="The files bear it out.", by=wexcombe["lead"])
    now = held(wexcombe)
    actions.agree_judgement(judgement=now, by=wexcombe["lead"])
    told = queries.state_of(wexcombe["lead"], wexcombe.inspection.pk, now.area, 1).row.content
    assert [(one["question"], one["answer"]) for one in told["challenges"]] == [(made.question, answered.answer)]
    where = reverse("judgement_state", args=[wexcombe.inspection.pk, now.area, 1])
    page = client_for(wexcombe.person("lead")).get(where).content.decode()
    assert "The files bear it out." in page and "Moderation meetings" in page
