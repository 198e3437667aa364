"""Pages of the sample, the cases and their reviews, as each role meets them."""

import csv
import io
import json
import re
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from tests.cases_story import REAL_ID, Story, story
from tests.factories import client_for

from goldthread.apps.cases import actions
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Case, CaseReview, Draw, UrgentConcern
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def browser(story: Story, role: str) -> Client:
    return client_for(story.person(role))


def at(name: str, story: Story, **parts: object) -> str:
    return reverse(name, kwargs={"inspection": story.inspection.pk, **parts})


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def plan(story: Story, **changed: object) -> dict[str, object]:
    return {
        "submission": story.submission.pk, "population": "open-cases", "strata": ["service"], "size": "12",  # type: ignore[union-attr]
        "minimum": "", "seed": "wexcombe", "purpose": "First week", "instrument": "case-review-short-1",
        "client_key": uuid4(), "step": "check", **changed,
    }  # fmt: skip


def sheet_post(review: CaseReview, answers: dict[str, Typed], **more: object) -> dict[str, object]:
    post: dict[str, object] = dict(more)
    for name, one in answers.items():
        post |= {f"value-{name}": one.value, f"why-{name}": one.why, f"version-{name}": one.version}
    return post


# The sample


def test_before_there_is_data_the_page_says_what_to_do(wexcombe: Story) -> None:
    wexcombe.submission.delete()  # type: ignore[union-attr]
    page = text(browser(wexcombe, "lead").get(at("draws", wexcombe)))
    assert "There is none yet" in page
    assert "Go to the data" in page


def test_a_draw_is_planned_checked_and_made(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    first = lead.get(at("draw_new", wexcombe)).content.decode()
    assert 'value="Wexcombe, 2 November 2026, draw 1"' in first
    check = lead.post(at("draw_new", wexcombe), plan(wexcombe))
    assert check.status_code == 200
    assert not Draw.objects.exists()
    assert "percentage points" in text(check)
    assert "Short breaks only 1" in text(check)
    assert not re.search(r"C-\d{7}", check.content.decode())
    key = uuid4()
    for _ in range(2):
        made = lead.post(at("draw_new", wexcombe), plan(wexcombe, step="draw", client_key=key))
    draw = Draw.objects.get()
    assert made.url == at("draw", wexcombe, draw=draw.pk)
    page = text(lead.get(made.url))
    assert draw.frame_hash in page
    assert "Share out evenly" in page


def test_changing_the_plan_keeps_what_was_typed(wexcombe: Story) -> None:
    page = browser(wexcombe, "lead").post(at("draw_new", wexcombe), plan(wexcombe, step="change", seed="my own"))
    assert 'value="my own"' in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"size": "61"}, "larger than the frame of 60"),
        ({"size": ""}, "Fill in “How many files”"),
        ({"population": "everybody"}, "Choose one of the answers"),
        ({"submission": str(uuid4())}, "Choose one of the answers"),
        ({"population": "care-leavers"}, "no list"),
    ],
)
def test_a_plan_that_does_not_fit_comes_back_with_what_to_do(
    wexcombe: Story, changed: dict[str, object], says: str
) -> None:
    page = browser(wexcombe, "lead").post(at("draw_new", wexcombe), plan(wexcombe, **changed))
    assert page.status_code == 422
    assert says in text(page)
    assert "First week" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("inspector", 403),
        ("quality-assurance", 403),
        ("nominated-officer", 403),
        ("member", 404),
        ("records-officer", 404),
    ],
)
def test_who_may_not_draw_cannot_open_the_plan(wexcombe: Story, role: str, status: int) -> None:
    assert browser(wexcombe, role).get(at("draw_new", wexcombe)).status_code == status


def test_a_stranger_finds_nothing(wexcombe: Story) -> None:
    draw, other = wexcombe.draw(), story()
    for name, parts in (("draws", {}), ("draw", {"draw": draw.pk}), ("cases", {})):
        assert browser(other, "lead").get(at(name, wexcombe, **parts)).status_code == 404


def test_drawing_again_is_shown_to_agree(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    address = at("draw_verify", wexcombe, draw=draw.pk)
    assert browser(wexcombe, "inspector").get(address).status_code == 404
    wexcombe.case(draw)
    assert "The same children" in text(browser(wexcombe, "inspector").get(at("draw_verify", wexcombe, draw=draw.pk)))
    Case.objects.filter(draw=draw, number=1).update(pseudonym="C-0000099")
    assert "does not give what is recorded" in text(
        browser(wexcombe, "inspector").get(at("draw_verify", wexcombe, draw=draw.pk))
    )


def test_the_lead_is_not_ticked_for_a_share_unless_they_tick_themselves(wexcombe: Story) -> None:
    inspector, lead = wexcombe.person("inspector").pk, wexcombe.person("lead").pk
    page = browser(wexcombe, "lead").get(at("draw", wexcombe, draw=wexcombe.draw().pk)).content.decode()
    boxes = dict(re.findall(r'name="inspectors" value="([^"]+)"([^>]*)>', page))
    assert "checked" in boxes[str(inspector)] and "checked" not in boxes[str(lead)]


def test_files_are_given_and_shared_out_from_the_page(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), browser(wexcombe, "lead")
    person = wexcombe.person("inspector")
    cases = [str(case.pk) for case in draw.cases.order_by("number")[:2]]
    post = at("draw_allocate", wexcombe, draw=draw.pk)
    seen = {f"version-{case}": 1 for case in cases}
    said = lead.post(post, {"how": "chosen", "to": person.pk, "cases": cases, **seen}, follow=True)
    assert "2 files given to Robin inspector" in text(said)
    assert "Tick at least one" in text(lead.post(post, {"how": "chosen", "to": person.pk}, follow=True))
    assert "Choose who" in text(lead.post(post, {"how": "chosen", "cases": cases}, follow=True))
    shares = {"how": "evenly", "inspectors": [person.pk, wexcombe.person("lead").pk]}
    first = text(lead.post(post, shares))
    assert "Share out 10 files?" in first and "Robin inspector 2 4" in first and "Robin lead 0 6" in first
    assert draw.cases.filter(status="drawn", reserve=False).count() == 10, "a preview gives nothing away"
    said = lead.post(post, {**shares, "confirmed": "yes"}, follow=True)
    assert "10 files shared out" in text(said)
    assert browser(wexcombe, "inspector").post(post, {"how": "evenly"}).status_code == 403
    page = text(lead.get(at("draw", wexcombe, draw=draw.pk) + f"?reviewer={person.pk}"))
    assert "6 in all" in page


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_the_record_leaves_under_pseudonyms_and_in_the_journal(wexcombe: Story, form: str) -> None:
    draw = wexcombe.draw()
    sent = browser(wexcombe, "analyst").post(at("draw_export", wexcombe, draw=draw.pk), {"form": form})
    assert sent["Content-Disposition"].startswith('attachment; filename="synthetic-draw-1-20')
    first = draw.cases.get(number=1)
    if form == "json":
        record = json.loads(sent.content)
        assert (record["seed"], record["cases"][0]["pseudonym"]) == ("wexcombe", first.pseudonym)
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
        assert rows[1][:2] == ["1", first.pseudonym]
    else:
        with ZipFile(io.BytesIO(sent.content)) as book:
            assert first.pseudonym in book.read("xl/sharedStrings.xml").decode()
    entry = Entry.objects.get(event="export.made")
    assert entry.detail["form"] == form
    assert REAL_ID.encode() not in sent.content


def test_the_record_says_which_files_got_another_instrument(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    case = draw.cases.get(number=2)
    other = "two-minute-check-1"
    assert draw.instrument != other
    actions.allocate(cases=[case], to=wexcombe.person("inspector"), instrument=other, by=wexcombe["lead"])
    post = at("draw_export", wexcombe, draw=draw.pk)
    record = json.loads(browser(wexcombe, "lead").post(post, {"form": "json"}).content)
    told = {one["case"]: (one["instrument"], one["another_instrument"]) for one in record["cases"]}
    assert told.pop(2) == (other, True) and set(told.values()) == {(draw.instrument, False)}
    sent = browser(wexcombe, "lead").post(post, {"form": "csv"})
    rows = {row["Case"]: row for row in csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")))}
    assert (rows["2"]["Instrument"], rows["2"]["Another than the draw's"]) == (other, "yes")
    assert rows["1"]["Another than the draw's"] == "no"


def test_an_unknown_form_of_the_record_is_refused(wexcombe: Story) -> None:
    sent = browser(wexcombe, "lead").post(at("draw_export", wexcombe, draw=wexcombe.draw().pk), {"form": "exe"})
    assert sent.status_code == 403
    assert not Entry.objects.filter(event="export.made").exists()


def test_the_authority_sees_a_released_list_and_nothing_of_the_reviews(wexcombe: Story) -> None:
    draw, officer = wexcombe.draw(), browser(wexcombe, "nominated-officer")
    case = wexcombe.case(draw)
    assert "has not let you see a sample yet" in text(officer.get(at("draws", wexcombe)))
    assert officer.get(at("draw", wexcombe, draw=draw.pk)).status_code == 404
    lead = browser(wexcombe, "lead")
    assert "cannot be taken back" in text(lead.get(at("draw_release", wexcombe, draw=draw.pk)))
    lead.post(at("draw_release", wexcombe, draw=draw.pk), {"version": draw.version})
    page = officer.get(at("draw", wexcombe, draw=draw.pk)).content.decode()
    assert case.pseudonym in page
    assert "Robin inspector" not in page
    assert draw.cases.filter(reserve=True)[0].pseudonym not in page
    assert officer.get(at("case", wexcombe, case=case.pk)).status_code == 404
    assert officer.get(at("cases", wexcombe)).status_code == 404
    who = officer.post(at("draw_who", wexcombe, draw=draw.pk))
    assert f"{REAL_ID}-{case.pseudonym}" in text(who)
    assert Entry.objects.get(event="vault.looked").detail["asked"] == 12
    record = json.loads(officer.post(at("draw_export", wexcombe, draw=draw.pk), {"form": "json"}).content)
    assert not any(one["in_reserve"] for one in record["cases"])


def test_a_draw_is_replaced_only_with_a_reason(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), browser(wexcombe, "lead")
    address = at("draw_supersede", wexcombe, draw=draw.pk)
    assert lead.post(address, {"because": "", "version": 1}).status_code == 422
    assert lead.post(address, {"because": "Wrong list.", "version": 7}).status_code == 409
    lead.post(address, {"because": "Wrong list.", "version": 1})
    assert "Replaced" in text(lead.get(at("draws", wexcombe)))


# Cases


def test_an_inspector_finds_their_own_cases_first(wexcombe: Story) -> None:
    case = wexcombe.case()
    mine = text(browser(wexcombe, "inspector").get(at("cases", wexcombe)))
    assert "My cases" in mine
    assert "1 in all" in mine
    assert "No case fits" in text(
        browser(wexcombe, "inspector").get(at("cases", wexcombe) + "?whose=all&status=reviewed")
    )
    every = text(browser(wexcombe, "lead").get(at("cases", wexcombe) + "?whose=all"))
    assert "12 in all" in every
    assert case.pseudonym in every


def test_an_inspector_sees_the_files_given_to_them_and_nobody_elses(wexcombe: Story) -> None:
    case = wexcombe.case()
    idle = browser(wexcombe, "inspector-2")
    assert "No child's file has been given to you" in text(idle.get(at("cases", wexcombe)))
    other = case.draw.cases.filter(reserve=False).exclude(pk=case.pk)[0]
    actions.allocate(cases=[other], to=wexcombe.person("inspector-2"), by=wexcombe["lead"])
    mine = browser(wexcombe, "inspector")
    for page in ("?whose=all", "?whose=mine"):
        listed = text(mine.get(at("cases", wexcombe) + page))
        assert case.pseudonym in listed and other.pseudonym not in listed
        assert "Everybody" not in listed
    drawn = text(mine.get(at("draw", wexcombe, draw=case.draw_id)))
    assert case.pseudonym in drawn and other.pseudonym not in drawn
    record = json.loads(mine.post(at("draw_export", wexcombe, draw=case.draw_id), {"form": "json"}).content)
    assert [one["pseudonym"] for one in record["cases"]] == [case.pseudonym]
    assert mine.get(at("case", wexcombe, case=other.pk)).status_code == 404


def test_a_case_shows_why_it_was_drawn_and_what_the_lists_say(wexcombe: Story) -> None:
    case = wexcombe.case()
    page = text(browser(wexcombe, "inspector").get(at("case", wexcombe, case=case.pk)))
    assert case.reason in page
    assert "3 Feb 2026 CIN Start Date" in page
    assert "For the team only" in page
    assert REAL_ID not in page


def test_who_this_is_needs_a_reason_a_role_and_leaves_a_mark(wexcombe: Story) -> None:
    case = wexcombe.case()
    address = at("case_who", wexcombe, case=case.pk)
    mine = browser(wexcombe, "inspector")
    assert mine.post(address, {"reason": ""}).status_code == 422
    assert not Entry.objects.filter(event="vault.looked").exists()
    seen = mine.post(address, {"reason": "case-review"})
    assert f"{REAL_ID}-{case.pseudonym}" in text(seen)
    assert seen["Cache-Control"] == "no-store"
    assert Entry.objects.get(event="vault.looked").about_label == "case 1 of draw 1"
    for role, status in (("analyst", 404), ("inspector-2", 404), ("nominated-officer", 404)):
        assert browser(wexcombe, role).post(address, {"reason": "case-review"}).status_code == status


def test_a_case_is_set_aside_from_its_page(wexcombe: Story) -> None:
    case = wexcombe.case()
    address = at("case_set_aside", wexcombe, case=case.pk)
    assert browser(wexcombe, "inspector").get(address).status_code == 403
    lead = browser(wexcombe, "lead")
    assert lead.post(address, {"because": "", "version": case.version}).status_code == 422
    said = lead.post(address, {"because": "With a court.", "version": case.version}, follow=True)
    assert "came in from the reserve" in text(said)


def test_an_urgent_concern_stands_before_the_lead_until_it_is_answered(wexcombe: Story) -> None:
    case = wexcombe.case()
    inspector, lead = browser(wexcombe, "inspector"), browser(wexcombe, "lead")
    key = {"client_key": uuid4()}
    assert inspector.post(at("case_concern", wexcombe, case=case.pk), {"says": "", **key}).status_code == 422
    key |= {"seriousness": "drift", "told": "lead"}
    inspector.post(at("case_concern", wexcombe, case=case.pk), {"says": "Alone at night.", **key})
    concern = UrgentConcern.objects.get()
    answer = at("concern_acknowledge", wexcombe, concern=concern.pk)
    assert "Alone at night." in text(lead.get(at("cases", wexcombe)))
    assert "Alone at night." in text(lead.get(at("inspection_overview", wexcombe)))
    assert answer in lead.get("/home/").content.decode()
    assert answer not in inspector.get("/home/").content.decode()
    officer = browser(wexcombe, "nominated-officer")
    assert "Alone at night." not in text(officer.get(at("inspection_overview", wexcombe)))
    assert answer in lead.get(at("cases", wexcombe)).content.decode()
    assert f'{answer}"' not in inspector.get(at("cases", wexcombe)).content.decode()
    assert inspector.post(answer, {"done": "Told.", "version": 1}).status_code == 403
    lead.post(answer, {"done": "The director knows.", "version": 1})
    assert "Alone at night." not in text(lead.get(at("cases", wexcombe)))
    assert "The director knows." in text(lead.get(at("case", wexcombe, case=case.pk)))
