"""Demonstration: the council's documents. Most are submitted and partly read, two wait on the council's side, one could
not be read; two are scans, whose text the worker reads from their pictures after the start. Passages are cited. All of
it is invented."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import actions, holdings, learner, worker
from goldthread.apps.documents.models import Document
from goldthread.apps.drafting import known
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.models import Finding
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.requests.models import InformationRequest
from goldthread.domain.anchoring import Place, find
from goldthread.synthetic.corpus import make_corpus
from goldthread.synthetic.documents import make_documents
from goldthread.synthetic.scans import make_scans

DOCUMENTS, STAGED = 12, 2
CITED = (
    ("Managers write down why each decision was made", "What is expected of managers, in the council's own words."),
    ("Every child is seen alone", "The standard that visits are held to."),
    ("Parents said that the reasons", "The council has heard this from parents itself."),
)
"""The beginnings of sentences that inspectors have chosen, and what they show."""


def documents(
    inspection: Inspection, actors: dict[str, Actor], *, count: int = DOCUMENTS, more: int = 0
) -> list[Document]:
    """Upload so many, have them read, submit most; then the team reads, tags, notes and cites.

    `more` are how many are sent and submitted beyond these, as the council of a whole inspection sends them.
    """
    uploader, officer = actors["uploader@demo.example"], actors["officer@demo.example"]
    areas = [area.slug for area in known.framework(inspection.framework).areas]
    asked = InformationRequest.objects.filter(inspection=inspection).exclude(status="withdrawn").first()
    sent = []
    for number, made in enumerate(make_documents(count, until=inspection.call_day)):
        area = made.area if made.area in areas else areas[number % len(areas)]
        about = actions.About(made.kind, made.about_from, made.about_to, (area,), asked if number == 0 else None)
        # A request is the nominated officer's to answer where nobody else was named.
        by = officer if number == 0 else uploader
        sent.append(send(inspection, made.name, made.data, about, by))
    _nearly_the_same(inspection, count, uploader)
    send(inspection, "Minutes, cut short.pdf", b"%PDF-1.7\nhardly begun", actions.About("minutes"), uploader)
    for made in make_scans(inspection.call_day):
        about = actions.About(made.kind, made.about_from, made.about_to, (areas[0],))
        sent.append(send(inspection, made.name, made.data, about, uploader))
    whole = _library(inspection, more, areas, uploader)
    worker.read_all()
    learner.learn_all()
    fresh = list(Document.objects.filter(pk__in=[one.pk for one in (*sent, *whole)]).order_by("number"))
    # The first come first; what waits on the council's side is of the last but the scans, which the team has too.
    staged = {one.pk for one in sent if one.number > count - STAGED}
    ready = [one for one in fresh if one.ready and (one.picture_pages or one.pk not in staged)]
    actions.submit(inspection=inspection, documents=[(one, one.version) for one in ready], by=officer)
    library = list(Document.objects.filter(pk__in=[one.pk for one in ready]).order_by("number"))
    _work(inspection, library, actors)
    return library


def _library(inspection: Inspection, count: int, areas: list[str], by: Actor) -> list[Document]:
    """What a council sends in the course of a whole inspection: policies, minutes, reports and scans."""
    if not count:
        return []
    sent = []
    for number, made in enumerate(make_corpus(count, until=inspection.call_day)):
        area = made.area if made.area in areas else areas[number % len(areas)]
        about = actions.About(made.kind, made.about_from, made.about_to, (area,))
        sent.append(send(inspection, made.name, made.data, about, by))
    return sent


def _nearly_the_same(inspection: Inspection, count: int, uploader: Actor) -> None:
    """A text that was sent once more with one word changed: the uploader is told of it, and of what differs."""
    text = next((one for one in make_documents(count, until=inspection.call_day) if one.name.endswith(".txt")), None)
    if text is not None:
        about = actions.About(text.kind, text.about_from, text.about_to)
        again = text.data.replace(b" is ", b" was ", 1)
        send(inspection, text.name.replace(".txt", ", as agreed.txt"), again, about, uploader)


def send(inspection: Inspection, name: str, data: bytes, about: actions.About, by: Actor) -> Document:
    """Upload one file as somebody would, from memory alone."""
    with _held(data) as upload:
        return actions.receive(
            inspection=inspection, upload=upload, label=name, about=about, client_key=uuid4(), by=by
        ).document


@contextmanager
def _held(data: bytes) -> Iterator[Any]:
    with os.fdopen(os.memfd_create("document"), "w+b") as held:
        held.write(data)
        held.flush()
        path = f"/proc/{os.getpid()}/fd/{held.fileno()}"
        yield SimpleNamespace(size=len(data), too_large=False, memory_path=lambda: path)


def _work(inspection: Inspection, library: list[Document], actors: dict[str, Actor]) -> None:
    readers = [actors[f"{name}@demo.example"] for name in ("inspector", "inspector2", "lead")]
    for number, document in enumerate(library[:6]):
        by = readers[number % len(readers)]
        actions.mark_read(document=document, read=True, by=by)
        if number % 2 == 0:
            actions.tag(document=document, tag=("ask in interviews", "key document")[number // 2 % 2], by=by)
    if library:
        says = "Ask team managers how they keep to this when they are away."
        actions.note(document=library[0], says=says, page=1, client_key=uuid4(), by=readers[0])
    finding = Finding.objects.filter(inspection=inspection, status="draft").order_by("created_at").first()
    for words, why in CITED:
        passage = _cite(library, words, why, readers[0])
        if passage is not None and finding is not None:
            findings.cite(
                finding=finding, item=passage.evidence_item, stance="for", why="The council's own words", by=readers[0]
            )  # fmt: skip
            finding = None


def _cite(library: list[Document], words: str, why: str, by: Actor) -> Any:
    """The whole sentence that begins with these words, from the first document in which it stands."""
    for document in library:
        for number, page in enumerate(holdings.pages_of(document), 1):
            span = find(words, page.text)
            if span is not None:
                end = page.text.find(".", span[1])
                place = Place(number, span[0], end + 1 if end > 0 else span[1])
                return actions.shelve_passage(
                    document=document, place=place, why=why, areas=[], client_key=uuid4(), by=by
                )
    return None
