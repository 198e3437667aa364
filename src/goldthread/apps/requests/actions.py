"""Asking the council for information, answering for it, and saying whether an answer will do.

Whatever is written here crosses the wall as it is written: whoever writes it is told so beforehand.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, sides_of
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.requests.models import InformationRequest, RequestTurn, Status
from goldthread.apps.requests.queries import answerers, asked_here, template, to_answer_with, words_of
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle

FIELDS = ("title", "says", "why", "due", "owner")
"""What is said of a request as it is asked, and can be changed."""

SETTLED: Mapping[Status, tuple[str, Event]] = {
    Status.SETTLED: ("settled", Events.REQUEST_SETTLED),
    Status.SENT_BACK: ("sent-back", Events.REQUEST_SENT_BACK),
    Status.WITHDRAWN: ("withdrawn", Events.REQUEST_WITHDRAWN),
    Status.ASKED: ("again", Events.REQUEST_ASKED_AGAIN),
}
"""What the team may make of a request: how that is written down, and what the journal calls it."""


@transaction.atomic
def ask(*, inspection: Inspection, client_key: UUID, by: Actor, **fields: Any) -> InformationRequest:
    """Ask the council for one thing. The same key twice gives the same request."""
    require(by, Permission.REQUEST_ASK, asked_here(inspection, by))
    if existing := InformationRequest.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    _sound(inspection, fields)
    if fields["due"] < timezone.localdate():
        raise Refused("The day on which it is due is over. Choose today or a later day.")
    made = _make(inspection, by, client_key=client_key, **{name: fields[name] for name in FIELDS})
    journal(Events.REQUEST_ASKED, by=by, about=made, chain=inspection.pk, side=Side.TEAM)
    return made


@transaction.atomic
def ask_from_template(*, inspection: Inspection, refs: Sequence[str], by: Actor) -> list[InformationRequest]:
    """Ask for those of the framework's list that are chosen, in one act. What was asked for already stays as it is.

    Raises Refused where nothing was chosen, or something that the framework does not ask for.
    """
    require(by, Permission.REQUEST_ASK, asked_here(inspection, by))
    offered = {one.request.ref: one for one in template(inspection, timezone.localdate())}
    if not refs:
        raise Refused("Choose at least one thing to ask for.")
    if strange := [ref for ref in refs if ref not in offered]:
        raise Refused(f"The framework asks for nothing under {', '.join(strange)}.")
    # The inspection is locked, so that two who press at once ask for each thing once.
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    held = set(InformationRequest.objects.filter(inspection=inspection).values_list("ref", flat=True))
    made = [
        _make(
            inspection, by, client_key=uuid4(), ref=ref, title=offered[ref].request.title[:160],
            says=offered[ref].request.says, why="", due=offered[ref].due, owner=None,
        )
        for ref in offered if ref in refs and ref not in held
    ]  # fmt: skip
    if made:
        journal(
            Events.REQUESTS_ASKED, by=by, about=inspection, chain=inspection.pk, count=len(made),
            refs=[one.ref for one in made],
        )  # fmt: skip
    return made


@transaction.atomic
def change(*, request: InformationRequest, version: int, by: Actor, **fields: Any) -> InformationRequest:
    """Change what is asked for. Raises Clash where it was changed meanwhile, Refused where it is over."""
    request = _fresh(request)
    require(by, Permission.REQUEST_ASK, request.target())
    _sound(request.inspection, fields)
    theirs, was = words_of(request), request.due
    for name in FIELDS:
        setattr(request, name, fields[name])
    require_version(request.version, version, theirs=theirs, yours=words_of(request), about=request)
    if request.status in (Status.SETTLED, Status.WITHDRAWN):
        raise Refused("This request is over. Ask again first, with what is still wanted.")
    request.version += 1
    request.save()
    _say(request, "changed", f"Due {request.due:%-d %B %Y}, before {was:%-d %B %Y}" if request.due != was else "", by)
    journal(Events.REQUEST_CHANGED, by=by, about=request, chain=request.inspection_id, side=Side.TEAM)
    return request


@transaction.atomic
def take_on(*, request: InformationRequest, owner: Person | None, version: int, by: Actor) -> InformationRequest:
    """Say for the council that it is seen, and who answers. Raises Overtaken where it was changed meanwhile."""
    request = _fresh(request)
    require(by, Permission.REQUEST_ANSWER, request.target())
    require_unchanged(request, version, about=request, chain=request.inspection_id)
    _of_the_council(request.inspection, owner)
    if request.status == Status.ASKED:
        lifecycle.require_move(Status, request.status, Status.SEEN)
        request.status = Status.SEEN
    elif not request.waiting:
        raise Refused("This request waits for nobody of the council now.")
    request.owner, request.version = owner, request.version + 1
    request.save(update_fields=["owner", "status", "version"])
    _say(request, "seen", f"{owner.name} answers" if owner else "", by)
    journal(Events.REQUEST_SEEN, by=by, about=request, chain=request.inspection_id, side=Side.AUTHORITY)
    return request


@transaction.atomic
def answer(
    *, request: InformationRequest, says: str, submission: Submission | None, version: int, by: Actor
) -> InformationRequest:  # fmt: skip
    """Answer for the council, with words, and the hand-in that holds it where there is one."""
    request = _fresh(request)
    require(by, Permission.REQUEST_ANSWER, request.target())
    require_unchanged(request, version, about=request, chain=request.inspection_id)
    if not says.strip():
        raise Refused("Write what you sent and how, or why it cannot be had.")
    if submission is not None and submission not in to_answer_with(by, request.inspection):
        raise Refused("Choose something that you have handed over. Hand it over first, then answer.")
    if submission is not None:
        request.submission = submission
    request.first_answered_at = request.first_answered_at or timezone.now()
    return _move(request, Status.ANSWERED, "answer", says, Events.REQUEST_ANSWERED, by, Side.AUTHORITY)


@transaction.atomic
def settle(*, request: InformationRequest, to: str, because: str, version: int, by: Actor) -> InformationRequest:
    """Say what becomes of a request: it is settled, sent back, withdrawn or asked again. Always with a reason."""
    request = _fresh(request)
    require(by, Permission.REQUEST_ASK, request.target())
    require_unchanged(request, version, about=request, chain=request.inspection_id)
    try:
        status = Status(to)
        kind, event = SETTLED[status]
    except (ValueError, KeyError):
        raise Refused("Choose what becomes of it.") from None
    if lifecycle.require_move(Status, request.status, status).needs_reason and not because.strip():
        raise Refused("Say why: the council reads it, and it stays with the request.")
    return _move(request, status, kind, because, event, by, Side.TEAM)


@transaction.atomic
def record_export(*, part: OwnPart, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the list of requests out of the house."""
    require(by, Permission.REQUEST_READ, part.target())
    inspection = part.inspection
    of_council = sides_of(inspection, by) == {Side.AUTHORITY}
    journal(
        Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what="requests for information", form=form,
        rows=rows, side=Side.AUTHORITY if of_council else Side.TEAM,
    )  # fmt: skip


def _make(inspection: Inspection, by: Actor, **fields: Any) -> InformationRequest:
    last = InformationRequest.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = InformationRequest.objects.create(
        inspection=inspection, side=Side.TEAM, released_at=timezone.now(), number=last + 1,
        created_by_id=None if by.programme else by.id, **fields,
    )  # fmt: skip
    _say(made, "asked", "", by)
    return made


def _sound(inspection: Inspection, fields: Mapping[str, Any]) -> None:
    if not fields["title"].strip():
        raise Refused("Say what is asked for.")
    if fields["due"] < inspection.call_day:
        raise Refused(f"It cannot be due before the day of the call, {inspection.call_day:%-d %B %Y}.")
    _of_the_council(inspection, fields["owner"])


def _of_the_council(inspection: Inspection, owner: Person | None) -> None:
    if owner is not None and owner not in answerers(inspection):
        raise Refused(f"{owner.name} cannot answer for the council here. Choose somebody of the council's side.")


def _fresh(request: InformationRequest) -> InformationRequest:
    rows = InformationRequest.objects.select_for_update(of=("self",)).select_related("inspection", "owner")
    return rows.get(pk=request.pk)


def _move(
    request: InformationRequest, to: Status, kind: str, says: str, event: Event, by: Actor, side: Side
) -> InformationRequest:  # fmt: skip
    lifecycle.require_move(Status, request.status, to)
    was, request.status, request.version = request.status, to, request.version + 1
    request.save(update_fields=["status", "version", "first_answered_at", "submission"])
    _say(request, kind, says, by)
    journal(event, by=by, about=request, chain=request.inspection_id, side=side, was=str(was))
    return request


def _say(request: InformationRequest, kind: str, says: str, by: Actor) -> None:
    RequestTurn.objects.create(
        request=request, kind=kind, says=says.strip(), by_id=None if by.programme else by.id
    )  # fmt: skip
