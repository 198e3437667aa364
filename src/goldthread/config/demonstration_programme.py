"""The council's own audit programme in the demonstration: closed rounds, an open one, and what came of them.

All of it is invented. The clock is set back while it is made, so that its rounds lie in the months in which they were.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.programme import actions, queries
from goldthread.apps.programme.models import Round
from goldthread.config import demonstration_data as data
from goldthread.config import demonstration_improvement as improvement
from goldthread.config import demonstration_story as story
from goldthread.config.demonstration_planned import planned_now
from goldthread.config.demonstration_surveys import earlier, told
from goldthread.domain import instruments, lifecycle
from goldthread.domain.calendar import add_months, add_working_days
from goldthread.kernel.working_days import bank_holidays

INSTRUMENT, FILES, DAYS = "case-review-short-1", 6, 10
AUDITORS = ("inspector@demo.example", "inspector2@demo.example", "inspector3@demo.example", "inspector4@demo.example")
RISING = "management-oversight"
SIZE = 0.1
"""Of the invented authority: a programme needs no more of it, and it is read in seconds."""

TASKS = (
    ("Write down who decided what after the meeting of 4 September, and tell the worker.", "improvement@demo.example"),
    ("Bring supervision notes of the last three months into the file.", "inspector2@demo.example"),
    ("Ask the reviewing officer for minutes of the last review.", "officer@demo.example"),
    ("Look at the chronology together with the worker, and date each entry.", "inspector@demo.example"),
)
PROOF = "Done on Tuesday; the decision and its reason stand in the file under the meeting."
LEARNED = (
    ("A decision without its reason is not remembered: teams that write one sentence of why are asked less later.",
     "Management oversight", (("The heads of service", "Monthly meeting"), ("All team managers", "A one-page note"))),
    ("Children say more when they choose where to talk.", "The child’s voice", (("Social workers", "Practice hour"),)),
    ("Supervision notes that name the child’s day help a new worker more than a list of tasks.", "Supervision", ()),
)  # fmt: skip

Answers = Callable[[int], dict[str, cases.Typed]]


def programme(
    people: Mapping[str, Person], actors: Mapping[str, Actor], answers: Answers, size: float, closed: int
) -> None:
    """A programme of its own: so many closed rounds, one being audited, one to be drawn; actions and learning."""
    today = timezone.localdate()
    first = add_months(today.replace(day=1), -closed - 1)
    with as_on(first - timedelta(days=20)):
        inspection = _set_up(people, actors, first)
    with as_on(first - timedelta(days=1), 9):
        data.one_workbook(inspection, dict(actors), min(size, SIZE), first - timedelta(days=1))
    lead = actors["lead@demo.example"]
    with as_on(first - timedelta(days=1)):
        _rule(inspection, people, first, lead)
        earlier(inspection, lead)
    for number in range(closed + 1):
        month = add_months(first, number)
        open_yet = number == closed
        day = add_working_days(today, -6, bank_holidays())
        if not open_yet:
            day = add_working_days(month - timedelta(days=1), 2, bank_holidays())
        round_ = _drawn(inspection, min(day, today), lead)
        _audited(round_, actors, people, answers, number, rises=number >= closed - 2, open_yet=open_yet)
        if not open_yet:
            with as_on(min((round_.due or today) + timedelta(days=4), today)):
                actions.move_round(round_=round_, to="closed", because="", version=round_.version, by=lead)
                if not number:
                    asked = improvement.recommendations(inspection, people, actors)
                    # One action is past its day by now, said to be done and not accepted.
                    ago = (today - timezone.localdate()).days
                    planned_now(asked, actors[improvement.OWNER], lead, longer=max(0, ago - 30))
    improvement.read_again(inspection, lead)
    _actions(inspection, people, actors)
    _learning(inspection, lead)
    told(inspection, people[improvement.OWNER], lead)
    foreseen = queries.foreseen(inspection, lead, today)
    actions.tell_council(
        inspection=inspection, seen=queries.name_of(foreseen), client_key=data.key("statement"), by=lead
    )


@contextmanager
def as_on(day: date, hour: int = 10) -> Iterator[None]:
    """The clock set back to the morning of a day."""
    # Early in the morning ten o'clock is still to come, and nothing in a journal may lie ahead of its reader.
    moment = min(timezone.make_aware(datetime.combine(day, time(hour))), timezone.now())
    with patch.object(timezone, "now", lambda: moment):
        yield


def _set_up(people: Mapping[str, Person], actors: Mapping[str, Actor], first: date) -> Inspection:
    lead = actors["lead@demo.example"]
    inspection = inspections.create(
        title=f"{story.AUTHORITY}, audit programme", authority=story.AUTHORITY, framework="own-audit", kind="internal",
        call_day=first - timedelta(days=14), fieldwork_from=first, fieldwork_to=add_months(first, 18),
        client_key=data.key("programme"), synthetic=True, by=PROGRAMME,
    )  # fmt: skip
    wanted = {"lead@demo.example", *AUDITORS, "quality@demo.example", "analyst@demo.example", "officer@demo.example",
              "uploader@demo.example", "director@demo.example", "improvement@demo.example"}  # fmt: skip
    for player in story.PLAYERS:
        if player.email in wanted:
            inspections.add_member(
                inspection=inspection, person=people[player.email], role=player.role, by=PROGRAMME,
                reason="demonstration",
            )  # fmt: skip
    for to in (lifecycle.Inspection.NOTIFIED, lifecycle.Inspection.FIELDWORK):
        inspection = inspections.move(inspection=inspection, to=to, by=lead)
    return inspection


def _rule(inspection: Inspection, people: Mapping[str, Person], first: date, lead: Actor) -> None:
    actions.set_rule(
        inspection=inspection, version=0, by=lead, instrument=INSTRUMENT, first_month=first, size=FILES,
        design="proportional", population="open-cases", strata_by=["service"], minimum_per_stratum=None, days=DAYS,
        soon=5, share=0, rest=12, because="Every service each month, and nobody twice in a year.",
    )  # fmt: skip
    teams = queries.team_names(inspection, lead)
    for place, email in enumerate(AUDITORS):
        actions.note_auditor(
            inspection=inspection, person=people[email], takes_part=True, teams=teams[place : place + 1], version=0,
            by=lead,
        )  # fmt: skip


def _drawn(inspection: Inspection, day: date, lead: Actor) -> Round:
    round_, rule = queries.next_planned(inspection), queries.rule_of(inspection)
    if round_ is None or rule is None:
        raise LookupError("no round is planned")
    with as_on(day):
        told = queries.propose(round_, rule, lead)
        return actions.draw_round(round_=round_, seen=told.seen, version=round_.version, by=lead)


def _audited(
    round_: Round, actors: Mapping[str, Actor], people: Mapping[str, Person], answers: Answers, number: int, *,
    rises: bool, open_yet: bool,
) -> None:  # fmt: skip
    """The round's files are audited on different days, some of them late; half of an open round's wait."""
    today, by_id = timezone.localdate(), {person.pk: person for person in people.values()}
    held = Case.objects.filter(draw=round_.draw, reserve=False).exclude(allocated_to=None).order_by("number")
    for place, case in enumerate(held):
        late = (place + number) % 7 == 0
        day = add_working_days(round_.drawn_on or today, DAYS + 2 if late else 2 + place, bank_holidays())
        if open_yet and (place % 2 or day > today):
            continue
        by = actor_for(by_id[case.allocated_to_id], second_factor=True)  # type: ignore[index]
        with as_on(min(day, today)):
            review = cases.start_review(case=case, by=by)
            given = _turned(answers(number * FILES + place), rises=rises and place % 4 != 3, place=place + number)
            review = cases.save_answers(review=review, answers=given, by=by).review
            cases.sign_off(review=review, version=review.version, by=by)


def _turned(given: dict[str, cases.Typed], *, rises: bool, place: int) -> dict[str, cases.Typed]:
    """Answers of which those on one theme fall short in the later rounds, and seldom before."""
    theme = {one.id: one for one in instruments.load(INSTRUMENT).questions if one.theme == RISING}
    short, sound = ("requires-improvement", "no"), ("good", "yes")
    wanted = short if rises or place % 6 == 0 else sound
    return given | {
        name: cases.Typed(next(one for one in wanted if one in question.answers), given[name].why, 0)
        for name, question in theme.items()
    }


def _actions(inspection: Inspection, people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    """One overdue, one with proof to read, one still to do, one accepted."""
    today, lead = timezone.localdate(), actors["lead@demo.example"]
    rounds = Round.objects.filter(inspection=inspection, draw__isnull=False).order_by("month")
    for number, (says, email) in enumerate(TASKS):
        given, due = (today - timedelta(days=30), today - timedelta(days=6)) if number in (0, 3) else (today, today)
        wait = 12 if number in (1, 2) else 0
        with as_on(given):
            held = actions.give_action(
                inspection=inspection, says=says, owner=people[email], due=due + timedelta(days=wait),
                round_=rounds[min(number, len(rounds) - 1)], client_key=data.key(f"audit-action-{number}"), by=lead,
            )  # fmt: skip
        if number in (1, 3):
            held = actions.prove_action(action=held, says=PROOF, item=None, version=held.version, by=actors[email])
        if number == 3:
            actions.settle_action(action=held, to="accepted", because="", version=held.version, by=lead)


def _learning(inspection: Inspection, lead: Actor) -> None:
    today = timezone.localdate()
    for number, (says, theme, shared) in enumerate(LEARNED):
        held = actions.write_learning(
            inspection=inspection, says=says, round_=None, theme=theme, client_key=data.key(f"learning-{number}"),
            by=lead,
        )  # fmt: skip
        for place, (whom, how) in enumerate(shared):
            actions.mark_shared(
                learning=held, with_whom=whom, how=how, day=today - timedelta(days=3 + place),
                client_key=data.key(f"shared-{number}-{place}"), by=lead,
            )  # fmt: skip
