"""The seer: reads pages that are pictures, one after another in the sandbox, when no document waits to be read in."""

import logging

from django.conf import settings

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions import picturing, seeing
from goldthread.apps.documents.models import Document, PageFromImage, PagePicture, Reading, Status
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.engines import page_pictures
from goldthread.engines.durable import StoreDamaged
from goldthread.kernel.refusal import Refused

logger = logging.getLogger("goldthread.documents")


def take_in_hand() -> int:
    """Note the pages to be read of each document that has pictures and was not looked at for them yet."""
    if not page_pictures.can_read():
        return 0
    rows = Document.objects.filter(reading=Reading.READ, picture_pages__gt=0, from_images=None)
    count = 0
    for document in rows.exclude(status=Status.WITHDRAWN).select_related("inspection"):
        if not document.drawable:
            continue
        try:
            count += seeing.take_in_hand(document=document, pages=holdings.pages_of(document), by=PROGRAMME)
        except CannotUnseal:
            logger.warning("pages of a document could not be looked at")
    return count


def see_next() -> bool:
    """Read one more page from its picture; False where none waits, or this installation cannot."""
    if not page_pictures.can_read():
        return False
    take_in_hand()
    page = seeing.claim_next(by=PROGRAMME)
    if page is None:
        return False
    _see(page)
    return True


def see_all() -> int:
    """Read every page that waits, and say how many were taken up."""
    count = 0
    while see_next():
        count += 1
    return count


def _see(page: PageFromImage) -> None:
    document = page.document
    try:
        with holdings.clear_file(document) as path:
            read = page_pictures.read_page(
                path, document.ending, page.page, languages=settings.OCR_LANGUAGES, memory=settings.OCR_MEMORY,
                seconds=settings.OCR_SECONDS,
            )  # fmt: skip
            _draw(page, path)
    except Refused as refusal:
        seeing.refuse(page=page, refusal=f"{refusal.reason} {refusal.mend}", by=PROGRAMME)
    except (OSError, StoreDamaged, CannotUnseal):
        logger.warning("a page could not be opened; it will be tried again")
        seeing.give_back(page=page, by=PROGRAMME)
    else:
        seeing.finish(page=page, read=read, by=PROGRAMME)


def _draw(page: PageFromImage, path: str) -> None:
    """Keep the page as it looks. Where that goes wrong its text is kept all the same, and it can be drawn by press."""
    document = page.document
    if PagePicture.objects.filter(document=document, page=page.page).exists():
        return
    try:
        jpeg = page_pictures.draw_page(path, document.ending, page.page)
        picturing.keep(document=document, made=[(page.page, jpeg)], by=PROGRAMME)
    except Refused:
        logger.warning("the picture of a page could not be kept")
