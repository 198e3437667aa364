"""Composing, changing and publishing a report."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.text import slugify

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.drafting import known
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.journal.queries import entries
from goldthread.apps.reports import composing, queries
from goldthread.apps.reports.actions.checking import (
    NoteNeeded,
    fresh,
    move,
    require_standing,
    require_unchallenged,
    require_words,
)
from goldthread.apps.reports.actions.embargo import require_ahead
from goldthread.apps.reports.document import Document
from goldthread.apps.reports.models import Publication, Report, Section, Sentence
from goldthread.apps.reports.rendering import open_document, pdf, word
from goldthread.domain import lifecycle

DRAWERS = {"pdf": pdf.render, "word": word.render, "odt": open_document.render}
"""What draws each file of a published report, by the name that it is kept under."""


PUBLISHING = (Events.REPORT_PUBLISHED.code, Events.REPORT_EMBARGOED.code)
"""The events by which a version was published, for everybody at once or under embargo."""


@transaction.atomic
def compose(
    *, inspection: Inspection, title: str, client_key: UUID, by: Actor, based_on: Report | None = None
) -> Report:  # fmt: skip
    """A new version, composed from agreed findings and judgements, or from what an earlier one says, sentence by
    sentence with its thread. Earlier versions stay as they are."""
    require(by, Permission.REPORT_WRITE, inspection.target(Side.TEAM))
    if existing := Report.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    if inspection.for_training:
        raise Refused("This is a training inspection. Its cases are invented, and it makes no report.")
    agreed = [composing.as_agreed(one.row) for one in findings.for_report(inspection, by)]
    judged = {one.area: composing.as_judged(one) for one in findings.agreed_judgements(inspection, by)}
    require_unchallenged(inspection)
    if not agreed and not judged:
        raise Refused("There is nothing to compose yet: agree at least one finding or judgement first.")
    last = Report.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    report = Report.objects.create(
        inspection=inspection, number=last + 1, title=title.strip(), client_key=client_key, side=Side.TEAM,
        created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    if based_on is None:
        _write_anew(report, agreed, judged, queries.about(inspection, by))
    else:
        _write_after(report, based_on)
    journal(
        Events.REPORT_COMPOSED, by=by, about=report, chain=inspection.pk, findings=len(agreed), judgements=len(judged)
    )
    return report


def _write_anew(
    report: Report, agreed: list[composing.Agreed], judged: dict[str, composing.Judged], facts: list[str]
) -> None:
    framework = known.framework(report.inspection.framework)
    for order, outline in enumerate(framework.report, 1):
        section = Section.objects.create(
            report=report,
            slug=outline.slug,
            title=outline.title,
            kind=outline.kind,
            area=outline.area or "",
            order=order,
        )
        written = composing.lines(outline, framework, agreed, judged, facts)
        Sentence.objects.bulk_create(
            Sentence(
                section=section, order=number, text=line.text, paragraph=line.paragraph,
                finding_id=line.finding_id, judgement_id=line.judgement_id,
            )
            for number, line in enumerate(written, 1)
        )  # fmt: skip


def _write_after(report: Report, earlier: Report) -> None:
    if earlier.inspection_id != report.inspection_id:
        raise Refused("Choose a version of this inspection's report.")
    for one in queries.sections(earlier):
        section = Section.objects.create(
            report=report, slug=one.slug, title=one.title, kind=one.kind, area=one.area, order=one.order
        )
        Sentence.objects.bulk_create(
            Sentence(
                section=section, order=line.order, text=line.text, paragraph=line.paragraph,
                finding_id=line.finding_id, judgement_id=line.judgement_id,
            )
            for line in one.sentences.all()
        )  # fmt: skip


@transaction.atomic
def change_section(*, section: Section, lines: list[dict[str, Any]], version: int, by: Actor) -> Section:
    """Replace the sentences of a section. Each line keeps its thread; a line with an empty text goes.

    `lines` are dicts of text, paragraph, finding_id and judgement_id. Raises Clash where it was changed meanwhile.
    """
    report = section.report
    require(by, Permission.REPORT_WRITE, report.target())
    section = Section.objects.select_for_update().get(pk=section.pk)
    theirs = "\n".join(section.sentences.values_list("text", flat=True))
    kept = [line for line in lines if str(line["text"]).strip()]
    yours = "\n".join(str(line["text"]).strip() for line in kept)
    require_version(section.version, version, theirs={"text": theirs}, yours={"text": yours})
    # After the version: a clash shows both texts, a refusal would show neither.
    require(by, Permission.REPORT_WRITE, report.target(changing=True))
    _require_known_tops(report.inspection, kept, by)
    section.sentences.all().delete()
    Sentence.objects.bulk_create(
        Sentence(
            section=section, order=number, text=str(line["text"]).strip(), paragraph=line.get("paragraph") or 1,
            finding_id=line.get("finding_id") or None, judgement_id=line.get("judgement_id") or None,
        )
        for number, line in enumerate(kept, 1)
    )  # fmt: skip
    section.version += 1
    section.save(update_fields=["version"])
    # Whoever sends the version to be checked must have seen it as it now is.
    Report.objects.filter(pk=report.pk).update(version=F("version") + 1)
    journal(
        Events.REPORT_CHANGED,
        by=by,
        about=report,
        chain=report.inspection_id,
        section=section.slug,
        sentences=len(kept),
    )
    return section


def _require_known_tops(inspection: Inspection, lines: list[dict[str, Any]], by: Actor) -> None:
    found = {one.row.pk for one in findings.for_report(inspection, by)}
    judged = {one.pk for one in findings.agreed_judgements(inspection, by)}
    for line in lines:
        if line.get("finding_id") and line["finding_id"] not in found:
            raise Refused("A sentence may only rest on an agreed finding of this inspection.")
        if line.get("judgement_id") and line["judgement_id"] not in judged:
            raise Refused("A sentence may only rest on an agreed judgement of this inspection.")


@transaction.atomic
def publish(
    *, report: Report, by: Actor, because: str = "", version: int | None = None, public_from: datetime | None = None
) -> Publication:  # fmt: skip
    """Publish the approved version: exactly what was approved, without any thread. The same report twice is once.

    With `public_from` it is made now and lies under embargo up to that moment: nobody but the team is served any of it.

    An inspection whose facts the authority is checking moves on to published, or does so after the moment. At any other
    stage a reason is needed, which the journal keeps. Raises NoteNeeded without one, Refused where somebody else has
    published it meanwhile, or where it was published with another moment.
    """
    require(by, Permission.REPORT_PUBLISH, report.target())
    if existing := Publication.objects.filter(report=report).first():
        _not_by_another(report, by)
        _not_at_another_time(existing, public_from)
        return existing
    report = fresh(report, version, by, Permission.REPORT_PUBLISH)
    _require_a_reason(report, because)
    if public_from is not None:
        require_ahead(public_from)
    forbids, passed_over = queries.in_the_way(report, timezone.localdate())
    if says := forbids or queries.urgent(report):
        raise Refused(says)
    require_standing(report)
    _require_notices(report)
    document = queries.document(report)
    if report.status == lifecycle.Report.APPROVED and document.digest() != report.content_hash:
        raise Refused(
            "A judgement or a figure changed after this version was approved. Send it back to be checked again."
        )
    move(report, lifecycle.Report.PUBLISHED)
    report.save()
    held = _made(report, document, public_from)
    told = {"slug": held.slug, "because": because.strip(), "passed_over": passed_over, **held.sha256}
    _tell(report, public_from, by, told)
    return held


def _require_a_reason(report: Report, because: str) -> None:
    """Before its time a report needs a reason, of some words."""
    if not (early := queries.before_its_time(report)):
        return
    if not because.strip():
        raise NoteNeeded(early)
    require_words(because, "published")


def _tell(report: Report, public_from: datetime | None, by: Actor, told: dict[str, str]) -> None:
    """The journal has it; and the inspection moves on, where everybody may read its report at once."""
    if public_from is not None:
        # What the council reads of its inspection must not tell that there is a report: it moves on with the moment.
        told = {**told, "until": public_from.isoformat()}
        journal(Events.REPORT_EMBARGOED, by=by, about=report, chain=report.inspection_id, **told)
        return
    journal(Events.REPORT_PUBLISHED, by=by, about=report, chain=report.inspection_id, **told)
    if report.inspection.status == lifecycle.Inspection.ACCURACY:
        inspections.move(inspection=report.inspection, to=lifecycle.Inspection.PUBLISHED, by=by)


def _made(report: Report, document: Document, public_from: datetime | None) -> Publication:
    """The publication with its files, drawn once from the document that was approved."""
    inspection, published_at = report.inspection, public_from or timezone.now()
    says = queries.imprint_of_file(report, None if public_from else published_at)
    files = {name: draw(document, draft=False, imprint=says) for name, draw in DRAWERS.items()}
    return Publication.objects.create(
        report=report, slug=_slug(report), title=document.title, authority=inspection.authority,
        framework=inspection.framework, synthetic=inspection.synthetic, content=document.as_json(), **files,
        sha256={"content": document.digest(), **_digests(files)}, published_at=published_at,
    )  # fmt: skip


def _not_at_another_time(held: Publication, public_from: datetime | None) -> None:
    """Whoever sends the form again with another moment is not told that this was heard."""
    if held.embargoed_at(timezone.now()) and public_from != held.published_at:
        raise Refused(
            f"This version is published already, under embargo until {queries.from_when(held)}. To change that, move "
            "or lift its embargo."
        )


def _require_notices(report: Report) -> None:
    """What is published is never changed in silence: a version that says otherwise needs a notice for each place."""
    if silent := queries.changed_in_silence(report):
        more = f", and {len(silent) - 1} more" if len(silent) > 1 else ""
        raise Refused(
            f"This version corrects what is published, and no notice says so of: {silent[0]}{more}. Write a correction "
            "notice on what is published, and have it checked, first."
        )


def _not_by_another(report: Report, by: Actor) -> None:
    """Two who publish at once: the first has, and the second is told so in plain words."""
    told = entries(report.inspection_id).filter(event__in=PUBLISHING, about_id=str(report.pk)).first()
    if told is not None and told.by_id != by.id:
        raise Refused(
            f"{told.by_name} published version {report.number} on {timezone.localtime(told.at):%-d %B %Y, %H:%M}, so "
            "you have not published it again."
        )


def _slug(report: Report) -> str:
    base = slugify(f"{report.inspection.authority} {report.inspection.fieldwork_to:%Y %m}")[:100]
    taken = set(Publication.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else f"{base}-{len(taken) + 1}"


def _digests(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}
