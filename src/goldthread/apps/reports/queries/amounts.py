"""Amounts in the sentences of a version that the evidence of their findings does not bear out."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from goldthread.apps.findings.models import Citation
from goldthread.apps.findings.queries.wary import shares_of
from goldthread.apps.reports.models import Report, Sentence
from goldthread.apps.reports.queries.versions import sections
from goldthread.domain.amounts import Borne, not_borne


def unborne(report: Report) -> list[tuple[Sentence, list[str]]]:
    """Sentences on a finding that state an amount which no current evidence cited for it bears, with the amounts."""
    lines = [
        line for one in sections(report) if one.kind != "about" for line in one.sentences.all() if line.finding_id
    ]  # fmt: skip
    held: dict[UUID, list[Borne]] = defaultdict(list)
    rows = Citation.objects.select_related("item").filter(
        finding__in={line.finding_id for line in lines}, stance="for", removed_at=None
    )
    for one in rows:
        if one.item.current:
            words = " ".join((one.item.title, one.item.summary, *_texts(one.item.detail)))
            held[one.finding_id].append(Borne(words, tuple(shares_of([one.item]))))
    found = [(line, not_borne(line.text, held[line.finding_id])) for line in lines if line.finding_id]
    return [(line, told) for line, told in found if told]


def _texts(held: Any) -> Iterator[str]:
    """The words in what an item keeps beside its summary, and its value where that is a share."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        if held.get("unit") == "%" and isinstance(held.get("value"), int | float):
            yield f"{held['value']:g}%, {held['value']:.0f}%"
        for one in held.values():
            yield from _texts(one)
    elif isinstance(held, list):
        for one in held:
            yield from _texts(one)
