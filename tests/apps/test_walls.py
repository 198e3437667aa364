"""The filter in the database and the policy say the same of every row: `queries.wall` against `policy.decide`."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cases_story import story as with_cases

from goldthread.apps.access import terms
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission as P
from goldthread.apps.access.policy import NOBODY, PROGRAMME, Actor, Grant, decide
from goldthread.apps.access.queries import actor_for
from goldthread.apps.access.roles import FOR_EVERYONE, FOR_THE_SIGNED_IN, ROLES, Side
from goldthread.apps.cases.models import Case, CaseReview, Draw
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections import queries
from goldthread.apps.inspections.models import Conflict, Inspection, Membership, Walled
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db

PERMISSIONS = sorted(set(P) - FOR_EVERYONE - FOR_THE_SIGNED_IN)
IN_AN_INSPECTION = sorted(slug for slug, role in ROLES.items() if not role.site)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Frozen:
    """An inspection's answers about one actor, asked once."""

    grants: tuple[Grant, ...]
    conflict: str | None

    def grants_of(self, actor: Actor) -> tuple[Grant, ...]:
        return self.grants

    def conflict_of(self, actor: Actor) -> str | None:
        return self.conflict


@dataclass
class Ground:
    """Two inspections with a row of every sort, and two people."""

    own: Inspection
    other: Inspection
    me: Person
    somebody: Person
    rows: list[Walled]

    def actor(self, **changed: Any) -> Actor:
        return replace(actor_for(self.me, second_factor=True), **changed)

    def give(self, role: str, *, within: Inspection | None = None, began: int = -1, ends: int | None = 1) -> None:
        now = timezone.now()
        Membership.objects.create(
            inspection=within or self.own, person=self.me, role=role, valid_from=now + began * DAY,
            valid_to=None if ends is None else now + ends * DAY,
        )  # fmt: skip


def inspection(title: str) -> Inspection:
    today = timezone.localdate()
    return Inspection.objects.create(
        title=title, authority=title, framework="sif-2013", call_day=today, fieldwork_from=today, fieldwork_to=today
    )


@pytest.fixture
def ground() -> Ground:
    own, other = inspection("Own"), inspection("Other")
    me, somebody = (
        Person.objects.create_user(f"{name}@example.org", name, terms_accepted=terms.VERSION)
        for name in ("me", "somebody")
    )
    rows: list[Walled] = []
    for number, (within, side, released, owner) in enumerate(
        (within, side, released, owner)
        for within in (own, other)
        for side in Side
        for released in (None, timezone.now())
        for owner in (me, somebody, None)
    ):
        common = {"inspection": within, "side": side, "released_at": released, "created_by": owner}
        rows.append(EvidenceItem.objects.create(number=number, kind="data", title=f"Item {number}", **common))
        rows.append(Submission.objects.create(label="lists", sha256="ab" * 32, size=1, **common))
    return Ground(own, other, me, somebody, rows)


def disagreements(
    rows: Iterable[Walled], actor: Actor, permission: P, own: tuple[str, ...] = ("created_by",)
) -> Iterator[str]:
    """Rows that one of the two lets through and the other does not."""
    rows = list(rows)
    scopes = {row.inspection_id: row.inspection for row in rows}
    known = actor.signed_in and not actor.programme
    frozen = {
        pk: Frozen(held.grants_of(actor), held.conflict_of(actor)) if known else Frozen((), None)
        for pk, held in scopes.items()
    }
    now = timezone.now()
    for model in dict.fromkeys(type(row) for row in rows):
        seen = set(model.objects.filter(queries.wall(actor, permission, own=own)).values_list("pk", flat=True))
        for row in rows:
            if type(row) is not model:
                continue
            said = decide(actor, permission, replace(row.target(), within=frozen[row.inspection_id]), now).allowed
            if said is not (row.pk in seen):
                yield f"{permission} on {row} of side {row.side}: policy {said}, database {row.pk in seen}"


@pytest.mark.parametrize("role", IN_AN_INSPECTION)
def test_every_permission_of_a_role_agrees_on_every_sort_of_row(ground: Ground, role: str) -> None:
    ground.give(role)
    actor = ground.actor()
    assert [one for permission in PERMISSIONS for one in disagreements(ground.rows, actor, permission)] == []


def test_rows_of_another_inspection_are_never_seen(ground: Ground) -> None:
    for role in IN_AN_INSPECTION:
        ground.give(role)
    actor = ground.actor()
    for permission in PERMISSIONS:
        seen = EvidenceItem.objects.filter(queries.wall(actor, permission))
        assert not seen.filter(inspection=ground.other).exists(), permission


def test_random_lives_agree(ground: Ground) -> None:
    """Roles that add up, have ended or not begun, conflicts that were waived or not, accounts that are not whole."""
    chance = random.Random("walls")
    told = 0
    for _ in range(120):
        Membership.objects.filter(person=ground.me).delete()
        Conflict.objects.filter(person=ground.me).delete()
        for _ in range(chance.randint(0, 3)):
            ground.give(
                chance.choice(IN_AN_INSPECTION), within=chance.choice((ground.own, ground.other)),
                began=chance.choice((-2, -2, -2, 1)), ends=chance.choice((2, 2, None, -1)),
            )  # fmt: skip
        if chance.random() < 0.3:
            Conflict.objects.create(
                inspection=ground.own, person=ground.me, says="worked there",
                waived_at=chance.choice((None, timezone.now())),
            )  # fmt: skip
        actor = ground.actor(
            active=chance.random() > 0.1,
            second_factor=chance.random() > 0.2,
            second_factor_required=True,
            terms_accepted=chance.random() > 0.1,
        )
        for permission in chance.sample(PERMISSIONS, 6):
            assert list(disagreements(ground.rows, actor, permission)) == []
            told += EvidenceItem.objects.filter(queries.wall(actor, permission)).count()
    assert told > 500  # the lives were not all empty ones


@pytest.mark.parametrize("actor", [NOBODY, PROGRAMME], ids=["nobody", "the programme"])
def test_nobody_and_the_programme_agree(ground: Ground, actor: Actor) -> None:
    assert [one for permission in PERMISSIONS for one in disagreements(ground.rows, actor, permission)] == []


def test_cases_and_reviews_are_the_own_of_whom_they_were_given_to() -> None:
    """A case belongs to whoever it was allocated to, a review to its reviewer; neither to who made the row."""
    told = with_cases()
    mine = told.review()
    draw = mine.case.draw
    second = Person.objects.create_user("second@example.org", "Second")
    began = timezone.now() - DAY
    Membership.objects.create(inspection=told.inspection, person=second, role="inspector", valid_from=began)
    other = draw.cases.filter(allocated_to=None, reserve=False).first()
    assert other is not None
    Case.objects.filter(pk=other.pk).update(allocated_to=second, created_by=told.person("inspector"))
    CaseReview.objects.create(
        inspection=told.inspection, case=other, reviewer=second, instrument=draw.instrument,
        created_by=told.person("inspector"),
    )  # fmt: skip
    asked = [P.CASE_READ, P.CASE_REVIEW_READ, P.CASE_REVIEW_READ_DRAFT, P.CASE_REVIEW_WRITE, P.VAULT_READ]
    asked += [P.CASE_ALLOCATE, P.LISTS_READ]
    owners_of_a_draw = ("created_by", "cases__allocated_to")
    for role in IN_AN_INSPECTION:
        for permission in asked:
            assert not list(disagreements(Case.objects.all(), told[role], permission, own=("allocated_to",)))
            assert not list(disagreements(CaseReview.objects.all(), told[role], permission, own=("reviewer",)))
        assert not list(disagreements(Draw.objects.all(), told[role], P.DRAW_READ, own=owners_of_a_draw))
    seen = Case.objects.filter(queries.wall(told["inspector"], P.CASE_REVIEW_WRITE, own=("allocated_to",)))
    assert 0 < seen.count() < Case.objects.count()
    assert other not in seen


def test_inspections_are_listed_only_to_those_who_may_open_them(ground: Ground) -> None:
    for role in IN_AN_INSPECTION:
        Membership.objects.all().delete()
        ground.give(role)
        actor = ground.actor()
        may = decide(actor, P.INSPECTION_READ, ground.own.target(), timezone.now()).allowed
        assert list(queries.visible_to(actor)) == ([ground.own] if may else [])
    assert list(queries.visible_to(NOBODY)) == []
    assert list(queries.visible_to(ground.actor(second_factor=False, second_factor_required=True))) == []


def test_the_comparison_can_fail(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    ground.give("nominated-officer")
    whole = queries.wall

    def leaky(actor: Actor, permission: P, *, own: tuple[str, ...] = ("created_by",)) -> Any:
        from django.db.models import Q

        return whole(actor, permission, own=own) | Q(inspection=ground.own, side="team")

    monkeypatch.setattr(queries, "wall", leaky)
    assert list(disagreements(ground.rows, ground.actor(), P.SUBMISSION_READ))
