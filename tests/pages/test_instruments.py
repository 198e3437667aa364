"""Pages of the instruments, and a review on any of them: with every scale, and without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.apps.test_instruments_in_use import answers_to, forget, of_service
from tests.cases_story import INSTRUMENT, Story, full_answers, story
from tests.factories import client_for
from tests.pages.test_cases import at, browser, sheet_post, text

from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, Case, CaseReview
from goldthread.domain import instruments
from goldthread.domain.instruments.writing import as_toml, copied

pytestmark = pytest.mark.django_db

FULL, MEETINGS, CARERS = "case-review-full-1", "strategy-meetings-1", "foster-carer-file-1"
SEEN = {"kind": "plan", "place": "p. 4", "day": "30/9/2026"}


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the files lie, a second version of the short review among them."""
    for file in Path(instruments.__file__).parent.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    second = copied(instruments.load(INSTRUMENT), "case-review-short-2", "Short case review, version 2")
    (tmp_path / "case-review-short-2.toml").write_text(as_toml(second), "utf-8")
    monkeypatch.setattr(instruments, "_FOLDER", tmp_path)
    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()


def page_of(story: Story, review: CaseReview, role: str = "inspector") -> str:
    return browser(story, role).get(at("case_review", story, review=review.pk)).content.decode()


def post(review: CaseReview, answers: dict[str, Typed], **more: object) -> dict[str, object]:
    sent = sheet_post(review, answers, instrument=review.instrument, **more)
    return sent | {f"more-{key}-{name}": value for name, one in answers.items() for key, value in one.more.items()}


# The instruments themselves


def test_every_instrument_is_listed_shown_whole_and_downloaded(wexcombe: Story) -> None:
    reader = browser(wexcombe, "member")
    listed = reader.get("/instruments/").content.decode()
    for slug in instruments.slugs():
        held = instruments.load(slug)
        assert f'href="/instruments/{slug}/"' in listed
        shown = reader.get(f"/instruments/{slug}/").content.decode()
        for question in held.all_questions:
            assert text_of(question.text) in text_of(shown)
            assert text_of(question.help) in text_of(shown)
        file = reader.get(f"/instruments/{slug}/file/")
        assert file.headers["Content-Disposition"].endswith(f'"{slug}.toml"')
        assert b"".join(file) == as_toml(held).encode()  # type: ignore[arg-type]
    assert reader.get("/instruments/nothing-1/").status_code == 404
    assert reader.get("/instruments/nothing-1/file/").status_code == 404
    assert Client().get("/instruments/").status_code == 302


def text_of(words: str) -> str:
    plain = re.sub(r"<[^>]+>", " ", words)
    for code, sign in (("&#x27;", "'"), ("&amp;", "&"), ("&quot;", '"')):
        plain = plain.replace(code, sign)
    return re.sub(r"\s+", " ", plain)


def test_the_page_says_for_whom_after_which_answers_and_what_data_cannot_tell(wexcombe: Story) -> None:
    reader = browser(wexcombe, "member")
    full = text_of(reader.get(f"/instruments/{FULL}/").content.decode())
    assert "For children in care and children on the way to adoption." in full
    assert "Only if “Is there a plan in force?” is answered yes or partly." in full
    assert "0 to 10" in full
    whole = text_of(reader.get("/instruments/management-decisions-1/").content.decode())
    assert "No list of Annex A, and neither yearly return, holds a manager's decision" in whole


def test_a_superseded_version_is_shown_as_such(wexcombe: Story, newer: Path) -> None:
    reader = browser(wexcombe, "member")
    listed = text_of(reader.get("/instruments/").content.decode())
    assert listed.index("Superseded versions") < listed.index("Short case review, version 1")
    assert "Superseded by Short case review, version 2" in text_of(
        reader.get(f"/instruments/{INSTRUMENT}/").content.decode()
    )


# A review on any of them


@pytest.mark.parametrize("slug", instruments.slugs())
def test_the_page_of_a_review_asks_what_its_instrument_asks(wexcombe: Story, slug: str) -> None:
    review = of_service(wexcombe, slug, "In care")
    page = page_of(wexcombe, review)
    held = instruments.load(slug)
    left = queries.not_asked_of(review, held, {})
    for question in held.all_questions:
        outside = question.id in left and left[question.id].child
        assert (f'name="why-{question.id}"' in page) is not outside
        for value in question.answers if not outside else ():
            assert re.search(rf'name="value-{question.id}" value="{value}"', page)
        assert (f'name="more-place-{question.id}"' in page) is (question.evidence != "none" and not outside)


def test_a_review_is_written_and_signed_off_by_form_alone_with_what_is_not_asked_left_empty(wexcombe: Story) -> None:
    review = of_service(wexcombe, MEETINGS, "Child in need")
    inspector = browser(wexcombe, "inspector")
    address = at("case_review", wexcombe, review=review.pk)
    given = answers_to(MEETINGS, "in-need", meeting_there="not-evidenced")
    empty = {q.id: Typed() for q in instruments.load(MEETINGS).all_questions}
    answer = inspector.post(address, post(review, {**empty, **given}, then="check"))
    assert answer.status_code == 302
    check = inspector.get(answer.url)  # type: ignore[attr-defined]
    assert "Before you can sign off" not in text(check)
    assert "Not asked. “Is a strategy discussion" in text(check)
    assert "p. 4" in text(check)
    review.refresh_from_db()
    done = inspector.post(answer.url, {"version": review.version})  # type: ignore[attr-defined]
    assert done.status_code == 302
    review.refresh_from_db()
    assert review.signed_off
    read = text(inspector.get(address))
    assert "Not asked" in read
    assert "Not answered" not in read


def test_without_scripts_a_question_says_when_it_is_asked_and_when_it_is_not_needed(wexcombe: Story) -> None:
    review = of_service(wexcombe, MEETINGS, "Child in need")
    before = text_of(page_of(wexcombe, review))
    assert (
        "Only if “Is a strategy discussion on the child's record for the latest enquiry?” is answered evidenced."
        in before
    )
    actions.save_answers(
        review=review, answers={"meeting-there": Typed("not-evidenced", "None.", more=SEEN)}, by=wexcombe["inspector"]
    )
    after = page_of(wexcombe, review)
    assert "Not asked, and not needed: “Is a strategy discussion" in text_of(after)
    assert 'data-hangs-on="meeting-there=evidenced"' in after
    assert 'name="why-minute-decision"' in after


def test_facts_of_the_lists_stand_beside_the_question_and_only_for_who_may_read_them(wexcombe: Story) -> None:
    review = of_service(wexcombe, FULL, "In care")
    assert "From the lists: Age 9 (List 8, row " in text_of(page_of(wexcombe, review)).replace(" (", " (")
    done = actions.save_answers(review=review, answers=answers_to(FULL, "in-care"), by=wexcombe["inspector"]).review
    actions.sign_off(review=done, version=done.version, by=wexcombe["inspector"])
    for role in ("inspector", "lead", "inspector-2"):
        read = text_of(page_of(wexcombe, review, role))
        assert "From the lists" not in read
        assert "Kind of record : Plan" in read.replace("record:", "record :")


def test_an_answer_with_its_page_and_day_is_saved_as_it_is_typed(wexcombe: Story) -> None:
    review = of_service(wexcombe, FULL, "In care")
    inspector, address = browser(wexcombe, "inspector"), at("case_review_save", wexcombe, review=review.pk)
    sent = {
        "question": "chronology", "value": "yes", "why": "Short.", "version": "0", "instrument": FULL,
        "more-kind-chronology": "chronology", "more-place-chronology": "p. 2", "more-day-chronology": "",
    }  # fmt: skip
    assert inspector.post(address, sent).json()["version"] == 1
    assert queries.answers_of(review)["chronology"].more == {"kind": "chronology", "place": "p. 2"}
    clash = inspector.post(address, {**sent, "more-place-chronology": "p. 3"})
    assert clash.status_code == 409
    assert clash.json()["clash"]["more"] == {"kind": "chronology", "place": "p. 2"}


def test_a_clash_by_form_shows_both_pages_and_loses_none(wexcombe: Story) -> None:
    review = of_service(wexcombe, FULL, "In care")
    theirs = Typed("yes", "From the office.", more={**SEEN, "place": "p. 77"})
    actions.save_answers(review=review, answers={"chronology": theirs}, by=wexcombe["inspector"])
    mine = Typed("no", "From the train.", 0, {**SEEN, "place": "p. 88"})
    answer = browser(wexcombe, "inspector").post(
        at("case_review", wexcombe, review=review.pk), post(review, {"chronology": mine})
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "p. 77" in text(answer)
    assert 'value="p. 88"' in page


def test_what_is_missing_is_named_with_the_question(wexcombe: Story) -> None:
    review = of_service(wexcombe, CARERS, "In care")
    given = {**answers_to(CARERS, "in-care"), "checks": Typed("no", "")}
    actions.save_answers(review=review, answers=given, by=wexcombe["inspector"])
    check = text(browser(wexcombe, "inspector").get(at("case_review_sign_off", wexcombe, review=review.pk)))
    assert "3. Are checks on everybody in the home current? Say what is to be done, and who does it." in check


def test_an_instrument_that_is_for_other_children_says_so_before_it_is_begun(wexcombe: Story) -> None:
    assert "For children in care. The lists tell of this child: Child in need." in text_of(
        page_of(wexcombe, of_service(wexcombe, CARERS, "Child in need"))
    )


# Versions


def test_answers_of_another_instruments_page_are_shown_back_and_nothing_is_saved(wexcombe: Story) -> None:
    review = wexcombe.review()
    sent = post(review, {"chronology": Typed("yes", "Typed on the train.", more=SEEN), "plan": Typed("good", "Clear.")})
    sent["instrument"] = FULL
    answer = browser(wexcombe, "inspector").post(at("case_review", wexcombe, review=review.pk), sent)
    assert answer.status_code == 403
    told = text(answer)
    assert "These are answers to “Full case review, version 1”, and this review is on “Short case review, v" in told
    assert "Typed on the train." in told
    assert "p. 4" in told
    assert "Clear." in told
    assert not Answer.objects.exists()
    one = {"question": "plan", "value": "good", "why": "Clear.", "version": "0", "instrument": FULL}
    saved = browser(wexcombe, "inspector").post(at("case_review_save", wexcombe, review=review.pk), one)
    assert saved.status_code == 403
    assert "They were not saved" in saved.json()["says"]


def test_a_review_begun_on_a_version_that_was_superseded_goes_on_and_says_so(wexcombe: Story, newer: Path) -> None:
    case = wexcombe.case(wexcombe.draw(instrument="case-review-short-2"))
    Case.objects.filter(pk=case.pk).update(instrument=INSTRUMENT)
    review = actions.start_review(case=Case.objects.get(pk=case.pk), by=wexcombe["inspector"])
    page = text_of(page_of(wexcombe, review))
    assert "Short case review, version 2 has come out since. This review stays on Short case review, version 1" in page
    actions.save_answers(review=review, answers=full_answers(), by=wexcombe["inspector"])
    review.refresh_from_db()
    done = browser(wexcombe, "inspector").post(
        at("case_review_sign_off", wexcombe, review=review.pk), {"version": review.version}
    )
    assert done.status_code == 302
    answers = text(browser(wexcombe, "lead").get(at("case_answers", wexcombe) + f"?instrument={INSTRUMENT}"))
    assert "1 of 1 files are signed off on “Short case review, version 1”" in answers


def test_a_review_whose_instrument_is_gone_is_read_and_nothing_typed_is_lost(wexcombe: Story, newer: Path) -> None:
    review = wexcombe.review(wexcombe.case(wexcombe.draw(instrument="case-review-short-2")))
    actions.save_answers(review=review, answers={"plan": Typed("good", "Clear steps.")}, by=wexcombe["inspector"])
    (newer / "case-review-short-2.toml").unlink()
    forget()
    inspector, address = browser(wexcombe, "inspector"), at("case_review", wexcombe, review=review.pk)
    read = text(inspector.get(address))
    assert "Nothing is lost" in read
    assert "Clear steps." in read
    sent = inspector.post(address, post(review, {"visits": Typed("good", "Weekly, typed offline.")}))
    assert sent.status_code == 403
    assert "Weekly, typed offline." in text(sent)
    assert inspector.get(at("case_review_sign_off", wexcombe, review=review.pk)).status_code == 403
    for name, parts in (
        ("case", {"case": review.case_id}),
        ("draw", {"draw": review.case.draw_id}),
        ("case_answers", {}),
    ):
        assert client_for(wexcombe.person("lead")).get(at(name, wexcombe, **parts)).status_code == 200


# Choosing


def test_files_are_given_on_another_instrument_by_the_page_of_the_draw(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    case = draw.cases.order_by("number")[0]
    lead = browser(wexcombe, "lead")
    assert 'name="instrument"' in lead.get(at("draw", wexcombe, draw=draw.pk)).content.decode()
    lead.post(at("draw_allocate", wexcombe, draw=draw.pk), {
        "how": "chosen", "to": wexcombe.person("inspector").pk, "cases": [str(case.pk)],
        f"version-{case.pk}": case.version, "instrument": "tracked-case-1",
    })  # fmt: skip
    assert "Tracked case, version 1." in text(lead.get(at("draw", wexcombe, draw=draw.pk)))
    assert "Instrument Tracked case, version 1" in text(lead.get(at("case", wexcombe, case=case.pk)))
