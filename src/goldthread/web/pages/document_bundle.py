"""Documents to keep together: the files as they were sent, in a zip with an index of what they are."""

import io
import zipfile
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.documents import actions, queries
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.domain.document_kinds import KINDS
from goldthread.web.doors import door
from goldthread.web.exports import Cell, Table, as_xlsx
from goldthread.web.files import attachment, file_name
from goldthread.web.pages.library import choice_of
from goldthread.web.presenters import areas

COLUMNS = (
    "Mark", "File in this zip", "Title", "Kind", "Speaks of, from", "Speaks of, to", "Areas", "Answers", "Pages",
    "Bytes", "Submitted", "Receipt (SHA-256)", "Name as it was sent",
)  # fmt: skip


def bundle(request: HttpRequest, part: Any) -> HttpResponse:
    """Every document that the filters leave and the reader may see, with an index; the journal says so first."""
    actor, inspection, choice = part.actor, part.inspection, choice_of(request, part)
    rows = [one for one in queries.library(actor, inspection, choice) if one.ready and not one.withdrawn]
    held = actions.take_bundle(inspection=inspection, documents=rows, by=actor)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("Index.xlsx", as_xlsx(_index(inspection, rows)))
        for one, data in held:
            packed.writestr(_named(one), data)
    narrowed = [one for one in (choice.kind, choice.area, choice.year, choice.marked, choice.status) if one]
    name = file_name("documents", "zip", of=inspection, narrowed=narrowed)
    return attachment(out.getvalue(), "application/zip", name)


def _named(one: Any) -> str:
    """By its mark alone: a title could be a path, and a name is seen where its content is not."""
    return f"L{one.number}-version-{one.edition}.{one.ending}"


def _index(inspection: Any, rows: list[Any]) -> Table:
    shorts = areas.shorts(inspection)

    def line(one: Any) -> tuple[Cell, ...]:
        answers = f"{one.asked.mark}: {one.asked.title}" if one.asked else ""
        return (
            one.mark, _named(one), one.title, KINDS.get(one.kind, ""), one.about_from, one.about_to,
            ", ".join(shorts.get(slug, slug) for slug in one.areas), answers, one.pages, one.size,
            one.submitted_at.date() if one.submitted_at else None, one.sha256, one.label,
        )  # fmt: skip

    about = (("Inspection", inspection.title), ("Documents", f"{len(rows):,}"),
             ("Data", "Synthetic: no real child is in here" if inspection.synthetic else "Real"))  # fmt: skip
    return Table("Documents", COLUMNS, [line(one) for one in rows], about)


DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/documents/bundle/", bundle, "documents_export", needs=Permission.DOCUMENT_READ,
        to_change=Permission.DOCUMENT_READ, about=inspection_queries.own_part, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
