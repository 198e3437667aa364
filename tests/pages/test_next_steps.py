"""The home page names the next step of an inspection for whoever may take it, and for nobody else."""

import re
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from tests import cases_story, findings_story
from tests import factories as make
from tests.cases_story import Story

from goldthread.apps.access.policy import Actor
from goldthread.apps.access.queries import person
from goldthread.apps.cases import actions as cases
from goldthread.apps.evidence.actions import withdraw
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.queries.wary import Warned
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.apps.submissions.models import Submission
from goldthread.web.presenters import today

pytestmark = pytest.mark.django_db


def titles(who: Actor) -> dict[str, int]:
    """What somebody is to do, with how many."""
    return {one.title: one.count for one in today.tasks(who)}


@pytest.fixture
def wexcombe() -> Story:
    return cases_story.story()


def test_a_lead_alone_says_who_takes_part_and_then_names_the_officer() -> None:
    lead = make.site_lead()
    held = make.inspection(lead=lead)
    assert "Say who takes part" in titles(lead)
    make.member(held, "inspector")
    assert "Say who takes part" not in titles(lead) and "Name the council's nominated officer" in titles(lead)
    make.member(held, "nominated-officer")
    assert "Name the council's nominated officer" not in titles(lead)


def test_a_status_behind_its_own_dates_is_the_leads_to_move() -> None:
    lead = make.site_lead()
    held = make.inspection(
        lead=lead, call_day=date(2020, 1, 6), fieldwork_from=date(2020, 1, 13), fieldwork_to=date(2020, 1, 24)
    )
    for step in ("Record that the authority is told", "Record that fieldwork has begun"):
        assert step in titles(lead)
        inspections.move(inspection=held, to="notified" if "told" in step else "fieldwork", by=lead)
    assert "Record that fieldwork has ended" in titles(lead)


def test_after_hand_over_the_lead_and_the_analyst_read_and_draw(wexcombe: Story) -> None:
    for role in ("lead", "analyst"):
        found = titles(wexcombe[role])
        assert "Read what was handed in" in found and "Draw a sample" in found, role
    assert "Draw a sample" not in titles(wexcombe["inspector"])
    wexcombe.draw()
    found = titles(wexcombe["lead"])
    assert "Draw a sample" not in found and found["Allocate drawn files"] == 12


def test_reviews_are_followed_by_the_lead_and_read_by_quality_assurance(wexcombe: Story) -> None:
    quality = make.member(wexcombe.inspection, "quality-assurance")
    review = wexcombe.review()
    assert titles(wexcombe["lead"])["Follow the case reviews"] == 1
    assert "Read the reviews that are signed off" not in titles(quality)
    wexcombe.signed(review)
    assert "Follow the case reviews" not in titles(wexcombe["lead"])
    assert titles(quality)["Read the reviews that are signed off"] == 1
    assert "Write findings from the reviews" in titles(wexcombe["inspector"])
    assert "Write findings from the reviews" not in titles(quality)


def test_one_thing_to_do_is_counted_as_one(wexcombe: Story) -> None:
    wexcombe.case()
    page = make.client_for(wexcombe.person("inspector")).get("/home/").content.decode()
    assert "1 to do" in page


def test_findings_and_judgements_wait_for_whoever_may_agree_them() -> None:
    told = findings_story.story()
    lead, inspector = told["lead"], told["inspector"]
    finding = told.finding()
    assert "Agree findings" not in titles(lead)
    findings.cite(finding=finding, item=told.item(), stance="for", why="It shows so.", by=inspector)
    assert titles(lead)["Agree findings"] == 1 and "Agree findings" not in titles(inspector)
    findings.agree(finding=finding, by=lead)
    assert titles(lead)["Judge areas"] == titles(inspector)["Judge areas"] == 5
    judged = findings.propose_judgement(
        inspection=told.inspection, area="help-and-protection", grade="good", reason="It fits best.",
        departs_because="",
        version=0, by=inspector,
    )  # fmt: skip
    assert titles(lead)["Agree proposed judgements"] == 1 and "Agree proposed judgements" not in titles(inspector)
    findings.agree_judgement(judgement=judged, by=lead)
    assert "Agree proposed judgements" not in titles(lead) and titles(lead)["Judge areas"] == 4


def test_the_council_brings_in_sends_again_and_gets_files_ready(wexcombe: Story) -> None:
    officer, uploader = wexcombe["nominated-officer"], wexcombe["uploader"]
    assert "Bring in child-level data" not in titles(uploader)
    Submission.objects.filter(inspection=wexcombe.inspection).update(status="refused", hand_over="staged")
    for who in (officer, uploader):
        assert "Send the data again: the last file was refused" in titles(who)
    Submission.objects.filter(inspection=wexcombe.inspection).update(status="read", hand_over="submitted")
    inspections.change(
        inspection=wexcombe.inspection, version=wexcombe.inspection.version, fieldwork_to=date(2099, 1, 1),
        by=wexcombe["lead"],
    )  # fmt: skip
    draw = wexcombe.draw()
    assert "Get the drawn files ready" not in titles(officer)
    cases.release_draw(draw=draw, version=draw.version, by=wexcombe["lead"])
    assert titles(officer)["Get the drawn files ready"] == 1
    assert "Get the drawn files ready" not in titles(wexcombe["lead"])


def test_a_conflict_waits_for_quality_assurance_and_not_for_whoever_declared_it() -> None:
    held = make.inspection()
    inspector, quality = make.member(held, "inspector"), make.member(held, "quality-assurance")
    inspections.declare_conflict(inspection=held, person=person(inspector.id), says="Worked there", by=inspector)
    assert titles(quality)["Look at conflicts of interest"] == 1
    assert titles(inspector) == {}


def page(who: Any, address: str = "/home/") -> str:
    return str(make.client_for(who).get(address).content.decode())


def test_a_member_sees_what_is_published_and_that_nothing_is_yet() -> None:
    held = make.inspection(title="Inner title", authority="Wexcombe")
    member = make.member(held, "member")
    shown = page(member)
    assert "Nothing is published yet" in shown and "You take part in no inspection" not in shown
    assert "Inner title" not in shown, "the set-up is not a member's to see"
    # The pack and the plan are a member's to read; nothing else of the inspection is led to.
    led = set(re.findall(rf'href="(/inspections/{held.pk}/[^"]*)"', shown))
    assert led == {f"/inspections/{held.pk}/improvement/{one}/" for one in ("board-pack", "plan")}
    refused = make.client_for(member).get(f"/inspections/{held.pk}/")
    # Of the inspection itself a member is not even told that it is there; the page leads to what they may read.
    assert refused.status_code == 404 and 'href="/reports/"' in refused.content.decode()


def test_a_members_home_leads_to_the_published_report(world: Any) -> None:
    place = world.own
    slug = next(thing.parts["slug"] for thing in place.things if thing.kind == "publication")
    assert f'href="/reports/{slug}/"' in page(place["member"])


def test_the_overview_counts_areas_and_says_nothing_false_of_the_sample(wexcombe: Story) -> None:
    where = f"/inspections/{wexcombe.inspection.pk}/"
    director = make.member(wexcombe.inspection, "director")
    draw = wexcombe.draw()
    assert "Not shown to you unless the team releases it" in page(director, where)
    assert "12 drawn" in page(wexcombe["lead"], where)
    cases.release_draw(draw=draw, version=draw.version, by=wexcombe["lead"])
    assert "1 shown to you" in page(director, where)
    assert "0 of 5 areas judged; overall effectiveness not yet" in page(wexcombe["lead"], where)


def test_a_visit_without_grades_goes_from_findings_to_its_letter() -> None:
    told = findings_story.story("focused-visit")
    draft = told.cited("data", area="front-door")
    assert not {"Judge areas", "Compose the report"} & set(titles(told["lead"]))
    findings.agree(finding=draft, by=told["lead"])
    found = titles(told["lead"])
    assert "Compose the report" in found
    assert "Judge areas" not in found


def test_a_programme_of_the_councils_own_is_not_asked_to_draw_at_large_nor_to_end(wexcombe: Story) -> None:
    lead = wexcombe["lead"]
    rows = Inspection.objects.filter(pk=wexcombe.inspection.pk)
    rows.update(kind=Kind.INTERNAL, status="fieldwork", fieldwork_to=date(2020, 1, 24))
    assert not {"Draw a sample", "Read what was handed in", "Record that fieldwork has ended"} & set(titles(lead))
    rows.update(kind=Kind.MOCK)
    assert {"Draw a sample", "Record that fieldwork has ended"} <= set(titles(lead))
    rows.update(status="moderation")
    assert "Draw a sample" not in titles(lead)


def test_a_published_inspection_is_checked_again_for_what_fell_and_not_for_what_came_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = findings_story.story()
    finding = made.agreed("data", "case-review", statement="Children speak to us")
    findings.agree_judgement(judgement=made.propose("help-and-protection", "good"), by=made["lead"])
    later = Warned("check-again", "Check again", "The watch tells of a change.")
    monkeypatch.setattr(
        import_module("goldthread.apps.findings.queries.findings"),
        "told_since",
        lambda actor, inspection, rows: {} if actor.programme else {finding.pk: (later,)},
    )
    asked = {"Check findings again: evidence under them changed", "Check judgements again: what they rest on changed"}
    assert asked <= set(titles(made["lead"]))
    Inspection.objects.filter(pk=made.inspection.pk).update(status="published")
    assert not asked & set(titles(made["lead"]))
    citation = finding.citations.first()
    assert citation is not None
    withdraw(item=citation.item, because="It was another child.", by=made["lead"])
    assert asked <= set(titles(made["lead"]))
