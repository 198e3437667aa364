"""Pages of documents say what is so: gaps, what waits, what became of an upload, and why nothing was looked for."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import documents_story as make
from tests.documents_story import POLICY, Story, send, submitted
from tests.pages.test_documents import at, browser, upload, words

from goldthread.apps.documents.models import Document
from goldthread.web.presenters import areas

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Story:
    return make.story()


def test_an_area_without_a_document_stands_in_the_table_as_a_gap(told: Story) -> None:
    path, inspector = at(told, "documents_queue"), browser(told, "inspector")
    assert "submitted no document yet" in words(inspector.get(path))
    submitted(told)
    page = inspector.get(path).content.decode()
    whole = dict(re.findall(r"rowheader[^>]*>([^<]+)</th><td[^>]*>(?:<span[^>]*>[^<]*</span>)*(\d+)", page))
    assert list(whole) == [title for _, title in areas.choices(told.inspection)]
    assert sorted(whole.values()) == ["0"] * (len(whole) - 1) + ["1"]


def about(**more: Any) -> dict[str, Any]:
    days = {"about_from": "1 May 2026", "about_to": "1 April 2026"}
    return {"kind": "policy", "areas": ["leadership"], "client_key": str(uuid4()), **days, **more}


def test_days_in_the_wrong_order_are_told_once_and_before_a_file_is_sent(told: Story) -> None:
    uploader, path = browser(told, "uploader"), at(told, "documents_upload")
    script = {"x-requested-with": "XMLHttpRequest"}
    asked = uploader.post(path, about(check="1"), headers=script)
    page = asked.content.decode()
    assert asked.status_code == 422 and "govuk-error-summary" in page and 'href="#id_about_to"' in page
    assert "Choose a file" not in page and "Choose your files again" not in page
    assert uploader.post(path, about(check="1", about_to=""), headers=script).status_code == 201
    plain = uploader.post(path, about(file=SimpleUploadedFile("a.txt", b"Words.")))
    assert plain.status_code == 422 and "Choose your files again" in words(plain)
    assert not Document.objects.exists()


def test_an_upload_of_many_says_how_many_became_what(told: Story) -> None:
    page = upload(told, ("a.txt", POLICY), ("b.pdf", b"words"), ("c.txt", "Else."))
    assert "2 received, 1 not kept" in words(page)
    assert ">Open it" not in page.content.decode() and re.search(
        r'<a class="govuk-link" href="[^"]+">a.txt</a>', page.content.decode()
    )


@pytest.mark.parametrize(("typed", "says"), [
    ("-supervision", "Add a word to look for"), ("??", "Add a word to look for"),
    ('"never together', "A quotation mark is not closed"), ("“never together", "A quotation mark is not closed"),
])  # fmt: skip
def test_a_search_that_looks_for_nothing_says_why(told: Story, typed: str, says: str) -> None:
    submitted(told)
    page = words(browser(told, "inspector").post(at(told, "documents"), {"words": typed}, follow=True))
    assert says in page and "Use fewer words" not in page


def test_an_open_quotation_mark_is_told_beside_what_was_found(told: Story) -> None:
    submitted(told)
    inspector, path = browser(told, "inspector"), at(told, "documents")
    page = words(inspector.post(path, {"words": '"once a month'}, follow=True))
    assert "A quotation mark is not closed" in page and "1 passage in 1 document" in page
    curly = words(inspector.post(path, {"words": "“once a month”"}, follow=True))
    assert "1 passage in 1 document" in curly and "not closed" not in curly


def test_what_waits_to_be_submitted_is_the_officers_to_do_and_begins_unticked(told: Story) -> None:
    officer, path = browser(told, "nominated-officer"), at(told, "documents_submit")
    assert "Submit documents to the team" not in words(officer.get("/home/"))
    send(told, POLICY)
    send(told, "Another.", "Another.txt")
    home = officer.get("/home/")
    assert "Submit documents to the team" in words(home) and path in home.content.decode()
    library = officer.get(at(told, "documents"))
    assert "2 documents wait to be submitted" in words(library) and path in library.content.decode()
    page = officer.get(path).content.decode()
    assert len(re.findall(r'name="documents"', page)) == 2 and " checked" not in page and f"{path}?all=1" in page
    assert officer.get(f"{path}?all=1").content.decode().count(" checked") == 2
    for role in ("uploader", "inspector"):
        other = browser(told, role)
        assert "Submit documents to the team" not in words(other.get("/home/")), role
        assert path not in other.get(at(told, "documents")).content.decode(), role
    assert "to be submitted" not in words(browser(told, "inspector").get(at(told, "documents")))


def test_an_old_version_leads_to_the_new_and_a_lost_passage_says_how_it_stands(told: Story) -> None:
    row = submitted(told, "Seen alone each month. The end.")
    inspector = browser(told, "inspector")
    cite = at(told, "document_cite", document=row.pk)
    inspector.post(cite + "?page=1", {"quotation": "Seen alone each month.", "client_key": str(uuid4())})
    new = submitted(told, "All is otherwise.", "new.txt", replaces=row)
    page = inspector.get(at(told, "document", document=row.pk))
    assert at(told, "document", document=new.pk) in page.content.decode().split("can be read, but not cited")[0]
    assert "Superseded" in words(page) and "Not on the shelf any more" not in words(page)
    assert "Download the original file" in words(page) and "Take the original" not in words(page)


def test_the_picker_of_sentences_stands_where_words_were_chosen(told: Story) -> None:
    text = "It was agreed. Nobody spoke. It was late. The end."
    row = submitted(told, text)
    inspector, cite = browser(told, "inspector"), at(told, "document_cite", document=row.pk)
    start = text.index("spoke")
    for asked, picked in (
        (f"&start={start}&end={start + 14}", ["2", "3"]), ("&from=3", ["3"]), ("&from=4&to=2", ["2", "4"]), ("", ["1"]),
    ):  # fmt: skip
        page = inspector.get(f"{cite}?page=1{asked}").content.decode()
        assert re.findall(r'<option value="(\d+)" selected', page) == picked, asked


def test_a_slip_of_spelling_is_put_right_and_never_silently(told: Story) -> None:
    row = submitted(told)
    inspector, path = browser(told, "inspector"), at(told, "documents")
    page = inspector.post(path, {"words": "suprevision decsion"}, follow=True)
    text = words(page)
    assert "No passage that was searched has “suprevision”. Shown for “supervision”." in text
    assert "“decsion”. Shown for “decision”." in text and "1 passage in 1 document" in text
    assert b'<mark class="app-found">supervision</mark>' in page.content
    reading = inspector.post(at(told, "document_read", document=row.pk), {"words": "suprevision", "page": "1"})
    assert b'<mark class="app-found">supervision</mark>' in reading.content


def test_a_word_that_the_searcher_may_not_see_is_offered_to_nobody_else(told: Story) -> None:
    submitted(told)
    send(told, "Zebra crossings were staged.", "Kept apart.txt")
    path = at(told, "documents")
    text = words(browser(told, "inspector").post(path, {"words": "zebar"}, follow=True))
    assert "No passage that was searched has “zebar”, or a word like it." in text and "zebra" not in text
    assert "Shown for “zebra”" in words(browser(told, "director").post(path, {"words": "zebar"}, follow=True))
    assert "Shown for" not in words(browser(told, "inspector").post(path, {"words": '"suprevision"'}, follow=True))


def test_where_no_page_has_every_word_those_with_some_are_shown_and_it_is_said(told: Story) -> None:
    submitted(told)
    text = words(
        browser(told, "inspector").post(at(told, "documents"), {"words": "lack of zebras in supervision"}, follow=True)
    )
    assert "No passage has all of these words. Shown are those that have some of them" in text
    assert "2 passages in 1 document" in text and "“lack” or “zebras”, or a word like it" in text
