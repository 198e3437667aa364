"""The next step of an inspection, from setting it up to publishing its report, for whoever may take it.

Each function is given the actor and their inspections and yields tasks. Where a step waits for somebody else,
nothing is said to those who can only wait.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.programme import queries as programme
from goldthread.apps.reports import queries as reports
from goldthread.apps.submissions import data_queries
from goldthread.apps.submissions import queries as submissions
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL
from goldthread.web.presenters import areas
from goldthread.web.presenters.task import Task, address, may
from goldthread.web.presenters.timetable import PUBLIC

OVER = (
    lifecycle.Inspection.ACCURACY, lifecycle.Inspection.PUBLISHED, lifecycle.Inspection.CHALLENGE_WINDOW,
    lifecycle.Inspection.ARCHIVED,
)  # fmt: skip
"""Statuses in which nothing is brought in or drawn any more."""


def standing(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """An inspection whose status is behind its own dates, and a team that nobody has named yet."""
    today, status = timezone.localdate(), lifecycle.Inspection
    for inspection in mine:
        if not may(actor, Permission.INSPECTION_EDIT, inspection):
            continue
        people = inspections.current_members(inspection)
        if len(people) < 2:
            yield Task("Say who takes part", inspection.title, address("members", inspection.pk))
        elif not any(one.role == "nominated-officer" for one in people):
            says = f"{inspection.title}. Nobody can hand data over for the council until there is one"
            yield Task("Name the council's nominated officer", says, address("members", inspection.pk))
        late = {
            status.SET_UP: ("Record that the authority is told", inspection.call_day <= today),
            status.NOTIFIED: ("Record that fieldwork has begun", inspection.fieldwork_from <= today),
            # Nothing waits for the end of a programme of the council's own: it runs on, round by round.
            status.FIELDWORK: (
                "Record that fieldwork has ended",
                inspection.fieldwork_to < today and not inspection.of_the_council,
            ),
        }
        if reports.to_be_recorded(inspection):
            steps = (
                "" if inspection.status == status.ACCURACY else ". It stands at an earlier stage: move it on in steps"
            )
            says = f"{inspection.title}: everybody may read it{steps}"
            yield Task("Record that the report is published", says, address("inspection_move", inspection.pk))
        title, behind = late.get(status(inspection.status), ("", False))
        if behind:
            yield Task(title, inspection.title, address("inspection_move", inspection.pk))


def sampling(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Data to bring in or read, a sample to draw, drawn files that nobody has been given yet."""
    for inspection in mine:
        if may(actor, Permission.DRAW_MAKE, inspection) and inspection.status not in OVER:
            yield from _towards_a_draw(actor, inspection)
        if may(actor, Permission.CASE_ALLOCATE, inspection):
            free = cases.cases_of_inspection(inspection, actor, status=lifecycle.Case.DRAWN).count()
            if free:
                yield Task("Allocate drawn files", inspection.title, address("draws", inspection.pk), free)


def _towards_a_draw(actor: Actor, inspection: Any) -> Iterator[Task]:
    if cases.draws(inspection, actor).filter(status=lifecycle.Draw.DRAWN).exists():
        return
    latest = submissions.latest(inspection, actor)
    if latest is None:
        if not submissions.handed_in(actor, inspection).filter(status__in=_ON_ITS_WAY).exists():
            says = f"{inspection.title}. The council hands it over, or you bring it in yourself"
            yield Task("Bring in child-level data", says, address("submissions", inspection.pk))
        return
    if inspection.of_the_council or inspection.status == lifecycle.Inspection.MODERATION:
        # A programme's rounds ask for their own draws (`programme.drawing`), and after fieldwork nothing is drawn.
        return
    says = f"{inspection.title}: {latest.label}"
    yield Task("Read what was handed in", says, address("submission", inspection.pk, latest.pk))
    if cases.submissions_to_draw_from(inspection, actor):
        yield Task("Draw a sample", inspection.title, address("draw_new", inspection.pk))


_ON_ITS_WAY = (lifecycle.Submission.RECEIVED, lifecycle.Submission.READING)


def reviews(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Case reviews that others have still to finish, for the lead; those signed off, for whoever checks quality."""
    for inspection in mine:
        follows = may(actor, Permission.CASE_ALLOCATE, inspection)
        if not follows and not may(actor, Permission.CASE_REVIEW_GIVE_BACK, inspection):
            continue
        progress = cases.progress(inspection, actor)
        held = progress.by_status.get(lifecycle.Case.ALLOCATED, 0) + progress.by_status.get(lifecycle.Case.IN_REVIEW, 0)
        says = f"{inspection.title}. {progress.reviewed:,} of {progress.total:,} files reviewed"
        if follows and held:
            due = programme.first_due(inspection) or inspection.fieldwork_to
            yield Task("Follow the case reviews", says, address("cases", inspection.pk), held, due)
        # Nothing records who has read a review, so this stays until a report goes to be checked.
        elif not follows and progress.reviewed and not reports.under_way(inspection):
            where = address("cases", inspection.pk) + f"?status={lifecycle.Case.REVIEWED}"
            yield Task("Read the reviews that are signed off", says, where, progress.reviewed)


def writing(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Evidence on which nobody has written yet, my findings without evidence, and findings to look at again."""
    for inspection in mine:
        if not may(actor, Permission.FINDING_WRITE, inspection):
            continue
        where = address("findings", inspection.pk)
        everything = findings.findings(inspection, actor)
        if not everything and cases.progress(inspection, actor).reviewed:
            yield Task("Write findings from the reviews", inspection.title, where)
        for warning, title, own in (
            ("no-evidence", "Give your findings evidence", True),
            ("check-again", "Check findings again: evidence under them changed", False),
        ):
            held = [one for one in everything if not own or str(one.finding.owner_id) == actor.id]
            if inspection.status in PUBLIC:
                # Only what fell from under a published report is work on it, for then it needs a correction.
                fallen = {one.pk for one in findings.check_again(inspection)}
                held = [one for one in held if one.finding.pk in fallen]
            count = sum(any(one.code == warning for one in each.warnings) for each in held)
            if count:
                yield Task(title, inspection.title, f"{where}?warning={warning}", count)


def agreeing(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Draft findings with evidence enough to be agreed."""
    for inspection in mine:
        if not may(actor, Permission.FINDING_AGREE, inspection):
            continue
        drafts = findings.findings(inspection, actor, status=lifecycle.Finding.DRAFT)
        said = [one for one in drafts if one.finding.kind != "enquiry"]
        ready = [one for one in said if not any(w.code in ("no-evidence", "one-item") for w in one.warnings)]
        if ready:
            where = address("findings", inspection.pk) + f"?status={lifecycle.Finding.DRAFT}"
            yield Task("Agree findings", f"{inspection.title}. Drafts with evidence enough", where, len(ready))


def judging(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Areas to judge once the team has agreed a finding, proposals to agree, judgements to look at again."""
    for inspection in mine:
        proposes = may(actor, Permission.JUDGEMENT_PROPOSE, inspection)
        agrees = may(actor, Permission.JUDGEMENT_AGREE, inspection)
        assures = may(actor, Permission.JUDGEMENT_ASSURE, inspection)
        if not (proposes or agrees or assures) or not areas.framework_of(inspection).graded:
            continue
        rows, where = findings.area_standings(inspection, actor), address("judgements", inspection.pk)
        parts = [one for one in rows if one.slug != OVERALL]
        unjudged = [one for one in parts if not one.grade_title]
        # The whole is judged last, when every area has its grade.
        unjudged = unjudged or [one for one in rows if not one.grade_title]
        if proposes and unjudged and any(one.agreed for one in parts):
            says = f"{inspection.title}. Without a grade: {', '.join(one.short for one in unjudged)}"
            yield Task("Judge areas", says, where, len(unjudged))
        waiting = [one for one in rows if one.judgement and one.judgement.departure == lifecycle.Departure.WAITING]
        if assures and waiting:
            says = f"{inspection.title}. {', '.join(one.short for one in waiting)}"
            yield Task("Decide departures from a rule", says, where, len(waiting))
        if not agrees:
            continue
        proposed = [one for one in rows if one.judgement and one.judgement.status == lifecycle.Judgement.PROPOSED]
        if proposed:
            says = f"{inspection.title}. {', '.join(one.short for one in proposed)}"
            yield Task("Agree proposed judgements", says, where, len(proposed))
        standing = findings.area_standings(inspection, PROGRAMME) if inspection.status in PUBLIC else rows
        shaky = [one for one in standing if one.judgement and one.check_again]
        if shaky:
            yield Task("Check judgements again: what they rest on changed", inspection.title, where, len(shaky))


def challenged(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Challenges to answer, for the lead and who proposed the judgement; those answered, for quality assurance."""
    for inspection in mine:
        proposes = may(actor, Permission.JUDGEMENT_PROPOSE, inspection)
        agrees = may(actor, Permission.JUDGEMENT_AGREE, inspection)
        assures = may(actor, Permission.JUDGEMENT_ASSURE, inspection)
        if not (proposes or assures) or not areas.framework_of(inspection).graded:
            continue
        rows, names = findings.disputed(inspection, actor), areas.titles(inspection)
        for title, counts in (
            (
                "Answer a challenge to a judgement",
                {
                    one.judgement.area: sum(str(each.raised_by_id) != actor.id for each in one.open)
                    for one in rows
                    if proposes and (agrees or actor.id in one.judgement.proposers)
                },
            ),
            ("Close a challenge that was answered", {one.judgement.area: one.answered for one in rows if assures}),
        ):
            if held := {area: count for area, count in counts.items() if count}:
                where = address("judgement", inspection.pk, next(iter(held)))
                says = f"{inspection.title}. {', '.join(names[area] for area in held)}"
                yield Task(title, says, where, sum(held.values()))


def reporting(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Reports that wait for my check; to compose, to send, that came back, or that may be published."""
    for report in reports.awaiting_check(actor):
        where = address("report_check", report.inspection_id, report.pk)
        yield Task("Check the report", report.inspection.title, where)
    for notice in reports.notices_awaiting_check(actor):
        where = address("report_notice", notice.inspection_id, notice.pk)
        yield Task("Pass a correction notice", notice.inspection.title, where)
    for edition in reports.editions_awaiting_check(actor):
        where = address("edition_check", edition.inspection_id, edition.pk)
        yield Task("Check an edition of the report", f"{edition.inspection.title}: {edition.name}", where)
    for inspection in mine:
        if not may(actor, Permission.REPORT_WRITE, inspection):
            continue
        submits = may(actor, Permission.REPORT_SUBMIT, inspection)
        latest = reports.versions(inspection, actor).first()
        if latest is None:
            if submits and _all_agreed(actor, inspection):
                yield Task("Compose the report", inspection.title, address("report", inspection.pk))
            continue
        where = address("report_version", inspection.pk, latest.pk)
        if latest.status == lifecycle.Report.RETURNED:
            yield Task("The report came back from its check", inspection.title, where)
        elif latest.status == lifecycle.Report.DRAFT and submits:
            yield Task("Finish the report and send it to be checked", inspection.title, where)
        elif latest.status == lifecycle.Report.APPROVED:
            yield from _approved(actor, latest, where)


def _approved(actor: Actor, report: Any, where: str) -> Iterator[Task]:
    """An approved version goes to the council for its check of facts where that is due, and is published after it."""
    inspection = report.inspection
    checked = reports.copies(inspection, actor).exclude(status=lifecycle.CouncilCopy.TAKEN_BACK).exists()
    stages = (lifecycle.Inspection.MODERATION, lifecycle.Inspection.ACCURACY)
    if not checked and inspection.status in stages and may(actor, Permission.ACCURACY_RELEASE, inspection):
        to_give = address("report_council_copy", inspection.pk, report.pk)
        yield Task("Give the council its copy of the report", inspection.title, to_give)
    elif reports.in_the_way(report, timezone.localdate()) == ("", "") and may(
        actor, Permission.REPORT_PUBLISH, inspection
    ):
        yield Task("Publish the approved report", inspection.title, where)


def _all_agreed(actor: Actor, inspection: Any) -> bool:
    """Whether every judgement is agreed; where no grades are given, whether every finding is, of at least one."""
    if not areas.framework_of(inspection).graded:
        written = findings.findings(inspection, actor)
        return bool(written) and all(one.finding.status == lifecycle.Finding.AGREED for one in written)
    held = [one.judgement for one in findings.area_standings(inspection, actor)]
    return all(one is not None and one.status == lifecycle.Judgement.AGREED for one in held)


def of_the_authority(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Data to bring in, to send again or to hand over, and a sample whose files are to be got ready."""
    today = timezone.localdate()
    for inspection in mine:
        if inspections.sides_of(inspection, actor) != {Side.AUTHORITY} or inspection.status in OVER:
            continue
        where = address("submissions", inspection.pk)
        hands_over = may(actor, Permission.SUBMISSION_HAND_OVER, inspection)
        if hands_over or may(actor, Permission.SUBMISSION_UPLOAD, inspection):
            yield from _data(actor, inspection, where, hands_over)
        released = cases.draws(inspection, actor).filter(status=lifecycle.Draw.DRAWN)
        if hands_over and today <= inspection.fieldwork_to and (count := released.count()):
            says = f"{inspection.title}. The team let you see which files were drawn"
            yield Task("Get the drawn files ready", says, address("draws", inspection.pk), count)


def asked(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Questions about the data that wait for the council's answer, and answers that whoever asked has not read."""
    for inspection in mine:
        where = address("questions", inspection.pk)
        if waiting := data_queries.waiting_for(actor, inspection):
            says = f"{inspection.title}. The inspecting team asked about issues in what you handed over"
            yield Task("Answer questions about the data", says, f"{where}?status=asked", waiting)
        if answered := data_queries.answered_to(actor, inspection):
            says = f"{inspection.title}. Close each, or ask again"
            yield Task("Read the answers to your questions", says, f"{where}?status=answered&whose=mine", answered)


def _data(actor: Actor, inspection: Any, where: str, hands_over: bool) -> Iterator[Task]:
    rows = submissions.handed_in(actor, inspection).exclude(hand_over=lifecycle.HandOver.WITHDRAWN)
    waiting = rows.filter(status=lifecycle.Submission.READ, hand_over=lifecycle.HandOver.STAGED).count()
    newest = rows.first()
    if newest is None:
        yield Task("Bring in child-level data", inspection.title, where)
    elif newest.status == lifecycle.Submission.REFUSED:
        yield Task("Send the data again: the last file was refused", f"{inspection.title}: {newest.label}", where)
    if waiting and hands_over:
        yield Task("Hand data over", f"{inspection.title}. The team sees nothing of it until you do", where, waiting)


def conflicts(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Conflicts of interest that the quality-assurance manager may waive."""
    for inspection in mine:
        if any(one.role == "quality-assurance" for one in inspections.roles_now(inspection, actor)):
            open_ones = inspections.conflicts(inspection).filter(waived_at=None).exclude(person_id=actor.id).count()
            if open_ones:
                says = f"{inspection.title}. Each keeps somebody out, or from some files, until it is waived"
                yield Task("Look at conflicts of interest", says, address("members", inspection.pk), open_ones)
