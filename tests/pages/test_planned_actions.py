"""What the council will do, on its pages: written, said to be done, accepted; and told in plan, pack and at home."""

import io
from datetime import timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests import documents_story
from tests.cases_story import Story, story
from tests.improvement_story import moved, recommended
from tests.pages.test_cases import at, browser, text

from goldthread.apps.documents.models import Document
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import PlannedAction, Recommendation
from goldthread.apps.improvement.queries import packs
from goldthread.web.presenters import packs as presenter

pytestmark = pytest.mark.django_db

WORDS, WHOM = "Look each Monday at what waits.", "Head of safeguarding"


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.fixture
def held(wexcombe: Story) -> Recommendation:
    return moved(wexcombe, recommended(wexcombe), "open")


def minutes() -> SimpleUploadedFile:
    return SimpleUploadedFile("Minutes.txt", b"Every Wednesday the manager looked at what waits.")


def due(days: int = 30) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def planned(made: Story, held: Recommendation) -> PlannedAction:
    new = at("planned_action_new", made, recommendation=held.pk)
    sent = {"says": WORDS, "whom": WHOM, "due": due()}
    assert "is written" in text(browser(made, "improvement-lead").post(new, sent, follow=True))
    return PlannedAction.objects.get()


def test_nothing_typed_is_lost_where_a_plan_is_refused(wexcombe: Story, held: Recommendation) -> None:
    theirs, new = browser(wexcombe, "improvement-lead"), at("planned_action_new", wexcombe, recommendation=held.pk)
    for sent, says in (
        ({"says": WORDS, "whom": "", "due": due()}, "Fill in “By whom”"),
        ({"says": "", "whom": WHOM, "due": due()}, "Fill in “What will be done”"),
        ({"says": WORDS, "whom": WHOM, "due": "01/01/2020"}, "is over. Choose today or a later day"),
        ({"says": WORDS, "whom": WHOM, "due": "01/01/2099"}, "more than five years away"),
    ):
        answer = theirs.post(new, sent)
        assert answer.status_code == 422 and says in text(answer)
        assert all(one in answer.content.decode() for one in sent.values())
    assert not PlannedAction.objects.exists()
    assert browser(wexcombe, "director").get(new).status_code == 403


def test_from_a_plan_to_what_the_inspectors_accept(wexcombe: Story, held: Recommendation) -> None:
    theirs, lead = browser(wexcombe, "improvement-lead"), browser(wexcombe, "lead")
    page = at("recommendation", wexcombe, recommendation=held.pk)
    assert "The council has not written yet what it will do" in text(lead.get(page))
    made = planned(wexcombe, held)
    for role in ("lead", "inspector", "director", "nominated-officer"):
        shown = text(browser(wexcombe, role).get(page))
        assert WORDS in shown and WHOM in shown and "Planned" in shown
    assert "Do what the council planned" in text(theirs.get("/home/"))
    one = at("planned_action", wexcombe, planned=made.pk)
    say, day = at("planned_action_say", wexcombe, planned=made.pk), at("planned_action_day", wexcombe, planned=made.pk)
    settle = at("planned_action_settle", wexcombe, planned=made.pk)
    assert lead.get(say).status_code == 403 and theirs.get(settle).status_code == 403
    answer = theirs.post(say, {"to": "said-done", "says": "", "version": 1})
    assert answer.status_code == 422 and "Write what was done, when, and where that can be seen" in text(answer)
    answer = theirs.post(say, {"to": "accepted", "says": "I accept it.", "version": 1})
    assert answer.status_code == 422 and "I accept it." in text(answer)
    answer = theirs.post(day, {"due": due(50), "because": "", "version": 1})
    assert answer.status_code == 422 and due(50) in answer.content.decode()
    assert theirs.post(day, {"due": due(50), "because": "Two posts are empty.", "version": 1}).status_code == 302
    assert theirs.post(say, {"to": "under-way", "says": "", "version": 1}).status_code == 409
    shown = text(lead.get(one))
    assert "Two posts are empty." in shown and f"{made.due:%-d %B %Y}" in shown
    assert theirs.post(say, {"to": "said-done", "says": "Minutes in folder 4.", "version": 2}).status_code == 302
    assert "See whether an action is shown to be done" in text(lead.get("/home/"))
    assert "Do what the council planned" not in text(theirs.get("/home/"))
    assert "Say why: both sides read it" in text(lead.post(settle, {"to": "returned", "because": "", "version": 3}))
    sent = {"to": "returned", "because": "Two Mondays are missing.", "version": 3}
    assert "Returned" in text(browser(wexcombe, "quality-assurance").post(settle, sent, follow=True))
    assert "Two Mondays are missing." in text(theirs.get(one))
    theirs.post(say, {"to": "said-done", "says": "All are there.", "version": 4})
    assert "Accepted as done" in text(lead.post(settle, {"to": "accepted", "because": "", "version": 5}, follow=True))
    assert "nothing to do here" in text(theirs.get(say)) and "nothing to do here" in text(theirs.get(day))
    held.refresh_from_db()
    assert held.status == "open"


def test_a_file_is_sent_with_the_words_and_opened_by_who_accepts(wexcombe: Story, held: Recommendation) -> None:
    made, theirs, lead = planned(wexcombe, held), browser(wexcombe, "improvement-lead"), browser(wexcombe, "lead")
    say = at("planned_action_say", wexcombe, planned=made.pk)
    assert "A file that proves it" in text(theirs.get(say))
    sent = {"to": "said-done", "says": "See page 2.", "version": 1}
    for bad, why in (
        (
            SimpleUploadedFile("Minutes.pdf", documents_story.pdf("Minutes")[:200]),
            "“Minutes.pdf” was not kept: This file",
        ),
        (SimpleUploadedFile("Tool.exe", b"MZ" * 40), "“Tool.exe” was not kept:"),
        (SimpleUploadedFile("Empty.txt", b""), "This file is empty"),
    ):
        answer = theirs.post(say, {**sent, "evidence": bad})
        assert answer.status_code == 422 and why in text(answer) and "See page 2." in text(answer)
    made.refresh_from_db()
    assert made.status == "planned"
    answer = theirs.post(say, {**sent, "to": "under-way", "evidence": minutes()})
    assert answer.status_code == 422 and "A file proves what is done" in text(answer)
    # What else is wrong costs nobody the file: it is kept, chosen, and not with the team.
    answer = theirs.post(say, {**sent, "says": "", "evidence": minutes()})
    kept = Document.objects.get(status="staged", reading="read")
    assert answer.status_code == 422 and f"Your file is kept as {kept.mark}" in text(answer)
    assert f'value="{kept.pk}" selected' in answer.content.decode()
    where = at("document", wexcombe, document=kept.pk)
    assert theirs.get(where).status_code == 200 and lead.get(where).status_code == 404
    assert theirs.post(say, {**sent, "document": str(kept.pk)}).status_code == 302
    page = at("planned_action", wexcombe, planned=made.pk)
    for role in ("improvement-lead", "lead", "inspector", "quality-assurance"):
        shown = browser(wexcombe, role)
        assert f'href="{where}"' in shown.get(page).content.decode() and shown.get(where).status_code == 200
    got = lead.post(at("document_original", wexcombe, document=kept.pk))
    assert got.content == minutes().read()
    assert browser(wexcombe, "member").get(where).status_code == 404


def test_the_owner_who_sends_no_documents_is_offered_no_file(wexcombe: Story) -> None:
    held = moved(wexcombe, recommended(wexcombe, owner=wexcombe.person("director")), "open")
    director = browser(wexcombe, "director")
    new = at("planned_action_new", wexcombe, recommendation=held.pk)
    assert director.post(new, {"says": WORDS, "whom": WHOM, "due": due()}).status_code == 302
    shown = text(director.get(at("planned_action_say", wexcombe, planned=PlannedAction.objects.get().pk)))
    assert "A file that proves it" not in shown and "How does it stand?" in shown


def test_the_plan_and_the_pack_tell_what_is_promised_and_what_is_late(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)
    PlannedAction.objects.filter(pk=made.pk).update(due=timezone.localdate() - timedelta(days=2))
    lead, theirs = browser(wexcombe, "lead"), browser(wexcombe, "improvement-lead")
    say = at("planned_action_say", wexcombe, planned=made.pk)
    assert theirs.post(say, {"to": "said-done", "says": "Minutes.", "version": 1}).status_code == 302
    told = "Said to be done; waits to be accepted, and its day is past"
    shown = text(lead.get(at("recommendation", wexcombe, recommendation=held.pk)))
    assert told in shown and "Overdue" in shown
    shown = text(lead.get(at("action_plan", wexcombe)))
    assert WORDS in shown and WHOM in shown and f"{told}; overdue" in shown
    out = lead.post(at("action_plan_file", wexcombe), {"format": "docx"})
    cells = [cell.text for table in docx.Document(io.BytesIO(out.content)).tables for row in table.rows
             for cell in row.cells]  # fmt: skip
    assert WORDS in cells and WHOM in cells and f"{told}; overdue" in cells
    month = timezone.localdate().replace(day=1)
    pack = presenter.board(wexcombe.inspection, packs.pack(wexcombe["lead"], wexcombe.inspection, month))
    told = (
        "Actions that the council planned: 1; 0 accepted as done, 1 not, 1 of them said to be done and not accepted "
        "yet; 1 past its day (1 of them said to be done)."
    )
    assert told in pack["counts"]
    assert any("waits to be accepted" in one and WHOM in one for one in pack["overdue"])


def test_every_move_of_an_action_stands_in_the_pack_of_its_month_for_everybody_who_reads_it(
    wexcombe: Story, held: Recommendation
) -> None:
    of_council, lead, row = wexcombe["improvement-lead"], wexcombe["lead"], planned(wexcombe, held)
    was = row.due
    row = actions.move_day(
        action=row, due=was + timedelta(days=9), because="Ill.", version=row.version, by=of_council
    )  # fmt: skip
    row = actions.move_planned(action=row, to="said-done", says="Done in May.", version=row.version, by=of_council)
    row = actions.settle_planned(action=row, to="returned", because="Not seen.", version=row.version, by=lead)
    row = actions.move_planned(action=row, to="said-done", says="Look again.", version=row.version, by=of_council)
    actions.settle_planned(action=row, to="accepted", because="", version=row.version, by=lead)
    month = timezone.localdate().replace(day=1)
    for role in ("lead", "director", "improvement-lead"):
        moved_now = packs.pack(wexcombe[role], wexcombe.inspection, month).moved
        told = presenter.board(wexcombe.inspection, packs.pack(wexcombe[role], wexcombe.inspection, month))["moved"]
        assert told[0] == (
            "Of the council’s actions: 1 written, 2 said to be done, 1 accepted, 1 returned, 1 given a new day"
        )
        assert row.mark in told[1] and told[1].endswith("accepted that it is done")
        assert any(one.says.endswith(f"moved its day from {was:%-d %B %Y}") for one in moved_now)
        assert not any(words in str(told) for words in ("Ill.", "Done in May.", "Not seen.", WORDS))
    page = text(browser(wexcombe, "director").get(at("board_pack", wexcombe)))
    assert "1 given a new day" in page and "Nothing moved in this month" not in page
    earlier = (month - timedelta(days=1)).replace(day=1)
    assert packs.pack(lead, wexcombe.inspection, earlier).moved == ()
