"""Makes the demonstration: an invented authority, its data, a draw of 60 files, and an inspection half way through;
or, at full size, of 250 files nearly at its end.

Everything goes through the same actions as real work, under the names of invented people, and all of it is marked
synthetic. It is made once, in an empty database.
"""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from goldthread.apps.access import actions as access
from goldthread.apps.access import terms
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions as findings
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.referred_back import actions as referred_back
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.config import demonstration_data as data
from goldthread.config import demonstration_fieldwork as plan
from goldthread.config import demonstration_improvement as improvement
from goldthread.config import demonstration_later as later
from goldthread.config import demonstration_offline as offline
from goldthread.config import demonstration_parts as parts
from goldthread.config import demonstration_programme as audits
from goldthread.config import demonstration_readings as readings
from goldthread.config import demonstration_story as story
from goldthread.config.demonstration_accuracy import accuracy
from goldthread.config.demonstration_documents import documents
from goldthread.config.demonstration_own import own_instruments
from goldthread.config.demonstration_planned import planned_now
from goldthread.config.demonstration_surveys import surveys
from goldthread.config.demonstration_training import training
from goldthread.config.demonstration_voices import voices
from goldthread.domain import instruments, lifecycle


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the inspection is: how many files are drawn, and of how many the review is signed off and begun; who
    takes part; over how many days from the call it runs; how many conversations and visits are placed; how many
    documents the council sends beyond the first few."""

    sample: int = 60
    signed_off: int = 14
    begun: int = 3
    players: tuple[story.Player, ...] = story.PLAYERS
    days: int = 24
    weeks_ago: int = 1
    meetings: int = 0
    library: int = 0


HALF_WAY = Shape()
FULL_SIZE = Shape(250, 240, 3, (*story.PLAYERS, *story.MORE_INSPECTORS), 28, 4, 115, 1_200)
"""As the largest inspections are: 250 files, nine inspectors beside the lead, twenty working days, 120 meetings,
1,200 documents."""

INSTRUMENT = "case-review-short-1"
CHILDREN_IN_AREA = 157_000
"""How many children live in an area of the invented authority's full size."""
_WORDS = [
    *("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "islet", "jetty", "kelp", "larch"),
    *("maple", "north", "otter", "pearl", "quartz", "robin", "slate", "thorn", "umber", "vale", "wren", "yarrow"),
]


def create(*, size: float = 1.0, shape: Shape = HALF_WAY, less: bool = False) -> Inspection:
    """Make all of it in an empty database. Raises CommandError where somebody is in there already.

    `less` leaves out what goes beyond one hand-in of lists: the earlier ones, the statutory return, published figures,
    and the questions, targets and grades that came of them.
    """
    if Person.objects.exists():
        raise CommandError("There are accounts already. The demonstration is made only in an empty database.")
    password = _new_password()
    people = {player.email: _person(player, password) for player in shape.players}
    actors = {email: actor_for(one, second_factor=True) for email, one in people.items()}
    inspection = _inspection(people, actors, round(CHILDREN_IN_AREA * size), shape)
    handed = (data.one_workbook if less else data.whole_story)(inspection, actors, size, _last_month_end())
    if not less:
        data.published_figures(inspection, handed, actors, size)
        data.data_queries(handed, actors)
        data.series(handed, actors)
        data.past_grades(inspection, actors)
        improvement.past_themes(inspection, actors["lead@demo.example"])
        accuracy(people, actors)
    draw = _draw(inspection, handed.latest, people, actors, shape)
    if shape.meetings:
        # Of all files, before any is read.
        plan.timetable(inspection, people, actors, shape.meetings)
    _reviews(draw, people, shape)
    readings.settle(draw, actors["lead@demo.example"])
    readings.own_audits(draw, actors["analyst@demo.example"])
    parts.shown(draw, people, actors, _answers(1))
    parts.tagged(draw, people["lead@demo.example"])
    offline.packs(draw, actors)
    _referred_back(draw, people, actors)
    plan.whole(inspection, people, actors, placed=bool(shape.meetings))
    _findings(inspection, handed.latest, actors)
    _judgements(inspection, actors)
    _gathered(inspection, people, actors, shape.library)
    own_instruments(actors["lead@demo.example"])
    training(inspection, actors)
    _asked(inspection, people, actors)
    _over_the_years(people, actors, size, less=less)
    return inspection


def _asked(inspection: Inspection, people: dict[str, Person], actors: dict[str, Actor]) -> None:
    """What the council is asked to better, and what it says that it will do."""
    asked = improvement.recommendations(inspection, people, actors)
    planned_now(asked, actors[improvement.OWNER], actors["lead@demo.example"])


def _over_the_years(people: dict[str, Person], actors: dict[str, Actor], size: float, *, less: bool) -> None:
    """What takes longer than one inspection: a programme of audits, and an authority inspected twice."""
    audits.programme(people, actors, _answers, size, closed=1 if less else 6)
    if not less:
        later.five_years_on(people, actors, _answers, size)


def _gathered(inspection: Inspection, people: dict[str, Person], actors: dict[str, Actor], library: int) -> None:
    """What is gathered beside data and files: documents, what people said, and what they wrote."""
    documents(inspection, actors, more=library)
    voices(inspection, people, actors)
    surveys(inspection, actors)


def sign_ins() -> list[str]:
    """Lines that give the address and password of each role, where this is a demonstration."""
    held = _held()
    if not held:
        if Person.objects.exists():
            return []
        return [
            "There is no account yet. Make the first administrator with: .venv/bin/python manage.py first_administrator"
        ]
    lines = [
        "This is a demonstration: all data in it is synthetic. Sign in as any of these, all with the password",
        f"    {held['password']}",
        "",
    ]
    for player in (*story.PLAYERS[:7], *_more(), *story.PLAYERS[7:]):
        role = player.role or player.site_role
        lines.append(f"    {player.email:<28} {player.name}, {role.replace('-', ' ')}")
    return [*lines, ""]


def _more() -> list[story.Player]:
    """Inspectors of the full size, where they take part."""
    known = set(Person.objects.values_list("email", flat=True))
    return [one for one in story.MORE_INSPECTORS if one.email in known]


def _file() -> Path:
    return Path(settings.DATA) / "demonstration.json"


def _held() -> dict[str, str]:
    try:
        held: dict[str, str] = json.loads(_file().read_text())
    except (OSError, ValueError):
        return {}
    return held


def _new_password() -> str:
    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"password": password}, file)
    return password


def _person(player: story.Player, password: str) -> Person:
    person = access.add_person(email=player.email, name=player.name, by=PROGRAMME, password=password)
    access.accept_terms(person=person, version=terms.VERSION, by=actor_for(person, second_factor=True))
    if player.site_role:
        access.grant_site_role(person=person, role=player.site_role, by=PROGRAMME)
    return person


def _inspection(
    people: dict[str, Person], actors: dict[str, Actor], children: int, shape: Shape
) -> Inspection:  # fmt: skip
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    call = monday - timedelta(weeks=shape.weeks_ago)
    inspection = inspections.create(
        title=story.TITLE, authority=story.AUTHORITY, framework="sif-2013", kind="mock", call_day=call,
        fieldwork_from=call + timedelta(days=1), fieldwork_to=call + timedelta(days=shape.days),
        client_key=data.key("inspection"),
        synthetic=True, children_in_area=max(1, children), by=actors["lead@demo.example"],
    )  # fmt: skip
    for player in shape.players:
        if player.role and player.role != "lead":
            inspections.add_member(
                inspection=inspection,
                person=people[player.email],
                role=player.role,
                by=PROGRAMME,
                reason="demonstration",
            )
    for to in (lifecycle.Inspection.NOTIFIED, lifecycle.Inspection.FIELDWORK):
        inspection = inspections.move(inspection=inspection, to=to, by=actors["lead@demo.example"])
    return inspection


def _last_month_end() -> date:
    return timezone.localdate().replace(day=1) - timedelta(days=1)


def _draw(
    inspection: Inspection, submission: Submission, people: dict[str, Person], actors: dict[str, Actor], shape: Shape
) -> Draw:
    lead = actors["lead@demo.example"]
    draw = cases.make_draw(
        inspection=inspection, submission=submission, purpose="Files to review in the first week of fieldwork",
        population="open-cases", strata_by=("service", "age_band"), size=shape.sample, seed="autumn-2026",
        instrument=INSTRUMENT,
        client_key=data.key("draw"), by=lead,
    )  # fmt: skip
    inspectors = [people[player.email] for player in shape.players if player.role == "inspector"]
    cases.allocate_evenly(draw=draw, inspectors=inspectors, by=lead)
    readings.give_out(draw, inspectors, lead)
    return draw


def _reviews(draw: Draw, people: dict[str, Person], shape: Shape) -> None:
    by_id = {person.pk: person for person in people.values()}
    given = Case.objects.filter(draw=draw, reserve=False, allocated_to__isnull=False).order_by("number")
    for number, case in enumerate(given[: shape.signed_off + shape.begun]):
        if case.allocated_to_id is None:
            continue
        by = actor_for(by_id[case.allocated_to_id], second_factor=True)
        review = cases.start_review(case=case, by=by)
        answers = _answers(number)
        if number >= shape.signed_off:
            answers = dict(list(answers.items())[:5])
        review = cases.save_answers(review=review, answers=answers, by=by).review
        if number < shape.signed_off:
            parts.said_minutes(review, number, by)
            review.refresh_from_db()
            cases.sign_off(review=review, version=review.version, by=by)
            readings.read_again(case, answers, by_id, number)


def _referred_back(draw: Draw, people: dict[str, Person], actors: dict[str, Actor]) -> None:
    """Two children referred back: one that the council has answered for, one that it has still to act for."""
    by_id = {person.pk: person for person in people.values()}
    given = Case.objects.filter(draw=draw, reserve=False, allocated_to__isnull=False).order_by("number")
    for told, case in zip(story.REFERRED_BACK, given[:: max(1, len(given) // 3)], strict=False):
        by = actor_for(by_id[case.allocated_to_id], second_factor=True)  # type: ignore[index]
        referral = referred_back.raise_and_refer(
            case=case, says=told.says, seriousness=told.seriousness, client_key=data.key(f"referral-{case.number}"),
            by=by,
        )  # fmt: skip
        if told.answer:
            referred_back.answer(
                referral=referral, says=told.answer, version=referral.version, by=actors["officer@demo.example"]
            )


def _answers(number: int) -> dict[str, cases.Typed]:
    """The answers on one file: most show how good the work on it is, and every fifth stands apart, as files do."""
    instrument = instruments.load(INSTRUMENT)
    usual = story.GRADES[number % len(story.GRADES)]
    found: dict[str, cases.Typed] = {}
    for place, question in enumerate([*instrument.questions, *instrument.overall]):
        practice = "practice" in (getattr(question, "kind", ""), question.id.removeprefix("overall-"))
        graded = practice or question.id.startswith("overall-")
        grade = story.GRADES[(number * 3 + place) % len(story.GRADES)] if (number + place * 3) % 5 == 0 else usual
        # The record is the weaker of the two in this authority: reasons and minutes are often not there.
        falls_short = grade == "requires-improvement" or (not practice and (number * 5 + place * 3) % 4 == 0)
        why = _why("practice" if practice else "record", number + place, falls_short=falls_short)
        value = grade if graded else (("partly", "no")[(number + place) % 2] if falls_short else "yes")
        found[question.id] = cases.Typed(value, why, 0)
    found[instrument.urgent.id] = cases.Typed("no", "", 0)
    return found


def _why(part: str, turn: int, *, falls_short: bool) -> str:
    """What is written beside an answer: of practice the third falls short, of the record the second and the third."""
    which = {("practice", True): (2,), ("practice", False): (0, 1, 3), ("record", True): (1, 2)}.get(
        (part, falls_short), (0, 3)
    )
    return story.WHYS[part][which[turn % len(which)]]


def _findings(inspection: Inspection, submission: Submission, actors: dict[str, Actor]) -> None:
    lead = actors["lead@demo.example"]
    writers = [actors[player.email] for player in story.PLAYERS if player.role == "inspector"]
    measures = {
        value.code: value.evidence_item
        for value in MeasureValue.objects.filter(submission=submission, breakdown="").select_related("evidence_item")
        if value.evidence_item is not None
    }
    shelved = EvidenceItem.objects.filter(inspection=inspection, kind="case-review", status="current")
    reviews = list(shelved.order_by("number"))
    for number, told in enumerate(story.FINDINGS):
        by = writers[number % len(writers)]
        finding = findings.write_finding(
            inspection=inspection, kind=told.kind, area=told.area, criteria=told.criteria, statement=told.statement,
            explanation=told.explanation, confidence="high" if told.reviews and told.measures else "middle",
            themes=told.themes, client_key=data.key(f"finding-{number}"), by=by,
        )  # fmt: skip
        for item in [measures[code] for code in told.measures if code in measures]:
            findings.cite(finding=finding, item=item, stance="for", why="The figure and its interval", by=by)
        start = number * 2 % max(len(reviews), 1)
        for item in (reviews[start:] + reviews[:start])[: told.reviews]:
            findings.cite(finding=finding, item=item, stance="for", why="Seen in the file", by=by)
        for code, why in told.against:
            if code in measures:
                findings.cite(finding=finding, item=measures[code], stance="against", why=why, by=by)
        if told.agreed:
            findings.agree(finding=finding, by=lead)


def _judgements(inspection: Inspection, actors: dict[str, Actor]) -> None:
    lead = actors["lead@demo.example"]
    for area, grade, reason, agreed in story.JUDGEMENTS:
        judgement = findings.propose_judgement(
            inspection=inspection, area=area, grade=grade, reason=reason, departs_because="", version=0, by=lead
        )
        if agreed:
            findings.agree_judgement(judgement=judgement, by=lead)
