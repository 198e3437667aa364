"""The embargo of a published report: moved or lifted, and the copies that named people read before its moment.

Nothing is drawn again: what becomes everybody's at the moment are the bytes that were made when it was published.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.reports import queries
from goldthread.apps.reports.actions.checking import NoteNeeded, require_words
from goldthread.apps.reports.actions.council_copies import id_of
from goldthread.apps.reports.document import Document
from goldthread.apps.reports.models import PrePublicationCopy, Publication
from goldthread.domain import lifecycle
from goldthread.domain.embargo import EmbargoError, in_words, require_moment

Copy = lifecycle.PrePublicationCopy


class WrongMoment(Refused):
    """A moment was given that an embargo cannot have. The message is for the person who chose it."""


@transaction.atomic
def move_embargo(
    *, publication: Publication, to: datetime, because: str, by: Actor, version: int | None = None
) -> Publication:  # fmt: skip
    """Give an embargo another moment, sooner or later, which lies ahead, with the reason. Refused once it is over."""
    held = _fresh(publication, version, by)
    _require_embargo(held)
    require_ahead(to)
    if to == held.published_at and held.held_at is None:
        raise WrongMoment(f"The embargo ends at {in_words(to)} already. Choose another moment.")
    _require_reason(because, "Say why the embargo is moved. The journal keeps it.")
    let_go = _let_go(held, because)
    was, held.published_at = held.published_at, to
    _kept(held)
    told = {"was": was.isoformat(), "until": to.isoformat(), "because": because.strip(), **let_go}
    _told(Events.EMBARGO_MOVED, held, by, **told)
    return held


@transaction.atomic
def lift_embargo(*, publication: Publication, because: str, by: Actor, version: int | None = None) -> Publication:
    """End an embargo now, with the reason: from here everybody may read the report. Refused once it is over."""
    held = _fresh(publication, version, by)
    _require_embargo(held)
    _require_reason(because, "Say why the report is published now. The journal keeps it.")
    let_go = _let_go(held, because)
    was, held.published_at = held.published_at, timezone.now()
    _kept(held)
    _told(Events.EMBARGO_LIFTED, held, by, was=was.isoformat(), because=because.strip(), **let_go)
    inspection = held.report.inspection
    if inspection.status == lifecycle.Inspection.ACCURACY:
        inspections.move(inspection=inspection, to=lifecycle.Inspection.PUBLISHED, by=by)
    return held


@transaction.atomic
def give_pre_copy(
    *, publication: Publication, email: str, client_key: UUID, by: Actor, version: int | None = None
) -> PrePublicationCopy:  # fmt: skip
    """Let one named person of the authority read the report before its moment. The same key twice is one copy.

    `email` is of the account of somebody whose role here may read the council's copy. Raises Refused where nobody of
    that kind has it, where they have a copy already, and once the embargo is over.
    """
    inspection = publication.report.inspection
    require(by, Permission.REPORT_PUBLISH, publication.report.target())
    if existing := PrePublicationCopy.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    held = _fresh(publication, version, by)
    _require_embargo(held)
    if held.held_at is not None:
        raise Refused(f"The embargo is held: {held.held_because} Give it another moment first, then the copy.")
    readers = queries.early_readers(inspection)
    who = next((one.person for one in readers if one.person.email.lower() == email.strip().lower()), None)
    if who is None:
        raise Refused(
            "Nobody of the authority who may read the council's copy here has that e-mail address. Look at how it is "
            "written; if they take no part here yet, have them given a role as director or nominated officer first."
        )
    if PrePublicationCopy.objects.filter(publication=held, reader=who, status=Copy.OUT).exists():
        raise Refused(f"{who.name} has a copy already.")
    copy = PrePublicationCopy.objects.create(
        inspection=inspection, side=Side.TEAM, released_at=timezone.now(), publication=held, reader=who,
        client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    _kept(held)
    _told_of_copy(Events.PRE_COPY_GIVEN, copy, by, until=held.published_at.isoformat())
    return copy


@transaction.atomic
def take_pre_copy_back(
    *, publication: Publication, copy: UUID, because: str, by: Actor, version: int | None = None
) -> PrePublicationCopy:  # fmt: skip
    """Take one person's copy back, with the reason. Raises PrePublicationCopy.DoesNotExist for another report's."""
    publication = _fresh(publication, version, by)
    rows = PrePublicationCopy.objects.select_for_update(of=("self",))
    held = rows.select_related("publication__report", "reader", "inspection").get(pk=copy, publication=publication)
    _require_embargo(publication)
    lifecycle.require_move(Copy, held.status, Copy.TAKEN_BACK)
    _require_reason(because, "Say why the copy is taken back. The journal keeps it.")
    held.status, held.taken_back_at, held.version = Copy.TAKEN_BACK, timezone.now(), held.version + 1
    held.save(update_fields=["status", "taken_back_at", "version"])
    _kept(publication)
    _told_of_copy(Events.PRE_COPY_TAKEN_BACK, held, by, because=because.strip())
    return held


@transaction.atomic
def open_pre_copy(*, copy: PrePublicationCopy, by: Actor, form: str = "") -> Document:
    """The report for the reader of a copy, the journal saying first that they opened it, or took it out as a file.

    Raises Refused where it was taken back or has ended, also in the moment between the page and the press.
    """
    rows = PrePublicationCopy.objects.select_for_update(of=("self",))
    copy = rows.select_related("publication__report", "reader", "inspection").get(pk=copy.pk)
    require(by, Permission.ACCURACY_READ, copy.target())
    if ended := queries.ended_because(copy):
        raise Refused(ended)
    if form:
        _told_of_copy(Events.PRE_COPY_FILE, copy, by, form=form)
    else:
        _told_of_copy(Events.PRE_COPY_OPENED, copy, by)
    return queries.published_document(copy.publication)


def require_ahead(moment: datetime) -> None:
    """Raise WrongMoment, in words, where a moment cannot be one of an embargo."""
    try:
        require_moment(moment, timezone.now())
    except EmbargoError as error:
        raise WrongMoment(str(error)) from None


def _require_embargo(held: Publication) -> None:
    if not queries.under_embargo(held):
        raise Refused(
            f"Everybody may read the report since {in_words(held.published_at)}, so there is no embargo any more. It "
            "cannot be taken back; a mistake is put right by a correction notice."
        )


def _let_go(held: Publication, because: str) -> dict[str, str]:
    """Let a held report go, where it can be: for the journal, what it was held for. Refused while the team no longer
    holds what it says, or where what was accepted as wrong would go out without a reason of some words."""
    if held.held_at is None and not queries.not_in_it(held):
        return {}
    if held.held_at is not None and (why := queries.lets_not_go(held)):
        raise Refused(why)
    require_words(because, "let go")
    told = held.held_because or "An accepted comment is not in it."
    held.held_at, held.held_because = None, ""
    return {"held_because": told}


def _require_reason(because: str, says: str) -> None:
    if not because.strip():
        raise NoteNeeded(says)


def _fresh(publication: Publication, version: int | None, by: Actor) -> Publication:
    """The publication as it now is, locked. Raises Overtaken where that is not how the actor saw it."""
    rows = Publication.objects.select_for_update(of=("self",)).select_related("report__inspection")
    held = rows.get(pk=publication.pk)
    require(by, Permission.REPORT_PUBLISH, held.report.target())
    require_unchanged(held, version, about=held.report, chain=held.report.inspection_id)
    return held


def _kept(held: Publication) -> None:
    held.version += 1
    held.save(update_fields=["published_at", "held_at", "held_because", "version"])


def _told(event: Event, held: Publication, by: Actor, **more: str) -> None:
    journal(event, by=by, about=held.report, chain=held.report.inspection_id, side=Side.TEAM, **more)


def _told_of_copy(event: Event, copy: PrePublicationCopy, by: Actor, **more: str) -> None:
    # Always the team's: whoever of the authority reads its journal may have no copy, and learns of no embargo.
    journal(event, by=by, about=copy, chain=copy.inspection_id, side=Side.TEAM, **more)
