"""What is to be taken out of a document, page by page, before it is: as words and areas, and as the page will look."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.apps.access.policy import Refused
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions.redacting import standings, why_not
from goldthread.apps.documents.models import Document, Redaction
from goldthread.domain.redacting import Box, merged


@dataclass(frozen=True, slots=True)
class Preview:
    """What is taken out: each passage with how often it stands, the areas, and the pages on which anything is.

    `spans` are where it stands on the page that is looked at, of a document whose pages have no look.
    """

    passages: tuple[tuple[str, int], ...]
    areas: tuple[Box, ...]
    pages: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def why_not_redacted(document: Document) -> str:
    """Why nothing can be taken out of a document as it now is; empty where it can."""
    return why_not(document)


def preview(redaction: Redaction, number: int) -> Preview:
    """What is taken out, as it was chosen. Raises CannotUnseal."""
    choice = holdings.choice_of(redaction)
    places = standings(choice)
    counted = Counter(one.which for one in places if not one.more)
    passages = tuple((passage, counted[which]) for which, passage in enumerate(choice["passages"]))
    spans = merged(one.span for one in places if one.page == number and one.box is None)
    areas = tuple(one.box for one in places if one.which < 0 and one.box)
    return Preview(passages, areas, tuple(sorted({one.page for one in places})), tuple(spans))


def ruled(document: Document, number: int, redaction: Redaction | None = None) -> bytes:
    """A JPEG of a page with a ruler along it, and black where something would be taken out. Raises Refused in words."""
    from goldthread.engines.redacting import burn_page
    from goldthread.kernel.refusal import Refused as FileRefused

    if not document.drawable:
        raise Refused("Pages of files of this kind have no look of their own.")
    places = standings(holdings.choice_of(redaction)) if redaction else []
    boxes: Sequence[Box] = [one.box for one in places if one.box]
    try:
        with holdings.clear_file(document) as path:
            return burn_page(path, document.ending, number, boxes, ruler=True)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None
