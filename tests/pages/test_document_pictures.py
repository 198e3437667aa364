"""Reading a page beside its picture: what was read from an image says so, and a picture can do nothing but be seen."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests import documents_story as make
from tests.documents_story import Story, send, submitted
from tests.pages.test_documents import at, browser, words

from goldthread.apps.documents import actions, holdings, seer
from goldthread.apps.documents.models import PageFromImage, PagePicture
from goldthread.domain.anchoring import Place
from goldthread.kernel.image_text import ImageText, Word

pytestmark = pytest.mark.django_db

SAYS = "Every child at Larch Close is seen alone once a week by the social worker."


@pytest.fixture
def told() -> Story:
    return make.story()


def seen(told: Story) -> Any:
    row = submitted(told, make.scanned(make.scan(SAYS), make.scan("")), "minutes.pdf")
    seer.see_all()
    return row


def read(client: Client, told: Story, row: Any, page: int = 1) -> Any:
    return client.get(at(told, "document_read", document=row.pk), {"page": page})


def test_what_was_read_from_an_image_stands_beside_it_and_says_how_sure_it_is(told: Story) -> None:
    row = seen(told)
    client = browser(told, "inspector")
    page = read(client, told, row)
    assert "Read from an image, 9" in words(page) and "Compare it with the picture before you cite it." in words(page)
    assert (
        SAYS in words(page) and f'src="{at(told, "document_picture", document=row.pk)}?page=1"' in page.content.decode()
    )
    picture = client.get(at(told, "document_picture", document=row.pk), {"page": 1})
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert picture.content.startswith(b"\xff\xd8\xff")
    assert picture["X-Content-Type-Options"] == "nosniff" and "sandbox" in picture["Content-Security-Policy"]
    assert "no text was found in it" in words(read(client, told, row, 2))
    told_of = words(client.get(at(told, "document", document=row.pk)))
    assert "2 of 2 pages are pictures, read from the image." in told_of and "On 1 page no text was found." in told_of
    found = client.post(at(told, "documents"), {"words": "larch", "by": "words"}, follow=True)
    assert "Read from an image" in words(found)
    assert "Compare it with the picture" in words(client.get(at(told, "document_cite", document=row.pk), {"page": 1}))
    place = Place(1, 0, 20)
    cited = actions.shelve_passage(
        document=row, place=place, why="", areas=["help-and-protection"], client_key=uuid4(), by=told["inspector"]
    )
    assert "Read from an image, 9" in cited.evidence_item.summary
    assert "compare it with the picture" in cited.evidence_item.summary


def test_words_that_the_reading_was_not_sure_of_are_pointed_out(told: Story) -> None:
    row = seen(told)
    held = PageFromImage.objects.get(page=1)
    text = ImageText("Fourteen plans were late.", (
        Word(0, 8, 41, (0, 0, 9, 9)), Word(9, 14, 96, (0, 0, 9, 9)), Word(15, 19, 96, (0, 0, 9, 9)),
        Word(20, 25, 30, (0, 0, 9, 9)),
    ))  # fmt: skip
    held.sealed = holdings.sealed_image_text(held.document, 1, text)
    held.unsure, held.sure = len(text.unsure), text.sure
    held.save()
    page = read(browser(told, "inspector"), told, row)
    assert page.content.decode().count('class="app-unsure"') == 2
    assert "2 words of which it was less sure are underlined." in words(page)
    assert "Words to check (2)" in words(page) and "<li>Fourteen</li><li>late.</li>" in page.content.decode()


def test_a_page_of_text_is_shown_as_it_looks_by_press_and_not_by_looking(told: Story) -> None:
    row = submitted(told, make.pdf("Said on the first.", "Said on the second."), "policy.pdf")
    client, path = browser(told, "inspector"), at(told, "document_picture", document=row.pk)
    assert "Show the page as it looks" in words(read(client, told, row))
    assert client.get(path, {"page": 1}).status_code == 403 and not PagePicture.objects.exists()
    answer = client.post(path, {"page": 1})
    assert answer["Location"] == at(told, "document_read", document=row.pk) + "?page=1"
    page = read(client, told, row)
    assert "Page 1 as it looks. Its text stands beside it." in page.content.decode()
    assert "Show the page as it looks" not in words(page)
    assert PagePicture.objects.count() == 2


def test_a_picture_is_seen_by_whom_its_document_is_seen_and_by_nobody_else(told: Story) -> None:
    row = send(told, make.scan(SAYS), "letter.jpg")
    seer.see_all()
    path = at(told, "document_picture", document=row.pk)
    assert browser(told, "uploader").get(path, {"page": 1}).status_code == 200
    for role in ("inspector", "lead", "uploader-2"):
        client = browser(told, role)
        assert client.get(path, {"page": 1}).status_code == 404, role
        assert client.post(path, {"page": 1}).status_code == 404, role
    words_only = send(told, "Just words.", "words.txt")
    asked = at(told, "document_picture", document=words_only.pk)
    assert browser(told, "uploader").post(asked, {"page": 1}).status_code == 403


def test_a_picture_that_waits_can_be_opened_and_says_so(told: Story) -> None:
    row = send(told, make.scan(SAYS), "letter.jpg")
    client = browser(told, "uploader")
    assert "Its text is still to be read from it" in words(read(client, told, row))
    assert "still to be read from the image. That goes on by itself" in words(
        client.get(at(told, "document", document=row.pk))
    )
