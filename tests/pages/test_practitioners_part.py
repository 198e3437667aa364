"""Pages of the practitioner's part, from the review through the wall and back; time, pause and hand-over beside it."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import SECRET, Story, story
from tests.pages.test_cases import at, browser, text

from goldthread.apps.cases.models import Answer, CaseReview, PractitionersPart, PractitionersWord
from goldthread.apps.inspections.models import Membership

pytestmark = pytest.mark.django_db
WORDS = "Q-WORDS-OF-A-PRACTITIONER"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def shown(held: Story) -> PractitionersPart:
    review = held.answered()
    address = at("practitioner_show", held, review=review.pk)
    sent = {"to": str(held.person("uploader").pk), "days": "3", "version": review.version, "client_key": uuid4()}
    answer = browser(held, "inspector").post(address, sent, follow=True)
    assert "Robin uploader has until the end of" in text(answer)
    return PractitionersPart.objects.get()


def save(held: Story, part: PractitionersPart, **fields: object) -> Any:
    return browser(held, "uploader").post(at("my_part_save", held, part=part.pk), fields)


def test_a_review_goes_to_its_practitioner_and_back_and_is_signed_off(wexcombe: Story) -> None:
    part = shown(wexcombe)
    uploader, inspector = browser(wexcombe, "uploader"), browser(wexcombe, "inspector")
    mine = at("my_part", wexcombe, part=part.pk)
    assert mine in uploader.get("/home/").content.decode()
    assert mine in uploader.get(at("my_parts", wexcombe)).content.decode()
    page = text(uploader.get(mine))
    assert SECRET in page and "Is the child safe now" not in page and "What is strong here" not in page
    whole = {
        "version-plan": 0,
        "value-plan": "outstanding",
        "why-plan": WORDS,
        "more-correct-plan": "",
        "then": "check",
    }
    answer = uploader.post(mine, whole, follow=True)
    assert "Before you can send it" in text(answer)
    assert uploader.post(at("my_part_send", wexcombe, part=part.pk), {"version": 2}).status_code == 422
    told = json.loads(save(wexcombe, part, question="plan", value="outstanding", why=WORDS, version=1,
                           **{"more-correct-plan": "The entry of May."}).content)  # fmt: skip
    assert told["version"] == 2 and told["missing"] == 0 and told["answered"] == 1
    review_page = at("case_review", wexcombe, review=part.review_id)
    assert WORDS not in text(inspector.get(review_page)), "it is theirs until it is sent"
    assert "Nothing on the review is changed meanwhile" in text(inspector.get(review_page))
    assert "Sent. The inspecting team" in text(
        uploader.post(at("my_part_send", wexcombe, part=part.pk), {"version": 3}, follow=True)
    )
    assert at("practitioners_part", wexcombe, part=part.pk) in inspector.get("/home/").content.decode()
    read = text(inspector.get(review_page))
    assert WORDS in read and "Proposes “ Outstanding ”" in read and "1 correction to accept or decline" in read
    check = text(inspector.get(at("case_review_sign_off", wexcombe, review=part.review_id)))
    assert "A practitioner's corrections wait" in check.replace("&#x27;", "'")
    weigh = at("practitioner_weigh", wexcombe, part=part.pk, question="plan")
    assert "The entry of May." in text(inspector.get(weigh))
    bare = inspector.post(weigh, {"decision": "decline", "because": "", "version": 2})
    assert bare.status_code == 422 and "Say why the answer stays" in text(bare)
    done = text(inspector.post(weigh, {"decision": "accept", "because": "", "version": 2}, follow=True))
    assert "None is left: the review can be signed off" in done and "The original answer was “Good”" in done
    assert "so there is nothing to do here" in text(inspector.get(weigh))
    assert "Accepted" in text(uploader.get(mine))
    version = CaseReview.objects.get().version
    sign = at("case_review_sign_off", wexcombe, review=part.review_id)
    assert "on the evidence shelf" in text(inspector.post(sign, {"version": version}, follow=True))
    assert Answer.objects.get(question="plan").value == "outstanding"


def test_to_anybody_else_of_the_council_there_is_no_such_page(wexcombe: Story) -> None:
    part = shown(wexcombe)
    for role in ("nominated-officer", "director", "improvement-lead", "member", "uploader-2", "inspector", "lead"):
        for name in ("my_part", "my_part_send"):
            answer = browser(wexcombe, role).get(at(name, wexcombe, part=part.pk))
            assert answer.status_code in (403, 404) and SECRET not in text(answer), (role, name)
    for name in ("practitioners_part", "practitioner_take_back"):
        answer = browser(wexcombe, "uploader").get(at(name, wexcombe, part=part.pk))
        assert answer.status_code == 404, name
    assert browser(wexcombe, "uploader").get(at("case_review", wexcombe, review=part.review_id)).status_code == 404


def test_two_windows_of_a_practitioner_show_both_texts_with_and_without_scripts(wexcombe: Story) -> None:
    part = shown(wexcombe)
    assert save(wexcombe, part, question="plan", why="One", version=0).status_code == 200
    told = save(wexcombe, part, question="plan", why="Two", version=0)
    assert told.status_code == 409 and json.loads(told.content)["clash"]["why"] == "One"
    mine = at("my_part", wexcombe, part=part.pk)
    answer = browser(wexcombe, "uploader").post(mine, {"version-plan": 0, "why-plan": "Two"})
    assert answer.status_code == 409 and "One" in text(answer) and "Two" in text(answer)
    assert save(wexcombe, part, question="nothing", why="x", version=0).status_code == 403
    refused = browser(wexcombe, "uploader").post(mine, {"version-plan": 1, "value-plan": "perfect", "why-plan": WORDS})
    assert refused.status_code == 403 and WORDS in text(refused)


def test_a_review_taken_back_shows_why_and_no_answer(wexcombe: Story) -> None:
    part = shown(wexcombe)
    save(wexcombe, part, question="plan", why=WORDS, version=0)
    take = at("practitioner_take_back", wexcombe, part=part.pk)
    lead = browser(wexcombe, "lead")
    assert lead.post(take, {"because": "", "version": 2}).status_code == 422
    assert "no longer sees the review" in text(
        lead.post(take, {"because": "The wrong person.", "version": 2}, follow=True)
    )
    page = text(browser(wexcombe, "uploader").get(at("my_part", wexcombe, part=part.pk)))
    assert "The wrong person." in page and WORDS in page and SECRET not in page
    assert "nothing to take back" in text(lead.get(take))
    assert browser(wexcombe, "uploader").get(at("my_part_send", wexcombe, part=part.pk)).status_code == 403


def test_after_the_due_day_the_reviewer_may_go_on(wexcombe: Story) -> None:
    part = shown(wexcombe)
    inspector, page = browser(wexcombe, "inspector"), at("practitioners_part", wexcombe, part=part.pk)
    assert "Go on without an answer" not in text(inspector.get(page))
    go_on = at("practitioner_go_on", wexcombe, part=part.pk)
    assert inspector.post(go_on, {"version": 1}).status_code == 403
    PractitionersPart.objects.update(due=timezone.localdate() - timedelta(days=1))
    assert page in inspector.get("/home/").content.decode()
    assert "Go on without an answer" in text(inspector.get(page))
    assert "Go on without an answer" not in text(browser(wexcombe, "lead").get(page))
    assert "You go on without" in text(inspector.post(go_on, {"version": 1}, follow=True))


def test_an_unfinished_review_is_not_offered_and_a_bad_form_says_what_is_wrong(wexcombe: Story) -> None:
    review = wexcombe.review()
    inspector, address = browser(wexcombe, "inspector"), at("practitioner_show", wexcombe, review=review.pk)
    assert "The review is not finished" in text(inspector.get(address))
    wexcombe.answered(review)
    Membership.objects.filter(role="uploader").update(valid_to=timezone.now())
    assert "Nobody on the council" in text(inspector.get(address))
    Membership.objects.filter(role="uploader").update(valid_to=None)
    answer = inspector.post(address, {"to": "", "days": "30", "version": 2})
    assert answer.status_code == 422 and "from 1 to 20" in text(answer) and "There is a problem" in text(answer)


def test_time_is_shown_to_its_reviewer_and_counted_by_hand_too(wexcombe: Story) -> None:
    review = wexcombe.review()
    inspector = browser(wexcombe, "inspector")
    page = inspector.get(at("case_review", wexcombe, review=review.pk)).content.decode()
    assert "Time on this review: <strong data-minutes>less than a minute</strong>" in page
    beat = inspector.post(at("case_review_beat", wexcombe, review=review.pk))
    assert json.loads(beat.content) == {"says": "less than a minute"}
    time = at("case_review_time", wexcombe, review=review.pk)
    assert "never the time of a person or of a file" in text(inspector.get(time))
    assert inspector.post(time, {"minutes": "-3"}).status_code == 422
    assert "1 hour 5 minutes" in text(inspector.post(time, {"minutes": "65"}, follow=True))
    assert "Time on this review" not in text(
        browser(wexcombe, "lead").get(at("case_review", wexcombe, review=review.pk))
    )
    pause = at("case_review_pause", wexcombe, review=review.pk)
    assert "is paused" in text(inspector.post(pause, {"note": f"{SECRET} June"}, follow=True))
    paused = text(inspector.get(at("case_review", wexcombe, review=review.pk)))
    assert "You noted:" in paused and f"{SECRET} June" in paused
    assert "You noted:" not in text(inspector.post(pause, {"then": "go-on"}, follow=True))


def test_a_review_is_handed_over_from_its_page(wexcombe: Story) -> None:
    review = wexcombe.answered()
    wexcombe.person("inspector-2")
    address = at("case_review_hand_over", wexcombe, review=review.pk)
    inspector = browser(wexcombe, "inspector")
    assert address in inspector.get(at("case_review", wexcombe, review=review.pk)).content.decode()
    bare = inspector.post(address, {"to": "", "note": "", "version": review.version})
    assert bare.status_code == 422 and "Fill in" in text(bare)
    sent = {"to": str(wexcombe.person("inspector-2").pk), "note": "Look at June.", "version": review.version}
    assert "is with Robin inspector-2 now" in text(inspector.post(address, sent, follow=True))
    assert inspector.get(at("case_review", wexcombe, review=review.pk)).status_code == 404
    assert "Look at June." in text(browser(wexcombe, "inspector-2").get(at("case_review", wexcombe, review=review.pk)))
    assert not PractitionersWord.objects.exists()
