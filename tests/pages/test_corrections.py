"""The pages on which somebody says what a value means, has the file read again, and takes it back."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.apps.test_corrections import OFFICER, again, genders, odd, say
from tests.pages.test_issue_pages import browser, page, text
from tests.submissions_story import ASSESSMENT, Story, story, workbook

from goldthread.apps.submissions import actions, corrections, worker
from goldthread.apps.submissions.models import Correction, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def key_of(row: Submission, form: str) -> str:
    return f"code-{next(one.key for one in corrections.values(row) if one.form == form)}"


def test_from_the_value_to_the_new_reading_and_back(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple", "Purple", "Teal", "F"))
    client = browser(wexcombe, OFFICER)
    assert page("submission_values", row) in client.get(page("submission", row)).content.decode()
    shown = client.get(page("submission_values", row))
    assert "3 cells hold a value that could not be matched to a code" in text(shown)
    assert "List 4, Gender" in text(shown) and "Nothing in the list is like it" in text(shown)
    sent = {key_of(row, "purple"): "M", key_of(row, "teal"): "", "version": 1}
    done = client.post(page("submission_values", row), sent, follow=True)
    assert "1 meaning is remembered" in text(done)
    assert "Nothing new was chosen" in text(client.post(page("submission_values", row), {"version": 2}, follow=True))
    asked = text(client.get(page("submission_read_again", row)))
    assert "1 value that somebody said the meaning of is read so" in asked and "compare it with none" in asked
    new = client.post(page("submission_read_again", row), {"client_key": "0" * 32}, follow=True)
    assert "being read again" in text(new)
    worker.read_all()
    read = Submission.objects.get(reading_of=row)
    assert genders(read) == ["M", "M", None, "F"]
    assert "What differs from the first reading" in text(client.get(page("submission", read)))
    assert "It was read again" in text(client.get(page("submission", row)))
    assert "It was read as it was said before" in text(client.get(page("submission_values", read)))
    listed = client.get(reverse("corrections", args=[row.inspection_id]))
    assert "“Purple”" in text(listed) and "M: Male" in text(listed)
    held = Correction.objects.get()
    back = client.post(reverse("correction_take_back", args=[row.inspection_id, held.pk]), follow=True)
    assert "It is taken back" in text(back) and "Nothing was said yet" in text(back)


def test_the_team_looks_at_the_councils_values_and_may_ask(wexcombe: Story) -> None:
    row = wexcombe.handed_over(odd("Purple"))
    for role in ("analyst", "lead", "quality-assurance"):
        shown = browser(wexcombe, role).get(page("submission_values", row))
        assert "“Purple”" in text(shown) and "<select" in shown.content.decode()
        assert "Remember what these mean" not in text(shown)
        assert ("Ask the council" in text(shown)) is (role != "quality-assurance")
    sent = {key_of(row, "purple"): "M", "version": 1}
    refused = browser(wexcombe, "analyst").post(page("submission_values", row), sent)
    assert refused.status_code == 403 and "other side's" in text(refused)
    assert "Only whoever handed these lists in" in text(
        browser(wexcombe, "lead").get(page("submission_read_again", row))
    )
    assert browser(wexcombe, "inspector").get(page("submission_values", row)).status_code == 403
    assert not Correction.objects.exists()


def test_a_stale_page_a_false_code_and_another_value_change_nothing(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple"))
    client, address = browser(wexcombe, OFFICER), page("submission_values", row)
    assert client.post(address, {key_of(row, "purple"): "ZZ", "version": 1}).status_code == 422
    assert client.post(address, {"code-0123456789abcdef": "M", "version": 1}).status_code == 302
    assert not Correction.objects.exists()
    say(wexcombe, row, Purple="F")
    late = client.post(address, {key_of(row, "purple"): "M", "version": 1})
    assert late.status_code == 409 and "What happened meanwhile" in text(late)
    assert Correction.objects.get().code == "F"


def test_values_are_paged_and_narrowed_to_one_code_list(wexcombe: Story) -> None:
    words = [f"amber{letter}" for letter in "bcdfghjklmnpqr"]
    row = wexcombe.read(odd(*[f"{word}zz" for word in words], *[f"{word}qq" for word in words]))
    client, address = browser(wexcombe, OFFICER), page("submission_values", row)
    assert client.get(address).context["page_obj"].paginator.num_pages == 2
    assert len(client.get(address, {"page": "2"}).context["form"].rows()) == 3
    for asked in ({"field": "gender"}, {"field": "odd"}, {"page": "banana"}):
        assert client.get(address, asked).status_code == 200


def test_where_everything_was_understood_or_nothing_read_it_says_so(wexcombe: Story) -> None:
    client = browser(wexcombe, "uploader")
    fine = wexcombe.read(odd("F"))
    assert "Every value of a code list was understood" in text(client.get(page("submission_values", fine)))
    waiting = wexcombe.send(odd("F"))
    assert "has not been read" in text(client.get(page("submission_values", waiting)))
    assert "has not been read once yet" in text(client.get(page("submission_read_again", waiting)))


def test_a_colleague_of_the_uploader_sees_nothing_of_what_they_said(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple"))
    say(wexcombe, row, by="uploader", Purple="M")
    other = browser(wexcombe, "uploader-2")
    assert "Purple" not in text(other.get(reverse("corrections", args=[row.inspection_id])))
    held = Correction.objects.get()
    address = reverse("correction_take_back", args=[row.inspection_id, held.pk])
    assert other.post(address).status_code == 404
    assert browser(wexcombe, "lead").post(address).status_code == 404
    assert browser(wexcombe, OFFICER).post(address).status_code == 302


def test_cells_that_no_meaning_can_be_given_are_told_by_column(wexcombe: Story) -> None:
    good = [["A1", "Purple", "WBRI", date(2015, 1, 1), 11, "N", "whenever", "Y", "", "Y", "Duty", "Ada"]]
    row = wexcombe.handed_over(workbook({"List 4": [ASSESSMENT, *good]}))
    assert row.lists["unread"] == 2
    for role in (OFFICER, "analyst"):
        shown = text(browser(wexcombe, role).get(page("submission_values", row)))
        assert "1 cell holds a value that could not be matched to a code" in shown
        assert "2 cells could not be understood in all" in shown
        assert f"List 4, {ASSESSMENT[6]}: 1 cell" in shown
        assert "left to you" not in shown and "Leave it to me" not in shown
    assert "Whoever hands the data in can say once what it means" in shown


def test_asking_about_one_value_begins_with_that_value_and_leads_back_to_what_was_asked(wexcombe: Story) -> None:
    row = wexcombe.handed_over(odd("Purple", "Teal", "Teal"))
    analyst = browser(wexcombe, "analyst")
    teal = next(one.key for one in corrections.values(row) if one.form == "teal")
    link = f"{page('question_ask', row)}?value={teal}"
    assert link in analyst.get(page("submission_values", row)).content.decode()
    form = analyst.get(link)
    assert '<option value="G06:4" selected>' in form.content.decode()
    assert "2 cells hold “Teal” (list 4, Gender)" in text(form) and "Purple" not in text(form)
    sent = {"about": "G06:4", "question": form.context["form"]["question"].value(), "client_key": str(uuid4())}
    assert "Q1 is asked" in text(analyst.post(link, sent, follow=True))
    shown = text(analyst.get(page("submission_values", row)))
    assert "Q1 about “Teal”" in shown and "Ask the council again what “Teal” means" in shown
    assert "Ask the council what “Purple” means" in shown and "Q1 about “Purple”" not in shown


def test_a_value_that_is_not_there_begins_no_question(wexcombe: Story) -> None:
    row = wexcombe.handed_over(odd("Purple"))
    form = browser(wexcombe, "analyst").get(f"{page('question_ask', row)}?value=0123456789abcdef")
    assert form.status_code == 200 and "About the value" not in text(form)


def test_what_the_council_said_before_handing_over_is_known_to_the_team(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple", "F"))
    say(wexcombe, row, Purple="M")
    address = reverse("corrections", args=[row.inspection_id])
    held = again(wexcombe, row)
    assert "Purple" not in text(browser(wexcombe, "analyst").get(address)), "nothing has crossed the wall yet"
    actions.hand_over(submission=held, version=held.version, by=wexcombe[OFFICER])
    shown = text(browser(wexcombe, "analyst").get(address))
    assert "before it handed over" in shown and "“Purple”GenderM: Male1" in shown
    assert "before it handed over" not in text(browser(wexcombe, OFFICER).get(address))
