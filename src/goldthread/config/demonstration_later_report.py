"""How the report of each of the demonstration's two inspections comes about, in the order of a real one: judgements are
agreed after fieldwork, the draft is read, the council checks its facts, a second reader reads what came of that, and it
is published. Every step is made with the clock set back to its day."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.findings import actions as findings
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports import actions as reports
from goldthread.apps.reports import queries
from goldthread.apps.reports.models import CouncilCopy, Report
from goldthread.config import demonstration_data as data
from goldthread.config import demonstration_later_story as story
from goldthread.config.demonstration_programme import as_on
from goldthread.domain import lifecycle

LEAD, QUALITY, CHECKER, OFFICER = (
    "lead@demo.example", "quality@demo.example", "checker@demo.example", "officer@demo.example",
)  # fmt: skip
PROPOSED, MODERATED, AGREED = 24, 28, 30
"""How many days after the call judgements are proposed, fieldwork is over, and judgements are agreed."""
COMPOSED, SENT, READ_FIRST = 35, 37, (38, 39)
"""The same for the draft: written, sent to be read, and read by one reader after the other."""
COPY, COMMENTED, ANSWERED = 42, 46, 50
"""And for the check of facts: the council has its copy, says what is wrong, and somebody outside the team answers."""
REWRITTEN, READ_AGAIN, ANSWERS_GIVEN, PUBLISHED = 51, (52, 53), 57, 72
"""And for what comes of it: the next version, its second reading, the answers, and publication."""


def report_of(
    inspection: Inspection, judged: Sequence[story.Judged], checked: story.Checked, people: Mapping[str, Person]
) -> None:
    """From the judgements to the published report."""
    by = {email: actor_for(people[email], second_factor=True) for email in (LEAD, QUALITY, CHECKER, OFFICER)}
    _judgements(inspection, judged, by[LEAD])
    report = _drafted(inspection, by)
    copy = _commented(report, checked, by)
    report = _written_again(report, copy, checked, by)
    with as_on(inspection.call_day + timedelta(days=ANSWERS_GIVEN)):
        copy.refresh_from_db()
        reports.give_answers(copy=copy, version=copy.version, by=by[LEAD])
    with as_on(inspection.call_day + timedelta(days=PUBLISHED)):
        reports.publish(report=report, by=by[LEAD])


def _judgements(inspection: Inspection, judged: Sequence[story.Judged], lead: Actor) -> None:
    """Proposed in the last days of fieldwork, and agreed once it is over."""
    call = inspection.call_day
    with as_on(call + timedelta(days=PROPOSED)):
        proposed = [
            findings.propose_judgement(
                inspection=inspection, area=one.area, grade=one.grade, reason=one.reason, departs_because="",
                version=0, by=lead,
            )
            for one in judged
        ]  # fmt: skip
    with as_on(call + timedelta(days=MODERATED)):
        inspections.move(inspection=inspection, to=lifecycle.Inspection.MODERATION, by=lead)
    with as_on(call + timedelta(days=AGREED)):
        for one in proposed:
            findings.agree_judgement(judgement=one, by=lead)


def _drafted(inspection: Inspection, by: Mapping[str, Actor]) -> Report:
    call = inspection.call_day
    with as_on(call + timedelta(days=COMPOSED)):
        inspection.refresh_from_db()
        report = reports.compose(
            inspection=inspection, title=f"{story.AUTHORITY}: inspection of {call:%B %Y}",
            client_key=data.key(f"report of {inspection.title}"), by=by[LEAD],
        )  # fmt: skip
    with as_on(call + timedelta(days=SENT)):
        report = reports.submit(report=report, by=by[LEAD])
    return _read(report, READ_FIRST, story.READ_FIRST, (by[QUALITY], by[CHECKER]))


def _read(report: Report, days: Sequence[int], note: str, readers: Sequence[Actor]) -> Report:
    """Readers read it one after the other, each on a day of their own, as many as it takes to approve it."""
    for day, reader in zip(days, readers, strict=True):
        if report.status != lifecycle.Report.APPROVED:
            with as_on(report.inspection.call_day + timedelta(days=day)):
                report = reports.approve(report=report, note=note, by=reader)
    return report


def _commented(report: Report, checked: story.Checked, by: Mapping[str, Actor]) -> CouncilCopy:
    """The council reads its copy, comments on one paragraph, and is answered."""
    inspection = report.inspection
    call, officer = inspection.call_day, by[OFFICER]
    with as_on(call + timedelta(days=COPY)):
        until = queries.time_allowed(inspection, timezone.localdate()).until
        copy = reports.give_copy(
            report=report, until=until, client_key=data.key(f"copy of {inspection.title}"), by=by[LEAD]
        )  # fmt: skip
    place = _place(copy, checked)
    with as_on(call + timedelta(days=COMMENTED)):
        reports.write_comment(
            copy=copy, place=place, kind="wording", says=checked.says, proposes=checked.after, proof="",
            document=None, client_key=data.key(f"comment on {inspection.title}"), by=officer,
        )  # fmt: skip
        (comment,) = reports.send_comments(
            copy=copy, seen=queries.seen(queries.drafts(copy, officer)), because="", version=copy.version, by=officer
        )
    with as_on(call + timedelta(days=ANSWERED)):
        reports.answer_comment(
            comment=comment, verdict="accepted", reasons=checked.because, changed=place, version=comment.version,
            by=by[QUALITY],
        )  # fmt: skip
    return copy


def _place(copy: CouncilCopy, checked: story.Checked) -> str:
    """The paragraph of the copy in which the words stand that the council would have otherwise."""
    return next(str(one.place) for one in queries.texts(queries.document_of(copy)) if checked.before in one.words)


def _written_again(report: Report, copy: CouncilCopy, checked: story.Checked, by: Mapping[str, Actor]) -> Report:
    """The next version says it as the council proposed, and a second reader reads it."""
    inspection = report.inspection
    call, lead = inspection.call_day, by[LEAD]
    with as_on(call + timedelta(days=REWRITTEN)):
        later = reports.compose(
            inspection=inspection, title=report.title, client_key=data.key(f"second report of {inspection.title}"),
            based_on=report, by=lead,
        )  # fmt: skip
        section = next(one for one in queries.sections(later) if _place(copy, checked).startswith(f"{one.slug}."))
        lines = [
            {
                "text": line.text.replace(checked.before, checked.after), "paragraph": line.paragraph,
                "finding_id": line.finding_id, "judgement_id": line.judgement_id,
            }
            for line in section.sentences.all()
        ]  # fmt: skip
        reports.change_section(section=section, lines=lines, version=section.version, by=lead)
        later = reports.submit(report=later, by=lead)
    return _read(later, READ_AGAIN, story.READ_AGAIN, (by[CHECKER], by[QUALITY]))
