"""Pages of a case review: begun, saved, clashing, signed off, given back, and read by others."""

import re
from pathlib import Path

import pytest
from tests.cases_story import SECRET, Story, full_answers, story
from tests.pages.test_cases import at, browser, sheet_post, text

from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, CaseReview
from goldthread.apps.drafting import known
from goldthread.apps.evidence.models import EvidenceItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


# Reviews


def test_a_review_is_begun_saved_checked_and_signed_off_without_scripts(wexcombe: Story) -> None:
    case, mine = wexcombe.case(), browser(wexcombe, "inspector")
    begun = mine.post(at("case_review_start", wexcombe, case=case.pk))
    review = CaseReview.objects.get()
    address = at("case_review", wexcombe, review=review.pk)
    assert begun.url == address
    assert "0 of 15 answered" in text(mine.get(address))
    partly = dict(list(full_answers().items())[:8])
    mine.post(address, sheet_post(review, partly, then="stay"))
    assert "8 of 15 answered" in text(mine.get(address))
    check = mine.get(at("case_review_sign_off", wexcombe, review=review.pk))
    assert "Before you can sign off" in text(check)
    assert f"{address}#q-identity" in check.content.decode()
    review.refresh_from_db()
    refused = mine.post(at("case_review_sign_off", wexcombe, review=review.pk), {"version": review.version})
    assert refused.status_code == 422
    stored = {name: Typed(one.value, one.why, 1 if name in partly else 0) for name, one in full_answers().items()}
    to_check = mine.post(address, sheet_post(review, stored, then="check"))
    assert to_check.url == at("case_review_sign_off", wexcombe, review=review.pk)
    page = mine.get(to_check.url).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    done = mine.post(to_check.url, {"version": version[1]}, follow=True)
    assert "E0001 on the evidence shelf" in text(done)
    assert EvidenceItem.objects.get().areas
    for back in (mine.get(to_check.url, follow=True), mine.post(to_check.url, {"version": version[1]}, follow=True)):
        assert back.redirect_chain == [(address, 302)] and "This review is signed off" in text(back)


def test_signing_off_what_was_changed_meanwhile_asks_to_read_it_again(wexcombe: Story) -> None:
    review = wexcombe.answered()
    mine = browser(wexcombe, "inspector")
    late = mine.post(at("case_review_sign_off", wexcombe, review=review.pk), {"version": review.version - 1})
    assert late.status_code == 409
    assert "Read it again" in text(late)
    assert not EvidenceItem.objects.exists()


def test_a_clash_shows_both_texts_and_saving_again_keeps_mine(wexcombe: Story) -> None:
    review, mine = wexcombe.review(), browser(wexcombe, "inspector")
    actions.save_answers(review=review, answers={"plan": Typed("good", "From the office.")}, by=wexcombe["inspector"])
    address = at("case_review", wexcombe, review=review.pk)
    typed = {"plan": Typed("inadequate", "From the train."), "visits": Typed("good", "Weekly.")}
    page = mine.post(address, sheet_post(review, typed))
    assert page.status_code == 409
    assert "From the office." in text(page)
    assert "From the train." in page.content.decode()
    assert 'name="version-plan" value="1"' in page.content.decode()
    assert queries.answers_of(review)["visits"].why == "Weekly."
    mine.post(address, sheet_post(review, {"plan": Typed("inadequate", "From the train.", 1)}))
    assert queries.answers_of(review)["plan"].why == "From the train."


def test_an_answer_saves_itself_and_says_when(wexcombe: Story) -> None:
    review, mine = wexcombe.review(), browser(wexcombe, "inspector")
    address = at("case_review_save", wexcombe, review=review.pk)
    saved = mine.post(address, {"question": "plan", "value": "good", "why": "Clear.", "version": "0"}).json()
    assert (saved["version"], saved["answered"], saved["asked"]) == (1, 1, 15)
    assert re.fullmatch(r"\d\d:\d\d", saved["saved_at"])
    clash = mine.post(address, {"question": "plan", "value": "good", "why": "Other.", "version": "0"})
    assert clash.status_code == 409
    assert clash.json()["clash"]["why"] == "Clear."
    unknown = mine.post(address, {"question": "hair", "value": "good", "version": "0"})
    assert (unknown.status_code, "not part" in unknown.json()["says"]) == (403, True)
    assert mine.get(address).status_code == 405


def test_the_count_of_what_is_answered_counts_the_closing_questions_too(wexcombe: Story) -> None:
    review, mine = wexcombe.review(), browser(wexcombe, "inspector")
    address = at("case_review_save", wexcombe, review=review.pk)
    instrument = known.instrument(review.instrument)
    for done, one in enumerate(instrument.overall, 1):
        told = mine.post(address, {"question": one.id, "value": "good", "why": "Clear.", "version": "0"}).json()
        assert told["answered"] == done, one.id
    whole = dict(full_answers())
    for name in ("plan", *(one.id for one in instrument.overall)):
        whole.pop(name)
    actions.save_answers(review=review, answers=whole, by=wexcombe["inspector"])
    told = mine.post(address, {"question": "plan", "value": "good", "why": "Clear.", "version": "0"}).json()
    assert (told["answered"], told["missing"]) == (told["asked"], 0), "all answered and nothing missing are one thing"


def test_nothing_saves_itself_once_signed_off_or_by_another(wexcombe: Story) -> None:
    review = wexcombe.signed()
    post = {"question": "plan", "value": "inadequate", "why": "Later.", "version": "1"}
    address = at("case_review_save", wexcombe, review=review.pk)
    refused = browser(wexcombe, "inspector").post(address, post)
    assert refused.status_code == 403
    assert "signed off" in refused.json()["says"]
    for role, status in (("lead", 403), ("inspector-2", 403), ("quality-assurance", 403), ("nominated-officer", 404)):
        assert browser(wexcombe, role).post(address, post).status_code == status
    assert queries.answers_of(review)["plan"].value == "good"


def test_what_was_typed_is_given_back_where_it_cannot_be_saved(wexcombe: Story) -> None:
    review = wexcombe.signed()
    late = {"plan": Typed("inadequate", "Typed on the train.", 1)}
    page = browser(wexcombe, "inspector").post(at("case_review", wexcombe, review=review.pk), sheet_post(review, late))
    assert page.status_code == 403
    assert "Typed on the train." in page.content.decode()


def test_a_draft_is_for_its_reviewer_and_those_who_answer_for_the_work(wexcombe: Story) -> None:
    review = wexcombe.answered()
    address = at("case_review", wexcombe, review=review.pk)
    for role in ("inspector", "lead", "quality-assurance", "analyst"):
        assert SECRET in browser(wexcombe, role).get(address).content.decode()
    stranger = browser(wexcombe, "inspector-2")
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, sheet_post(review, full_answers())).status_code == 404
    assert review not in queries.reviews_visible_to(wexcombe["inspector-2"])
    wexcombe.signed(review)
    assert SECRET in stranger.get(address).content.decode()


def test_others_of_the_team_read_a_signed_review_and_cannot_write_it(wexcombe: Story) -> None:
    review = wexcombe.signed()
    address = at("case_review", wexcombe, review=review.pk)
    for role in ("lead", "inspector-2", "quality-assurance", "analyst"):
        page = browser(wexcombe, role).get(address).content.decode()
        assert SECRET in page
        assert "<textarea" not in page
        assert browser(wexcombe, role).post(address, sheet_post(review, full_answers())).status_code == 403
    assert browser(wexcombe, "records-officer").get(address).status_code == 404
    assert browser(wexcombe, "nominated-officer").get(address).status_code == 404


def test_a_review_is_given_back_after_saying_what_that_does(wexcombe: Story) -> None:
    review = wexcombe.signed()
    address = at("case_review_give_back", wexcombe, review=review.pk)
    assert browser(wexcombe, "inspector").get(address).status_code == 403
    checker = browser(wexcombe, "quality-assurance")
    assert "check again" in text(checker.get(address))
    assert checker.post(address, {"because": "", "version": review.version}).status_code == 422
    checker.post(address, {"because": "Why good?", "version": review.version})
    draft = CaseReview.objects.get(status="draft")
    mine = text(browser(wexcombe, "inspector").get(at("case_review", wexcombe, review=draft.pk)))
    assert "Given back by Robin quality-assurance: Why good?" in re.sub(r" +:", ":", mine)
    assert EvidenceItem.objects.get().status == "superseded"


def test_the_files_together_say_how_sure_they_are(wexcombe: Story) -> None:
    address = at("case_answers", wexcombe)
    assert "No sample has been drawn" in text(browser(wexcombe, "lead").get(address))
    wexcombe.signed()
    page = text(browser(wexcombe, "lead").get(address))
    assert "1 of 12 files are signed off" in page
    assert "1 of 1" in page
    assert "Not every file is reviewed yet" in page


def test_no_page_of_a_case_has_anything_inline_and_none_loses_a_heading(wexcombe: Story) -> None:
    review = wexcombe.answered()
    lead, mine = browser(wexcombe, "lead"), browser(wexcombe, "inspector")
    draw = review.case.draw
    pages = [
        lead.get(at("draws", wexcombe)), lead.get(at("draw", wexcombe, draw=draw.pk)), lead.get(at("cases", wexcombe)),
        mine.get(at("case", wexcombe, case=review.case_id)), mine.get(at("case_review", wexcombe, review=review.pk)),
        mine.get(at("case_review_sign_off", wexcombe, review=review.pk)), lead.get(at("draw_new", wexcombe)),
    ]  # fmt: skip
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert html.count("<h1") == 1
        assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*src=)", html)
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
    assert Answer.objects.exists()


def test_the_scripts_are_plain_files() -> None:
    static = Path(__file__).resolve().parents[2] / "src" / "goldthread" / "web" / "static"
    for name in ("review.js", "pick.js"):
        words = (static / name).read_text()
        assert not re.search(r"\beval\(|innerHTML|document\.write|\.style\b", words)
