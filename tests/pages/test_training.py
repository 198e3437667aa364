"""Pages of training: the form of real files beside a practice file, blind until it is signed off, then compared."""

import csv
import io
import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.training_story import SECRET, Story, answers, story

from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.apps.training.models import PracticeReview, Training
from goldthread.domain.instrument import URGENT
from goldthread.domain.practice_cases import load, slugs

pytestmark = pytest.mark.django_db

EVERYBODY = ("lead", "inspector", "inspector-2", "quality-assurance", "analyst", "disclosure-checker",
             "records-officer", "nominated-officer", "uploader", "director", "improvement-lead", "member")  # fmt: skip


@pytest.fixture
def told() -> Story:
    return story()


def at(told: Story, name: str, **parts: Any) -> str:
    return reverse(name, kwargs={"inspection": told.inspection.pk, **parts})


def browser(told: Story, role: str) -> Client:
    return factories.client_for(told.person(role))


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return words(answer)


def words(answer: Any) -> str:
    shown = answer.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def form_of(case: str, **otherwise: str) -> dict[str, str]:
    """Everything that the form of a case sends, as the model answers."""
    sent = {}
    for id, typed in answers(case, **otherwise).items():
        sent |= {f"version-{id}": "0", f"value-{id}": typed.value, f"why-{id}": typed.why}
    return sent


def test_one_press_opens_a_training_inspection_that_says_so_everywhere() -> None:
    lead = factories.site_lead()
    client = factories.client_for(lead)
    page = text(client, reverse("training_inspection_new"))
    assert "Hollowmere (invented)" in page and "It takes no data about children" in page
    key = str(uuid4())
    for _ in range(2):
        assert client.post(reverse("training_inspection_new"), {"client_key": key}).status_code == 302
    made = Inspection.objects.get()
    home = text(client, reverse("home"))
    assert "Training" in home and "Bring in child-level data" not in home and "Review practice cases" in home
    for name in ("inspection_overview", "members", "training", "inspection_journal", "inspection_edit"):
        shown = text(client, reverse(name, args=[made.pk]))
        assert "nothing here counts in an inspection" in shown, name
        assert "Synthetic data" in shown and "Judgements" not in shown, name
    assert "What kind of exercise it is" not in text(client, reverse("inspection_edit", args=[made.pk]))


def test_opening_a_training_is_the_leads_and_closing_one_by_it_is_said_first(told: Story) -> None:
    assert "Close training 1 and open another" in text(browser(told, "lead"), at(told, "training_new"))
    client = browser(told, "lead")
    assert client.post(at(told, "training_new"), {"client_key": str(uuid4())}).status_code == 302
    assert [one.status for one in Training.objects.order_by("number")] == ["closed", "open"]
    page = text(client, at(told, "training"))
    assert "Training 2" in page and "Earlier trainings" in page
    for role, status in (("inspector", 403), ("quality-assurance", 403), ("analyst", 404), ("member", 404)):
        assert browser(told, role).get(at(told, "training_new")).status_code == status, role


def test_an_inspection_without_a_training_offers_to_open_one() -> None:
    lead = factories.site_lead()
    inspection = factories.inspection(lead=lead)
    page = text(factories.client_for(lead), reverse("training", args=[inspection.pk]))
    assert "No training has been opened for this team" in page and "Open a training for this team" in page
    inspector = factories.client_for(factories.member(inspection, "inspector"))
    shown = text(inspector, reverse("training", args=[inspection.pk]))
    assert "No training has been opened" in shown and "Open a training for this team" not in shown


def test_a_case_is_begun_answered_checked_signed_off_and_compared(told: Story) -> None:
    client, training = browser(told, "inspector"), told.training
    assert training is not None
    case = load("practice-4")
    path = at(told, "practice_case", training=training.pk, practice=case.slug)
    before = text(client, path)
    assert case.title in before and case.lesson not in before and case.paragraphs[0].text not in before
    begun = client.post(path)
    review = PracticeReview.objects.get()
    where = at(told, "practice_review", attempt=review.pk)
    assert begun["Location"] == where
    page = text(client, where)
    assert case.paragraphs[0].text in page and case.lesson not in page
    assert "In practice nobody is told" in page and "The lead inspector sees it" not in page
    assert not any(one.why in page for one in case.answers.values())
    check = text(client, at(told, "practice_sign_off", attempt=review.pk))
    assert "Before you can sign off" in check and "Answer this question" in check
    early = client.post(at(told, "practice_sign_off", attempt=review.pk), {"version": review.version})
    assert early.status_code == 422 and PracticeReview.objects.get().draft
    sent = client.post(where, {**form_of(case.slug, plan_now="amber"), "instrument": case.instrument, "then": "check"})
    assert sent["Location"] == at(told, "practice_sign_off", attempt=review.pk)
    check = text(client, at(told, "practice_sign_off", attempt=review.pk))
    assert "Before you can sign off" not in check and SECRET in check
    stale = client.post(at(told, "practice_sign_off", attempt=review.pk), {"version": 1})
    assert stale.status_code == 409
    version = PracticeReview.objects.get().version
    assert client.post(at(told, "practice_sign_off", attempt=review.pk), {"version": version}).status_code == 302
    compared = text(client, where)
    assert case.lesson in compared and "8 of 9 answers as the model ; 1 kinder, 0 harsher" in compared
    assert all(one.why in compared for one in case.answers.values())
    assert "Kinder than the model" in compared and "Harsher than the model" not in compared
    late = client.post(where, {**form_of(case.slug), "instrument": case.instrument})
    assert late.status_code == 403 and SECRET in late.content.decode()


def test_a_child_who_was_overlooked_comes_before_every_count(told: Story) -> None:
    assert told.training is not None
    slug = next(name for name in told.training.cases if load(name).answers[URGENT].value == "yes")
    for role, answer, overlooked in (("inspector", "no", True), ("inspector-2", "yes", False)):
        client = browser(told, role)
        client.post(at(told, "practice_case", training=told.training.pk, practice=slug))
        review = PracticeReview.objects.get(reviewer=told.person(role))
        where, form = at(told, "practice_review", attempt=review.pk), form_of(slug, **{URGENT: answer})
        client.post(where, {**form, "instrument": load(slug).instrument, "then": "check"})
        version = PracticeReview.objects.get(pk=review.pk).version
        client.post(at(told, "practice_sign_off", attempt=review.pk), {"version": version})
        page = text(client, where)
        assert ("The model finds that this child is unsafe now" in page) is overlooked
        assert ("Overlooked: unsafe now by the model" in page) is overlooked


def test_answers_are_saved_one_by_one_and_clash_with_both_texts(told: Story) -> None:
    client, review = browser(told, "inspector"), told.begun("practice-4")
    save = at(told, "practice_save", attempt=review.pk)
    one = {"question": "plan-now", "value": "red", "why": "first", "version": "0", "instrument": review.instrument}
    done = client.post(save, one)
    assert done.status_code == 200 and done.json()["version"] == 1 and done.json()["answered"] == 1
    clash = client.post(save, {**one, "why": "stale"})
    assert clash.status_code == 409 and clash.json()["clash"]["why"] == "first"
    other = client.post(save, {**one, "instrument": "case-review-short-1"})
    assert other.status_code == 403 and "another instrument" in other.json()["says"]
    wrong = client.post(save, {**one, "value": "purple", "version": "1"})
    assert wrong.status_code == 403 and "not an answer" in wrong.json()["says"]
    whole = client.post(
        at(told, "practice_review", attempt=review.pk), {**form_of("practice-4"), "instrument": review.instrument}
    )
    assert whole.status_code == 409
    assert "first" in words(whole) and SECRET in words(whole)


def test_nobody_sees_a_draft_or_a_model_answer_before_signing_off_at_any_address(told: Story) -> None:
    """Every role at every door of the training: nothing of the inspector's, and no model answer, is shown."""
    assert told.training is not None
    draft = told.answered("practice-4")
    signed = told.signed("practice-5", by="inspector-2")
    kept = [load(slug) for slug in slugs()]
    allowed = {"practice-5": {"inspector-2", "quality-assurance"}}
    for role in EVERYBODY:
        client = browser(told, role)
        pages = [at(told, "training"), at(told, "members"), at(told, "inspection_overview"), reverse("home"),
                 at(told, "inspection_journal"), at(told, "shelf"), at(told, "cases")]  # fmt: skip
        pages += [at(told, name, training=told.training.pk) for name in ("training_one", "calibration")]
        pages += [at(told, "practice_case", training=told.training.pk, practice=one.slug) for one in kept]
        pages += [at(told, name, attempt=one.pk) for name in ("practice_review", "practice_sign_off")
                  for one in (draft, signed)]  # fmt: skip
        file = client.post(at(told, "calibration_file", training=told.training.pk), {"format": "csv"})
        shown = " ".join([*(words(client.get(path)) for path in pages), file.content.decode(errors="replace")])
        if role != "inspector":
            assert f"{SECRET} of inspector " not in shown + " ", role
        if role not in ("inspector-2", "quality-assurance"):
            assert f"{SECRET} of inspector-2" not in shown, role
        for case in kept:
            if role in allowed.get(case.slug, {"quality-assurance"}):
                continue
            assert case.lesson not in shown, (role, case.slug)
            assert not any(one.why in shown for one in case.answers.values()), (role, case.slug)
    for role in EVERYBODY:
        status = browser(told, role).get(at(told, "practice_review", attempt=draft.pk)).status_code
        assert status == (200 if role == "inspector" else 404), role
    assert browser(told, "lead").get(at(told, "practice_review", attempt=signed.pk)).status_code == 404
    assert browser(told, "quality-assurance").get(at(told, "practice_review", attempt=signed.pk)).status_code == 200


def test_a_reflection_is_kept_for_its_writer_alone_and_clashes(told: Story) -> None:
    review = told.signed("practice-4")
    client, path = browser(told, "inspector"), at(told, "practice_reflect", attempt=review.pk)
    assert client.post(path, {"says": "MY-OWN-THOUGHT", "version": "0"}).status_code == 302
    assert "MY-OWN-THOUGHT" in text(client, at(told, "practice_review", attempt=review.pk))
    clash = client.post(path, {"says": "Another.", "version": "0"})
    assert clash.status_code == 409 and "MY-OWN-THOUGHT" in words(clash) and "Another." in words(clash)
    long = client.post(path, {"says": "x" * 4_001, "version": "1"})
    assert long.status_code == 422 and "4,000" in words(long)
    quality = browser(told, "quality-assurance")
    assert "MY-OWN-THOUGHT" not in text(quality, at(told, "practice_review", attempt=review.pk))
    assert quality.post(path, {"says": "x", "version": "1"}).status_code == 403
    draft = told.begun("practice-5")
    refused = client.post(at(told, "practice_reflect", attempt=draft.pk), {"says": "x", "version": "0"})
    assert refused.status_code == 403 and "Sign the case off first" in words(refused)


def test_a_further_attempt_stands_beside_the_first(told: Story) -> None:
    told.signed("practice-4")
    assert told.training is not None
    client = browser(told, "inspector")
    path = at(told, "practice_case", training=told.training.pk, practice="practice-4")
    assert "It is marked as made after the model answers were seen" in text(client, path)
    client.post(path)
    assert PracticeReview.objects.count() == 1
    client.post(path, {"again": "yes"})
    client.post(path, {"again": "yes"})
    assert PracticeReview.objects.count() == 2
    page = text(client, path)
    assert "Attempt 1" in page and "Attempt 2" in page and "Model answers seen before" in page


def test_the_lead_stands_aside_and_sees_where_the_team_parts(told: Story) -> None:
    told.signed("practice-4", plan_now="green")
    told.signed("practice-4", by="inspector-2")
    assert told.training is not None
    client, path = browser(told, "lead"), at(told, "calibration", training=told.training.pk)
    before = text(client, path)
    assert "6 of 6 practice cases are not counted here" in before and "Plan" not in before
    aside = at(told, "training_aside", training=told.training.pk)
    assert "not taken back" in text(client, aside)
    assert client.post(aside).status_code == 302
    page = text(client, path)
    assert "1 practice case: a wide range" in page
    assert page.index("What to talk about first") < page.index("Is there a plan in force")
    assert "Green : Robin inspector" in page and "Red : Robin inspector-2" in page
    assert "7 of 8" in page and "8 of 8" in page and "1 of 3 practice cases signed off" in page
    case = text(client, at(told, "practice_case", training=told.training.pk, practice="practice-4"))
    assert load("practice-4").lesson in case and "Robin inspector-2, attempt 1" in case
    refused = client.post(at(told, "practice_case", training=told.training.pk, practice="practice-5"))
    assert refused.status_code == 422 and "stood aside" in words(refused)


def test_whoever_takes_part_is_refused_to_stand_aside(told: Story) -> None:
    told.signed("practice-4", by="lead")
    assert told.training is not None
    answer = browser(told, "lead").post(at(told, "training_aside", training=told.training.pk))
    assert answer.status_code == 422 and "you take part" in words(answer)


def test_the_level_is_seen_changed_refused_at_its_field_and_clashes(told: Story) -> None:
    told.signed("practice-4", by="inspector")
    assert told.training is not None
    client, path = browser(told, "lead"), at(told, "training_level", training=told.training.pk)
    assert "is a proposal" in text(client, path)
    sent = {"per_cent": "60", "cases": "1", "urgent": "on", "first_sight": "on", "version": "1"}
    for changed, says in (
        ({"per_cent": "130"}, "from 1 to 100"), ({"per_cent": "most"}, "whole number"),
        ({"cases": "0"}, "from 1 to 20"),
        ({"cases": "9"}, "from 1 to 6 cases"), ({"per_cent": ""}, "Fill in"),
    ):  # fmt: skip
        answer = client.post(path, {**sent, **changed})
        assert answer.status_code == 422 and says in words(answer), changed
    assert client.post(path, sent).status_code == 302
    clash = client.post(path, {**sent, "cases": "2"})
    assert clash.status_code == 409 and "set when a reviewer counts as calibrated" in words(clash)
    quality = text(browser(told, "quality-assurance"), at(told, "calibration", training=told.training.pk))
    assert "60% of answers as the model over at least 1 case" in quality and "The lead set this level" in quality
    assert "Calibrated" in quality and "Change the level" not in quality


def test_the_team_page_says_who_is_calibrated_and_the_council_is_told_nothing(told: Story) -> None:
    for case in ("practice-1", "practice-2", "practice-3"):
        told.signed(case)
    page = text(browser(told, "lead"), at(told, "members"))
    assert "Robin inspector: Calibrated on" in page and "Robin lead: Not yet no practice case signed off" in page
    own = text(browser(told, "inspector"), at(told, "members"))
    assert "Robin inspector: Calibrated on" in own and "Robin lead: Not yet" not in own
    for role in ("nominated-officer", "director", "analyst"):
        assert "Calibrated on practice cases" not in text(browser(told, role), at(told, "members")), role


def test_the_figures_leave_as_a_file_with_the_journal_saying_so(told: Story) -> None:
    told.signed("practice-1", by="inspector", plan="inadequate")
    told.signed("practice-1", by="inspector-2")
    assert told.training is not None
    path = at(told, "calibration_file", training=told.training.pk)
    answer = browser(told, "quality-assurance").post(path, {"format": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["About", "Questions", "Which", "Figure"]
    told_of = {(row[0], row[2], row[3]): row for row in rows}
    level = told_of["Level", "Robin inspector", "answers as the model"]
    assert (float(level[4]), level[7], level[8]) == (round(13 / 14, 4), "1", "14")
    assert any(row[0] == "Each other" and row[2] == "Robin inspector and Robin inspector-2" for row in rows)
    assert "calibration of training 1" in json.dumps([one.detail for one in Entry.objects.all()])
    assert browser(told, "quality-assurance").post(path, {"format": "pdf"}).status_code == 403
    own = browser(told, "inspector").post(path, {"format": "csv"}).content.decode()
    assert "Robin inspector-2" not in own


def test_a_case_or_training_that_there_is_not_is_absent(told: Story) -> None:
    assert told.training is not None
    client = browser(told, "lead")
    for name, parts in (
        ("practice_case", {"training": told.training.pk, "practice": "practice-99"}),
        ("practice_case", {"training": uuid4(), "practice": "practice-1"}), ("training_one", {"training": uuid4()}),
        ("practice_review", {"attempt": uuid4()}),
    ):  # fmt: skip
        assert client.get(at(told, name, **parts)).status_code == 404, name
    other = story()
    assert other.training is not None
    assert client.get(at(told, "training_one", training=other.training.pk)).status_code == 404


def test_a_closed_training_is_read_and_no_longer_answered(told: Story) -> None:
    draft = told.answered("practice-4")
    browser(told, "lead").post(at(told, "training_new"), {"client_key": str(uuid4())})
    client = browser(told, "inspector")
    path = at(told, "practice_review", attempt=draft.pk)
    page = text(client, path)
    assert "This training is closed" in page and SECRET in page
    assert b"data-review-save" not in client.get(path).content
    check = text(client, at(told, "practice_sign_off", attempt=draft.pk), 403)
    assert "closed" in check
    late = client.post(at(told, "practice_sign_off", attempt=draft.pk), {"version": draft.version})
    assert late.status_code == 403
