"""Taking passages out on the pages: chosen, seen before it is done, made, and no word of it in an address."""

from typing import Any

import pytest
from tests import documents_story as make
from tests.documents_story import Story, send
from tests.pages.test_documents import at, browser, words

from goldthread.apps.documents import actions, redactor, worker
from goldthread.apps.documents.models import Redaction

pytestmark = pytest.mark.django_db

SAYS = "On 3 May the child moved to 27 Larch Close, and Ms Okonkwo agreed."


@pytest.fixture
def told() -> Story:
    return make.story()


def choose(told: Story, row: Any, **fields: str) -> Any:
    return browser(told, "uploader").post(at(told, "document_redact", document=row.pk), fields)


def test_what_is_taken_out_is_seen_before_it_is_and_the_made_version_says_so(told: Story) -> None:
    row = send(told, make.pdf(SAYS, "A second page."), "plan.pdf")
    client = browser(told, "uploader")
    form = client.get(at(told, "document_redact", document=row.pk))
    assert "Passages to take out" in words(form)
    ruler = client.get(at(told, "document_ruler", document=row.pk), {"page": 2})
    assert ruler["Content-Type"] == "image/jpeg" and ruler["Cross-Origin-Resource-Policy"] == "same-origin"
    answer = choose(told, row, passages="Larch Close\nMs Okonkwo", page_areas="2: 0 0 50 50")
    where = answer["Location"]
    assert "Larch" not in where
    page = client.get(where)
    assert "Larch Close (1 place)" in words(page) and "1 area of pages." in words(page)
    picture = at(told, "document_redaction_picture", document=row.pk, redaction=Redaction.objects.get().pk)
    assert client.get(picture, {"page": 1})["Content-Type"] == "image/jpeg"
    back = client.get(at(told, "document_redact", document=row.pk), {"as": str(Redaction.objects.get().pk)})
    assert "Larch Close\nMs Okonkwo" in back.content.decode() and "2: 0 0 50 50" in back.content.decode()
    assert client.post(where)["Location"] == where
    assert "It is made page by page" in words(client.get(where))
    redactor.make_all()
    assert "none of them was found in it" in words(client.get(where))
    made = Redaction.objects.get().made
    worker.read_all()
    about = words(client.get(at(told, "document", document=made.pk)))
    assert "Passages were taken out of the version before" in about
    whole = words(client.get(at(told, "document", document=row.pk)))
    assert "While that version stands, this whole one cannot be submitted" in whole and made.mark in whole
    fresh = make.fresh(made)
    actions.withdraw(document=fresh, because="Not needed", version=fresh.version, by=told["uploader"])
    assert "cannot be submitted" not in words(client.get(at(told, "document", document=row.pk)))
    assert "is not the file that was sent" in about and "As it was sent" not in about
    assert "Chosen before" in words(client.get(at(told, "document_redact", document=row.pk)))


def test_nothing_typed_is_lost_when_the_form_is_refused(told: Story) -> None:
    row = send(told, make.pdf(SAYS), "plan.pdf")
    wrong = choose(told, row, passages="Larch Close", page_areas="1: 0 0 50 50\nover there")
    assert wrong.status_code == 422 and "None stands in line 2" in words(wrong)
    assert "over there" in wrong.content.decode() and "Larch Close" in wrong.content.decode()
    nowhere = choose(told, row, passages="Zqxwv", page_areas="")
    assert nowhere.status_code == 422 and "line 1 stands nowhere" in words(nowhere)
    several = choose(told, row, passages="Zqxwv\nLarch Close\nYyyx\nWqq", page_areas="")
    assert several.status_code == 422 and "in lines 1, 3 and 4 stands nowhere" in words(several)
    assert not Redaction.objects.exists()


def test_what_is_typed_stays_while_pages_are_looked_at(told: Story) -> None:
    row = send(told, make.pdf(SAYS, "A second page."), "plan.pdf")
    page = choose(told, row, do="look", page="2", passages="Larch Close", page_areas="over there")
    shown = page.content.decode()
    assert page.status_code == 200 and "Larch Close" in shown and "over there" in shown
    assert f"{at(told, 'document_ruler', document=row.pk)}?page=2" in shown and not Redaction.objects.exists()


def test_a_text_shows_its_passages_struck_out(told: Story) -> None:
    row = send(told, SAYS, "plan.txt")
    page = browser(told, "uploader").get(choose(told, row, passages="Larch Close")["Location"])
    assert '<del class="app-gone">Larch Close</del>' in page.content.decode()
    assert browser(told, "uploader").get(at(told, "document_ruler", document=row.pk)).status_code == 403
    form = browser(told, "uploader").get(at(told, "document_redact", document=row.pk)).context["form"]
    assert "passages" in form.fields and "page_areas" not in form.fields


def test_of_a_document_that_was_taken_back_nothing_is_shown(told: Story) -> None:
    row = send(told, make.pdf(SAYS), "plan.pdf")
    where = choose(told, row, passages="Larch Close", page_areas="")["Location"]
    actions.withdraw(document=row, because="", version=row.version, by=told["uploader"])
    client = browser(told, "uploader")
    for path in (where, f"{where}picture/", at(told, "document_ruler", document=row.pk)):
        assert client.get(path).status_code == 403, path
    assert client.post(where).status_code == 403
    assert "was not taken back, can be redacted" in words(client.get(at(told, "document_redact", document=row.pk)))


def test_nobody_else_sees_what_is_taken_out(told: Story) -> None:
    row = send(told, SAYS, "plan.txt")
    where = choose(told, row, passages="Larch Close")["Location"]
    for role in ("inspector", "lead", "uploader-2"):
        assert browser(told, role).get(where).status_code == 404, role
        assert browser(told, role).post(where).status_code == 404, role
    other = send(told, f"{SAYS} Other.", "b.txt")
    swapped = at(told, "document_redaction", document=other.pk, redaction=Redaction.objects.get().pk)
    assert browser(told, "uploader").get(swapped).status_code == 404
