"""Keeping what the programme works out of documents beside reading: what they mean, and which are nearly the same."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import holdings
from goldthread.apps.documents.models import Document, DocumentMeaning, DocumentText, NearCopy, Status


@transaction.atomic
def keep_meaning(*, document: Document, model: str, stretches: int, packed: bytes, by: Actor) -> bool:
    """Keep a document's vectors, sealed, in the place of those of an older model; False where it was taken back.

    It is the programme's alone, and nothing that anybody did: the journal says that the document was read in.
    """
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    if row.status == Status.WITHDRAWN:
        return False
    DocumentMeaning.objects.filter(document=row).delete()
    DocumentMeaning.objects.create(
        document=row, model=model, stretches=stretches, sealed=holdings.sealed_meaning(row, packed)
    )
    return True


@transaction.atomic
def keep_likeness(*, document: Document, sketch: tuple[int, ...], like: Mapping[UUID, int], by: Actor) -> None:
    """Keep what a document is compared by, sealed, and which earlier ones it is like, in hundredths.

    It is the programme's alone, and nothing that anybody did.
    """
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    kept = holdings.sealed_sketch(row, sketch)
    DocumentText.objects.filter(document=row).update(sketch=kept)
    NearCopy.objects.bulk_create(
        [NearCopy(later=row, earlier_id=other, percent=percent) for other, percent in like.items()],
        ignore_conflicts=True,
    )
