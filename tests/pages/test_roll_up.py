"""Pages of the roll-up, the search of reasons, and tags."""

import csv
import io
from collections import Counter
from typing import Any

import pytest
from tests.apps.test_roll_up import reviewed
from tests.cases_story import SECRET, Story, story
from tests.pages.test_cases import at, browser, text

from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import CaseReview
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_roll_up_is_read_changed_and_taken_away(wexcombe: Story) -> None:
    lead, address = browser(wexcombe, "lead"), at("roll_up", wexcombe)
    assert "No sample has been drawn yet" in text(lead.get(address))
    draw, given = reviewed(wexcombe)
    assert address in lead.get(at("cases", wexcombe)).content.decode()
    page = lead.get(address)
    assert "12 files signed off" in text(page) and "of what falls short" in text(page)
    assert "<svg" in page.content.decode() and SECRET not in text(page)
    good = sum(one["overall-practice"] in ("good", "outstanding") for one in given)
    assert f"{good} of 12" in text(page)
    assert "where 60% of the questions" in text(lead.get(address, {"part": "60", "ten": "7"}))
    wrong = lead.get(address, {"part": "20"})
    assert wrong.status_code == 422 and "from 50 to 100" in text(wrong) and "where 80%" in text(wrong)
    assert "By part of the frame" in text(lead.get(address, {"by": "stratum", "of": "case:overall-record"}))
    taken = lead.post(at("roll_up_file", wexcombe), {"format": "csv", "draw": draw.pk, "part": "80", "ten": "7"})
    whole = next(one for one in rows(taken) if one["Level"] == "Whole file")
    assert (whole["Files at the standard"], whole["Of files"]) == (str(good), "12")
    assert lead.post(at("roll_up_file", wexcombe), {"format": "pdf"}).status_code == 403
    picture = lead.post(at("roll_up_picture", wexcombe), {"format": "svg"})
    assert picture.status_code == 200 and b"<svg" in picture.content
    events = Entry.objects.filter(event="export.made").values_list("detail__what", flat=True)
    grades = lead.post(at("roll_up_picture", wexcombe), {"format": "csv", "picture": "grades"})
    told = rows(grades)[0]
    counted = Counter(one["overall-practice"].replace("-", " ") for one in given)
    assert {grade: int(told[grade]) for grade in counted} == counted and told["good or better"] == str(good)
    assert f"{good} of 12 reviewed files are good or better" in text(page)
    assert lead.post(at("roll_up_picture", wexcombe), {"format": "csv", "picture": "faces"}).status_code == 403
    assert list(events) == ["the roll-up of reviews", "picture of themes", "picture of grades"]
    for role in ("nominated-officer", "improvement-lead", "member"):
        assert browser(wexcombe, role).get(address).status_code == 404, role


def test_a_reason_is_tagged_and_found_again(wexcombe: Story) -> None:
    review = wexcombe.answered(plan=Typed("good", "The plan was late in June."))
    inspector = browser(wexcombe, "inspector")
    address = at("reason_tags", wexcombe, review=review.pk, question="plan")
    assert address in inspector.get(at("case_review", wexcombe, review=review.pk)).content.decode()
    assert "The plan was late in June." in text(inspector.get(address))
    done = inspector.post(address, {"tags": ["Planning"], "another": "drift and delay"}, follow=True)
    assert "Tagged: Drift and delay, Planning." in text(done)
    bad = inspector.post(address, {"another": "x" * 70, "seen": ["Planning"], "tags": ["Planning"]})
    assert bad.status_code == 422 and "x" * 70 in bad.content.decode()
    lead, search = browser(wexcombe, "lead"), at("case_search", wexcombe)
    assert "Drift and delay" in text(lead.get(search))
    empty = lead.post(search, {"words": ""})
    assert empty.status_code == 422 and "Write words to look for, or choose a tag" in text(empty)
    found = lead.post(search, {"words": "LATE", "tag": "Drift and delay"})
    assert "1 place in 1 review read" in text(found) and "<mark>late</mark>" in found.content.decode()
    assert "Nothing found" in text(lead.post(search, {"words": "never written"}))
    assert lead.get(search, {"words": "late"}).content.decode().count("<mark>") == 0, (
        "only what is posted is looked for"
    )
    assert "Nothing found" in text(browser(wexcombe, "inspector-2").post(search, {"words": "late"}))
    assert browser(wexcombe, "nominated-officer").get(search).status_code == 404
    other = at("reason_tags", wexcombe, review=review.pk, question="nothing")
    assert inspector.get(other).status_code == 404
    assert "No tag stands" in text(
        inspector.post(address, {"tags": [], "seen": ["Planning", "Drift and delay"]}, follow=True)
    )


def test_a_long_list_of_places_goes_page_by_page_by_posting(wexcombe: Story) -> None:
    reviewed(wexcombe)
    search, lead = at("case_search", wexcombe), browser(wexcombe, "lead")
    first = text(
        lead.post(search, {"words": SECRET, "team": "North", "draw": str(CaseReview.objects.all()[0].case.draw_id)})
    )
    assert "Page 1 of" in first and "Next page" in first
    assert "Page 2 of" in text(lead.post(search, {"words": SECRET, "page": "2"}))
