"""Editions of a report: begun from its points, written by people, checked against it, published beside it."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.journal.queries import entries
from goldthread.apps.reports import queries
from goldthread.apps.reports.actions.checking import NoteNeeded
from goldthread.apps.reports.actions.recognising import look_through_edition
from goldthread.apps.reports.models import Edition, EditionPoint, Publication, PublishedEdition, Report
from goldthread.apps.reports.points import Point, Written, first_words
from goldthread.apps.reports.rendering import easy
from goldthread.domain import lifecycle
from goldthread.domain.easy import FORMS, LANGUAGES
from goldthread.domain.surveys.pictures import PICTURES


@transaction.atomic
def make_edition(
    *, report: Report, form: str, language: str, title: str, client_key: UUID, by: Actor,
    based_on: Edition | None = None,
) -> Edition:  # fmt: skip
    """Begin an edition of an approved or published version: a first wording of every point, to be written plainer.

    With `based_on` it begins with what another edition says of the same points: of an earlier version, or in another
    language. The same key is once. Raises Refused where that form and language are there already.
    """
    require(by, Permission.REPORT_WRITE, report.target())
    if existing := Edition.objects.filter(inspection=report.inspection, client_key=client_key).first():
        return existing
    if form not in list(FORMS) or language not in LANGUAGES:
        raise Refused("Choose for whom the edition is, and its language.")
    report = Report.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=report.pk)
    if report.status not in queries.ENDED:
        raise Refused("An edition tells what the full report says. Have this version approved first.")
    if Edition.objects.filter(report=report, form=form, language=language).exists():
        raise Refused("There is such an edition of this version already. Change that one.")
    if based_on is not None and based_on.inspection_id != report.inspection_id:
        raise Refused("Choose an edition of this inspection's report.")
    edition = Edition.objects.create(
        inspection=report.inspection, report=report, form=form, language=language, title=title.strip(),
        client_key=client_key, side=Side.TEAM, created_by_id=None if by.programme else by.id,
        headings=based_on.headings if based_on is not None and based_on.language == language else {},
    )  # fmt: skip
    told = {one.key: one for one in queries.written(based_on)} if based_on is not None else {}
    held = queries.points(report)
    _keep(edition, held, [told.get(one.key) or first_words(one) for one in held])
    journal(Events.EDITION_MADE, by=by, about=edition, chain=edition.inspection_id, points=len(held))
    return edition


@transaction.atomic
def change_edition(
    *, edition: Edition, title: str, points: Mapping[str, Written], headings: Mapping[str, str], native_reader: str,
    version: int, by: Actor,
) -> Edition:  # fmt: skip
    """Say every point anew. A point with neither words nor a reason is simply not told, and keeps the edition back.

    Raises Clash where it was changed meanwhile, Refused once it is no draft, for a point that the full report does
    not have, for a symbol that there is not, and for a point that is both told and left out.
    """
    require(by, Permission.REPORT_WRITE, edition.target())
    edition = _locked(edition)
    held = queries.points(edition.report)
    yours = [_cleaned(points[one.key]) for one in held if one.key in points]
    require_version(
        edition.version, version, theirs={"text": _as_text(queries.written(edition))},
        yours={"text": _as_text(yours)}, about=edition,
    )  # fmt: skip
    require(by, Permission.REPORT_WRITE, edition.target(changing=True))
    if set(points) - {one.key for one in held}:
        raise Refused("An edition may only tell what its full report says: one of these points is not in it.")
    for one in yours:
        _sound(one)
    if not title.strip():
        raise Refused("Give the edition a title.")
    edition.points.all().delete()
    _keep(edition, held, yours)
    edition.title, edition.native_reader = title.strip(), native_reader.strip()
    edition.headings = {part: words.strip() for part, words in headings.items() if words.strip()}
    edition.recognised = {}
    edition.version += 1
    edition.save()
    journal(Events.EDITION_CHANGED, by=by, about=edition, chain=edition.inspection_id, points=len(yours))
    return edition


def submit_edition(*, edition: Edition, by: Actor, version: int | None = None) -> Edition:
    """Send an edition to be checked. Refused while it says what the full report does not, or leaves out in silence.

    It is looked through for whom the lists know first, and what that marks is kept even where it is refused.
    """
    _not_overtaken(edition, version, by, Permission.REPORT_SUBMIT)
    look_through_edition(edition=edition, by=by)
    return _submit(edition, version, by)


@transaction.atomic
def _submit(edition: Edition, version: int | None, by: Actor) -> Edition:
    edition = _fresh(edition, version, by, Permission.REPORT_SUBMIT)
    require(by, Permission.REPORT_SUBMIT, edition.target(changing=True))
    _require_nothing_wrong(edition)
    _move(edition, lifecycle.Edition.SUBMITTED)
    edition.submitted_by_id, edition.submitted_at = UUID(by.id), timezone.now()
    edition.save()
    journal(Events.EDITION_SUBMITTED, by=by, about=edition, chain=edition.inspection_id)
    return edition


def approve_edition(*, edition: Edition, note: str, by: Actor, version: int | None = None) -> Edition:
    """Approve an edition as it stands: its digest is kept, and only that may be published. Nobody checks their own.

    Raises NoteNeeded where something is left out, or marked, and the note does not say why it may stand.
    """
    _not_overtaken(edition, version, by, Permission.REPORT_CHECK)
    look_through_edition(edition=edition, by=by)
    return _approve(edition, note, version, by)


@transaction.atomic
def _approve(edition: Edition, note: str, version: int | None, by: Actor) -> Edition:
    edition = _to_check(edition, version, by)
    _require_nothing_wrong(edition)
    if not note.strip() and queries.to_be_said(edition):
        raise NoteNeeded("Something is marked below. Say in the note why it may stand, or send the edition back.")
    _checked(edition, lifecycle.Edition.APPROVED, note, by)
    edition.content_hash = queries.edition_document(edition).digest()
    edition.save()
    _told(Events.EDITION_APPROVED, edition, by, digest=edition.content_hash)
    return edition


@transaction.atomic
def send_edition_back(*, edition: Edition, note: str, by: Actor, version: int | None = None) -> Edition:
    """Send an edition back to its writers, with what must change."""
    edition = _to_check(edition, version, by)
    if not note.strip():
        raise NoteNeeded("Say what must change before you send the edition back.")
    _checked(edition, lifecycle.Edition.RETURNED, note, by)
    edition.content_hash = ""
    edition.save()
    _told(Events.EDITION_SENT_BACK, edition, by)
    return edition


@transaction.atomic
def publish_edition(*, edition: Edition, by: Actor, version: int | None = None) -> PublishedEdition:
    """Publish exactly what was approved, beside the full report, which must be published first. Twice is once."""
    require(by, Permission.REPORT_PUBLISH, edition.target())
    if existing := PublishedEdition.objects.filter(edition=edition).first():
        _not_by_another(edition, by)
        return existing
    edition = _fresh(edition, version, by, Permission.REPORT_PUBLISH)
    beside = Publication.objects.filter(report=edition.report).first()
    if beside is None:
        raise Refused("It stands beside the full report. Publish the full report first.")
    document = queries.edition_document(edition)
    if edition.status == lifecycle.Edition.APPROVED and document.digest() != edition.content_hash:
        raise Refused("Something changed after this edition was approved. Send it back to be checked again.")
    _move(edition, lifecycle.Edition.PUBLISHED)
    edition.save()
    files = {
        "pdf": easy.as_pdf(document), "word": easy.as_word(document), "odt": easy.as_open_document(document)
    }  # fmt: skip
    held = PublishedEdition.objects.create(
        edition=edition, publication=beside, slug=edition.slug, content=document.as_json(), **files,
        published_at=timezone.now(),
        sha256={"content": document.digest(), **{name: hashlib.sha256(one).hexdigest() for name, one in files.items()}},
    )  # fmt: skip
    _told(Events.EDITION_PUBLISHED, edition, by, **held.sha256)
    return held


def _not_by_another(edition: Edition, by: Actor) -> None:
    """Two who publish at once: the first has, and the second is told so in plain words."""
    found = entries(edition.inspection_id).filter(event=Events.EDITION_PUBLISHED.code, about_id=str(edition.pk))
    told = found.first()
    if told is not None and told.by_id != by.id:
        when = f"{timezone.localtime(told.at):%-d %B %Y, %H:%M}"
        raise Refused(f"{told.by_name} published this edition on {when}, so you have not published it again.")


def _keep(edition: Edition, held: list[Point], written: list[Written]) -> None:
    told = {one.key: one for one in written if one.text or one.because}
    EditionPoint.objects.bulk_create(
        EditionPoint(
            edition=edition, order=number, text=told[one.key].text, symbol=told[one.key].symbol,
            because=told[one.key].because, finding_id=one.finding_id, judgement_id=one.judgement_id,
        )
        for number, one in enumerate(held, 1) if one.key in told
    )  # fmt: skip


def _cleaned(one: Written) -> Written:
    return Written(one.key, one.text.strip(), one.symbol, one.because.strip())


def _sound(one: Written) -> None:
    if one.symbol and one.symbol not in PICTURES:
        raise Refused("Choose one of the symbols offered.")
    if one.text and one.because:
        raise Refused("A point is either told or left out. Empty its words, or empty the reason for leaving it out.")
    if len(one.because) > 500:
        raise Refused("Give the reason for leaving a point out in 500 characters or fewer.")


def _as_text(written: list[Written]) -> str:
    return "\n".join(one.text or f"({one.because})" for one in written if one.text or one.because)


def _require_nothing_wrong(edition: Edition) -> None:
    wrong = list(dict.fromkeys(one.says for one in queries.problems(edition) if one.blocks))
    if wrong:
        more = f" And {len(wrong) - 1} more, marked on the page." if len(wrong) > 1 else ""
        raise Refused(f"{wrong[0]}{more}")


def _locked(edition: Edition) -> Edition:
    rows = Edition.objects.select_for_update(of=("self",)).select_related("inspection", "report__inspection")
    return rows.get(pk=edition.pk)


def _fresh(edition: Edition, version: int | None, by: Actor, permission: Permission) -> Edition:
    edition = _locked(edition)
    require(by, permission, edition.target())
    require_unchanged(edition, version, about=edition, chain=edition.inspection_id)
    return edition


@transaction.atomic
def _not_overtaken(edition: Edition, version: int | None, by: Actor, permission: Permission) -> None:
    """Asked before a scan, which writes: whoever did not see the edition as it now is writes nothing."""
    _fresh(edition, version, by, permission)


def _to_check(edition: Edition, version: int | None, by: Actor) -> Edition:
    edition = _fresh(edition, version, by, Permission.REPORT_CHECK)
    if by.id in (str(edition.submitted_by_id), str(edition.created_by_id)):
        raise Refused("Nobody checks their own edition. Ask another checker.")
    return edition


def _checked(edition: Edition, to: lifecycle.Edition, note: str, by: Actor) -> None:
    _move(edition, to)
    edition.checked_by_id, edition.checked_at, edition.check_note = UUID(by.id), timezone.now(), note.strip()


def _move(edition: Edition, to: lifecycle.Edition) -> None:
    lifecycle.require_move(lifecycle.Edition, edition.status, to)
    edition.status, edition.version = to, edition.version + 1


def _told(event: Event, edition: Edition, by: Actor, **more: Any) -> None:
    journal(event, by=by, about=edition, chain=edition.inspection_id, **more)
