"""Plan and fieldwork of the demonstration: a team with its days, sites, a timetable, requests in every state, two daily
meetings, and a message that was released. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import actions as cases
from goldthread.apps.fieldwork import actions as fieldwork
from goldthread.apps.fieldwork import phases, worker
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.meetings import actions as meetings
from goldthread.apps.requests import actions as requests
from goldthread.apps.requests import queries as asked
from goldthread.config import demonstration_data as data
from goldthread.domain.calendar import add_working_days
from goldthread.kernel.working_days import bank_holidays

LEAD, OFFICER = "lead@demo.example", "officer@demo.example"
SECONDS, SECONDS_FULL = 2, 60
"""For how long the timetable is worked out: enough for a sound one, short enough to wait for; and at full size."""

SITES = "Larkfield House\nQuay Street\nHolm Hill\nLarkfield House - Quay Street = 25\nLarkfield House - Holm Hill = 40"
BRINGS = {
    "inspector@demo.example": (["fostering"], [], "Larkfield House"),
    "inspector2@demo.example": (["care leavers"], ["Hindi"], "Quay Street"),
    "inspector3@demo.example": ([], ["Welsh"], "Larkfield House"),
    "inspector4@demo.example": (["disability"], ["Polish"], "Holm Hill"),
    "inspector5@demo.example": (["front door"], [], "Quay Street"),
    "inspector6@demo.example": (["adoption"], [], ""),
}
"""Of each inspector the specialisms, the languages and the nearest site."""


MORE_BRING = {
    "inspector7@demo.example": ([], ["Urdu"], "Larkfield House"),
    "inspector8@demo.example": (["fostering"], [], "Holm Hill"),
    "inspector9@demo.example": ([], [], "Quay Street"),
}
PART_TIME = "inspector6@demo.example"


@dataclass(frozen=True, slots=True)
class Placed:
    """One thing for the timetable beside the files."""

    title: str
    kind: str
    minutes: int
    seats: int = 1
    site: str = ""
    specialism: str = ""


TASKS = (
    Placed("The front door on a busy morning", "observation", 180, 2, "Quay Street", "front door"),
    Placed("Young people leaving care, over tea", "conversation", 120, 2, "Larkfield House", "care leavers"),
    Placed("Foster carers' evening", "conversation", 90, 1, "Holm Hill", "fostering"),
    Placed("Child protection conference", "observation", 120, 1, "Quay Street"),
    Placed("Independent reviewing officers", "conversation", 90, 2, "Larkfield House"),
)
"""Kinds are those of `domain/timetable`."""


MORE = (
    ("Social worker about their cases", "conversation", 45, "Larkfield House"),
    ("Team manager", "conversation", 45, "Quay Street"),
    ("Young person who asked to be heard", "conversation", 45, "Holm Hill"),
    ("Foster carer", "conversation", 60, ""),
    ("Visit with a social worker", "observation", 90, "Holm Hill"),
    ("Core group", "observation", 60, "Quay Street"),
)
"""Conversations and visits of an inspection of full size, taken in turn."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one thing of the framework's list: who answers, what was answered, how it ended and why."""

    ref: str
    owner: str = ""
    answer: str = ""
    to: str = ""
    because: str = ""
    late: bool = False


STEPS = (
    Step("1.02", OFFICER, "The block of figures was handed to the lead on Monday, with the source of each.", "settled"),
    Step("2.03", "uploader@demo.example", "The plan of March. The one of June is with the lead member.", "sent-back",
         "Please send the one of June too, as it stands."),
    Step("2.01", "uploader@demo.example", "The chart with names and vacancies, as it stood on Monday, by hand."),
    Step("2.02", OFFICER, late=True),
    Step("2.05", "improvement@demo.example"),
    *(
        Step(ref, OFFICER, "Sent with the first parcel of documents; the contents list says where.", to)
        for ref, to in zip(
            ("1.03", "2.04", "2.06", "2.07", "2.08", "3.02", "3.03", "3.04", "3.05", "4.01", "4.02", "4.03"),
            ("settled",) * 8 + ("",) * 4, strict=True,
        )
    ),
    Step("3.01", "", "", "withdrawn", "It is on the council's own pages."),
)  # fmt: skip


NOT_ASKED = ("1.01", "4.06", "4.07")
"""Left in the framework's list: the first because it is there already, as its page shows."""


def whole(
    inspection: Inspection, people: Mapping[str, Person], actors: Mapping[str, Actor], *, placed: bool = False
) -> None:
    """All of it, in some seconds. `placed` says that there is a timetable already."""
    lead = actors[LEAD]
    if not placed:
        timetable(inspection, people, actors)
    _phases(inspection, lead)
    _requests(inspection, people, actors)
    _meetings(inspection, people, actors)


def timetable(
    inspection: Inspection, people: Mapping[str, Person], actors: Mapping[str, Actor], meetings: int = 0
) -> None:  # fmt: skip
    """Who is there and when, where, and what is to be placed; then a timetable of it."""
    lead = actors[LEAD]
    fieldwork.write_sites(inspection=inspection, written=SITES, version=0, by=lead)
    for email, (specialisms, languages, home) in _brings(people).items():
        weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
        # One of them is part-time, and writes so down; the others were asked by the lead.
        part_time = email == PART_TIME
        fieldwork.set_availability(
            inspection=inspection, person=people[email], version=0, by=actors[email] if part_time else lead,
            hours_from=540, hours_to=1020, weekdays=weekdays[:3] if part_time else weekdays, away=[],
            specialisms=specialisms, languages=languages, home=home, balanced=not part_time,
        )  # fmt: skip
    for number, one in enumerate([*TASKS, *_more_tasks(meetings)]):
        fieldwork.add_task(
            inspection=inspection, client_key=data.key(f"task-{number}"), by=lead, title=one.title, kind=one.kind,
            minutes=one.minutes, first=None, last=None, seats=one.seats, must=[], site=one.site, at=None,
            specialism=one.specialism, language="", about=[],
        )  # fmt: skip
    cases.take_cases_in(inspection=inspection, minutes=150, every=6, by=lead)
    fieldwork.ask(
        inspection=inspection, seconds=SECONDS_FULL if meetings else SECONDS, client_key=data.key("timetable"), by=lead,
        from_day=inspection.fieldwork_from,
    )  # fmt: skip
    worker.work_all()


def _brings(people: Mapping[str, Person]) -> Mapping[str, tuple[list[str], list[str], str]]:
    return {email: told for email, told in (BRINGS | MORE_BRING).items() if email in people}


def _more_tasks(count: int) -> list[Placed]:
    """So many conversations and visits, as an inspection of full size has them."""
    return [
        Placed(f"{says}, {number // len(MORE) + 1}", kind, minutes, 1, site)
        for number, (says, kind, minutes, site) in zip(range(count), cycle(MORE), strict=False)
    ]


def _phases(inspection: Inspection, lead: Actor) -> None:
    """The check of facts takes a week longer, and what follows moves with it; the Christmas holidays are marked."""
    laid = {one.phase.slug: one for one in phases.phases_of(inspection)}
    if (held := laid.get("accuracy")) is not None:
        fieldwork.move_phase(
            inspection=inspection, phase="accuracy", starts=held.starts, follow=True, version=0, by=lead,
            ends=add_working_days(held.ends, 5, bank_holidays()),
            because="The council's data team is away in the first of the two weeks.",
        )  # fmt: skip
    year = inspection.fieldwork_to.year
    fieldwork.mark_period(
        inspection=inspection, kind="school-holiday", says="Christmas, invented dates", starts=date(year, 12, 21),
        ends=date(year + 1, 1, 1), client_key=data.key("christmas"), by=lead,
    )  # fmt: skip


def _requests(inspection: Inspection, people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    """The framework's list is asked for; some of it is answered, sent back, settled, late or withdrawn."""
    lead, officer, today = actors[LEAD], actors[OFFICER], timezone.localdate()
    refs = [one.request.ref for one in asked.template(inspection, today) if one.request.ref not in NOT_ASKED]
    made = {one.ref: one for one in requests.ask_from_template(inspection=inspection, refs=refs, by=lead)}
    for step in STEPS:
        if (row := made.get(step.ref)) is None:
            continue
        if step.late:
            due = max(inspection.call_day, today - timedelta(days=3))
            row = requests.change(
                request=row, version=row.version, by=lead, title=row.title, says=row.says, why=row.why, due=due,
                owner=None,
            )  # fmt: skip
        if step.owner:
            row = requests.take_on(request=row, owner=people[step.owner], version=row.version, by=officer)
        if step.answer:
            by = actors[step.owner]
            row = requests.answer(request=row, says=step.answer, submission=None, version=row.version, by=by)
        if step.to:
            requests.settle(request=row, to=step.to, because=step.because, version=row.version, by=lead)
    requests.ask(
        inspection=inspection, client_key=data.key("request"), by=actors["inspector@demo.example"],
        title="Minutes of the last three meetings of the access to resources panel",
        says="With what was decided for each young person, under the pseudonyms that we share.",
        why="Moves at short notice have grown; we want to see how homes are found.", owner=None,
        due=add_working_days(today, 3, bank_holidays()),
    )  # fmt: skip


def _meetings(inspection: Inspection, people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    """Two days' meetings with what to look at next; a message that was released, and one that is drafted."""
    lead = actors[LEAD]
    inspectors = [people[email] for email in BRINGS]
    day = inspection.fieldwork_from
    first = meetings.record(
        inspection=inspection, day=day, attended=[people[LEAD], *inspectors[:4]], client_key=data.key("meeting-1"),
        by=lead,
        lines="Help comes early, and families speak well of it (three files, one conversation).\n"
        "First conferences are late more often than a year ago (the figures; not yet seen in files).",
        decisions="Look at conferences before anything else on the second day.\nAsk for the panel's minutes.",
    )  # fmt: skip
    looks = (
        ("Six files in which the first conference was held after more than 15 working days", 0, 1, True),
        ("How the front door decides on contacts from schools", 4, 3, False),
        ("Whether managers' reasons are on the file where a case was closed", 1, 2, False),
    )
    for number, (says, who, days, done) in enumerate(looks):
        look = meetings.look_at(
            meeting=first, says=says, owner=inspectors[who], client_key=data.key(f"look-{number}"), by=lead,
            due=add_working_days(day, days, bank_holidays()),
        )  # fmt: skip
        meetings.tick(look=look, done=done, by=lead)
    second = meetings.record(
        inspection=inspection, day=add_working_days(day, 1, bank_holidays()), attended=[people[LEAD], *inspectors],
        client_key=data.key("meeting-2"), by=actors["inspector@demo.example"],
        lines="Late conferences: in four of six files the strategy discussion was late too.\n"
        "Direct work with children is a strength in every file read so far.",
        decisions="The lead tells the director what emerges about conferences.",
    )  # fmt: skip
    message = meetings.draft(
        inspection=inspection, meeting=second, client_key=data.key("message-1"), by=actors["inspector@demo.example"],
        says="We have begun with the front door and with first conferences. Workers made time for us at short notice; "
        "thank you.\nTomorrow we would like to speak with two conference chairs. Where a child worried us, you know.",
    )  # fmt: skip
    meetings.release(message=message, version=message.version, by=lead)
    meetings.draft(
        inspection=inspection, meeting=second, client_key=data.key("message-2"), by=actors["inspector2@demo.example"],
        says="First conferences are held late more often than a year ago. We will look at why.",
    )  # fmt: skip
