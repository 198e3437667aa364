"""Pages as pictures: drawn in the sandbox when somebody asks, or when their text is read, and kept sealed."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import holdings
from goldthread.apps.documents.models import Document, PagePicture
from goldthread.apps.inspections.queries import sides_of
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events

AT_ONCE = 5
"""Pages that are drawn when one is asked for: that one, and those that are read next."""


def draw(*, document: Document, page: int, by: Actor) -> int:
    """Draw a page and the next few, where they are not drawn yet, and say how many were. Raises Refused in words."""
    require(by, Permission.DOCUMENT_READ, document.target())
    if document.withdrawn:
        raise Refused("This document was taken back, so it is not read any more.")
    if not document.drawable:
        raise Refused("Pages of files of this kind have no look of their own, so they are not shown as pictures.")
    if not 1 <= page <= document.pages:
        raise Refused(f"There is no page {page}: this document has {document.pages:,}.")
    held = set(document.pictures.values_list("page", flat=True))
    wanted = [one for one in range(page, min(page + AT_ONCE, document.pages + 1)) if one not in held]
    wanted = wanted[: max(0, settings.DOCUMENT_MOST_PICTURES - len(held))]
    if page not in held and not wanted:
        raise Refused(
            f"{settings.DOCUMENT_MOST_PICTURES:,} pages of this document are kept as pictures, and no more are. "
            "Download the original file to see this page."
        )
    return keep(document=document, made=_drawn(document, wanted), by=by)


@transaction.atomic
def keep(*, document: Document, made: Sequence[tuple[int, bytes]], by: Actor) -> int:
    """Keep pictures of pages, each with its number. One that is there stays. What the programme draws is no event."""
    require(by, Permission.DOCUMENT_READ, document.target())
    rows = [
        PagePicture(document=document, page=at, blob_key=holdings.keep_picture(document, jpeg)) for at, jpeg in made
    ]
    PagePicture.objects.bulk_create(rows, ignore_conflicts=True)
    if rows and not by.programme:
        team = Side.TEAM in sides_of(document.inspection, by)
        journal(
            Events.DOCUMENT_DRAWN, by=by, about=document, chain=document.inspection_id,
            side=Side.TEAM if team else document.side, pages=len(rows),
        )  # fmt: skip
    return len(rows)


def _drawn(document: Document, wanted: Sequence[int]) -> list[tuple[int, bytes]]:
    """Raises Refused where the first of them cannot be drawn; at another that cannot, it ends."""
    from goldthread.engines.page_pictures import draw_page
    from goldthread.kernel.refusal import Refused as FileRefused

    made: list[tuple[int, bytes]] = []
    if not wanted:
        return made
    with holdings.clear_file(document) as path:
        for number in wanted:
            try:
                made.append((number, draw_page(path, document.ending, number)))
            except FileRefused as refusal:
                if made:
                    break
                raise Refused(f"{refusal.reason} {refusal.mend}") from None
    return made
