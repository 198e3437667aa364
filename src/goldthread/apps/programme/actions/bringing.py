"""Bringing the grades of an audit programme to an inspection, as the council's own audits of the same children."""

from dataclasses import dataclass

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases import asked
from goldthread.apps.cases.models import Case, OwnAudit
from goldthread.apps.cases.queries import standing_grade
from goldthread.apps.cases.reading_twice import scale_of
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.programme.queries.bringing import done_cases, may_take, same
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.models import Identity
from goldthread.domain import lifecycle


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought: the children of the sample whom the programme audited, grades written, and grades that stood
    already and were left."""

    children: int
    grades: int
    stood: int


@transaction.atomic
def bring_own_audits(*, inspection: Inspection, programme: Inspection, by: Actor) -> Brought:
    """Write the programme's grades down for the children of this inspection's samples; nobody else's are brought.

    Who is who is told by the identities that both inspections hold: they are opened in memory, the look is in the
    journals of both, and nothing of them is kept. The latest audit of a child counts; a grade that stands is left.
    Raises Refused for a programme of another authority, or one in which the actor may not read every audit.
    """
    require(by, Permission.OWN_AUDIT_WRITE, inspection.target(side=Side.TEAM))
    require(by, Permission.VAULT_READ, inspection.target(side=Side.TEAM))
    if programme.pk == inspection.pk or not may_take(by, programme):
        raise Refused("There is no such programme.", hidden=True)
    if not same(inspection.authority, programme.authority):
        raise Refused("That programme is of another authority.")
    here = Case.objects.filter(
        inspection=inspection, draw__status=lifecycle.Draw.DRAWN, reserve=False
    ).exclude(status=lifecycle.Case.SET_ASIDE).select_related("draw", "inspection")  # fmt: skip
    audited = _by_child(inspection, programme, by)
    matched = [(case, audited[case.pseudonym]) for case in here.order_by("draw__number", "number")
               if case.pseudonym in audited]  # fmt: skip
    told = [_write(case, source, by) for case, source in matched]
    brought = Brought(
        len({case.pseudonym for case, _ in matched}), sum(new for new, _ in told), sum(old for _, old in told)
    )
    journal(
        Events.OWN_AUDITS_BROUGHT, by=by, about=inspection, chain=inspection.pk, side=Side.TEAM,
        programme=str(programme.pk), children=brought.children, grades=brought.grades, stood=brought.stood,
    )  # fmt: skip
    return brought


def _by_child(inspection: Inspection, programme: Inspection, by: Actor) -> dict[str, Case]:
    """The latest audit of each child of the programme, by the child's pseudonym in this inspection."""
    done: dict[str, Case] = {}
    for case in done_cases(programme):
        done.setdefault(case.pseudonym, case)
    if not done:
        return {}
    known = submissions.look_up(pseudonyms=done, inspection=programme, reason="case-review", by=by)
    key = sealing.key_of(inspection)
    marks = {
        sealing.fingerprint(key, "child", word).hex(): done[name] for name, one in known.items() for word in one.ids
    }
    rows = Identity.objects.filter(inspection=inspection, fingerprint__in=list(marks))
    return {name: marks[mark] for mark, name in rows.values_list("fingerprint", "pseudonym")}


def _write(case: Case, source: Case, by: Actor) -> tuple[int, int]:
    """How many grades were written for a case, and how many stood already."""
    instrument = asked.held(asked.instrument_of(case))
    written = stood = 0
    for question in instrument.overall if instrument else ():
        grade = standing_grade(OwnAudit(case=source, question=question.id))
        if grade not in scale_of(question):
            continue
        if OwnAudit.objects.filter(case=case, question=question.id).exists():
            stood += 1
            continue
        cases.write_own_audit(
            case=case, question=question.id, grade=grade, source=_source(source), version=0, by=by
        )  # fmt: skip
        written += 1
    return written, stood


def _source(source: Case) -> str:
    month = source.draw.programme_round.month
    return f"Audit programme, round of {month:%B %Y}, case {source.number}, draw {source.draw.number}"
