"""Observations of practice on the short form, and putting them on the shelf."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import Observation
from goldthread.apps.conversations.queries import said_of
from goldthread.apps.conversations.queries.hearing import own_row
from goldthread.apps.conversations.rules import Wrong, id_of, require_areas, require_day, require_length, tidy
from goldthread.apps.conversations.sealed import hash_of, sealed_words
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceKind
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key
from goldthread.domain import lifecycle
from goldthread.domain.hearing import PRACTICE

Status = lifecycle.Observation
PARTS = ("seen", "well", "better", "gist")
"""What the short form asks: what was seen, what went well, what could be better, what the shelf is to say."""


@transaction.atomic
def observe(
    *, inspection: Inspection, day: date, kind: str, team: str, areas: Sequence[str], said: Mapping[str, str],
    client_key: UUID, by: Actor,
) -> Observation:  # fmt: skip
    """Write down practice that was watched. The same key twice gives the same."""
    require(by, Permission.CONVERSATION_WRITE, own_row(inspection, by))
    if existing := Observation.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    slugs, words = _sound(inspection, day, kind, areas, said)
    make_key(inspection=inspection, by=by)
    last = Observation.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = Observation(
        inspection=inspection, side=Side.TEAM, number=last + 1, day=day, kind=kind, team=tidy(team), area_slugs=slugs,
        client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    made.sealed = sealed_words(inspection, made.purpose, words)
    made.save()
    journal(Events.OBSERVATION_WRITTEN, by=by, about=made, chain=inspection.pk, kind=kind)
    return made


@transaction.atomic
def change_observation(
    *, observation: Observation, day: date, kind: str, team: str, areas: Sequence[str], said: Mapping[str, str],
    version: int, by: Actor,
) -> Observation:  # fmt: skip
    """Change a draft. Raises Clash where it was changed meanwhile."""
    require(by, Permission.CONVERSATION_WRITE, observation.target())
    observation = _locked(observation)
    yours = {name: said.get(name, "").strip() for name in PARTS}
    held = said_of(observation)
    theirs = {name: held.get(name, "") for name in PARTS}
    require_version(observation.version, version, theirs=theirs, yours=yours, about=observation)
    require(by, Permission.CONVERSATION_WRITE, observation.target(changing=True))
    slugs, words = _sound(observation.inspection, day, kind, areas, said)
    observation.day, observation.kind, observation.team, observation.area_slugs = day, kind, tidy(team), slugs
    observation.sealed = sealed_words(observation.inspection, observation.purpose, words)
    observation.version += 1
    observation.save()
    journal(Events.OBSERVATION_CHANGED, by=by, about=observation, chain=observation.inspection_id)
    return observation


@transaction.atomic
def shelve_observation(*, observation: Observation, version: int, by: Actor) -> Observation:
    """Put it on the shelf: what the shelf is to say of it, and no more. An earlier item is superseded by this one."""
    require(by, Permission.CONVERSATION_WRITE, observation.target())
    observation = _locked(observation)
    require_unchanged(observation, version, about=observation, chain=observation.inspection_id)
    lifecycle.require_move(Status, observation.status, Status.ON_SHELF)
    gist = said_of(observation).get("gist", "")
    if not gist:
        raise Refused("Write first what the shelf is to say, without a name.")
    before = observation.evidence_item
    observation.evidence_item = evidence.shelve(
        inspection=observation.inspection, kind=EvidenceKind.OBSERVATION, by=by, areas=observation.areas,
        title=", ".join(one for one in (f"{observation.what} observed", observation.team) if one), summary=gist,
        source_hash=hash_of(observation.sealed), about_from=observation.day, about_to=observation.day, replaces=before,
    )  # fmt: skip
    observation.status, observation.version = Status.ON_SHELF, observation.version + 1
    observation.save()
    journal(
        Events.OBSERVATION_SHELVED, by=by, about=observation, chain=observation.inspection_id,
        item=observation.evidence_item.mark,
    )  # fmt: skip
    return observation


@transaction.atomic
def reopen(*, observation: Observation, version: int, by: Actor) -> Observation:
    """Open it again to change it: its item is superseded, so that what leans on it is marked *check again*."""
    require(by, Permission.CONVERSATION_WRITE, observation.target())
    observation = _locked(observation)
    require_unchanged(observation, version, about=observation, chain=observation.inspection_id)
    lifecycle.require_move(Status, observation.status, Status.DRAFT)
    if observation.evidence_item is not None and observation.evidence_item.current:
        evidence.supersede(item=observation.evidence_item, new=None, by=by)
    observation.status, observation.version = Status.DRAFT, observation.version + 1
    observation.save()
    journal(Events.OBSERVATION_OPENED, by=by, about=observation, chain=observation.inspection_id)
    return observation


def _sound(
    inspection: Inspection, day: date, kind: str, areas: Sequence[str], said: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    if kind not in PRACTICE:
        raise Wrong("kind", "Choose what was watched.")
    require_day(inspection, day, last=timezone.localdate())
    words = {name: require_length(name, said.get(name, "")) for name in PARTS}
    if not words["seen"]:
        raise Wrong("seen", "Write what you saw.")
    return require_areas(inspection, areas), words


def _locked(observation: Observation) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",)).select_related("inspection", "evidence_item")
    return rows.get(pk=observation.pk)
