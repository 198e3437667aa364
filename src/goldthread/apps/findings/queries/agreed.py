"""Dissent from a judgement, and the states in which it was agreed."""

from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.findings.agreed_state import digest
from goldthread.apps.findings.models import Dissent, Judgement, JudgementState
from goldthread.apps.findings.queries.judgements import judgement


@dataclass(frozen=True)
class State:
    """A judgement as it was agreed once. `sound`: its content still has the fingerprint that was kept with it."""

    row: JudgementState
    sound: bool


def dissents_of(judgement: Judgement) -> list[Dissent]:
    """Every dissent from a judgement, those that stand first, each in the order of writing."""
    return sorted(judgement.dissents.select_related("by"), key=lambda one: not one.standing)


def dissent_from(actor: Actor, inspection: UUID, area: str, dissent: int) -> Dissent:
    """One dissent. Raises Judgement.DoesNotExist or Dissent.DoesNotExist where the actor may not see it."""
    rows = Dissent.objects.select_related("judgement__inspection", "by")
    return rows.get(judgement=judgement(actor, inspection, area), pk=dissent)


def states_of(judgement: Judgement) -> list[JudgementState]:
    """The states in which a judgement was agreed, the latest first."""
    return list(judgement.states.select_related("agreed_by").order_by("-number"))


def state_of(actor: Actor, inspection: UUID, area: str, number: int) -> State:
    """A judgement as it was agreed for the `number`th time. Raises DoesNotExist where the actor may not see it."""
    rows = JudgementState.objects.select_related("judgement__inspection", "agreed_by")
    row = rows.get(judgement=judgement(actor, inspection, area), number=number)
    return State(row, digest(row.content) == row.sha256)
