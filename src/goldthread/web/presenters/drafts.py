"""What the pages of own instruments and frameworks show: where a version stands, and a draft part by part."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from goldthread.apps.drafting import queries
from goldthread.domain.instrument import Condition, Instrument, Question, Section
from goldthread.domain.instrument_words import CHILDREN, KINDS
from goldthread.domain.instruments.drafts import Wrong
from goldthread.domain.scales import words_of


def own_part(request: HttpRequest, kind: str, slug: str) -> dict[str, Any]:
    """What the page of an instrument or framework says of it as an own one, and what its reader may do with it."""
    own = queries.version_of(kind, slug)
    return {
        "own": own, "own_earlier": queries.earlier(own) if own else None,
        "may_write": queries.may_write(request.actor),  # type: ignore[attr-defined]
        "copy_from": f"{reverse('draft_new')}?kind={kind}&copy_of={slug}",
    }  # fmt: skip


@dataclass(slots=True)
class Row:
    """One question of a draft, and what is wrong with it."""

    question: Question
    number: int
    kind: str
    answers: str
    only: tuple[str, ...]
    wrong: list[str]
    first: bool
    last: bool


@dataclass(slots=True)
class Part:
    """One section of a draft, its questions, and what is wrong with it."""

    section: Section
    only: tuple[str, ...]
    wrong: list[str]
    first: bool
    last: bool
    rows: list[Row] = field(default_factory=list)


def outline(of: Instrument, wrong: tuple[Wrong, ...]) -> list[Part]:
    """A draft as its page shows it, section by section."""
    parts, number = [], 0
    for at, (section, questions) in enumerate(of.on_page()):
        only = only_if(of, section.children, section.ask_if)
        told = [one.says for one in wrong if one.section == section.slug]
        part = Part(section, only, told, at == 0, at == len(of.sections) - 1)
        mine = [one for one in questions if one in of.questions]
        for place, one in enumerate(mine):
            number += 1
            part.rows.append(Row(
                one, number, KINDS[one.kind].partition(":")[0], one.answered_on.title,
                only_if(of, one.children, one.ask_if), [w.says for w in wrong if w.question == one.id],
                at == 0 and place == 0, part.last and place == len(mine) - 1,
            ))  # fmt: skip
        parts.append(part)
    return parts


def only_if(of: Instrument, children: tuple[str, ...], conditions: tuple[Condition, ...]) -> tuple[str, ...]:
    """For whom and after which answers something is asked; also where a condition names what is not there."""
    told = [f"For {', '.join(CHILDREN[slug][0] for slug in children)}."] if children else []
    return (*told, *(condition_words(of, one) for one in conditions))


def condition_words(of: Instrument, one: Condition) -> str:
    """A condition in words."""
    found = next((q for q in of.questions if q.id == one.question), None)
    after = f"“{found.text}”" if found else f"a question “{one.question}”, which is not there,"
    return f"Only if {after} is answered {' or '.join(words_of(answer).lower() for answer in one.answers)}."


def problems(draft: Any, wrong: tuple[Wrong, ...]) -> list[tuple[str, str]]:
    """What stands in the way of publishing, each with the address at which it is mended."""
    return [(one.says, _place(draft, one)) for one in wrong]


def _place(draft: Any, one: Wrong) -> str:
    here = reverse("draft", args=[draft.pk])
    if one.question:
        return f"{here}#q-{one.question}"
    return f"{here}#s-{one.section}" if one.section else ""
