"""Pages of second readings: given out, kept blind by every address, settled side by side, told with their doubt."""

import csv
import io
import re
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.apps.test_second_readings import both_in, give, pair, shared_out, sign
from tests.apps.test_settling_second_readings import LESS
from tests.cases_story import SECRET, Story, story

from goldthread.apps.cases import actions
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import CaseReview, OwnAudit, SecondReading, Settlement
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def at(told: Story, name: str, **parts: Any) -> str:
    return reverse(name, kwargs={"inspection": told.inspection.pk, **parts})


def browser(told: Story, role: str) -> Client:
    return factories.client_for(told.person(role))


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_lead_gives_a_share_out_and_is_told_what_it_makes(wexcombe: Story) -> None:
    draw = shared_out(wexcombe)
    client, path = browser(wexcombe, "lead"), at(wexcombe, "second_readings", draw=draw.pk)
    page = text(client, path)
    assert "says little below 20 files read twice" in page and "20 unless you say otherwise" in page
    readers = [str(wexcombe.person(role).pk) for role in ("inspector", "inspector-2")]
    sent = {"share": "25", "seed": "again", "readers": readers, "version": "0"}
    assert client.post(path, sent).status_code == 302
    assert SecondReading.objects.count() == 3
    assert "3 files given to a second reader" in text(client, path)
    wrong = client.post(path, {**sent, "share": "200", "version": "1"})
    assert wrong.status_code == 422 and "from 1 to 100" in wrong.content.decode()
    other = client.post(path, {**sent, "seed": "luckier", "version": "1"})
    assert other.status_code == 422 and "The seed stays as it was" in other.content.decode()
    overtaken = client.post(path, {**sent, "version": "0"})
    assert overtaken.status_code == 409


def test_a_second_reader_is_told_nothing_of_the_first_at_any_address(wexcombe: Story) -> None:
    """Pages, the autosave of an answer, the shelf, the counts, the figures and their files."""
    reading, first, second = pair(wexcombe)
    secret = "Zqfirstreadersays"
    signed = sign(wexcombe, first, plan=Typed("inadequate", secret, 0))
    client = browser(wexcombe, "inspector-2")
    assert client.get(at(wexcombe, "case_review", review=signed.pk)).status_code == 404
    for name in ("case_review_save", "case_review", "case_review_sign_off"):
        sent = {"question": "plan", "value": "good", "why": "x", "version": "1"}
        assert client.post(at(wexcombe, name, review=signed.pk), sent).status_code == 404, name
    pages = [
        at(wexcombe, "case", case=reading.case_id), at(wexcombe, "case_review", review=second.pk),
        at(wexcombe, "second_reading", reading=reading.pk), at(wexcombe, "moderation"), at(wexcombe, "cases"),
        at(wexcombe, "case_answers"), at(wexcombe, "shelf"), at(wexcombe, "inspection_overview"), reverse("home"),
        at(wexcombe, "draw", draw=reading.case.draw_id),
    ]  # fmt: skip
    for path in pages:
        page = text(client, path)
        assert secret not in page and "Inadequate 1 of" not in page, path
    saved = client.post(
        at(wexcombe, "case_review_save", review=second.pk),
        {"question": "plan", "value": "good", "why": "Mine.", "version": "0"},
    )
    assert saved.status_code == 200 and secret not in saved.content.decode()
    assert "Inspector" in text(client, pages[0])
    assert secret in text(browser(wexcombe, "lead"), at(wexcombe, "case_review", review=signed.pk))
    actions.save_answers(review=second, answers={"plan": Typed("good", "Mine.", 1)}, by=wexcombe["inspector-2"])


def test_once_both_are_in_each_reads_the_other(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    for role in ("inspector", "inspector-2"):
        page = text(browser(wexcombe, role), at(wexcombe, "second_reading", reading=reading.pk))
        assert "differ on 1 of 14 questions" in page
        assert page.count(SECRET) > 10


def test_the_second_reader_finds_the_file_begins_and_signs_off(wexcombe: Story) -> None:
    reading = next(
        one for one in give(wexcombe, shared_out(wexcombe)) if one.reader_id == wexcombe.person("inspector-2").pk
    )
    client = browser(wexcombe, "inspector-2")
    assert "Read files a second time" in text(client, reverse("home"))
    assert f"Case {reading.case.number}" in text(client, at(wexcombe, "cases")).split("To read a second time")[1]
    wexcombe.review(reading.case)
    page = text(client, at(wexcombe, "case", case=reading.case_id))
    assert "Begin the review" in page and "You have not begun to read this file" in page
    assert "Nobody has begun" not in page
    assert client.post(at(wexcombe, "case_review_start", case=reading.case_id)).status_code == 302
    review = CaseReview.objects.get(case=reading.case, reviewer=reading.reader)
    wexcombe.answered(review)
    review.refresh_from_db()
    path = at(wexcombe, "case_review_sign_off", review=review.pk)
    said = client.post(path, {"version": str(review.version)}, follow=True).content.decode()
    assert "The file is read twice" in said


def _sent(client: Client, path: str, **changed: str) -> dict[str, str]:
    page = client.get(path).content.decode()
    versions = dict(re.findall(r'name="(version(?:-[\w-]+)?)" value="(\d+)"', page))
    return {**versions, **changed}


def test_differences_are_settled_saved_and_closed(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    path = at(wexcombe, "second_reading", reading=reading.pk)
    client = browser(wexcombe, "lead")
    assert "Settle where two readings differ" in text(client, reverse("home"))
    open_still = client.post(path, _sent(client, path, **{"value-plan": "good", "why-plan": "", "then": "close"}))
    assert open_still.status_code == 422 and "Still open" in open_still.content.decode()
    # Whoever was refused goes on from the page they were shown: their own first press is nobody else's.
    shown = lxml.html.fromstring(open_still.content)
    assert shown.xpath("//form[contains(@class, 'app-review')]//input[@name='version']/@value") == [
        str(SecondReading.objects.get(pk=reading.pk).version)
    ]
    sent = _sent(client, path, **{"value-plan": "good", "why-plan": "Dates are in the minutes.", "then": "close"})
    assert client.post(path, sent).status_code == 302
    page = text(client, path)
    assert "each is settled" in page and "Dates are in the minutes." in page and "What stands: Good" in page
    again = at(wexcombe, "second_reading_reopen", reading=reading.pk)
    assert client.post(again, _sent(client, again, because="Found more.")).status_code == 302
    assert "Opened again: Found more." in text(client, path)


def test_two_who_settle_at_once_see_both_texts_and_close_nothing_unread(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS, visits=Typed("outstanding", "Weekly.", 0))
    path = at(wexcombe, "second_reading", reading=reading.pk)
    lead, quality = browser(wexcombe, "lead"), browser(wexcombe, "quality-assurance")
    mine = _sent(lead, path, **{"value-plan": "good", "why-plan": "Mine.", "then": "stay"})
    closing = _sent(quality, path, **{"value-visits": "good", "why-visits": "Both.", "then": "close"})
    theirs = _sent(quality, path, **{"value-plan": "inadequate", "why-plan": "Theirs.", "then": "stay"})
    assert lead.post(path, mine).status_code == 302
    clash = quality.post(path, theirs)
    assert clash.status_code == 409
    assert "Mine." in clash.content.decode() and "Theirs." in clash.content.decode()
    del closing["version-plan"]
    refused = quality.post(path, closing)
    assert refused.status_code == 409 and "Somebody else settled something" in refused.content.decode()
    assert set(Settlement.objects.values_list("question", "why")) == {("plan", "Mine."), ("visits", "Both.")}
    assert SecondReading.objects.get(pk=reading.pk).status == "compared"


def test_a_reader_is_changed_or_the_reading_called_off(wexcombe: Story) -> None:
    reading, _, _ = pair(wexcombe)
    factories.member(wexcombe.inspection, "inspector", "Thea Third")
    path = at(wexcombe, "second_reading_change", reading=reading.pk)
    client = browser(wexcombe, "lead")
    page = client.get(path).content.decode()
    assert "Thea Third" in page and "Nobody: it is read once only" in page
    third = str(factories.person("Thea Third").pk)
    assert client.post(path, _sent(client, path, to=third, because="On leave.")).status_code == 302
    assert str(SecondReading.objects.get(pk=reading.pk).reader_id) == third
    assert client.post(path, _sent(client, path, to="call-off", because="Ill.")).status_code == 302
    assert "Ill." in text(client, at(wexcombe, "second_readings", draw=reading.case.draw_id))
    assert client.get(path).status_code == 403


def test_moderation_tells_everybodys_figures_to_the_lead_and_ones_own_to_a_reviewer(wexcombe: Story) -> None:
    reading = both_in(wexcombe, **LESS)
    third = factories.person("Thea Third")
    factories.member(wexcombe.inspection, "inspector", "Thea Third")
    for role in ("lead", "quality-assurance"):
        page = text(browser(wexcombe, role), at(wexcombe, "moderation"))
        assert "1 of 12 files read twice" in page and "1 to settle" in page
        assert "Robin inspector-2" in page and "Robin inspector " in page
        assert "below 20 these figures say little" in page
        assert "Two readers gave the same answer 13 times in 14" in page
    own = text(browser(wexcombe, "inspector"), at(wexcombe, "moderation"))
    table = own.split("You beside whoever read the same files")[1]
    assert "Robin inspector " in table and "Robin inspector-2" not in table
    nothing = text(factories.client_for(third), at(wexcombe, "moderation"))
    assert "No file is read a second time by you" in nothing and "Robin" not in nothing.split("Moderation")[-1]
    assert browser(wexcombe, "analyst").get(at(wexcombe, "moderation")).status_code == 404
    assert browser(wexcombe, "nominated-officer").get(at(wexcombe, "moderation")).status_code == 404
    assert reading.first is not None


def test_the_figures_leave_as_a_file_and_the_journal_says_so_first(wexcombe: Story) -> None:
    both_in(wexcombe, **LESS)
    client = browser(wexcombe, "lead")
    answer = client.post(at(wexcombe, "moderation_file"), {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    plan = next(row for row in rows if row["Which"].startswith("How good is the plan") and row["Figure"] == "AC1")
    assert (plan["Value"] != "", plan["Files"], plan["Told of it"]) == (
        True,
        "1",
        "One file alone cannot say how sure this is.",
    )
    assert SECRET not in answer.content.decode("utf-8-sig")
    entry = Entry.objects.filter(event="export.made").latest("number")
    assert (entry.detail["what"], entry.detail["rows"]) == ("agreement between readers", len(rows))
    assert client.post(at(wexcombe, "moderation_file"), {"format": "xlsx"}).content[:2] == b"PK"
    assert client.post(at(wexcombe, "moderation_file"), {"format": "exe"}).status_code == 403
    picture = client.post(at(wexcombe, "moderation_picture"), {"format": "svg"})
    assert picture.content.startswith(b"<svg")


def test_without_any_second_reading_the_page_says_so_and_has_no_picture(wexcombe: Story) -> None:
    client = browser(wexcombe, "lead")
    assert "No file is read a second time yet" in text(client, at(wexcombe, "moderation"))
    assert client.post(at(wexcombe, "moderation_picture"), {"format": "svg"}).status_code == 403


def test_the_councils_own_grade_stands_beside_the_inspections(wexcombe: Story) -> None:
    review = wexcombe.signed()
    path = at(wexcombe, "own_audit", case=review.case_id, closing="overall-practice")
    client = browser(wexcombe, "analyst")
    sent = {"grade": "outstanding", "source": "Audit of June, page 2", "version": "0"}
    assert client.post(path, sent).status_code == 302
    page = text(client, at(wexcombe, "case", case=review.case_id))
    assert re.search(r"Outstanding\s+Change.*?Good\s+Audit of June, page 2", page)
    clash = client.post(path, {**sent, "grade": "inadequate"})
    assert clash.status_code == 409
    assert client.post(path, {**sent, "grade": "yes"}).status_code == 422
    assert client.get(at(wexcombe, "own_audit", case=review.case_id, closing="plan")).status_code == 404
    assert OwnAudit.objects.get().grade == "outstanding"
    told = text(browser(wexcombe, "lead"), at(wexcombe, "case", case=review.case_id))
    assert "Audit of June, page 2" in told
