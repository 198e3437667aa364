"""The check of facts: what the council is given, what it says in time and late, who may answer, what it is shown."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.accuracy_story import (
    AREA,
    WORDS,
    answer,
    approved,
    checked,
    give_answers,
    given,
    later,
    reworded,
    send,
    write,
)
from tests.accuracy_story import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import AccuracyComment, CouncilCopy, Publication, Report, ReportCheck
from goldthread.domain.accuracy_check import Place, last_day
from goldthread.domain.lifecycle import IllegalMove
from goldthread.kernel.working_days import bank_holidays

pytestmark = pytest.mark.django_db


def test_the_council_is_given_exactly_what_was_approved_and_the_inspection_moves_on(wexcombe: Story) -> None:
    report = approved(wexcombe)
    copy = given(wexcombe, report)
    assert copy.content_hash == report.content_hash == queries.document_of(copy).digest()
    assert queries.document_of(copy) == queries.document(report)
    assert Inspection.objects.get(pk=wexcombe.inspection.pk).status == "accuracy"
    assert b"Most help" not in bytes(copy.sealed)


def test_the_same_press_twice_is_one_copy_and_another_copy_waits_for_the_first(wexcombe: Story) -> None:
    report, key = approved(wexcombe), uuid4()
    assert given(wexcombe, report, client_key=key) == given(wexcombe, report, client_key=key)
    with pytest.raises(Refused, match="has a copy of version 1"):
        given(wexcombe)


def test_what_is_not_approved_or_changed_after_it_is_not_given(wexcombe: Story) -> None:
    draft = actions.compose(inspection=wexcombe.inspection, title="W", client_key=uuid4(), by=wexcombe["lead"])
    with pytest.raises(Refused, match="not approved"):
        given(wexcombe, draft)
    report = approved(wexcombe)
    Report.objects.filter(pk=report.pk).update(content_hash="0" * 64)
    with pytest.raises(Refused, match="changed after this version was approved"):
        given(wexcombe, report)


def test_a_copy_before_moderation_needs_a_reason_which_the_journal_keeps(wexcombe: Story) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(status="fieldwork")
    report = approved(wexcombe)
    with pytest.raises(actions.NoteNeeded):
        given(wexcombe, report)
    given(wexcombe, report, because="A mock has no moderation.")
    assert Entry.objects.get(event="council-copy.given").detail["because"] == "A mock has no moderation."


def test_a_last_day_that_is_over_or_no_working_day_is_refused(wexcombe: Story) -> None:
    report = approved(wexcombe)
    with pytest.raises(Refused, match="after today"):
        given(wexcombe, report, until=timezone.localdate())


def test_a_version_that_the_council_has_is_neither_sent_back_nor_edited(wexcombe: Story) -> None:
    report = approved(wexcombe)
    copy = given(wexcombe, report)
    with pytest.raises(Refused, match="so it stays as it is"):
        actions.send_back(report=report, note="Change it.", by=wexcombe["quality-assurance"])
    section = queries.section(report, AREA)
    with pytest.raises(Refused, match="no longer a draft"):
        actions.change_section(section=section, lines=[], version=section.version, by=wexcombe["lead"])
    actions.take_copy_back(copy=copy, because="A wrong table.", version=copy.version, by=wexcombe["lead"])
    assert actions.send_back(report=report, note="Change it.", by=wexcombe["quality-assurance"]).status == "returned"


def test_the_copy_closes_to_the_council_after_its_last_day_and_opens_when_the_day_is_moved(wexcombe: Story) -> None:
    copy, today = given(wexcombe), timezone.localdate()
    officer = wexcombe["nominated-officer"]
    assert queries.readable(copy, officer, copy.until)
    assert not queries.readable(copy, officer, copy.until + timedelta(days=1))
    assert queries.readable(copy, wexcombe["inspector"], copy.until + timedelta(days=1))
    later(copy)
    with pytest.raises(Refused, match="closed after"):
        actions.record_copy_file(copy=copy, form="pdf", by=officer)
    until = last_day(today, 2, bank_holidays())
    actions.move_last_day(copy=copy, until=until, because="They were snowed in.", version=1, by=wexcombe["lead"])
    copy.refresh_from_db()
    assert copy.until == until and queries.readable(copy, officer, today)


@pytest.mark.parametrize("role", ["uploader", "improvement-lead", "member"])
def test_who_of_the_council_knows_nothing_of_a_copy(wexcombe: Story, role: str) -> None:
    copy = given(wexcombe)
    with pytest.raises(CouncilCopy.DoesNotExist):
        queries.copy(wexcombe[role], wexcombe.inspection.pk, copy.pk)
    with pytest.raises(Refused):
        write(wexcombe, copy, by=role)


def test_the_team_sees_no_draft_and_the_director_does(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    assert [len(queries.comments(wexcombe.inspection, wexcombe[who])) for who in ("director", "lead")] == [1, 0]
    assert queries.to_answer(wexcombe["quality-assurance"]) == {}
    send(wexcombe, copy, by="director")
    assert [one.mark for one in queries.comments(wexcombe.inspection, wexcombe["lead"])] == ["Comment 1"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"says": "  "}, "empty comment"), ({"kind": "gossip"}, "Choose what is wrong"),
        ({"place": f"{AREA}.99"}, "Choose the paragraph"), ({"place": ""}, "Choose the paragraph"),
        ({"document": uuid4()}, "submitted to the team"),
    ],
)  # fmt: skip
def test_a_comment_that_cannot_be_answered_is_refused(wexcombe: Story, more: dict[str, Any], says: str) -> None:
    copy = given(wexcombe)
    with pytest.raises(Refused, match=says):
        write(wexcombe, copy, **more)
    assert not AccuracyComment.objects.exists()


def test_comments_are_changed_as_drafts_and_never_once_they_are_sent(wexcombe: Story) -> None:
    copy, key = given(wexcombe), uuid4()
    one = write(wexcombe, copy, client_key=key)
    assert write(wexcombe, copy, client_key=key) == one
    words: dict[str, Any] = {"kind": "wording", "says": "Other.", "proposes": "", "proof": "", "document": None}
    actions.change_comment(comment=one, version=1, by=wexcombe["director"], **words)
    with pytest.raises(Clash):
        actions.change_comment(comment=one, version=1, by=wexcombe["nominated-officer"], **words)
    with pytest.raises(Refused, match="empty comment"):
        actions.change_comment(comment=one, version=2, by=wexcombe["director"], **{**words, "says": ""})
    send(wexcombe, copy)
    one.refresh_from_db()
    with pytest.raises(Refused, match="no longer a draft"):
        actions.change_comment(comment=one, version=one.version, by=wexcombe["director"], **words)
    assert queries.words_of(one)["says"] == "Other."


def test_drafts_are_sent_together_as_they_were_seen_and_what_was_dropped_stays_behind(wexcombe: Story) -> None:
    copy = given(wexcombe)
    first, gone = write(wexcombe, copy), write(wexcombe, copy)
    seen = queries.seen(queries.drafts(copy, wexcombe["nominated-officer"]))
    actions.drop_comment(comment=gone, version=1, by=wexcombe["nominated-officer"])
    with pytest.raises(Refused, match="Read them again"):
        actions.send_comments(copy=copy, seen=seen, because="", version=1, by=wexcombe["nominated-officer"])
    assert send(wexcombe, copy) == [first]
    assert [one.exception for one in queries.comments(wexcombe.inspection, wexcombe["lead"])] == [""]
    with pytest.raises(Overtaken):
        actions.send_comments(copy=copy, seen="", because="", version=1, by=wexcombe["nominated-officer"])


def test_the_council_can_say_that_it_has_no_comment(wexcombe: Story) -> None:
    copy = given(wexcombe)
    assert send(wexcombe, copy) == []
    copy.refresh_from_db()
    assert copy.status == "commented" and queries.in_the_way(copy.report, timezone.localdate()) == ("", "")


def test_a_late_comment_is_taken_as_a_recorded_exception_with_its_reason(wexcombe: Story) -> None:
    copy = later(given(wexcombe))
    write(wexcombe, copy)
    with pytest.raises(actions.NoteNeeded):
        send(wexcombe, copy)
    (sent,) = send(wexcombe, copy, because="Our officer was ill.")
    assert sent.exception == "late" and queries.words_of(sent)["because"] == "Our officer was ill."
    assert Entry.objects.get(event="council-copy.commented").detail == {
        "comments": 1, "exception": "late", "files": 0,
    }  # fmt: skip


def test_a_comment_after_the_others_is_marked_so_and_answers_can_be_given_again(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (first,) = send(wexcombe, copy)
    answer(wexcombe, first)
    give_answers(wexcombe, copy)
    write(wexcombe, copy)
    (second,) = send(wexcombe, copy, because="We forgot one.")
    assert second.exception == "again" and second.number == 2
    with pytest.raises(Refused, match="1 comment wait"):
        give_answers(wexcombe, copy)
    answer(wexcombe, second)
    assert give_answers(wexcombe, copy).status == "answers-given"


def test_a_comment_on_a_copy_taken_back_or_on_a_published_report_is_refused_in_plain_words(wexcombe: Story) -> None:
    copy = given(wexcombe)
    actions.publish(report=copy.report, because="Agreed by telephone.", by=wexcombe["lead"])
    with pytest.raises(Refused, match="The report is published"):
        write(wexcombe, copy)
    actions.take_copy_back(copy=copy, because="Over.", version=1, by=wexcombe["lead"])
    copy.refresh_from_db()
    with pytest.raises(Refused, match="taken this copy back"):
        write(wexcombe, copy)


@pytest.mark.parametrize("role", ["lead", "inspector", "analyst", "disclosure-checker", "director"])
def test_an_answer_by_a_member_of_the_team_or_by_the_council_is_refused(wexcombe: Story, role: str) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    with pytest.raises(Refused, match="does not let you"):
        answer(wexcombe, sent, by=role)


def test_a_manager_who_has_written_or_reviewed_here_is_refused_plainly(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    Membership.objects.create(
        inspection=wexcombe.inspection, person=wexcombe.person("quality-assurance"), role="inspector",
        valid_from=timezone.now() - timedelta(days=9), valid_to=timezone.now() - timedelta(days=8),
    )  # fmt: skip
    with pytest.raises(Refused, match="taken part here as inspector"):
        answer(wexcombe, sent)
    Membership.objects.filter(role="inspector", person=wexcombe.person("quality-assurance")).delete()
    wexcombe.people["author"] = wexcombe.person("quality-assurance")
    Report.objects.filter(pk=copy.report_id).update(created_by=wexcombe.person("quality-assurance"))
    with pytest.raises(Refused, match="You wrote the report"):
        answer(wexcombe, sent)
    assert queries.to_answer(wexcombe["quality-assurance"]) == {}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reasons": " "}, "Give the reasons"), ({"verdict": "maybe"}, "Choose what becomes"),
        ({"changed": f"{AREA}.1"}, "changes no paragraph"),
        ({"verdict": "accepted", "changed": "nowhere.1"}, "Choose a paragraph"),
        ({"verdict": "accepted"}, "say why nothing needs to change"),
        ({"verdict": "in-part", "unchanged": " "}, "say why nothing needs to change"),
    ],
)  # fmt: skip
def test_an_answer_without_what_it_needs_is_refused(wexcombe: Story, more: dict[str, Any], says: str) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    with pytest.raises(Refused, match=says):
        answer(wexcombe, sent, **more)


def test_the_council_reads_answers_once_they_are_given_with_what_changed(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    held = answer(wexcombe, sent, verdict="accepted", changed=f"{AREA}.1")
    officer = wexcombe["nominated-officer"]
    assert queries.answer_to(sent, officer) is None and queries.answer_to(sent, wexcombe["lead"]) == held
    with pytest.raises(Refused, match="no later version"):
        give_answers(wexcombe, copy)
    after = reworded(wexcombe, copy.report)
    copy = give_answers(wexcombe, copy)
    told = queries.answer_to(sent, officer)
    assert told is not None and queries.reasons_of(told) == "The files say so."
    document = queries.next_document_of(copy)
    assert document is not None and document.digest() == after.content_hash == copy.next_hash
    (changed,) = queries.changes(queries.document_of(copy), document)
    pair = next(one for one in changed.pairs if one.before == 1)
    assert changed.slug == AREA
    assert [(one.change.value, one.text) for one in pair.pieces][:2] == [("out", "Most "), ("in", "Nearly all ")]
    with pytest.raises(Refused, match="cannot be changed"):
        answer(wexcombe, sent, reasons="Otherwise.")


def test_answers_are_given_also_after_the_next_version_was_published_for_a_reason(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    answer(wexcombe, sent, verdict="accepted", changed=f"{AREA}.1")
    after = reworded(wexcombe, copy.report)
    held = actions.publish(report=after, because="The council asked for it at once.", by=wexcombe["lead"])
    where = reverse("report_council_copy", args=[copy.inspection_id, copy.report_id])
    page = client_for(wexcombe.person("lead")).get(where).content.decode()
    assert "Give the council the answers" in page and "is not approved yet" not in page
    copy = give_answers(wexcombe, copy)
    assert copy.next_hash == held.sha256["content"] and copy.next_report_id == after.pk
    assert queries.answer_to(sent, wexcombe["nominated-officer"]) is not None
    assert queries.changes(queries.document_of(copy), queries.next_document_of(copy))


def test_answers_are_not_given_before_the_next_version_is_checked(wexcombe: Story) -> None:
    copy = given(wexcombe)
    send(wexcombe, copy)
    actions.compose(
        inspection=wexcombe.inspection, title="W", client_key=uuid4(), based_on=copy.report, by=wexcombe["lead"]
    )
    with pytest.raises(Refused, match="Version 2 is not approved"):
        give_answers(wexcombe, copy)


def test_an_answer_cannot_say_that_something_changed_which_stands_as_it_was(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    answer(wexcombe, sent, verdict="accepted", changed=f"{AREA}.1", reasons="You are right.")
    after = actions.compose(
        inspection=wexcombe.inspection, title="W", client_key=uuid4(), based_on=copy.report, by=wexcombe["lead"]
    )
    checked(wexcombe, after)
    with pytest.raises(Refused, match="stands as it was in version 2"):
        give_answers(wexcombe, copy)
    answer(wexcombe, sent, verdict="accepted", unchanged="The next paragraph says it.")
    assert give_answers(wexcombe, copy).answers_given_at is not None


def test_the_council_reads_its_copy_until_the_last_day_though_the_answers_are_given(wexcombe: Story) -> None:
    copy = given(wexcombe)
    send(wexcombe, copy)
    copy = give_answers(wexcombe, copy)
    officer, today = wexcombe["nominated-officer"], timezone.localdate()
    assert queries.readable(copy, officer, today)
    assert queries.readable(copy, officer, copy.until)
    assert not queries.readable(copy, officer, copy.until + timedelta(days=1))


def test_the_next_version_is_made_from_what_the_council_read_with_every_thread(wexcombe: Story) -> None:
    report = approved(wexcombe)
    after = actions.compose(
        inspection=wexcombe.inspection, title="W", client_key=uuid4(), based_on=report, by=wexcombe["lead"]
    )
    held = [
        [(line.text, line.paragraph, line.finding_id, line.judgement_id) for one in queries.sections(each)
         for line in one.sentences.all()] for each in (report, after)
    ]  # fmt: skip
    assert held[0] == held[1] and after.number == 2 and after.status == "draft"


def test_nothing_is_published_while_a_comment_in_time_waits(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    with pytest.raises(Refused, match="1 comment of the council on the facts waits"):
        actions.publish(report=copy.report, because="In haste.", by=wexcombe["lead"])
    answer(wexcombe, sent)
    with pytest.raises(actions.NoteNeeded, match="answers that the council has not been given"):
        actions.publish(report=copy.report, by=wexcombe["lead"])
    give_answers(wexcombe, copy)
    assert actions.publish(report=copy.report, by=wexcombe["lead"]).sha256["content"] == copy.content_hash


def test_a_late_comment_may_be_passed_over_for_a_reason_that_is_recorded(wexcombe: Story) -> None:
    copy = later(given(wexcombe))
    write(wexcombe, copy)
    send(wexcombe, copy, because="Ill.")
    with pytest.raises(actions.NoteNeeded, match="1 late comment of the council not answered"):
        actions.publish(report=copy.report, by=wexcombe["lead"])
    actions.publish(report=copy.report, because="Answered by letter.", by=wexcombe["lead"])
    told = Entry.objects.get(event="report.published").detail
    assert (told["because"], told["passed_over"]) == (
        "Answered by letter.", "1 late comment of the council not answered"
    )  # fmt: skip


def test_time_that_is_not_over_may_be_passed_over_for_a_reason_alone(wexcombe: Story) -> None:
    copy = given(wexcombe)
    with pytest.raises(actions.NoteNeeded, match="may still comment"):
        actions.publish(report=copy.report, by=wexcombe["lead"])


def test_an_older_version_than_the_council_was_shown_is_not_published(wexcombe: Story) -> None:
    copy = given(wexcombe)
    send(wexcombe, copy)
    after = reworded(wexcombe, copy.report)
    give_answers(wexcombe, copy)
    with pytest.raises(Refused, match="was shown version 2"):
        actions.publish(report=copy.report, by=wexcombe["lead"])
    assert isinstance(actions.publish(report=after, by=wexcombe["lead"]), Publication)


def test_nothing_of_a_comment_stands_in_the_journal_or_unsealed(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    held = answer(wexcombe, sent, reasons=WORDS)
    assert "Redwing" not in " ".join(f"{one.detail} {one.about_label}" for one in Entry.objects.all())
    assert b"Redwing" not in bytes(sent.sealed) + bytes(held.sealed)


def test_a_place_is_called_by_its_section_and_number(wexcombe: Story) -> None:
    told = queries.labels(given(wexcombe))
    title = next(part.title for part in queries.document(Report.objects.get()).parts if part.slug == AREA)
    assert told[Place(AREA, 2)] == f"{title}, paragraph 2" and told[Place(AREA, 0)].endswith("as a whole")


def test_a_copy_that_is_settled_is_not_taken_back(wexcombe: Story) -> None:
    copy = given(wexcombe)
    send(wexcombe, copy)
    copy = give_answers(wexcombe, copy)
    with pytest.raises(IllegalMove):
        actions.take_copy_back(copy=copy, because="No.", version=copy.version, by=wexcombe["lead"])


def test_the_council_is_told_where_whoever_answers_passed_that_very_version(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (comment,) = send(wexcombe, copy)
    where = reverse("accuracy_comment", args=[wexcombe.inspection.pk, comment.pk])
    page = client_for(wexcombe.person("quality-assurance")).get(where).content.decode()
    assert "You passed this version before the council read it" in page
    answer(wexcombe, comment)
    give_answers(wexcombe, copy)
    page = client_for(wexcombe.person("nominated-officer")).get(where).content.decode()
    assert "but passed this version before the council read it" in page and "outside the inspecting team" not in page
    ReportCheck.objects.filter(person=wexcombe.person("quality-assurance")).delete()
    page = client_for(wexcombe.person("nominated-officer")).get(where).content.decode()
    assert "and did not check this version" in page
