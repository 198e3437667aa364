"""An embargo is held when the team takes back what the report says, or accepts that something in it is wrong."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.accuracy_story import AREA, answer, approved, give_answers, reworded, send, write
from tests.accuracy_story import given as council_copy
from tests.accuracy_story import wexcombe as wexcombe
from tests.embargo_story import Clock, a_moment, browser, embargoed, given, lift, move
from tests.embargo_story import clock as clock
from tests.findings_story import Story

from goldthread.apps.access.policy import Refused
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.models import Judgement
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import Publication, Sentence

pytestmark = pytest.mark.django_db

WORD = "The council knows of it and agreed."


def reopened(told: Story) -> Judgement:
    judgement = Judgement.objects.get(inspection=told.inspection, area=AREA)
    return findings.reopen_judgement(judgement=judgement, because="A file was read wrongly.", by=told["lead"])


def accepted_under_embargo(told: Story) -> Publication:
    """The council comments on a version under embargo, and quality assurance accepts it."""
    report = approved(told)
    copy = council_copy(told, report)
    held = embargoed(told, report)
    write(told, copy)
    (comment,) = send(told, copy)
    answer(told, comment, verdict="accepted", changed=f"{AREA}.1")
    held.refresh_from_db()
    return held


def status(held: Publication) -> int:
    return Client().get(reverse("published_report", args=[held.slug])).status_code


def words(told: Story, held: Publication) -> str:
    where = reverse("report_embargo", args=[held.report.inspection_id, held.pk])
    return browser(told, "lead").get(where).content.decode()


def test_a_judgement_opened_again_holds_the_report_and_the_moment_publishes_nothing(
    wexcombe: Story, clock: Clock
) -> None:
    held = embargoed(wexcombe)
    where = reverse("reopen_judgement", args=[wexcombe.inspection.pk, AREA])
    page = browser(wexcombe, "lead").get(where).content.decode()
    assert "Under embargo is version 1 of the report, which gives this judgement: it is held back at once" in page
    reopened(wexcombe)
    assert "This embargo is held" in words(wexcombe, held)
    assert (
        "Decide about the report that is held back" in browser(wexcombe, "lead").get(reverse("home")).content.decode()
    )
    clock(held.published_at + timedelta(hours=1))
    assert status(held) == 404
    assert held.slug not in Client().get(reverse("register")).content.decode()
    (entry,) = Entry.objects.filter(event="embargo.held")
    assert entry.side == "team" and entry.detail["because"] == "A judgement that it gives was opened again."


def test_a_report_whose_judgement_is_open_is_let_go_by_no_reason_and_once_agreed_as_it_was_by_one(
    wexcombe: Story,
) -> None:
    held = embargoed(wexcombe)
    judgement = reopened(wexcombe)
    for act in (lambda: lift(wexcombe, held, because=WORD), lambda: move(wexcombe, held, a_moment(4), because=WORD)):
        with pytest.raises(Refused, match="says what the team no longer holds"):
            act()
    judgement.refresh_from_db()
    findings.agree_judgement(judgement=judgement, by=wexcombe["lead"])
    with pytest.raises(actions.NoteNeeded, match="at least 3 words"):
        lift(wexcombe, held, because="All well.")
    lift(wexcombe, held, because=WORD)
    assert status(held) == 200
    told = Entry.objects.get(event="embargo.lifted").detail
    assert told["because"] == WORD and told["held_because"] == "A judgement that it gives was opened again."


def test_a_judgement_agreed_with_another_grade_never_lets_the_old_text_go(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    version = reopened(wexcombe).version
    other = wexcombe.propose(AREA, "inadequate", reason="Help comes late.", version=version)
    findings.agree_judgement(judgement=other, by=wexcombe["lead"])
    with pytest.raises(Refused, match="compose a later version and publish that"):
        lift(wexcombe, held, because=WORD)
    assert status(held) == 404


def test_a_finding_opened_again_holds_the_report_that_rests_on_it_alone(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    sentence = Sentence.objects.filter(section__report=held.report).exclude(finding=None).first()
    assert sentence is not None and sentence.finding is not None
    other = wexcombe.agreed("survey", kind="improve", statement="Visits are late")
    findings.reopen(finding=other, because="Read again.", by=wexcombe["lead"])
    held.refresh_from_db()
    assert held.held_at is None
    findings.reopen(finding=sentence.finding, because="Read again.", by=wexcombe["lead"])
    held.refresh_from_db()
    assert held.held_because == "A finding on which it rests is no longer agreed."


def test_what_everybody_reads_is_not_held(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    clock(held.published_at)
    reopened(wexcombe)
    held.refresh_from_db()
    assert held.held_at is None and status(held) == 200


def test_a_comment_accepted_under_embargo_holds_the_report_until_somebody_gives_a_word(
    wexcombe: Story, clock: Clock
) -> None:
    held = accepted_under_embargo(wexcombe)
    assert held.held_because == "Comment 1 of the council is accepted, and its change is not in this version."
    page = words(wexcombe, held)
    assert "Comment 1 of the council</a> is accepted, and its change is not in this version" in page
    with pytest.raises(actions.NoteNeeded, match="at least 3 words"):
        move(wexcombe, held, a_moment(2), because="Small.")
    move(wexcombe, held, held.published_at, because=WORD)
    clock(held.published_at)
    assert status(held) == 200
    assert Entry.objects.get(event="embargo.moved").detail["held_because"].startswith("Comment 1 of the council")


def test_a_comment_that_waits_is_told_on_the_page_of_the_embargo_and_one_that_changes_nothing_holds_nothing(
    wexcombe: Story,
) -> None:
    report = approved(wexcombe)
    copy = council_copy(wexcombe, report)
    held = embargoed(wexcombe, report)
    write(wexcombe, copy)
    (comment,) = send(wexcombe, copy)
    assert "1 comment of the council on the facts waits for an answer" in words(wexcombe, held)
    answer(wexcombe, comment, verdict="accepted", unchanged="It stands in another section.")
    held.refresh_from_db()
    assert held.held_at is None and not queries.not_in_it(held)


def test_a_later_version_takes_the_place_of_the_one_held(wexcombe: Story) -> None:
    held = accepted_under_embargo(wexcombe)
    after = reworded(wexcombe, held.report)
    copy = held.report.council_copies.get()
    give_answers(wexcombe, copy)
    assert queries.held_reports(wexcombe["lead"])
    now = actions.publish(report=after, because="Agreed with the council.", by=wexcombe["lead"])
    assert status(now) == 200 and status(held) == 404
    assert not queries.held_reports(wexcombe["lead"])
    assert not queries.not_in_it(now)
    with pytest.raises(Refused, match="Version 2 is published in its place"):
        lift(wexcombe, held, because=WORD)


def test_whoever_has_a_copy_does_not_read_it_while_the_report_is_held(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    copy = given(wexcombe, held)
    reopened(wexcombe)
    with pytest.raises(Refused, match="held back for now"):
        actions.open_pre_copy(copy=copy, by=wexcombe["director"])
    assert not queries.to_read_early(wexcombe["director"])
    held.refresh_from_db()
    with pytest.raises(Refused, match="embargo is held"):
        given(wexcombe, held, "nominated-officer")


def test_answers_given_after_publication_are_told_to_the_council_for_four_weeks(wexcombe: Story, clock: Clock) -> None:
    held = accepted_under_embargo(wexcombe)
    move(wexcombe, held, held.published_at, because=WORD)
    copy = held.report.council_copies.get()
    reworded(wexcombe, held.report)
    clock(held.published_at + timedelta(minutes=1))
    assert not queries.news(wexcombe["nominated-officer"])
    give_answers(wexcombe, copy)
    assert [one.pk for one in queries.news(wexcombe["nominated-officer"])] == [copy.pk]
    clock(held.published_at + timedelta(days=29))
    assert not queries.news(wexcombe["nominated-officer"])


def test_a_version_under_embargo_is_not_called_published_and_is_not_offered_again(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    lead, at = browser(wexcombe, "lead"), [held.report.inspection_id, held.report_id]
    for name, parts in (("report_version", at), ("report", at[:1])):
        page = lead.get(reverse(name, args=parts)).content.decode()
        assert "Under embargo" in page and ">Published<" not in page
    page = lead.get(reverse("report_publish", args=at)).content.decode()
    assert "Version 1 is published already" in page and "Publish version 1?" not in page
    overview = reverse("inspection_overview", args=at[:1])
    assert "Version 1: under embargo" in lead.get(overview).content.decode()
    assert "nobody has read yet what is wrong in it" in lead.get(reverse("report_notices", args=at)).content.decode()
    reopened(wexcombe)
    page = lead.get(reverse("report_version", args=at)).content.decode()
    assert "Held back" in page and "those with a pre-publication copy neither" in page
    assert "those who were given a pre-publication copy" not in page
    assert "Version 1: held back" in lead.get(overview).content.decode()


def test_what_would_be_refused_whatever_the_reason_is_not_offered(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    assert "Move the embargo" in words(wexcombe, held)
    judgement = reopened(wexcombe)
    page = words(wexcombe, held)
    assert "Move the embargo" not in page and "Publish now" not in page and "go to the judgements" in page
    judgement.refresh_from_db()
    findings.agree_judgement(judgement=judgement, by=wexcombe["lead"])
    page = words(wexcombe, held)
    assert "Move the embargo" in page and "Publish now" in page


def test_whoever_opens_a_judgement_again_is_told_that_the_report_is_held_back(wexcombe: Story) -> None:
    embargoed(wexcombe)
    version = Judgement.objects.get(inspection=wexcombe.inspection, area=AREA).version
    where = reverse("reopen_judgement", args=[wexcombe.inspection.pk, AREA])
    typed = {"because": "A file was read wrongly.", "version": version}
    sent = browser(wexcombe, "lead").post(where, typed, follow=True)
    assert "is open again. The report under embargo that gives it is held back." in sent.content.decode()


def test_whoever_publishes_reads_which_accepted_comment_the_version_lacks(wexcombe: Story) -> None:
    report = approved(wexcombe)
    copy = council_copy(wexcombe, report)
    write(wexcombe, copy)
    (comment,) = send(wexcombe, copy)
    where = reverse("report_publish", args=[report.inspection_id, report.pk])
    says = "Comment 1 of the council</a> is accepted, and its change is not in this version"
    answer(wexcombe, comment, verdict="accepted", unchanged="It stands in another section.")
    assert says not in browser(wexcombe, "lead").get(where).content.decode()
    answer(wexcombe, comment, verdict="accepted", changed=f"{AREA}.1")
    assert says in browser(wexcombe, "lead").get(where).content.decode()
    after = reworded(wexcombe, report)
    later = reverse("report_publish", args=[after.inspection_id, after.pk])
    assert says not in browser(wexcombe, "lead").get(later).content.decode()
