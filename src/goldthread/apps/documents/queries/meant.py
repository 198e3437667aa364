"""Pages that mean what was asked, whatever their words: vectors, opened and held in memory as the index of words is."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.documents import holdings
from goldthread.apps.documents.models import DocumentMeaning, Reading, Status
from goldthread.apps.documents.queries.written_ids import written_ids
from goldthread.apps.inspections.models import Inspection
from goldthread.engines import meaning

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from goldthread.engines.meaning.vectors import Near, VectorIndex, Worthy

MOST_HELD = 3
MOST_NEAR = 50
"""Pages that are near in meaning have no natural end; more than this are not shown."""

_HELD: OrderedDict[UUID, "VectorIndex"] = OrderedDict()
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Known:
    """Of how many of the documents that are searched the meaning is known, and how many have text."""

    documents: int = 0
    of: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is known of all."""
        return self.documents == self.of


def meaning_at_hand() -> bool:
    """Whether this installation can search by meaning at all."""
    return meaning.at_hand()


def known(inspection: Inspection, texts: Collection[str]) -> Known:
    """How far the programme has come with these documents of an inspection, each of which has text."""
    if not meaning.at_hand():
        return Known()
    done = written_ids(_learned(inspection), "document_id")
    return Known(sum(one in texts for (one,) in done), len(texts))


def _learned(inspection: Inspection) -> "QuerySet[DocumentMeaning]":
    return DocumentMeaning.objects.filter(model=meaning.NAME, document__inspection=inspection)


def near(
    inspection: Inspection, questions: Sequence[str], within: Collection[str], *, worthy: "Worthy | None" = None
) -> "list[Near]":  # fmt: skip
    """The pages of those documents alone that mean what was asked, the nearest first. Raises CannotUnseal.

    `questions` is what was asked, and after it the same in other words. Stretches that are not `worthy` of being shown
    are passed over.
    """
    index = _index_of(inspection)
    return index.nearest(meaning.the_model().vectors(questions), within, most=MOST_NEAR, worthy=worthy)


def _index_of(inspection: Inspection) -> "VectorIndex":
    from goldthread.engines.meaning.vectors import VectorIndex

    with _LOCK:
        index = _HELD.setdefault(inspection.pk, VectorIndex())
        _HELD.move_to_end(inspection.pk)
        while len(_HELD) > MOST_HELD:
            _HELD.popitem(last=False)
        rows = _learned(inspection).filter(document__reading=Reading.READ)
        rows = rows.exclude(document__status=Status.WITHDRAWN)
        wanted = dict(written_ids(rows, "document_id", "pk"))
        for gone in index.held.keys() - wanted.keys():
            index.drop(gone)
        new = [pk for document, pk in wanted.items() if index.held.get(document) != pk]
        for at in range(0, len(new), 100):
            for row in DocumentMeaning.objects.filter(pk__in=new[at : at + 100]):
                index.put(str(row.document_id), row.pk, holdings.meaning_of(row, inspection))
    return index
