"""What the council is asked for: asking, answering, settling, and who may know of it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.requests import actions, queries
from goldthread.apps.requests.models import InformationRequest
from goldthread.domain import lifecycle
from goldthread.domain.frameworks import load

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def wexcombe() -> Story:
    return story()


def fields(**more: Any) -> dict[str, Any]:
    return {"title": "Supervision policy", "says": "As in force", "why": "", "due": TODAY, "owner": None, **more}


def ask(held: Story, by: str = "lead", **more: Any) -> InformationRequest:
    return actions.ask(inspection=held.inspection, client_key=uuid4(), by=held[by], **fields(**more))


def test_the_frameworks_list_is_asked_for_in_one_act_and_once(wexcombe: Story) -> None:
    whole = load(wexcombe.inspection.framework).requests
    refs = [one.ref for one in whole]
    few = actions.ask_from_template(inspection=wexcombe.inspection, refs=refs[:3], by=wexcombe["lead"])
    assert [one.ref for one in few] == refs[:3]
    rest = actions.ask_from_template(inspection=wexcombe.inspection, refs=refs, by=wexcombe["analyst"])
    assert [one.ref for one in rest] == refs[3:]
    assert actions.ask_from_template(inspection=wexcombe.inspection, refs=refs, by=wexcombe["lead"]) == []
    assert InformationRequest.objects.count() == len(whole)
    assert [one.number for one in queries.of_inspection(wexcombe["lead"], wexcombe.inspection, sort="number")] == list(
        range(1, len(whole) + 1)
    )
    told = Entry.objects.filter(event="request.asked-from-template")
    assert [one.detail["count"] for one in told] == [3, len(whole) - 3]


def test_a_template_is_refused_where_nothing_or_a_strange_thing_is_chosen(wexcombe: Story) -> None:
    for refs, says in (([], "at least one"), (["9.99"], "nothing under 9.99")):
        with pytest.raises(Refused, match=says):
            actions.ask_from_template(inspection=wexcombe.inspection, refs=refs, by=wexcombe["lead"])


def test_a_request_goes_from_asked_to_settled_and_each_step_is_kept(wexcombe: Story) -> None:
    asked = ask(wexcombe)
    officer, lead = wexcombe["nominated-officer"], wexcombe["lead"]
    asked = actions.take_on(request=asked, owner=wexcombe.person("uploader"), version=1, by=officer)
    assert (asked.status, asked.owner) == ("seen", wexcombe.person("uploader"))
    handed = queries.to_answer_with(wexcombe["uploader"], wexcombe.inspection)
    given: dict[str, Any] = {"says": "In the lists.", "submission": handed[0], "by": wexcombe["uploader"]}
    asked = actions.answer(request=asked, version=2, **given)
    assert queries.seen_submission(lead, asked) == wexcombe.submission
    asked = actions.settle(request=asked, to="sent-back", because="May is missing.", version=3, by=lead)
    asked = actions.answer(request=asked, says="May too.", submission=None, version=4, by=officer)
    assert asked.submission == wexcombe.submission
    asked = actions.settle(request=asked, to="settled", because="", version=5, by=lead)
    assert [one.kind for one in asked.turns.all()] == ["asked", "seen", "answer", "sent-back", "answer", "settled"]
    assert list(Entry.objects.filter(about_kind="information-request").values_list("event", flat=True)) == [
        "request.asked", "request.seen", "request.answered", "request.sent-back", "request.answered", "request.settled",
    ]  # fmt: skip


def test_every_move_back_needs_a_reason_and_none_is_made_out_of_order(wexcombe: Story) -> None:
    asked = ask(wexcombe)
    for to in ("settled", "withdrawn"):
        with pytest.raises(Refused, match="Say why"):
            actions.settle(request=asked, to=to, because=" ", version=1, by=wexcombe["lead"])
    with pytest.raises(Refused, match="Choose what becomes"):
        actions.settle(request=asked, to="seen", because="So", version=1, by=wexcombe["lead"])
    with pytest.raises(lifecycle.IllegalMove):
        actions.settle(request=asked, to="sent-back", because="So", version=1, by=wexcombe["lead"])
    asked = actions.settle(request=asked, to="withdrawn", because="Not needed.", version=1, by=wexcombe["lead"])
    with pytest.raises(lifecycle.IllegalMove):
        actions.answer(request=asked, says="Here", submission=None, version=2, by=wexcombe["nominated-officer"])
    with pytest.raises(Refused, match="waits for nobody"):
        actions.take_on(request=asked, owner=None, version=2, by=wexcombe["nominated-officer"])
    with pytest.raises(Refused, match="This request is over"):
        actions.change(request=asked, version=2, by=wexcombe["lead"], **fields())
    again = actions.settle(request=asked, to="asked", because="It is.", version=2, by=wexcombe["lead"])
    assert again.waiting


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": "  "}, "Say what is asked for"),
        ({"due": date(2020, 1, 1)}, "before the day of the call"),
        ({"due": TODAY - timedelta(days=1)}, "is over"),
    ],
)
def test_a_request_without_sense_is_refused(wexcombe: Story, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        ask(wexcombe, **more)
    assert not InformationRequest.objects.exists()


def test_only_somebody_of_the_council_answers(wexcombe: Story) -> None:
    with pytest.raises(Refused, match="cannot answer for the council"):
        ask(wexcombe, owner=wexcombe.person("inspector"))
    asked = ask(wexcombe, owner=wexcombe.person("director"))
    for nobody in ("inspector", "member"):
        with pytest.raises(Refused, match="cannot answer"):
            actions.take_on(
                request=asked, owner=wexcombe.person(nobody), version=1, by=wexcombe["nominated-officer"]
            )  # fmt: skip
    with pytest.raises(Refused):
        actions.answer(request=asked, says="We have it", submission=None, version=1, by=wexcombe["lead"])
    with pytest.raises(Refused, match="Write what you sent"):
        actions.answer(request=asked, says=" ", submission=None, version=1, by=wexcombe["nominated-officer"])


def test_what_is_not_handed_over_cannot_be_named_in_an_answer(wexcombe: Story) -> None:
    row: Any = wexcombe.submission
    row.hand_over, row.released_at = "staged", None
    row.save()
    assert queries.to_answer_with(wexcombe["nominated-officer"], wexcombe.inspection) == []
    with pytest.raises(Refused, match="have handed over"):
        actions.answer(
            request=ask(wexcombe), says="There", submission=row, version=1, by=wexcombe["nominated-officer"]
        )  # fmt: skip


def test_whose_it_is_who_may_see_it(wexcombe: Story) -> None:
    of_uploader, of_nobody = ask(wexcombe, owner=wexcombe.person("uploader")), ask(wexcombe, title="Audits")
    seen = {
        role: {one.number for one in queries.of_inspection(wexcombe[role], wexcombe.inspection)}
        for role in (
            "lead", "inspector", "analyst", "quality-assurance", "nominated-officer", "director", "uploader",
            "improvement-lead", "member", "disclosure-checker", "records-officer",
        )
    }  # fmt: skip
    both = {of_uploader.number, of_nobody.number}
    everybody = dict.fromkeys(
        ("lead", "inspector", "analyst", "quality-assurance", "nominated-officer", "director"), both
    )
    nothing: set[int] = set()
    assert seen == {
        **everybody, "uploader": {of_uploader.number}, "improvement-lead": nothing, "member": nothing,
        "disclosure-checker": nothing, "records-officer": nothing,
    }  # fmt: skip
    with pytest.raises(Refused):
        actions.answer(request=of_nobody, says="Mine?", submission=None, version=1, by=wexcombe["uploader"])
    with pytest.raises(Refused):
        actions.settle(request=of_nobody, to="withdrawn", because="No", version=1, by=wexcombe["nominated-officer"])


def test_an_inspector_asks_and_settles_their_own_only(wexcombe: Story) -> None:
    own, other = ask(wexcombe, by="inspector"), ask(wexcombe, title="Audits")
    actions.settle(request=own, to="withdrawn", because="Found it.", version=1, by=wexcombe["inspector"])
    with pytest.raises(Refused):
        actions.settle(request=other, to="withdrawn", because="Found it.", version=1, by=wexcombe["inspector"])


def test_the_same_key_asks_once_and_whoever_comes_second_is_told(wexcombe: Story) -> None:
    key = uuid4()
    one, two = (
        actions.ask(inspection=wexcombe.inspection, client_key=key, by=wexcombe["lead"], **fields()) for _ in range(2)
    )
    assert one == two
    actions.change(request=one, version=1, by=wexcombe["lead"], **fields(due=TODAY + timedelta(days=2)))
    with pytest.raises(Clash):
        actions.change(request=one, version=1, by=wexcombe["analyst"], **fields(title="Another"))
    with pytest.raises(Overtaken):
        actions.answer(request=one, says="Here", submission=None, version=1, by=wexcombe["nominated-officer"])
    assert one.turns.last().says == "Due 12 November 2026, before 10 November 2026"


def test_counts_and_lateness_agree_with_a_second_count(wexcombe: Story) -> None:
    for days in (0, 1, 2):
        ask(wexcombe, title=f"Thing {days}", due=TODAY + timedelta(days=days))
    late = ask(wexcombe, title="Late")
    InformationRequest.objects.filter(pk=late.pk).update(due=TODAY - timedelta(days=3))
    gone = ask(wexcombe, title="Gone")
    actions.settle(request=gone, to="withdrawn", because="No.", version=1, by=wexcombe["lead"])
    done = ask(wexcombe, title="Done")
    actions.answer(request=done, says="Sent.", submission=None, version=1, by=wexcombe["nominated-officer"])
    rows = list(InformationRequest.objects.all())
    told = queries.counted(queries.of_inspection(wexcombe["lead"], wexcombe.inspection))
    naive_late = [one for one in rows if one.status in ("asked", "seen", "sent-back") and one.due < TODAY]
    assert (told.all, told.waiting, told.late, told.answered, told.settled) == (5, 4, len(naive_late), 1, 0)
    of_list = queries.of_inspection(wexcombe["lead"], wexcombe.inspection, status="late")
    assert list(of_list) == naive_late == [late]
    assert queries.of_inspection(wexcombe["lead"], wexcombe.inspection, words=f"thing a{1}").count() == 1
    assert {one.title for one in queries.answered_to(wexcombe["lead"])[wexcombe.inspection]} == {"Done"}


def test_a_conflict_of_interest_shuts_requests_too(wexcombe: Story) -> None:
    ask(wexcombe)
    inspections.declare_conflict(
        inspection=wexcombe.inspection, person=wexcombe.person("analyst"), says="A brother.", by=wexcombe["lead"]
    )
    assert not queries.of_inspection(wexcombe["analyst"], wexcombe.inspection)
    assert queries.of_inspection(PROGRAMME, wexcombe.inspection)
