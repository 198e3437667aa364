"""Passages on the shelf: chosen from a page, found again in a newer version, or said to be lost."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import holdings
from goldthread.apps.documents.desk import TeamDesk
from goldthread.apps.documents.models import Document, PageFromImage, Passage, Status
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.submissions import sealing
from goldthread.domain.anchoring import LEAST, MOST, Place, find_again

UNITS = {"page": "page", "part": "part", "sheet": "sheet"}


@transaction.atomic
def shelve_passage(
    *, document: Document, place: Place, why: str, areas: Sequence[str], client_key: UUID, by: Actor
) -> Passage:  # fmt: skip
    """Put a passage on the evidence shelf: the words that stand at that place, with what they show.

    The same key twice gives the same passage. Raises Refused where nothing stands there, or too much.
    """
    require(by, Permission.DOCUMENT_READ, document.target(changing=True))
    require(by, Permission.DOCUMENT_WORK, TeamDesk(document.inspection, by).target())
    rows = Passage.objects.filter(inspection=document.inspection)
    if existing := rows.filter(client_key=client_key).first():
        return existing
    document = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    if document.status != Status.SUBMITTED:
        raise Refused("Only the newest version of a document that the council has submitted can be cited.")
    quotation = _words_at(document, place)
    item = evidence.shelve(
        inspection=document.inspection, kind=EvidenceKind.DOCUMENT, title=_title(document, place), by=by,
        summary="\n\n".join(one for one in (f"“{quotation}”", _read_how(document, place.page), why.strip()) if one),
        areas=areas or document.areas,
        source_hash=document.sha256, about_from=document.about_from, about_to=document.about_to,
        detail={"document": document.mark, "page": place.page},
    )  # fmt: skip
    maker = None if by.programme else UUID(by.id)
    return _keep(document, place, quotation, item, client_key, maker)


def _words_at(document: Document, place: Place) -> str:
    pages = holdings.pages_of(document)
    if not 1 <= place.page <= len(pages):
        raise Refused("There is no such page in this document.")
    text = pages[place.page - 1].text
    quotation = text[max(0, place.start) : place.end].strip()
    if place.start >= place.end or len(quotation) < LEAST:
        raise Refused("Choose some words of the page: a sentence or two.")
    if len(quotation) > MOST:
        raise Refused(f"Choose fewer words: a passage has at most {MOST:,} characters, and this one {len(quotation):,}")
    return quotation


def _read_how(document: Document, page: int) -> str:
    """Said of words that a machine read from a picture, wherever they are cited."""
    row = PageFromImage.objects.filter(document=document, page=page, characters__gt=0).first()
    if row is None:
        return ""
    unsure = f"; {row.unsure} words of the page are unsure" if row.unsure else ""
    return f"Read from an image, {row.sure} in a hundred sure{unsure}: compare it with the picture of the page."


def _title(document: Document, place: Place) -> str:
    where = f", {UNITS[document.unit]} {place.page}"
    return f"{document.title[: 190 - len(where)]}{where}"


def _keep(
    document: Document, place: Place, quotation: str, item: EvidenceItem, client_key: UUID, maker: UUID | None
) -> Passage:  # fmt: skip
    made = Passage(
        inspection=document.inspection, side=Side.TEAM, document=document, page=place.page, start=place.start,
        end=place.end, evidence_item=item, client_key=client_key, created_by_id=maker,
    )  # fmt: skip
    made.words = sealing.seal(document.inspection, quotation.encode(), purpose=f"passage:{made.pk}")
    made.save()
    return made


def words_of(passage: Passage) -> str:
    """The quotation. Raises CannotUnseal."""
    return sealing.unseal(passage.inspection, bytes(passage.words), purpose=f"passage:{passage.pk}").decode()


@transaction.atomic
def anchor_again(*, old: Document, new: Document, by: Actor) -> tuple[int, int]:
    """Find what was cited of an old version again in the new one by its words: how many were found, how many not.

    What is not found is superseded on the shelf, so that every finding that leans on it is marked *check again*.
    Asked by the action that submits the new version.
    """
    passages = Passage.objects.filter(document=old, status="current").select_related("evidence_item", "inspection")
    pages = [page.text for page in holdings.pages_of(new)] if passages else []
    found = lost = 0
    for passage in passages:
        words = words_of(passage)
        place = find_again(words, pages, Place(passage.page, passage.start, passage.end))
        passage.status, passage.version = ("moved" if place else "lost"), passage.version + 1
        passage.save(update_fields=["status", "version"])
        if place is None:
            evidence.supersede(item=passage.evidence_item, new=None, by=PROGRAMME)
            lost += 1
            continue
        item = evidence.anchor(
            item=passage.evidence_item, source_hash=new.sha256, title=_title(new, place),
            detail={"document": new.mark, "page": place.page}, by=PROGRAMME,
        )  # fmt: skip
        quotation = pages[place.page - 1][place.start : place.end]
        _keep(new, place, quotation, item, uuid4(), passage.created_by_id)
        found += 1
    return found, lost


@transaction.atomic
def lose_passages(*, document: Document, because: str, by: Actor) -> int:
    """Withdraw what was cited of a document that is taken back, and say how many items. Asked by that action."""
    passages = Passage.objects.filter(document=document, status="current").select_related("evidence_item")
    for passage in passages:
        passage.status, passage.version = "lost", passage.version + 1
        passage.save(update_fields=["status", "version"])
        if passage.evidence_item.current:
            evidence.withdraw(item=passage.evidence_item, because=because[:300], by=PROGRAMME)
    return len(passages)
