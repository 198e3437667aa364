"""Capacity to improve: decided by people beside three kinds of evidence, never graded, every decision kept."""

import html
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions as comparison
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import CapacityJudgement, Recommendation
from goldthread.apps.improvement.queries import capacity as queries
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db

TEXTS = {
    "statement": "It betters what it sees.", "sustained": "Visits stayed up.", "learning": "Two of three are closed.",
    "recurrence": "Oversight comes back.", "reasons": "What lasts outweighs what comes back.",
}  # fmt: skip


@pytest.fixture
def wexcombe() -> Story:
    here = story()
    comparison.note_theme(
        inspection=here.inspection, on=date(2023, 9, 4), theme="oversight", source="Report of 2023, page 2",
        client_key=uuid4(), by=here["analyst"],
    )  # fmt: skip
    for to in ("open", "closed"):
        held = actions.recommend(
            inspection=here.inspection, says="Record every decision.", owner=here.person("improvement-lead"),
            due=date(2030, 3, 1), client_key=uuid4(), by=here["lead"],
        )  # fmt: skip
        held = actions.settle(held=held, to="open", because="", version=held.version, by=here["lead"])
        if to == "closed":
            actions.settle(held=held, to="closed", because="It holds.", version=held.version, by=here["lead"])
    return here


def judge(
    here: Story, version: int = 0, by: str = "lead", confidence: str = "middle", **more: str
) -> CapacityJudgement:
    return actions.judge_capacity(
        inspection=here.inspection, texts={**TEXTS, **more}, confidence=confidence, version=version, by=here[by]
    )


def test_the_evidence_is_told_in_three_kinds(wexcombe: Story) -> None:
    found = queries.evidence_of_capacity(wexcombe["lead"], wexcombe.inspection)
    assert found.learning[0] == "1 of 2 recommendations given are closed (Recommendation 2)."
    assert found.learning[1] == "0 of 1 closed ones show in what was found last that every goal is met."
    assert len(found.recurrence) == 1 and "raised before in September 2023; not raised today" in found.recurrence[0]
    assert all("Record every decision" not in one for lines in found.by_kind().values() for one in lines)


def test_a_theme_that_is_raised_again_is_told_with_what_raises_it(wexcombe: Story) -> None:
    raised = wexcombe.finding(kind="improve", themes=["oversight"], statement="Managers do not see enough.")
    found = queries.evidence_of_capacity(wexcombe["lead"], wexcombe.inspection)
    assert f"raised again today by {raised.mark}" in found.recurrence[0]


def test_each_decision_stays_with_the_evidence_that_stood_beside_it(wexcombe: Story) -> None:
    first = judge(wexcombe)
    assert judge(wexcombe) == first, "sent twice it is one"
    wexcombe.finding(kind="improve", themes=["oversight"], statement="Managers do not see enough.")
    second = judge(wexcombe, version=1, statement="It does not last.", confidence="high")
    held = queries.capacity_of(wexcombe["analyst"], wexcombe.inspection)
    assert [one.number for one in held] == [2, 1]
    assert "not raised today" in held[1].evidence["recurrence"][0]
    assert "raised again today" in held[0].evidence["recurrence"][0]
    assert (held[1].statement, held[1].created_by) == (TEXTS["statement"], wexcombe.person("lead"))
    entry = Entry.objects.filter(event="judgement.capacity").last()
    assert entry is not None and entry.side == "team" and second.statement not in str(entry.detail)


def test_a_decision_on_an_older_one_is_a_clash_that_keeps_both_texts(wexcombe: Story) -> None:
    judge(wexcombe)
    with pytest.raises(Clash) as clash:
        judge(wexcombe, statement="Otherwise.")
    assert clash.value.theirs["statement"] == TEXTS["statement"]
    assert clash.value.yours["statement"] == "Otherwise."


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_of_it_may_be_left_out(wexcombe: Story, name: str) -> None:
    with pytest.raises(actions.NotSaid) as refusal:
        judge(wexcombe, **{name: " "})
    assert refusal.value.field == name
    with pytest.raises(Refused, match="how sure"):
        judge(wexcombe, confidence="certain")


@pytest.mark.parametrize("role", ["inspector", "quality-assurance", "analyst", "director", "improvement-lead"])
def test_only_the_lead_records_it(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        judge(wexcombe, by=role)


@pytest.mark.parametrize("role", ["director", "nominated-officer", "improvement-lead", "disclosure-checker"])
def test_it_never_crosses_the_wall(wexcombe: Story, role: str) -> None:
    judge(wexcombe)
    assert queries.capacity_of(wexcombe[role], wexcombe.inspection) == []
    answer = client_for(wexcombe[role]).get(f"/inspections/{wexcombe.inspection.pk}/capacity/")
    assert answer.status_code in (403, 404)


def test_the_page_lays_the_evidence_beside_the_statement(wexcombe: Story) -> None:
    at = f"/inspections/{wexcombe.inspection.pk}/capacity/"
    lead = client_for(wexcombe["lead"])
    page = html.unescape(lead.get(at).content.decode())
    assert "1 of 2 recommendations given are closed (Recommendation 2)." in page and "Nothing is recorded yet." in page
    sent: dict[str, Any] = {**TEXTS, "confidence": "middle", "version": "0"}
    half = lead.post(at, {**sent, "reasons": ""})
    assert half.status_code == 422 and TEXTS["recurrence"] in half.content.decode()
    assert lead.post(at, sent).status_code == 302
    page = html.unescape(client_for(wexcombe["inspector"]).get(at).content.decode())
    assert TEXTS["statement"] in page and "Decision 1" in page and "<textarea" not in page
    assert at in lead.get(f"/inspections/{wexcombe.inspection.pk}/judgements/").content.decode()


def test_what_the_authority_was_asked_elsewhere_counts_and_is_named_with_its_place(wexcombe: Story) -> None:
    later = story()
    Inspection.objects.filter(pk=later.inspection.pk).update(authority=wexcombe.inspection.authority, title="Later on")
    Membership.objects.create(
        inspection=later.inspection, person=wexcombe.person("lead"), role="lead",
        valid_from=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    later.inspection.refresh_from_db()
    found = queries.evidence_of_capacity(wexcombe["lead"], later.inspection)
    assert found.learning[0] == (
        f"1 of 2 recommendations given are closed (Recommendation 2 of “{wexcombe.inspection.title}”)."
    )
    assert found.learning[-1] == "Their owners call 0 of 2 done."
    # Whoever takes part in the later one alone is told of nothing that they may not read.
    assert queries.evidence_of_capacity(later["lead"], later.inspection).learning == ()


def test_goals_are_told_in_one_sentence_and_a_day_that_is_past_is_no_sign(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    for held in actions_of(wexcombe):
        actions.set_goal(held=held, measure="check:W01", target=90, client_key=uuid4(), by=wexcombe["lead"])
    told = queries.evidence_of_capacity(wexcombe["lead"], wexcombe.inspection).sustained
    assert "Of 1 goal, by what was found last: 1 not measured yet." in told
    then = timezone.make_aware(datetime.combine(date(2031, 1, 1), time(12)))
    monkeypatch.setattr(timezone, "now", lambda: then)
    area = next(one for one in queries._watched(wexcombe["lead"], wexcombe.inspection) if "past its day" in one)
    assert "1 promised and past its day" in area and "sign for the worse" not in area


def actions_of(here: Story) -> list[Recommendation]:
    """The recommendations that are open."""
    return list(Recommendation.objects.filter(inspection=here.inspection, status="open"))


def test_each_kind_of_evidence_leads_to_the_page_on_which_it_is_shown_whole(wexcombe: Story) -> None:
    page = client_for(wexcombe["lead"]).get(f"/inspections/{wexcombe.inspection.pk}/capacity/").content.decode()
    for name in ("improvement_watch", "improvement", "improvement_recurrence"):
        assert reverse(name, args=[wexcombe.inspection.pk]) in page
