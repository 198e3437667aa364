"""Correcting what is published: by a notice that says what was wrong, what is right and why, never by an edit."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.reports import queries
from goldthread.apps.reports.actions.checking import NoteNeeded
from goldthread.apps.reports.actions.recognising import look_through_words
from goldthread.apps.reports.models import CorrectionNotice, Publication
from goldthread.domain import lifecycle
from goldthread.domain.recognition import doubts

Status = lifecycle.CorrectionNotice


@transaction.atomic
def write_notice(
    *, publication: Publication, place: str, wrong: str, right: str, why: str, client_key: UUID, by: Actor
) -> CorrectionNotice:
    """Write a notice on one paragraph of a published report, to be checked by somebody else. The same key is once.

    `wrong` must be words of that paragraph, as everybody reads them; for a section as a whole, its table or chart, it
    says what is wrong there. Raises Refused where they do not stand there, or where somebody could be recognised.
    """
    inspection = publication.report.inspection
    require(by, Permission.REPORT_PUBLISH, publication.report.target())
    if existing := CorrectionNotice.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    where = queries.place_in(publication, place)
    if where is None:
        raise Refused("Choose the paragraph that is wrong.")
    told = {"wrong": " ".join(wrong.split()), "right": right.strip(), "why": why.strip()}
    if not all(told.values()):
        raise Refused("Say what is wrong, what is right, and why.")
    if where.words and told["wrong"] not in " ".join(where.words.split()):
        raise Refused("The published paragraph does not say these words. Copy them from it, letter for letter.")
    if told["wrong"] == told["right"]:
        raise Refused("What is right says the same as what is wrong.")
    said = {name: told[name] for name in ("right", "why")}
    found = look_through_words(about=publication.report, inspection=inspection, words=said, by=by)
    found += [one for text in said.values() for one in doubts(text)]
    if held := [one.says for one in found if one.blocks]:
        raise Refused(f"Everybody reads a notice, and this one {held[0]}. Say it without.")
    last = CorrectionNotice.objects.filter(publication=publication).aggregate(last=Max("number"))["last"] or 0
    notice = CorrectionNotice.objects.create(
        inspection=inspection, side=Side.TEAM, publication=publication, number=last + 1, place=str(where.place),
        label=where.label, client_key=client_key, created_by_id=None if by.programme else by.id, **told,
    )  # fmt: skip
    journal(Events.CORRECTION_WRITTEN, by=by, about=notice, chain=inspection.pk, place=notice.place)
    return notice


@transaction.atomic
def publish_notice(*, notice: CorrectionNotice, note: str, by: Actor, version: int | None = None) -> CorrectionNotice:
    """Pass a notice: from here it stands on the report's page and in its data. Nobody passes their own.

    Raises NoteNeeded where something of it could let somebody be recognised and the note does not say why it may stand.
    """
    notice = _to_check(notice, version, by)
    said = {"right": notice.right, "why": notice.why}
    found = look_through_words(about=notice, inspection=notice.inspection, words=said, by=by)
    marked = [one.says for one in (*found, *(one for text in said.values() for one in doubts(text)))]
    if marked and not note.strip():
        raise NoteNeeded(f"The notice {marked[0]}. Say in the note why it may stand.")
    _settle(notice, Status.PUBLISHED, note, by)
    notice.published_at = timezone.now()
    notice.save()
    journal(Events.CORRECTION_PUBLISHED, by=by, about=notice, chain=notice.inspection_id, place=notice.place)
    return notice


@transaction.atomic
def drop_notice(*, notice: CorrectionNotice, note: str, by: Actor, version: int | None = None) -> CorrectionNotice:
    """Say that a notice does not stand. It is kept, and nobody outside the team reads it."""
    notice = _to_check(notice, version, by)
    if not note.strip():
        raise NoteNeeded("Say why the notice does not stand.")
    _settle(notice, Status.DROPPED, note, by)
    notice.save()
    journal(Events.CORRECTION_DROPPED, by=by, about=notice, chain=notice.inspection_id, place=notice.place)
    return notice


def _to_check(notice: CorrectionNotice, version: int | None, by: Actor) -> CorrectionNotice:
    rows = CorrectionNotice.objects.select_for_update(of=("self",)).select_related("inspection", "publication")
    notice = rows.get(pk=notice.pk)
    require(by, Permission.REPORT_CHECK, notice.target())
    require_unchanged(notice, version, about=notice, chain=notice.inspection_id)
    if by.id == str(notice.created_by_id):
        raise Refused("Nobody checks their own notice. Ask another checker.")
    return notice


def _settle(notice: CorrectionNotice, to: lifecycle.CorrectionNotice, note: str, by: Actor) -> None:
    lifecycle.require_move(Status, notice.status, to)
    notice.status, notice.version = to, notice.version + 1
    notice.checked_by_id, notice.check_note = UUID(by.id), note.strip()
