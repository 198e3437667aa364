"""Checking a version: two people who did not write it, each blind to what the other says until both have said it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.drafting import known
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.reports import queries
from goldthread.apps.reports.actions.recognising import look_through
from goldthread.apps.reports.models import Report, ReportCheck, Sentence
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL

Status = lifecycle.Report


WORDS_OF_A_REASON = 3
"""The fewest words of a reason for which a report goes out in spite of something. Our own rule."""


class NoteNeeded(Refused):
    """The checker must say why, in the note."""


def require_words(because: str, what: str) -> None:
    """Raise NoteNeeded for a reason that is too short to be read as one. `what` is what is done to the report."""
    if len(because.split()) < WORDS_OF_A_REASON:
        raise NoteNeeded(
            f"Write the reason so that somebody else can follow it, in at least {WORDS_OF_A_REASON} words: the report "
            f"is {what} in spite of what is said on this page."
        )


def submit(*, report: Report, by: Actor, version: int | None = None) -> Report:
    """Send a version to be checked. Refused while a sentence names what could point to a child.

    It is looked through for whom the lists know first, and what that marks is kept even where it is refused.
    """
    _not_overtaken(report, version, by, Permission.REPORT_SUBMIT)
    look_through(report=report, by=by)
    return _submit(report, version, by)


@transaction.atomic
def _submit(report: Report, version: int | None, by: Actor) -> Report:
    report = fresh(report, version, by, Permission.REPORT_SUBMIT)
    require(by, Permission.REPORT_SUBMIT, report.target(changing=True))
    _require_nobody_named(report)
    require_standing(report)
    move(report, Status.SUBMITTED)
    report.submitted_by_id, report.submitted_at = by.id, timezone.now()
    report.save()
    journal(Events.REPORT_SUBMITTED, by=by, about=report, chain=report.inspection_id)
    return report


@transaction.atomic
def take_back(*, report: Report, by: Actor, version: int | None = None) -> Report:
    """Take a version back from its checkers to change it. What they have said of it so far counts no more."""
    report = fresh(report, version, by, Permission.REPORT_SUBMIT)
    if report.status != Status.SUBMITTED:
        raise Refused("Only a version that waits to be checked can be taken back.")
    _end_checks(report)
    move(report, Status.DRAFT)
    report.save()
    journal(Events.REPORT_TAKEN_BACK, by=by, about=report, chain=report.inspection_id)
    return report


def approve(*, report: Report, note: str, by: Actor, version: int | None = None) -> Report:
    """Pass a version as it stands. With the second who passes it, it is approved: its digest is kept, and only that
    may be published. Nobody checks their own, and nobody twice.

    A note is needed where something is marked and may stand all the same; where nothing is, it may be left out.
    """
    _not_overtaken(report, version, by, Permission.REPORT_CHECK)
    look_through(report=report, by=by)
    return _approve(report, note, version, by)


@transaction.atomic
def _approve(report: Report, note: str, version: int | None, by: Actor) -> Report:
    report = fresh(report, version, by, Permission.REPORT_CHECK)
    _may_check(report, by)
    lifecycle.require_move(Status, report.status, Status.APPROVED)
    _require_nobody_named(report)
    require_standing(report)
    if not note.strip() and (standing := queries.marked(report)):
        raise NoteNeeded(f"Something is marked: {'; '.join(standing)}. Say in the note why it may stand, or send the "
                         "report back.")  # fmt: skip
    return _given(report, note.strip(), by, passes=True)


@transaction.atomic
def send_back(*, report: Report, note: str, by: Actor, version: int | None = None) -> Report:
    """Ask for changes. A version that waits goes back once both checkers have said what they think; one that was
    approved already goes back at once."""
    report = fresh(report, version, by, Permission.REPORT_CHECK)
    _may_check(report, by)
    if not note.strip():
        raise NoteNeeded("Say what must change before you send the report back.")
    if queries.copy_of(report) is not None:
        raise Refused(
            f"The council has a copy of version {report.number} to check its facts, so it stays as it is. Make the "
            "next version from it, or have the lead inspector take the copy back first."
        )
    lifecycle.require_move(Status, report.status, Status.RETURNED)
    if report.status == Status.APPROVED:
        _end_checks(report)
        _keep(report, note.strip(), by, passes=False, counts=False)
        return _settle(report, Status.RETURNED, note.strip(), by, Events.REPORT_SENT_BACK)
    return _given(report, note.strip(), by, passes=False)


def _given(report: Report, note: str, by: Actor, *, passes: bool) -> Report:
    """One check is in. The last of the two settles what becomes of the version; until then it waits."""
    others = list(queries.checks_that_count(report))
    if any(str(one.person_id) == by.id for one in others):
        raise Refused("You have checked this version. It waits for the other checker.")
    if others and queries.gathered(report.inspection, [by.id, *(str(one.person_id) for one in others)]):
        raise Refused(
            "One of the two checkers must not have gathered the evidence, and the other one has too. Ask somebody "
            "who took no part in fieldwork to check it."
        )
    ReportCheck.objects.filter(report=report, counts=True).exclude(pk__in=[one.pk for one in others]).update(
        counts=False
    )
    given = _keep(report, note, by, passes=passes, counts=True)
    checks = [*others, given]
    if len(checks) < queries.CHECKERS:
        journal(Events.REPORT_CHECKED, by=by, about=given, chain=report.inspection_id)
        return report
    if all(one.passes for one in checks):
        report.content_hash = given.content_hash
        return _settle(report, Status.APPROVED, note, by, Events.REPORT_APPROVED, digest=report.content_hash)
    asked = "\n".join(one.note for one in checks if not one.passes)
    _end_checks(report)
    return _settle(report, Status.RETURNED, asked, by, Events.REPORT_SENT_BACK)


def _keep(report: Report, note: str, by: Actor, *, passes: bool, counts: bool) -> ReportCheck:
    return ReportCheck.objects.create(
        report=report, person_id=by.id, passes=passes, note=note, counts=counts, at=timezone.now(),
        content_hash=queries.document(report).digest(),
    )  # fmt: skip


def _settle(report: Report, to: Status, note: str, by: Actor, event: Event, **more: str) -> Report:
    move(report, to)
    report.checked_by_id, report.checked_at, report.check_note = by.id, timezone.now(), note
    if to == Status.RETURNED:
        report.content_hash = ""
    report.save()
    journal(event, by=by, about=report, chain=report.inspection_id, **more)
    return report


def _end_checks(report: Report) -> None:
    report.checks.filter(counts=True).update(counts=False)


def _require_nobody_named(report: Report) -> None:
    if held := [one.says for one in queries.doubts_in_title(report) if one.blocks]:
        raise Refused(f"The title {held[0]}. Compose the next version under another title.")
    blocking = [line for line, held in queries.doubts_in(report) if any(one.blocks for one in held)]
    if blocking:
        many = len(blocking) > 1
        raise Refused(
            f"{len(blocking)} sentence{'s' if many else ''} could point to a child or quote the evidence. "
            f"{'They are' if many else 'It is'} marked on the report page; change {'them' if many else 'it'} first."
        )


def require_standing(report: Report) -> None:
    """No version goes on while a finding of it lost its evidence, or a finding or judgement was opened again."""
    lines = Sentence.objects.filter(section__report=report).exclude(judgement=None)
    require_unchallenged(report.inspection, set(lines.values_list("judgement_id", flat=True)))
    if shaky := queries.check_again(report):
        many = len(shaky) > 1
        raise Refused(
            f"{len(shaky)} sentence{'s rest' if many else ' rests'} on a finding or judgement that must be checked "
            f"again. {'They are' if many else 'It is'} marked on the page."
        )


def require_unchallenged(inspection: Inspection, resting: Iterable[UUID] = ()) -> None:
    """No report is composed, sent, passed or published while a challenge waits to what it says.

    That is every agreed judgement, and each of the judgements `resting` on which a sentence of it rests.
    """
    if waiting := findings.open_challenges(inspection, resting):
        names = {one.slug: one.short for one in known.framework(inspection.framework).areas} | {OVERALL: "Overall"}
        where = ", ".join(dict.fromkeys(names[one] for one in waiting))
        count = "A challenge to a judgement waits" if len(waiting) == 1 else f"{len(waiting)} challenges wait"
        raise Refused(
            f"{count} for an answer: {where}. The lead inspector or who proposed the judgement answers it on "
            "its page, or the quality-assurance manager closes it."
        )


def fresh(report: Report, version: int | None, by: Actor, permission: Permission) -> Report:
    """The version as it now is, locked. Raises Overtaken where that is not how the actor saw it."""
    report = Report.objects.select_for_update().select_related("inspection").get(pk=report.pk)
    require(by, permission, report.target())
    require_unchanged(report, version, about=report, chain=report.inspection_id)
    return report


@transaction.atomic
def _not_overtaken(report: Report, version: int | None, by: Actor, permission: Permission) -> None:
    fresh(report, version, by, permission)


def _may_check(report: Report, by: Actor) -> None:
    require(by, Permission.REPORT_CHECK, report.target())
    if by.id in (str(report.submitted_by_id), str(report.created_by_id)):
        raise Refused("Nobody checks their own report. Ask another checker.")


def move(report: Report, to: Status) -> None:
    """Move a version on, and count the move. Raises IllegalMove."""
    lifecycle.require_move(Status, report.status, to)
    looked_through = report.scanned_version == report.version
    report.status, report.version = to, report.version + 1
    if looked_through:
        # A move changes no word.
        report.scanned_version = report.version
