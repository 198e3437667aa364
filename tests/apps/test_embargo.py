"""Embargo: a report is made at once and is nobody's but the team's until its moment."""

import hashlib
import re
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.accuracy_story import AREA, approved
from tests.accuracy_story import wexcombe as wexcombe
from tests.apps import test_editions as editions
from tests.embargo_story import SECOND, Clock, a_moment, browser, embargoed, given, lift, move
from tests.embargo_story import clock as clock
from tests.findings_story import Story
from tests.two_checkers import passed

from goldthread.apps.access.policy import Refused
from goldthread.apps.improvement.queries.then_and_now import then_and_now
from goldthread.apps.improvement.queries.watch import judgements, watch
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import PrePublicationCopy, Publication
from goldthread.domain.embargo import LONDON, moment_of
from goldthread.web.doors import every_door

pytestmark = pytest.mark.django_db

PUBLIC = sorted(one.name for one in every_door() if one.name.startswith("published_"))
"""Every door of a published report: one that is added is asked too."""
FORMS = ("pdf", "docx", "odt", "json")


BAR = {"title": "Seen in time", "value": 60.0, "low": 50.0, "high": 70.0}


def with_everything(told: Story) -> Publication:
    """A report under embargo, with a chart, and an edition for children beside it."""
    report = approved(told)
    held = embargoed(told, report)
    edition = editions.passed(told, editions.written(told, editions.begun(told, report)))
    actions.publish_edition(edition=edition, by=told["lead"])
    part = next(one for one in held.content["parts"] if one["slug"] == AREA)
    part["figure"] = {"title": "Most were seen in time", "says": "Of all, 60%.", "bars": [BAR]}
    held.save(update_fields=["content"])
    return held


def addresses(slug: str, edition: str, name: str) -> list[str]:
    """Every address of a door of one report."""
    if name == "published_edition_file":
        return [reverse(name, args=[slug, edition, form]) for form in FORMS]
    parts = {"published_edition": [edition], "published_figure": [AREA]}.get(name, [])
    return [reverse(name, args=[slug, *parts])]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_door_answers_as_an_unknown_address_before_the_moment_and_opens_at_it(
    wexcombe: Story, clock: Clock, name: str
) -> None:
    held = with_everything(wexcombe)
    edition, unknown = held.editions.get().slug, "nowhere-2026-01"
    for where in addresses(held.slug, edition, name):
        strange = where.replace(held.slug, unknown)
        for who in (Client(), browser(wexcombe, "director"), browser(wexcombe, "lead")):
            clock(held.published_at - SECOND)
            before, never = who.get(where), who.get(strange)
            assert before.status_code == never.status_code == 404
            assert _words(before) == _words(never).replace(unknown, held.slug)
        for at in (held.published_at, held.published_at + SECOND):
            clock(at)
            assert Client().get(where).status_code == 200, where


def _words(told: Any) -> str:
    return re.sub(r'nonce="[^"]+"|value="\w{64}"', "", told.content.decode())


def test_the_register_and_its_search_say_nothing_before_and_all_at_the_moment(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    for words, found in (("", held.slug), ("?q=Wexcombe", held.slug)):
        clock(held.published_at - SECOND)
        assert found not in Client().get(reverse("register") + words).content.decode()
        clock(held.published_at)
        assert found in Client().get(reverse("register") + words).content.decode()


def test_what_is_public_at_the_moment_are_the_bytes_that_were_made_when_it_was_published(
    wexcombe: Story, clock: Clock
) -> None:
    held = embargoed(wexcombe)
    made = {name: hashlib.sha256(bytes(getattr(held, name))).hexdigest() for name in ("pdf", "word", "odt")}
    assert {**made, "content": held.sha256["content"]} == held.sha256
    page = browser(wexcombe, "lead").get(reverse("report_embargo", args=[held.report.inspection_id, held.pk]))
    assert all(one in page.content.decode() for one in held.sha256.values())
    clock(held.published_at)
    told = Client().get(reverse("published_pdf", args=[held.slug]))
    assert hashlib.sha256(told.content).hexdigest() == made["pdf"]
    assert (
        Client().get(reverse("published_json", args=[held.slug])).json()["published"] == held.published_at.isoformat()
    )


def test_the_councils_pages_and_what_is_counted_from_publication_wait_for_the_moment(
    wexcombe: Story, clock: Clock
) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(status="accuracy")
    held = embargoed(wexcombe)
    inspection = Inspection.objects.get(pk=wexcombe.inspection.pk)
    assert inspection.status == "accuracy", "its status is told to the council"
    clock(held.published_at - SECOND)
    assert queries.published_on(inspection) is None
    assert not queries.published_of([inspection]).exists()
    assert then_and_now(wexcombe["director"], inspection).after is None
    for role in ("director", "member", "nominated-officer", "improvement-lead"):
        home = browser(wexcombe, role).get(reverse("home"))
        assert held.slug not in home.content.decode()
    assert not Entry.objects.filter(event="report.embargoed").exclude(side="team").exists()
    clock(held.published_at)
    assert queries.published_on(inspection) == timezone.localdate(held.published_at)
    after = then_and_now(wexcombe["director"], inspection).after
    assert after is not None and after.pk == held.pk
    assert held.slug in browser(wexcombe, "member").get(reverse("home")).content.decode()
    assert "Record that the report is published" in browser(wexcombe, "lead").get(reverse("home")).content.decode()


@pytest.mark.parametrize("stage", ["fieldwork", "moderation", "accuracy"])
def test_what_everybody_may_read_is_the_last_judgement_and_waits_to_be_recorded_at_whatever_stage(
    wexcombe: Story, clock: Clock, stage: str
) -> None:
    held = embargoed(wexcombe)
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(status=stage)
    inspection = Inspection.objects.get(pk=wexcombe.inspection.pk)
    asks, lead, council = "Record that the report is published", wexcombe["lead"], wexcombe["director"]
    clock(held.published_at - SECOND)
    assert asks not in browser(wexcombe, "lead").get(reverse("home")).content.decode()
    assert judgements(lead, [inspection]) == judgements(council, [inspection]) == []
    clock(held.published_at)
    assert asks in browser(wexcombe, "lead").get(reverse("home")).content.decode()
    grades = [one.grade for one in judgements(lead, [inspection])]
    assert grades and grades == [one.grade for one in judgements(council, [inspection])]
    told = [one.judged.grade for one in watch(council, inspection).areas if one.judged]
    assert told and set(told) <= set(grades)


def test_an_earlier_public_version_does_not_tell_of_the_one_under_embargo(wexcombe: Story, clock: Clock) -> None:
    first = embargoed(wexcombe, public_from=None)
    again = actions.compose(
        inspection=wexcombe.inspection, title="Wexcombe, again", client_key=uuid4(), based_on=first.report,
        by=wexcombe["lead"],
    )  # fmt: skip
    held = embargoed(wexcombe, passed(wexcombe, actions.submit(report=again, by=wexcombe["lead"])))
    where = reverse("published_json", args=[first.slug])
    assert Client().get(where).json()["corrected_by"] is None
    clock(held.published_at)
    assert held.slug in Client().get(where).json()["corrected_by"]
    assert first.slug in Client().get(reverse("published_json", args=[held.slug])).json()["corrects"]


def test_two_who_publish_are_told_of_each_other_and_another_moment_is_not_taken_in_silence(wexcombe: Story) -> None:
    report = approved(wexcombe)
    moment = a_moment()
    held = embargoed(wexcombe, report, public_from=moment)
    assert embargoed(wexcombe, report, public_from=moment).pk == held.pk, "the same press twice is once"
    with pytest.raises(Refused, match="already, under embargo until"):
        embargoed(wexcombe, report, public_from=moment + timedelta(days=1))
    with pytest.raises(Refused, match="already, under embargo until"):
        embargoed(wexcombe, report, public_from=None)
    second = wexcombe.person("inspector")
    Membership.objects.filter(person=second).update(role="lead")
    with pytest.raises(Refused, match="so you have not published it again"):
        embargoed(wexcombe, report, public_from=moment, by=wexcombe["inspector"])
    assert Publication.objects.count() == 1
    (entry,) = Entry.objects.filter(event="report.embargoed")
    assert entry.detail["until"] == moment.isoformat() and not Entry.objects.filter(event="report.published").exists()


@pytest.mark.parametrize(
    ("days", "says"), [(-1, "is past"), (400, "more than a year ahead")], ids=["past", "a year typed wrong"]
)
def test_a_moment_that_cannot_be_is_refused_and_nothing_is_published(wexcombe: Story, days: int, says: str) -> None:
    report = approved(wexcombe)
    with pytest.raises(actions.WrongMoment, match=says):
        embargoed(wexcombe, report, public_from=a_moment(days))
    assert not Publication.objects.exists()
    held = embargoed(wexcombe, report)
    with pytest.raises(actions.WrongMoment, match=says):
        move(wexcombe, held, a_moment(days))


def test_a_moved_embargo_holds_to_its_new_moment_and_the_journal_says_why(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    was, to = held.published_at, a_moment(5)
    with pytest.raises(actions.NoteNeeded):
        move(wexcombe, held, to, because=" ")
    with pytest.raises(Refused, match="already"):
        move(wexcombe, held, was)
    move(wexcombe, held, to)
    clock(was)
    where = reverse("published_report", args=[held.slug])
    assert Client().get(where).status_code == 404
    clock(to)
    assert Client().get(where).status_code == 200
    (entry,) = Entry.objects.filter(event="embargo.moved")
    assert entry.detail == {
        "was": was.isoformat(), "until": to.isoformat(), "because": "The council asked for a day more."
    }  # fmt: skip


def test_a_lifted_embargo_is_over_at_once_and_the_inspection_moves_on(wexcombe: Story) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(status="accuracy")
    held = embargoed(wexcombe)
    with pytest.raises(actions.NoteNeeded):
        lift(wexcombe, held, because="")
    lift(wexcombe, held)
    assert Client().get(reverse("published_report", args=[held.slug])).status_code == 200
    assert Inspection.objects.get(pk=wexcombe.inspection.pk).status == "published"
    assert Entry.objects.get(event="embargo.lifted").detail["because"] == "It was told in a newspaper."


def test_what_everybody_has_read_cannot_be_taken_back(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    later = a_moment(9)
    clock(held.published_at)
    for act in (
        lambda: move(wexcombe, held, later), lambda: lift(wexcombe, held), lambda: given(wexcombe, held),
    ):  # fmt: skip
        with pytest.raises(Refused, match="It cannot be taken back"):
            act()
    held.refresh_from_db()
    assert not queries.under_embargo(held)


def test_whoever_acts_on_an_embargo_that_changed_meanwhile_is_told(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    seen = held.version
    move(wexcombe, held, a_moment(4), version=seen)
    with pytest.raises(Overtaken):
        lift(wexcombe, held, version=seen)
    with pytest.raises(Overtaken):
        given(wexcombe, held, version=seen)


def test_nobody_but_the_lead_touches_an_embargo(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    for role in ("inspector", "quality-assurance", "director", "nominated-officer", "member"):
        for act in (move, given, lift):
            more = {"to": a_moment(4)} if act is move else {}
            with pytest.raises(Refused):
                act(wexcombe, held, by=wexcombe[role], **more)
    assert not PrePublicationCopy.objects.exists()


def test_the_lead_publishes_moves_gives_takes_back_and_lifts_on_the_pages(wexcombe: Story) -> None:
    report, lead = approved(wexcombe), browser(wexcombe, "lead")
    where = reverse("report_publish", args=[report.inspection_id, report.pk])
    typed = {
        "because": "A story told in one day.",
        "public_on": f"{a_moment():%d/%m/%Y}",
        "public_at": "",
        "version": report.version,
    }
    half = lead.post(where, typed)
    assert half.status_code == 422 and typed["public_on"] in half.content.decode()
    assert "Write the time on that day" in half.content.decode() and not Publication.objects.exists()
    past = lead.post(where, {**typed, "public_on": "01/02/2020", "public_at": "9:30am"})
    assert past.status_code == 422 and "That moment is past" in past.content.decode()
    assert lead.post(where, {**typed, "public_at": "9:30am"}).status_code == 302
    held = Publication.objects.get()
    assert held.published_at == moment_of(a_moment().astimezone(LONDON).date(), time(9, 30))
    where = reverse("report_embargo", args=[report.inspection_id, held.pk])

    def send(act: str, **words: Any) -> Any:
        held.refresh_from_db()
        return lead.post(where, {"act": act, "version": held.version, **words})

    assert send("give", email="nobody@example.org").status_code == 422
    assert send("give", email=wexcombe.person("director").email).status_code == 302
    assert "Robin director" in lead.get(where).content.decode()
    copy = PrePublicationCopy.objects.get()
    assert send("back", **{"back-copy": str(copy.pk), "back-because": ""}).status_code == 422
    assert send("back", **{"back-copy": str(copy.pk), "back-because": "Passed on."}).status_code == 302
    later = a_moment(6)
    words = {"move-public_on": f"{later:%d/%m/%Y}", "move-public_at": "14:00", "move-because": "Asked for."}
    assert send("move", **{**words, "move-public_on": "1/1/2020"}).status_code == 422
    assert send("move", **words).status_code == 302
    assert "2pm on" in lead.get(where).content.decode()
    assert (
        "Published under embargo"
        in lead.get(reverse("report_version", args=[report.inspection_id, report.pk])).content.decode()
    )
    assert send("lift", **{"lift-because": ""}).status_code == 422
    assert send("nothing").status_code == 422
    assert send("lift", **{"lift-because": "It is known."}).status_code == 302
    assert "There is no embargo" in lead.get(where).content.decode()
    assert send("lift", **{"lift-because": "Again."}).status_code == 422


def test_a_published_version_says_why_the_council_is_given_no_copy_of_it(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    report = held.report
    where = reverse("report_council_copy", args=[report.inspection_id, report.pk])
    page = browser(wexcombe, "lead").get(where).content.decode()
    assert "is published and under embargo" in page and "not approved" not in page
    assert "Give the council its copy</button>" not in page
    clock(held.published_at)
    page = browser(wexcombe, "lead").get(where).content.decode()
    assert "everybody can read it, so there is nothing to give" in page
    assert reverse("report_notices", args=[report.inspection_id, report.pk]) in page
    with pytest.raises(Refused, match="there is nothing to give"):
        actions.give_copy(
            report=report, until=timezone.localdate(held.published_at) + timedelta(days=9), client_key=uuid4(),
            by=wexcombe["lead"],
        )  # fmt: skip
