"""Pages that are pictures: read by the programme, searched and cited as other text, and kept sealed as pictures."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from tests import documents_story as make
from tests.documents_story import Story, fresh, send, submitted

from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.documents import actions, holdings, learner, queries, seer
from goldthread.apps.documents.actions import seeing
from goldthread.apps.documents.models import DocumentText, NearCopy, PageFromImage, PagePicture, Reading
from goldthread.apps.documents.queries import Choice
from goldthread.apps.journal.models import Entry
from goldthread.domain.anchoring import Place, find
from goldthread.engines import page_pictures
from goldthread.kernel.refusal import Refused as FileRefused

pytestmark = pytest.mark.django_db

SAYS = "Every child at Larch Close is seen alone once a week by the social worker."
OTHER = "Fourteen plans were late, and nobody wrote down why."


@pytest.fixture
def told() -> Story:
    return make.story()


def found(told: Story, role: str, words: str) -> list[tuple[str, int]]:
    result = queries.search(told[role], told.inspection, Choice(words=words, by="words"))
    return [(hit.document.title, hit.page) for hit in result.hits]


def test_a_scan_is_read_searched_and_cited_like_other_text_and_says_that_it_is_from_an_image(told: Story) -> None:
    row = submitted(told, make.scanned(make.scan(SAYS), make.scan(OTHER)), "minutes.pdf")
    assert (row.text_read, row.picture_pages, row.characters) == (True, 2, 0)
    assert found(told, "inspector", "larch") == []
    assert queries.seen_of(row) == queries.Seen(2, waiting=2)
    assert seer.see_all() == 2
    row = fresh(row)
    assert (row.pages_seen, row.characters) == (2, len(SAYS + OTHER))
    assert found(told, "inspector", "larch") == [("minutes", 1)]
    assert found(told, "inspector", "fourteen plans") == [("minutes", 2)]
    assert queries.from_images([(row.pk, 1), (row.pk, 3)]) == {(row.pk, 1)}
    page = queries.page_of(row, 1)
    assert page is not None and (page.text, page.picture) == (SAYS, True) and page.sure > 85
    span = find("seen alone once a week", SAYS)
    assert span is not None
    passage = actions.shelve_passage(
        document=row, place=Place(1, *span), why="It is said how often.", areas=["help-and-protection"],
        client_key=row.pk, by=told["inspector"],
    )  # fmt: skip
    assert "seen alone once a week" in passage.evidence_item.summary
    entry = Entry.objects.get(event="document.seen")
    assert (entry.detail["pages"], entry.detail["refused"], entry.detail["empty"]) == (2, 0, 0)


def test_only_who_may_see_a_document_finds_what_was_read_from_its_pictures(told: Story) -> None:
    send(told, make.scan(SAYS), "letter.jpg")
    seer.see_all()
    assert found(told, "uploader", "larch") == [("letter", 1)]
    for role in ("inspector", "lead", "uploader-2"):
        assert found(told, role, "larch") == [], role


def test_a_file_that_is_a_picture_alone_is_read_and_one_without_words_says_so(told: Story) -> None:
    letter = send(told, make.scan(SAYS), "letter.jpg")
    blank = send(told, make.scan(""), "blank.jpg")
    assert (letter.text_read, letter.pages, letter.unit) == (False, 1, "page")
    seer.see_all()
    letter, blank = fresh(letter), fresh(blank)
    assert (letter.text_read, letter.characters) == (True, len(SAYS))
    assert (blank.text_read, blank.characters) == (False, 0)
    assert queries.seen_of(blank) == queries.Seen(1, empty=1)


def test_nothing_of_it_lies_in_clear_on_the_disk_or_in_the_database(told: Story) -> None:
    row = send(told, make.scan(f"{SAYS} {make.SECRET}"), "letter.jpg")
    seer.see_all()
    jpeg = queries.picture(row, 1)
    assert jpeg is not None and jpeg.startswith(b"\xff\xd8\xff")
    held = b"".join(path.read_bytes() for path in Path(settings.DATA).rglob("*") if path.is_file())
    sealed = b"".join(bytes(one) for one in PageFromImage.objects.values_list("sealed", flat=True))
    assert len(sealed) > 100
    for clear in (jpeg[:200], make.SECRET.encode(), b"Larch"):
        assert clear not in held and clear not in sealed
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_pagefromimage")
        assert "Larch" not in str(cursor.fetchall())


def test_pictures_are_kept_when_the_store_is_swept_and_gone_ones_are_not(told: Story) -> None:
    row = send(told, make.pdf("One page."), "policy.pdf")
    assert actions.draw(document=row, page=1, by=told["uploader"]) == 1
    later = timezone.now().timestamp() + 2 * holdings.YOUNG_SECONDS
    holdings.sweep(now=later)
    assert queries.picture(row, 1) is not None
    PagePicture.objects.all().delete()
    assert holdings.sweep(now=later) == 1


def test_pages_are_drawn_by_press_a_few_at_once_and_to_an_end(told: Story, settings: object) -> None:
    row = submitted(told, make.pdf(*[f"Page {number}." for number in range(8)]), "policy.pdf")
    assert actions.draw(document=row, page=2, by=told["inspector"]) == 5
    assert [queries.has_picture(row, number) for number in range(1, 9)] == [False, *[True] * 5, False, False]
    assert actions.draw(document=row, page=2, by=told["inspector"]) == 0
    entry = Entry.objects.get(event="document.drawn")
    assert (entry.side, entry.detail["pages"]) == ("team", 5)
    settings.DOCUMENT_MOST_PICTURES = 6  # type: ignore[attr-defined]
    assert actions.draw(document=row, page=7, by=told["inspector"]) == 1
    with pytest.raises(Refused, match="and no more are"):
        actions.draw(document=row, page=8, by=told["inspector"])
    with pytest.raises(Refused, match="no page 9"):
        actions.draw(document=row, page=9, by=told["inspector"])
    text = send(told, "Just words.", "words.txt")
    with pytest.raises(Refused, match="no look of their own"):
        actions.draw(document=text, page=1, by=told["uploader"])
    with pytest.raises(Refused):
        actions.draw(document=text, page=1, by=told["inspector"])


def test_more_pictures_than_are_taken_are_left_out_and_it_is_said(told: Story, settings: object) -> None:
    settings.DOCUMENT_MOST_PICTURES = 1  # type: ignore[attr-defined]
    row = send(told, make.scanned(make.scan(SAYS), make.scan(OTHER)), "minutes.pdf")
    assert seer.see_all() == 1
    seen = queries.seen_of(row)
    assert (seen.read, seen.left_out) == (1, 1)


def test_reading_that_was_cut_short_is_tried_again_and_given_up_in_the_end(told: Story) -> None:
    row = send(told, make.scan(SAYS), "letter.jpg")
    seer.take_in_hand()
    for attempt in range(1, 4):
        page = seeing.claim_next(by=PROGRAMME)
        assert page is not None and page.attempts == attempt
        assert seeing.claim_next(by=PROGRAMME) is None
        if attempt == 2:
            seeing.give_back(page=page, by=PROGRAMME)
        else:
            PageFromImage.objects.update(claimed_at=timezone.now() - 2 * seeing.STALE)
    assert seeing.claim_next(by=PROGRAMME) is None
    held = PageFromImage.objects.get()
    assert (held.reading, queries.seen_of(row).refused) == (Reading.REFUSED, 1)
    assert timedelta(seconds=3 * settings.OCR_SECONDS) < seeing.STALE


def test_a_page_that_takes_too_much_is_left_a_picture_and_the_rest_is_read(told: Story, settings: object) -> None:
    row = send(told, make.scan(SAYS), "letter.jpg")
    settings.OCR_MEMORY = 60_000_000  # type: ignore[attr-defined]
    seer.see_all()
    held = PageFromImage.objects.get()
    assert held.reading == Reading.REFUSED and "300 dots an inch" in held.refusal
    assert Entry.objects.get(event="document.seen").detail["refused"] == 1
    assert fresh(row).text_read is False


def test_without_the_library_pictures_stay_pictures(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pictures, "can_read", lambda: False)
    row = send(told, make.scan(SAYS), "letter.jpg")
    assert seer.see_all() == 0 and not PageFromImage.objects.exists()
    assert queries.seen_of(row).left_out == 1


def test_a_scan_is_compared_with_others_when_all_of_it_is_known(told: Story) -> None:
    words = " ".join(
        f"On visit {number} every child is seen alone, and a manager reads why not." for number in range(12)
    )
    typed = send(told, words, "typed.txt")
    scan = send(told, make.scan(words), "scan.jpg")
    seer.take_in_hand()
    while learner.compare_next():
        pass
    assert DocumentText.objects.exclude(sketch=b"").count() == 1
    seer.see_all()
    while learner.compare_next():
        pass
    pair = NearCopy.objects.get()
    assert {pair.later_id, pair.earlier_id} == {typed.pk, scan.pk} and pair.percent > 70


def test_a_taken_back_document_is_not_read_any_more(told: Story) -> None:
    row = send(told, make.scan(SAYS), "letter.jpg")
    seer.take_in_hand()
    actions.withdraw(document=row, because="", version=row.version, by=told["uploader"])
    assert seer.see_next() is False
    with pytest.raises(Refused):
        actions.draw(document=fresh(row), page=1, by=told["uploader"])


def test_a_scan_takes_the_place_of_a_cited_version_when_its_pages_are_read(told: Story) -> None:
    row = submitted(told, SAYS, "minutes.txt")
    span = find("seen alone once a week", SAYS)
    assert span is not None
    passage = actions.shelve_passage(
        document=row, place=Place(1, *span), why="", areas=[], client_key=row.pk, by=told["inspector"]
    )
    scan = send(told, make.scan(SAYS), "minutes.jpg", replaces=row)
    for _ in ("before its pages are noted", "while they are read"):
        with pytest.raises(Refused, match="still being read from its pictures"):
            actions.submit(
                inspection=told.inspection, documents=[(fresh(scan), scan.version)], by=told["nominated-officer"]
            )
        seer.take_in_hand()
    seer.see_all()
    actions.submit(inspection=told.inspection, documents=[(fresh(scan), scan.version)], by=told["nominated-officer"])
    passage.refresh_from_db()
    assert passage.status == "moved"
    assert passage.evidence_item.passages.get(status="current").document_id == scan.pk


def test_where_a_picture_cannot_be_kept_its_text_is(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(document: object, jpeg: bytes) -> str:
        raise FileRefused("The disk is full.", "Make room.", code="room")

    monkeypatch.setattr(holdings, "keep_picture", full)
    row = send(told, make.scan(SAYS), "letter.jpg")
    seer.see_all()
    assert queries.seen_of(row).read == 1 and not queries.has_picture(row, 1)
