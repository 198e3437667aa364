"""What a round would draw and who would be given what: worked out, for a page to show and an act to do alike."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.drawing import DrawPlan, Particulars, draw_from, frame_of
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.cases.reading_twice import able, blind_readers
from goldthread.apps.inspections.models import Conflict, Inspection
from goldthread.apps.programme.models import Auditor, ProgrammeRule, Round
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle, sampling
from goldthread.domain.calendar import add_months
from goldthread.domain.second_reading import how_many, order, readers_in_turn
from goldthread.domain.sharing_out import share_out
from goldthread.domain.timetable import INTERESTS, Interest

OPEN = (lifecycle.Case.ALLOCATED, lifecycle.Case.IN_REVIEW)
"""States of a case in which whoever has it has still to audit it."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One child's file that the round would draw, and who would be given it; `why` says why nobody would.

    `team` is the child's own, as the lists name it, and `again` whoever would read the file a second time.
    """

    case: Case
    to: Person | None
    why: str = ""
    team: str = ""
    again: Person | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a round would do. `seen` names all of it, so that what was seen is what is done, or nothing is."""

    submission: Submission
    plan: DrawPlan
    frame_size: int
    rested: int
    strata: tuple[sampling.StratumCount, ...]
    files: tuple[Proposed, ...]
    loads: tuple[tuple[Person, int, int], ...]
    undeclared: tuple[Person, ...]
    second_readers: tuple[Person, ...]
    drawn_before: Round | None
    seen: str

    @property
    def read_twice(self) -> int:
        """How many files would be read a second time."""
        return sum(one.again is not None for one in self.files)

    @property
    def unplaced(self) -> list[Proposed]:
        """Files that nobody may have."""
        return [one for one in self.files if one.to is None]


def auditors(inspection: Inspection) -> tuple[list[Person], list[Person]]:
    """Who takes part, by name; and who has not said yet which teams are their own, and so is given nothing."""
    noted = dict(Auditor.objects.filter(inspection=inspection).values_list("person_id", "takes_part"))
    people = sorted(cases.reviewers(inspection), key=lambda one: (one.name, str(one.pk)))
    return [one for one in people if noted.get(one.pk)], [one for one in people if one.pk not in noted]


def own_teams(inspection: Inspection) -> dict[object, list[Conflict]]:
    """The unwaived conflicts of interest with teams, by person."""
    held: dict[object, list[Conflict]] = {}
    rows = Conflict.objects.filter(inspection=inspection, waived_at=None, interest=Interest.TEAM)
    for one in rows.order_by("declared_at", "pk"):
        held.setdefault(one.person_id, []).append(one)
    return held


def plan_by(rule: ProgrammeRule, seed: str, listed: tuple[str, ...] | None = None) -> DrawPlan:
    """The rule as a plan of one draw."""
    return DrawPlan(
        rule.population, tuple(rule.strata_by), rule.size, seed, rule.minimum_per_stratum, rule.design,
        Particulars(listed=listed),
    )  # fmt: skip


def recently_drawn(rule: ProgrammeRule, month: date) -> frozenset[str]:
    """Children whom a round of the last months drew, without files that were set aside and draws that were replaced."""
    rounds = Round.objects.filter(
        inspection=rule.inspection, month__gte=add_months(month, -rule.rest), month__lt=month,
        draw__status=lifecycle.Draw.DRAWN,
    )  # fmt: skip
    rows = Case.objects.filter(draw__programme_round__in=rounds, reserve=False)
    return frozenset(rows.exclude(status=lifecycle.Case.SET_ASIDE).values_list("pseudonym", flat=True))


def in_the_way(rule: ProgrammeRule, by: Actor) -> str:
    """Why the newest lists could not be drawn by the rule, even if no child rested; empty where they could, or where
    there are none yet. Lists to come may be larger, so a rule is told this and not refused."""
    able = cases.submissions_to_draw_from(rule.inspection, by)
    if not able:
        return ""
    plan = plan_by(rule, "a trial")
    try:
        draw_from(frame_of(able[0], plan).frame, plan)
    except Refused as refusal:
        return refusal.reason
    return ""


def propose(round_: Round, rule: ProgrammeRule, by: Actor) -> Proposal:
    """Everything that drawing the round would do. Raises Refused where it cannot be drawn as things stand."""
    inspection = round_.inspection
    able = cases.submissions_to_draw_from(inspection, by)
    if not able:
        raise Refused("There is no hand-in of lists to draw from. Hand in the newest lists first.")
    submission = able[0]
    people, undeclared = auditors(inspection)
    if not people:
        raise Refused("Nobody audits yet: each auditor first says which teams are their own.")
    whole = frame_of(submission, plan_by(rule, round_.seed)).frame
    children, resting = list(whole.eligible["child"]), recently_drawn(rule, round_.month)
    rested = sum(child in resting for child in children)
    listed = tuple(child for child in children if child not in resting) if rested else None
    plan = plan_by(rule, round_.seed, listed)
    try:
        frame = frame_of(submission, plan).frame
        drawn = draw_from(frame, plan)
    except Refused as refusal:
        rests = f" {rested} children rest, because a round of the last {rule.rest} months drew them." if rested else ""
        raise Refused(f"{refusal.reason}{rests}") from None
    files, loads = _given(inspection, submission, drawn, people)
    teams = dict(frame.eligible.select("child", "team").iter_rows())
    readers = [one for one in blind_readers(inspection) if one in people] if rule.share else []
    again = _read_twice(files, readers, rule.share, round_.seed)
    files = tuple(
        replace(one, team=teams.get(one.case.pseudonym) or "", again=again.get(one.case.number)) for one in files
    )
    before = Round.objects.filter(inspection=inspection, draw__submission=submission).first()
    return Proposal(
        submission, plan, drawn.frame_size, rested, drawn.strata, files, loads, tuple(undeclared), tuple(readers),
        before, _named(rule, submission, drawn, files, readers),
    )  # fmt: skip


def _given(
    inspection: Inspection, submission: Submission, drawn: sampling.Draw, people: Sequence[Person]
) -> tuple[tuple[Proposed, ...], tuple[tuple[Person, int, int], ...]]:
    apart, made = Interests(), Draw(inspection=inspection, submission=submission)
    found = {
        number: Case(
            inspection=inspection, draw=made, number=number, pseudonym=one.id, stratum=one.stratum, reason=one.reason
        )
        for number, one in enumerate(drawn.chosen, 1)
    }
    bars = {
        number: {str(one.pk): bar for one in people if (bar := apart.between(case, one)) is not None}
        for number, case in found.items()
    }
    has = open_files(inspection, people)
    by_id = {str(one.pk): one for one in people}
    shared = share_out(
        {number: [pk for pk in by_id if pk not in bars[number]] for number in found}, list(by_id), has
    )  # fmt: skip
    files = tuple(
        Proposed(case, by_id[shared.to[number]]) if number in shared.to
        else Proposed(case, None, _why_nobody(bars[number], by_id))
        for number, case in found.items()
    )  # fmt: skip
    new = {pk: sum(name == pk for name in shared.to.values()) for pk in by_id}
    return files, tuple((one, has[pk], new[pk]) for pk, one in by_id.items())


def _read_twice(files: Sequence[Proposed], readers: Sequence[Person], share: int, seed: str) -> dict[int, Person]:
    """Who would read which file a second time, by the same steps as the act that gives it, of files just drawn."""
    if not share or len(readers) < 2:
        return {}
    given = {one.case.number: one.case for one in files if one.to is not None}
    for one in files:
        one.case.allocated_to = one.to
    picked = order([one.case.number for one in files], seed_again(seed))[: how_many(len(files), share)]
    wanted = [given[number] for number in picked if number in given]
    by_id = {str(one.pk): one for one in readers}
    turns = readers_in_turn([case.number for case in wanted], able(wanted, readers), {})
    return {number: by_id[reader] for number, reader in turns.items()}


def seed_again(seed: str) -> str:
    """The seed by which the files of a round are picked that are read twice."""
    return f"{seed}-again"


def open_files(inspection: Inspection, people: Sequence[Person]) -> dict[str, int]:
    """How many files of earlier rounds each has open: what a new round is added to."""
    rows = Case.objects.filter(
        inspection=inspection, draw__programme_round__isnull=False, draw__status=lifecycle.Draw.DRAWN, status__in=OPEN
    )
    held = [str(pk) for pk in rows.values_list("allocated_to_id", flat=True)]
    return {str(one.pk): held.count(str(one.pk)) for one in people}


def _why_nobody(bars: Mapping[str, Conflict], by_id: Mapping[str, Person]) -> str:
    told = [f"{by_id[pk].name} ({INTERESTS[Interest(bar.interest)].lower()})" for pk, bar in bars.items()]
    return f"Each has a conflict of interest: {', '.join(told)}"


def _named(
    rule: ProgrammeRule, submission: Submission, drawn: sampling.Draw, files: Sequence[Proposed],
    readers: Sequence[Person],
) -> str:  # fmt: skip
    told = [
        str(rule.version), str(submission.pk), drawn.frame_hash, *(str(one.pk) for one in readers),
        *(
            f"{one.case.pseudonym}:{one.to.pk if one.to else ''}:{one.again.pk if one.again else ''}" for one in files
        ),
    ]  # fmt: skip
    return hashlib.sha256("|".join(told).encode()).hexdigest()[:20]
