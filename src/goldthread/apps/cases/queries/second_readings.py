"""Reading second readings: whose they are, how far they have come, and both readings side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import Case, CaseReview, Draw, OwnAudit, SecondReading, SecondReadings, Settlement
from goldthread.apps.cases.reading_twice import Compared, Pickable, able, blind_readers, compared, pickable
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle
from goldthread.domain.second_reading import how_many


def second_readings_visible_to(actor: Actor) -> QuerySet[SecondReading]:
    """Second readings that an actor may follow: a reader those of the files that they read, first or second."""
    rows = SecondReading.objects.select_related(
        "inspection", "case", "case__draw", "case__inspection", "case__allocated_to", "reader", "plan", "first",
        "second", "first__reviewer", "second__reviewer", "settled_by",
    )  # fmt: skip
    return visible(rows, actor, Permission.MODERATION_READ, own=("reader", "case__allocated_to"))


def second_reading(actor: Actor, inspection: UUID, reading: UUID) -> SecondReading:
    """One second reading. Raises SecondReading.DoesNotExist where the actor may not see it."""
    return second_readings_visible_to(actor).get(inspection_id=inspection, pk=reading)


def second_readings_of(
    inspection: Inspection, actor: Actor, draw: Draw | None = None
) -> list[SecondReading]:  # fmt: skip
    """The second readings of an inspection, or of one draw, that the actor may follow, in the order of the cases."""
    rows = second_readings_visible_to(actor).filter(inspection=inspection)
    rows = rows.filter(case__draw=draw) if draw else rows
    return list(rows.order_by("case__draw__number", "case__number"))


def to_read_again(actor: Actor, inspection: Inspection | None = None) -> list[SecondReading]:
    """Files that the actor is to read a second time and has not signed off, in every inspection or in one."""
    if not actor.signed_in or actor.programme:
        return []
    rows = second_readings_visible_to(actor).filter(
        reader_id=UUID(actor.id), status=lifecycle.SecondReading.GIVEN, case__draw__status=lifecycle.Draw.DRAWN
    )
    rows = rows.filter(inspection=inspection) if inspection else rows
    done = CaseReview.objects.filter(reviewer_id=UUID(actor.id), status=lifecycle.CaseReview.SIGNED_OFF)
    return list(rows.exclude(case__in=done.values("case")).order_by("case__draw__number", "case__number"))


def to_settle(actor: Actor) -> list[SecondReading]:
    """Second readings in which the actor may settle differences that are still open."""
    rows = second_readings_visible_to(actor).filter(status=lifecycle.SecondReading.COMPARED)
    return [one for one in rows if may_settle(actor, one)]


def may_settle(actor: Actor, reading: SecondReading) -> bool:
    """Whether a page should offer to settle differences, or to open a closed second reading again."""
    asked = reading.target(changing=True)
    return policy.decide(actor, Permission.MODERATION_SETTLE, asked, timezone.now()).allowed


@dataclass(frozen=True, slots=True)
class Giving:
    """What giving out second readings of a draw would start from: its plan so far, its files, and who can read."""

    plan: SecondReadings | None
    files: Pickable
    readers: Sequence[Person]
    given: int
    without_first: int

    def wanted(self, share: int) -> int:
        """How many files a share makes."""
        return how_many(len(self.files.in_play), share)


def giving(draw: Draw) -> Giving:
    """The state of a draw before second readings are given out."""
    files = pickable(draw)
    plan = SecondReadings.objects.filter(draw=draw).first()
    return Giving(
        plan, files, blind_readers(draw.inspection), sum(case.read_again is not None for case in files.in_play),
        sum(case.allocated_to_id is None for case in files.in_play),
    )  # fmt: skip


def other_readers(reading: SecondReading) -> list[Person]:
    """Who else could read a file a second time, by name."""
    people = [one for one in blind_readers(reading.inspection) if one.pk != reading.reader_id]
    fitting = set(able([reading.case], people)[reading.case.number])
    return [one for one in people if str(one.pk) in fitting]


@dataclass(frozen=True, slots=True)
class Difference:
    """One question as both readers answered it, and what was settled of it."""

    compared: Compared
    settled: Settlement | None


def differences(reading: SecondReading) -> list[Difference]:
    """Every question with both answers, those that differ first; nothing until both readings are in."""
    settled = {one.question: one for one in reading.settlements.select_related("saved_by")}
    both = [Difference(one, settled.get(one.question.id)) for one in compared(reading)]
    return sorted(both, key=lambda one: not one.compared.differs)


def own_audits(case: Case, actor: Actor) -> list[OwnAudit]:
    """What the council's own audit graded a file. Kept from a reader until both readings of the file are in, unless
    they wrote it down themselves."""
    rows = OwnAudit.objects.filter(case=case).select_related("created_by").order_by("question")
    pair = case.read_again
    if pair is not None and pair.waits and actor.id in case.owners():
        rows = rows.filter(created_by_id=UUID(actor.id))
    return list(rows)


def own_audit_held(case: Case, question: str) -> OwnAudit | None:
    """The grade that is written down for one closing question."""
    return OwnAudit.objects.filter(case=case, question=question).first()
