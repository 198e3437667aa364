"""Documents in the world: one in each state, and words in all that anybody can write of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from goldthread.apps.documents import actions, learner, worker
from goldthread.apps.documents.models import Document
from goldthread.domain.anchoring import Place as At
from tests.submissions_story import Held

if TYPE_CHECKING:
    from tests.world import Place


ALIKE = " ".join(f"On visit {number} every child is seen alone, and a manager reads why not." for number in range(12))


def documents(place: Place) -> None:
    """The uploader's in each state, one of another uploader, and what the team noted, tagged and cited."""
    handed = _sent(place, "uploader", "handed-over")
    _submit(place, handed)
    new = _sent(place, "uploader", "handed-over", replaces=_fresh(handed))
    _submit(place, new)
    gone = _sent(place, "uploader", "handed-over")
    _submit(place, gone)
    actions.withdraw(
        document=_fresh(gone), because=place.say("handed-over", "why a document was taken back"),
        version=_fresh(gone).version, by=place["nominated-officer"],
    )  # fmt: skip
    states = {
        "submitted": new, "superseded": handed, "taken back": gone, "staged": _sent(place, "uploader", "staged"),
        "staged by another": _sent(place, "uploader-2", "staged-by-another"),
        "refused": _sent(place, "uploader", "staged", data=b"%PDF-1.7 hardly begun", ending="pdf"),
    }  # fmt: skip
    _worked(place, _fresh(new))
    chosen = actions.choose(
        document=states["staged"], passages=["of a document about"], areas=[], client_key=uuid4(), by=place["uploader"]
    )
    place.note("redaction", "chosen", document=chosen.document_id, redaction=chosen.pk)
    learner.learn_all()
    for state, row in states.items():
        place.note("document", state, document=row.pk)


def _sent(place: Place, by: str, klass: str, *, data: bytes = b"", ending: str = "txt", **more: Any) -> Document:
    name = place.canaries.plant(klass, "name of a document", place.name)
    # Most of it is alike in all of them, so that each is nearly the same as every other.
    text = f"{place.say(klass, 'word of a document')}. It is the text of a document about children. {ALIKE}"
    about = actions.About("minutes", date(2026, 1, 1), date(2026, 3, 31), ("help-and-protection",))
    with Held(data or text.encode()) as upload:
        row = actions.receive(
            inspection=place.inspection, upload=upload, label=f"{name}.{ending}", about=about, client_key=uuid4(),
            by=place[by], **more,
        ).document  # fmt: skip
    worker.read_all()
    return _fresh(row)


def _submit(place: Place, row: Document) -> None:
    actions.submit(inspection=place.inspection, documents=[(row, row.version)], by=place["nominated-officer"])


def _worked(place: Place, row: Document) -> None:
    inspector = place["inspector"]
    actions.note(document=row, says=place.say("team", "a note on a document"), page=1, client_key=uuid4(), by=inspector)
    actions.tag(document=row, tag=place.canaries.plant("team", "a tag on a document", place.name), by=inspector)
    actions.mark_read(document=row, read=True, by=inspector)
    actions.shelve_passage(
        document=row, place=At(1, 0, 20), why=place.say("team", "what a passage shows"), areas=[], client_key=uuid4(),
        by=inspector,
    )  # fmt: skip


def _fresh(row: Document) -> Document:
    return Document.objects.select_related("inspection").get(pk=row.pk)
