"""Urgent concerns about a child that nobody has answered, as work of whoever may answer them."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.web.presenters import voices
from goldthread.web.presenters.task import Task, address


def in_files(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Those raised from a file, in every inspection: due on the day they were raised."""
    yield from map(_task, cases.open_concerns(actor))


def of_inspection(actor: Actor, inspection: Any) -> list[Task]:
    """Those of one inspection that the actor may answer, from files and from conversations."""
    here = [one for one in cases.open_concerns(actor) if one.inspection_id == inspection.pk]
    return [*map(_task, here), *voices.to_answer(actor, [], inspection)]


def _task(concern: Any) -> Task:
    says = f"Case {concern.case.number}, {concern.inspection.title}"
    where = address("concern_acknowledge", concern.inspection_id, concern.pk)
    return Task("Answer an urgent concern about a child", says, where, due=timezone.localdate(concern.created_at))
