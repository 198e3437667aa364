"""Demonstration: an earlier focused visit whose letter the council is checking for its facts."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.findings import actions as findings
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import CouncilCopy
from goldthread.config import demonstration_story as story
from goldthread.domain.calendar import add_working_days
from goldthread.kernel.working_days import bank_holidays

AREA = "front-door"
TEAM = {
    "inspector": "inspector@demo.example", "quality-assurance": "quality@demo.example",
    "disclosure-checker": "checker@demo.example",
    "nominated-officer": "officer@demo.example", "director": "director@demo.example",
}  # fmt: skip
WRITTEN = (
    ("strength", ("front-door",), "Most contacts are decided on the day they come in",
     "Managers read every contact before noon. Partners say that they are told what was decided."),
    ("improve", ("oversight", "recording", "front-door"),
     "Managers do not always write down why a contact goes no further",
     "In a third of the files that were read the reason is missing. It could not be asked of whoever decided."),
    ("good-practice", ("front-door",), "A worker of the health trust sits in the front door each day",
     "Questions about health are answered within the hour."),
)  # fmt: skip
SAID = (
    (f"{AREA}.1", "fact", "Contacts that come in after four are decided on the next working day, not on the same day.",
     "Most contacts are decided within one working day.", "Front-door log, the column “Decided”."),
    (f"{AREA}.3", "wording", "“Do not always” reads as if it were so in most files. It was so in a third.",
     "In about a third of files managers do not write down why a contact goes no further.", ""),
)  # fmt: skip
ANSWER = "The log bears this out. The sentence in the next version says “within one working day”."
LATER = "The worker of the health trust has sat there since June, four days a week and not each day."


def accuracy(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> Inspection:
    """A visit that is over, its letter with the council, two comments sent, one answered, one more being written."""
    lead, officer = actors["lead@demo.example"], actors["officer@demo.example"]
    inspection = _visit(people, lead)
    _findings(inspection, lead)
    report = actions.compose(
        inspection=inspection, title="Focused visit to Wrenfordshire’s front door", client_key=uuid4(), by=lead
    )
    actions.submit(report=report, by=lead)
    quality = actors["quality@demo.example"]
    for checker in (actors["checker@demo.example"], quality):
        report = actions.approve(report=report, note="Read twice; nobody can be recognised.", by=checker)
    copy = actions.give_copy(
        report=report, until=queries.time_allowed(inspection, timezone.localdate()).until, client_key=uuid4(), by=lead
    )
    for place, kind, says, proposes, proof in SAID:
        _comment(copy, place, kind, says, proposes, proof, officer)
    first, _ = actions.send_comments(
        copy=copy, seen=queries.seen(queries.drafts(copy, officer)), because="", version=copy.version, by=officer
    )
    actions.answer_comment(
        comment=first, verdict="accepted", reasons=ANSWER, changed=f"{AREA}.1", version=first.version, by=quality
    )
    _comment(copy, f"{AREA}.2", "fact", LATER, "", "", officer)
    return inspection


def _comment(copy: CouncilCopy, place: str, kind: str, says: str, proposes: str, proof: str, by: Actor) -> None:
    actions.write_comment(
        copy=copy, place=place, kind=kind, says=says, proposes=proposes, proof=proof, document=None,
        client_key=uuid4(), by=by,
    )  # fmt: skip


def _visit(people: Mapping[str, Person], lead: Actor) -> Inspection:
    holidays = bank_holidays()

    def ago(days: int) -> date:
        return add_working_days(timezone.localdate() - timedelta(days=1), -days, holidays)

    inspection = inspections.create(
        title="Wrenfordshire front door, focused visit", authority=story.AUTHORITY, framework="focused-visit",
        kind="mock", call_day=ago(30), fieldwork_from=ago(25), fieldwork_to=ago(24), children_in_area=None,
        synthetic=True, client_key=uuid4(), by=lead,
    )  # fmt: skip
    for role, email in TEAM.items():
        by = (
            lead if role in ("inspector", "quality-assurance", "disclosure-checker", "nominated-officer") else PROGRAMME
        )
        inspections.add_member(inspection=inspection, person=people[email], role=role, by=by)
    for to in ("notified", "fieldwork", "moderation"):
        inspection = inspections.move(inspection=inspection, to=to, by=lead)
    return inspection


def _findings(inspection: Inspection, lead: Actor) -> None:
    for kind, themes, statement, explanation in WRITTEN:
        item = evidence.shelve(
            inspection=inspection, kind="observation", title="A day in the front door", areas=[AREA], by=PROGRAMME,
            summary="What was watched in the front door on one day of the visit. Invented.",
        )  # fmt: skip
        finding = findings.write_finding(
            inspection=inspection, kind=kind, area=AREA, criteria=[], statement=statement, explanation=explanation,
            confidence="middle", themes=themes, client_key=uuid4(), by=lead,
        )  # fmt: skip
        findings.cite(finding=finding, item=item, stance="for", why="It was seen so.", by=lead)
        findings.agree(finding=finding, by=lead)
