"""The pages of the check of facts: what each side is shown, refused and led to, and what its files carry."""

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

import docx
import lxml.html
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.accuracy_story import AREA, answer, approved, give_answers, given, later, reworded, send, write
from tests.accuracy_story import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story

from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import AccuracyComment, CouncilCopy, Report

pytestmark = pytest.mark.django_db


def at(name: str, **parts: Any) -> str:
    return reverse(name, kwargs=parts)


def browser(told: Story, role: str) -> Client:
    return client_for(told.person(role))


def words(told: Any) -> str:
    return " ".join(lxml.html.fromstring(told.content).text_content().split())


def copy_at(copy: CouncilCopy, name: str = "council_copy", **more: Any) -> str:
    return at(name, inspection=copy.inspection_id, copy=copy.pk, **more)


def test_the_officer_and_the_director_read_the_copy_under_their_own_mark(wexcombe: Story) -> None:
    copy = given(wexcombe)
    today = f"{timezone.localdate():%-d %B %Y}"
    for role, title in (
        ("nominated-officer", "Nominated officer"), ("director", "Director of children's services"),
    ):  # fmt: skip
        told = words(browser(wexcombe, role).get(copy_at(copy)))
        assert f"Not for publication. Copy for Robin {role}, {title}, {today}." in told
        assert "Most help comes early." in told and "working days left" in told
        assert "what this rests on" not in told
    for role in ("uploader", "improvement-lead", "member", "disclosure-checker"):
        assert browser(wexcombe, role).get(copy_at(copy)).status_code == 404


@pytest.mark.parametrize("form", ["pdf", "docx", "odt"])
def test_a_file_of_the_copy_carries_the_mark_on_every_page_and_the_journal_says_who_took_it(
    wexcombe: Story, form: str
) -> None:
    copy = given(wexcombe)
    told = browser(wexcombe, "director").post(copy_at(copy, "council_copy_file"), {"format": form})
    mark = "Not for publication. Copy for Robin director, Director of children's services"
    if form == "pdf":
        for page in pypdfium2.PdfDocument(told.content):
            text = " ".join(page.get_textpage().get_text_range().split()).replace("’", "'")
            assert text.count(mark) >= 2, "above the page and across it"
    elif form == "odt":
        held = zipfile.ZipFile(io.BytesIO(told.content))
        assert held.read("styles.xml").decode().count(escape(mark)) == 2, "above and below every page"
        assert escape(mark) in held.read("content.xml").decode()
    else:
        file = docx.Document(io.BytesIO(told.content))
        texts = (file.sections[0].header.paragraphs, file.sections[0].footer.paragraphs, file.paragraphs)
        assert all(any(mark in one.text for one in each) for each in texts)
    assert Entry.objects.get(event="council-copy.file").detail == {"form": form}
    assert "not-for-publication" in told["Content-Disposition"]


def test_after_the_last_day_the_copy_is_closed_to_the_council_and_not_to_the_team(wexcombe: Story) -> None:
    copy = later(given(wexcombe))
    officer = browser(wexcombe, "nominated-officer")
    told = words(officer.get(copy_at(copy)))
    assert "This copy closed after" in told and "Most help comes early." not in told
    assert "Write a comment all the same" in told
    assert officer.post(copy_at(copy, "council_copy_file"), {"format": "pdf"}).status_code == 403
    form = words(officer.get(copy_at(copy, "accuracy_comment_new") + f"?place={AREA}.1"))
    assert "Most help comes early." not in form
    assert "Most help comes early." in words(browser(wexcombe, "inspector").get(copy_at(copy)))


def test_an_empty_comment_is_refused_at_its_field_and_nothing_typed_is_lost(wexcombe: Story) -> None:
    copy = given(wexcombe)
    sent = {"place": f"{AREA}.1", "kind": "fact", "says": " ", "proposes": "All of them."}
    told = browser(wexcombe, "nominated-officer").post(copy_at(copy, "accuracy_comment_new"), sent)
    assert told.status_code == 422 and "Fill in “What is wrong, in your words”" in words(told)
    assert "All of them." in told.content.decode() and not AccuracyComment.objects.exists()


def test_a_comment_is_drafted_changed_dropped_and_sent_through_the_pages(wexcombe: Story) -> None:
    copy, officer = given(wexcombe), browser(wexcombe, "nominated-officer")
    for says in ("The number is wrong.", "A slip."):
        officer.post(copy_at(copy, "accuracy_comment_new"), {"place": f"{AREA}.1", "kind": "fact", "says": says})
    first, second = AccuracyComment.objects.order_by("created_at")
    one = at("accuracy_comment_change", inspection=copy.inspection_id, comment=second.pk)
    assert "A slip." in officer.get(one).content.decode()
    assert officer.post(one, {"act": "drop", "version": 1}).status_code == 302
    page = lxml.html.fromstring(officer.get(copy_at(copy)).content)
    form = next(each for each in page.forms if each.method == "POST" and "seen" in dict(each.form_values()))
    told = officer.post(copy_at(copy), dict(form.form_values()))
    assert told.status_code == 422 and "Tick" in words(told)
    assert officer.post(copy_at(copy), {**dict(form.form_values()), "sure": "on"}).status_code == 302
    first.refresh_from_db()
    assert first.status == "sent"
    assert "no longer a draft" in words(officer.get(one.replace(str(second.pk), str(first.pk))))
    assert "The number is wrong." in words(
        browser(wexcombe, "lead").get(at("accuracy_comment", inspection=copy.inspection_id, comment=first.pk))
    )


def test_a_late_comment_needs_its_reason_at_the_field_and_is_shown_as_late(wexcombe: Story) -> None:
    copy = later(given(wexcombe))
    write(wexcombe, copy)
    officer = browser(wexcombe, "nominated-officer")
    page = lxml.html.fromstring(officer.get(copy_at(copy)).content)
    form = next(each for each in page.forms if each.method == "POST" and "seen" in dict(each.form_values()))
    sent = {**dict(form.form_values()), "sure": "on"}
    assert "Say why these comments come late" in words(officer.post(copy_at(copy), sent))
    assert officer.post(copy_at(copy), {**sent, "because": "We were snowed in."}).status_code == 302
    told = words(browser(wexcombe, "quality-assurance").get(at("accuracy", inspection=copy.inspection_id)))
    assert "Waiting for an answer Late" in told and "1 taken as a recorded exception" in told
    held = AccuracyComment.objects.get()
    one = browser(wexcombe, "lead").get(at("accuracy_comment", inspection=copy.inspection_id, comment=held.pk))
    assert "We were snowed in." in words(one)


def test_a_member_of_the_team_is_not_offered_to_answer_and_is_refused(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    where = at("accuracy_comment", inspection=copy.inspection_id, comment=sent.pk)
    reply = {"verdict": "accepted", "reasons": "Yes.", "version": sent.version}
    for role in ("lead", "inspector"):
        assert "What becomes of it?" not in words(browser(wexcombe, role).get(where))
        assert browser(wexcombe, role).post(where, reply).status_code == 403
    manager = browser(wexcombe, "quality-assurance")
    assert "What becomes of it?" in words(manager.get(where))
    Report.objects.filter(pk=copy.report_id).update(created_by=wexcombe.person("quality-assurance"))
    assert "somebody outside the team must answer" in words(manager.get(where))
    told = manager.post(where, reply)
    assert told.status_code == 422 and "You wrote the report" in words(told)


def test_the_council_reads_the_answer_and_what_changed_with_words_for_those_who_hear_it(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    answer(wexcombe, sent, verdict="accepted", changed=f"{AREA}.1", reasons="You are right.")
    where = at("accuracy_comment", inspection=copy.inspection_id, comment=sent.pk)
    officer = browser(wexcombe, "nominated-officer")
    listed = at("accuracy", inspection=copy.inspection_id)
    assert "You are right." not in words(officer.get(where))
    assert "No comment is like that" in words(officer.get(listed + "?status=answered"))
    assert "1 waits for an answer" in words(officer.get(listed))
    reworded(wexcombe, copy.report)
    give_answers(wexcombe, copy)
    told = officer.get(where)
    assert "You are right." in words(told) and f"#at-{AREA}-1" in told.content.decode()
    page = lxml.html.fromstring(officer.get(copy_at(copy)).content)
    (paragraph,) = page.xpath(f"//div[@id='at-{AREA}-1']")
    assert [one.text_content().split() for one in paragraph.xpath(".//del | .//ins")] == [
        ["[taken", "out:", "Most", "]"], ["[put", "in:", "Nearly", "all", "]"]
    ]  # fmt: skip
    assert "the answers are given. you can read this copy until the end of" in page.text_content().lower()
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_list_is_filtered_and_taken_out_with_every_word(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    write(wexcombe, copy, kind="wording", says="=Unclear.")
    send(wexcombe, copy)
    where, manager = at("accuracy", inspection=copy.inspection_id), browser(wexcombe, "quality-assurance")
    assert "Comment 2" not in words(manager.get(where + "?kind=fact"))
    assert "No comment is like that" in words(manager.get(where + "?exceptional=yes"))
    told = manager.post(at("accuracy_file", inspection=copy.inspection_id), {"format": "csv", "kind": "wording"})
    text = told.content.decode("utf-8-sig")
    assert "'=Unclear." in text and "Redwing" not in text
    assert Entry.objects.get(event="export.made").detail["rows"] == 1


def test_home_tells_each_what_is_theirs_to_do(wexcombe: Story) -> None:
    copy = given(wexcombe)

    def home(role: str) -> str:
        return words(browser(wexcombe, role).get(reverse("home")))

    assert "Check the facts of the draft report" in home("director")
    assert "5 working days left" in home("nominated-officer")
    write(wexcombe, copy)
    later(copy)
    assert "Send your comments on the facts: they are late" in home("nominated-officer")
    (sent,) = send(wexcombe, copy, because="Ill.")
    assert "Answer the council's comments on the facts" in home("quality-assurance").replace("’", "'")
    answer(wexcombe, sent)
    assert "Give the council the answers on the facts" in home("lead")
    give_answers(wexcombe, copy)
    assert "Read the answers to your comments on the facts" in home("director")


def test_the_lead_gives_a_copy_moves_its_day_and_takes_it_back(wexcombe: Story) -> None:
    report, lead = approved(wexcombe), browser(wexcombe, "lead")
    where = at("report_council_copy", inspection=report.inspection_id, report=report.pk)
    assert "This framework allows 10 working days" in words(lead.get(where))
    report.refresh_from_db()
    told = lead.post(where, {"until": "25/12/2030", "version": report.version})
    assert told.status_code == 422 and "no working day" in words(told)
    day = timezone.localdate() + timedelta(days=7 if timezone.localdate().weekday() < 5 else 9)
    assert lead.post(where, {"until": f"{day:%d/%m/%Y}", "version": report.version}).status_code == 302
    copy = CouncilCopy.objects.get()
    told = lead.post(where, {"act": "day", "day-until": f"{day:%d/%m/%Y}", "day-because": "", "version": 1})
    assert told.status_code == 422 and "Why the day is moved" in words(told)
    assert lead.post(where, {"act": "back", "because": "A wrong table.", "version": 1}).status_code == 302
    copy.refresh_from_db()
    assert copy.status == "taken-back"
    told = words(browser(wexcombe, "director").get(copy_at(copy)))
    assert "has taken this copy back" in told and "Most help" not in told


def test_the_page_before_publishing_says_what_of_the_check_stands_in_the_way(wexcombe: Story) -> None:
    copy, lead = given(wexcombe), browser(wexcombe, "lead")
    where = at("report_publish", inspection=copy.inspection_id, report=copy.report_id)
    assert "the council may still comment on the facts" in words(lead.get(where))
    write(wexcombe, copy)
    send(wexcombe, copy)
    assert "1 comment of the council on the facts waits for an answer" in words(lead.get(where))
    version = Report.objects.get().version
    told = lead.post(where, {"because": "In haste.", "version": version}, follow=True)
    assert "waits for an answer" in words(told) and Report.objects.get().status == "approved"


def test_the_next_version_can_be_made_from_an_earlier_one_on_the_page(wexcombe: Story) -> None:
    report, lead = approved(wexcombe), browser(wexcombe, "lead")
    where = at("report", inspection=report.inspection_id)
    assert "What version 1 says" in words(lead.get(where))
    told = lead.post(where, {"title": "Wexcombe", "based_on": "1"}, follow=True)
    assert "Version 2 is made from what version 1 says." in words(told)
    assert lead.post(where, {"title": "Wexcombe", "based_on": "7"}).status_code == 422


def test_a_comment_stands_beside_the_words_of_its_own_paragraph_and_no_other(wexcombe: Story) -> None:
    copy, officer = given(wexcombe), browser(wexcombe, "nominated-officer")
    new = copy_at(copy, "accuracy_comment_new")
    first, _ = f"{AREA}.1", f"{AREA}.0"
    page = officer.get(f"{new}?place={first}")
    assert "Most help comes early." in words(page) and "<select" not in page.content.decode().split("document")[0]
    typed = {"place": first, "kind": "fact", "says": "Typed once.", "proposes": "All of them.", "proof": "Page 3."}
    page = officer.post(new, {**typed, "act": "choose"})
    held = lxml.html.fromstring(page.content)
    assert page.status_code == 200 and "Most help comes early." not in words(page)
    assert held.xpath("//select[@name='place']") and "There is a problem" not in words(page)
    assert held.xpath("//textarea[@name='says']")[0].text.strip() == "Typed once." and "Page 3." in words(page)
    page = officer.post(new, {**typed, "act": "show"})
    assert "Most help comes early." in words(page) and "All of them." in words(page)
    assert not lxml.html.fromstring(page.content).xpath("//select[@name='place']")
    assert not AccuracyComment.objects.exists()


def test_writers_and_the_checker_read_what_the_council_said_of_the_version_before(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy, says="The number is wrong.")
    lead, lookup = browser(wexcombe, "lead"), {"inspection": copy.inspection_id}
    draft = actions.compose(
        inspection=wexcombe.inspection, title="W", client_key=uuid4(), based_on=copy.report, by=wexcombe["lead"]
    )  # fmt: skip
    section = at("report_section", **lookup, report=draft.pk, section=AREA)
    assert "The number is wrong." not in words(lead.get(section))
    send(wexcombe, copy)
    told = words(lead.get(section))
    assert "What the council said" in told and "The number is wrong." in told and "Say all." in told
    other = next(one.slug for one in queries.sections(draft) if one.slug != AREA and one.kind != "judgements")
    assert "The number is wrong." not in words(lead.get(at("report_section", **lookup, report=draft.pk, section=other)))
    actions.submit(report=draft, by=wexcombe["lead"])
    check = browser(wexcombe, "quality-assurance").get(at("report_check", **lookup, report=draft.pk))
    assert "The number is wrong." in words(check)


def test_what_is_accepted_names_its_change_or_says_why_there_is_none(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    manager, one = browser(wexcombe, "quality-assurance"), at(
        "accuracy_comment", inspection=copy.inspection_id, comment=sent.pk
    )  # fmt: skip
    form = {"verdict": "in-part", "reasons": "You are right.", "changed": "", "version": 2}
    told = manager.post(one, form)
    assert told.status_code == 422 and "or say why nothing needs to change" in words(told)
    assert "You are right." in told.content.decode()
    assert manager.post(one, {**form, "unchanged": "Paragraph 4 says it."}).status_code == 302
    give_answers(wexcombe, copy)
    assert "Paragraph 4 says it." in words(browser(wexcombe, "nominated-officer").get(one))


def test_the_next_version_is_called_as_the_newest_is(wexcombe: Story) -> None:
    where, lead = at("report", inspection=wexcombe.inspection.pk), browser(wexcombe, "lead")

    def title() -> str:
        return str(lxml.html.fromstring(lead.get(where).content).xpath("//input[@name='title']")[0].get("value"))

    assert title() == wexcombe.inspection.title
    approved(wexcombe, title="How children are helped")
    assert title() == "How children are helped"


def test_a_copy_that_is_closed_says_why_its_words_are_gone(wexcombe: Story) -> None:
    copy = later(given(wexcombe))
    told = words(browser(wexcombe, "nominated-officer").get(copy_at(copy)))
    assert "The words of the draft are not shown here any more" in told and "move the last day" in told
    assert "not shown here any more" not in words(browser(wexcombe, "lead").get(copy_at(copy)))
