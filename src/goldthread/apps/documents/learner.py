"""The learner: compares documents with each other as they are read, and works out what they mean when none waits."""

import logging
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions import learning
from goldthread.apps.documents.actions.seeing import OPEN
from goldthread.apps.documents.models import Document, DocumentText, PageFromImage, Reading, Status
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.domain.near_copies import NEAR, resemblance, sketch
from goldthread.domain.stretches import sameness, stretches, unnumbered
from goldthread.engines import meaning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_KNOWN = 8_192
"""Vectors that are kept at hand for sentences that come again, in memory alone: 13 MB."""

_KNOWN: "dict[int, NDArray[np.float32]]" = {}

logger = logging.getLogger("goldthread.documents")

_FAILED: set[UUID] = set()
"""What this process could not work out. It is tried again when the process is started anew."""


def compare_next() -> bool:
    """Compare one more document with those that were compared before; False where none is left."""
    left = DocumentText.objects.filter(sketch=b"", document__text_read=True).exclude(document__in=_FAILED)
    left = left.exclude(document__in=_still_seen())
    row = left.exclude(document__status=Status.WITHDRAWN).order_by("document__created_at").first()
    if row is None:
        return False
    document = Document.objects.select_related("inspection").get(pk=row.document_id)
    try:
        mine = sketch("\n".join(page.text for page in holdings.pages_of(document)))
        learning.keep_likeness(document=document, sketch=mine, like=_like(document, mine), by=PROGRAMME)
    except CannotUnseal:
        _FAILED.add(document.pk)
        logger.warning("a document could not be compared with the others")
    return True


def _still_seen() -> QuerySet[PageFromImage, UUID]:
    """Documents whose pictures are still being read: they are compared and understood when all of them is known."""
    return PageFromImage.objects.filter(reading__in=OPEN).values_list("document_id", flat=True)


def _like(document: Document, mine: tuple[int, ...]) -> dict[UUID, int]:
    """Which others are nearly the same, in hundredths. Versions of one document are alike by intent."""
    if not mine:
        return {}
    others = DocumentText.objects.filter(document__inspection=document.inspection_id).exclude(sketch=b"")
    others = others.exclude(document__number=document.number).exclude(document__status=Status.WITHDRAWN)
    found = {}
    for other, sealed in others.values_list("document_id", "sketch").iterator():
        alike = resemblance(mine, holdings.sketch_of(document.inspection, other, bytes(sealed)))
        if alike >= NEAR:
            found[other] = round(100 * alike)
    return found


def learn_next() -> bool:
    """Work out what one more document means; False where none is left, or this installation cannot.

    What the team has comes before what the council has still to submit.
    """
    if not meaning.at_hand():
        return False
    left = (
        Document.objects.filter(reading=Reading.READ, text_read=True).exclude(status=Status.WITHDRAWN)
        .exclude(meaning__model=meaning.NAME).exclude(pk__in=_FAILED).exclude(pk__in=_still_seen())
        .select_related("inspection")
    )  # fmt: skip
    document = (
        left.filter(status=Status.SUBMITTED).order_by("created_at").first() or left.order_by("created_at").first()
    )
    if document is None:
        return False
    try:
        count, packed = worked_out(document)
        learning.keep_meaning(document=document, model=meaning.NAME, stretches=count, packed=packed, by=PROGRAMME)
    except (CannotUnseal, ValueError, MemoryError):
        _FAILED.add(document.pk)
        logger.warning("what a document means could not be worked out; it is found by its words")
    return True


def learn_all() -> int:
    """Compare and work out everything that is left, and say of how many documents the meaning was."""
    while compare_next():
        pass
    count = 0
    while learn_next():
        count += 1
    return count


def worked_out(document: Document) -> tuple[int, bytes]:
    """How many stretches a document has, and their vectors, packed. Raises CannotUnseal."""
    from goldthread.engines.meaning.vectors import packed

    pages = holdings.pages_of(document)
    # A title or heading names what is said beneath it, and answers nothing: it is found by its words.
    names = {sameness(name) for name in (document.title, *(page.heading for page in pages))}
    places, texts, same = [], [], []
    for number, page in enumerate(pages, 1):
        for start, end in stretches(page.text):
            says = page.text[start:end]
            if (one := sameness(says)) not in names:
                places.append((number, start, end))
                texts.append(says)
                same.append(one)
    return len(places), packed(places, _vectors(texts, same), same)


def _vectors(texts: list[str], same: list[int]) -> "NDArray[np.float32]":
    """The vector of each text; what says the same as one that was met before is not worked out again."""
    import numpy as np

    new = {one: unnumbered(text) for one, text in zip(same, texts, strict=True) if one not in _KNOWN}
    if len(_KNOWN) + len(new) > MOST_KNOWN:
        _KNOWN.clear()
        new = {one: unnumbered(text) for one, text in zip(same, texts, strict=True)}
    _KNOWN.update(zip(new, meaning.the_model().vectors(list(new.values())), strict=True))
    return np.array([_KNOWN[one] for one in same], np.float32).reshape(len(same), meaning.SIZE)
