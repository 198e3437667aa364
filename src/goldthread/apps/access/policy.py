"""The one place that decides who may do what: `decide(actor, permission, target, now)`, deny first.

The order is that of section 5.1 of the security reference, and the first rule that matches decides:
1 account closed, second factor missing or terms not accepted · 2 grant outside its dates · 3 conflict of interest ·
4 sealed · 5 wrong inspection or wrong side · 6 state forbids · 7 own or assigned · 8 role table · 9 deny.
An inspection in which somebody has no role is absent for them before anything else is asked about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from goldthread.apps.access.permissions import SAYS, SHOWN_BY, Permission
from goldthread.apps.access.roles import FOR_EVERYONE, FOR_THE_SIGNED_IN, ROLES, Reach, Role, Side


class Refused(Exception):
    """An act was refused. `hidden` means that even the existence of the thing must not be confirmed (404)."""

    def __init__(self, reason: str, *, hidden: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.hidden = reason, hidden


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held for a time. `valid_to` is exclusive: one moment after it, the grant is gone."""

    role: str
    valid_from: datetime
    valid_to: datetime | None = None

    def holds_at(self, now: datetime) -> bool:
        """Whether the grant is in force at that moment."""
        return self.valid_from <= now and (self.valid_to is None or now < self.valid_to)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. `id` is empty for somebody who has not signed in."""

    id: str
    name: str
    active: bool = True
    second_factor: bool = False
    second_factor_required: bool = True
    terms_accepted: bool = False
    site_grants: tuple[Grant, ...] = ()
    programme: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether this is somebody with an account."""
        return bool(self.id)

    @property
    def in_order(self) -> bool:
        """Whether nothing about the account itself stands in the way of using it."""
        strong = self.second_factor or not self.second_factor_required
        return self.signed_in and self.active and strong and self.terms_accepted


NOBODY = Actor(id="", name="Somebody not signed in", active=True)
PROGRAMME = Actor(id="programme", name="Goldthread", second_factor=True, programme=True)


class Scope(Protocol):
    """An inspection, as far as the policy needs to know it."""

    def grants_of(self, actor: Actor) -> tuple[Grant, ...]:
        """Every grant that the actor has, had or will have here."""
        ...

    def conflict_of(self, actor: Actor) -> str | None:
        """The declared and unwaived conflict of interest of the actor here, in words, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked about: which inspection, whose side, who owns it, whether it was released or sealed.

    `sealed_for` names the only people who may see it; `sealed_from` people from whom it is kept though others may.
    """

    within: Scope | None = None
    side: Side | None = None
    released: bool = False
    owners: frozenset[str] = frozenset()
    sealed_for: frozenset[str] | None = None
    sealed_from: frozenset[str] = frozenset()
    closed_because: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, with the reason in plain words, and whether a refusal must look like absence."""

    allowed: bool
    reason: str
    hidden: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Held:
    roles: tuple[Role, ...] = ()
    lapsed: bool = False
    grants: tuple[Grant, ...] = field(default=())


def decide(actor: Actor, permission: Permission, target: Target, now: datetime) -> Decision:
    """Whether `actor` may do `permission` to `target` at `now`. Never raises; never asks the clock."""
    if permission in FOR_EVERYONE:
        return Decision(True, "Everybody may.")
    if actor.programme:
        return Decision(True, "The programme itself.")
    if (refusal := _account(actor, permission)) is not None:
        return refusal
    if permission in FOR_THE_SIGNED_IN:
        return Decision(True, "Everybody who is signed in may.")
    if target.within is None:
        return _by_role(permission, target, actor, _held(actor.site_grants, now))
    held = _held(target.within.grants_of(actor), now)
    if not held.roles:
        reason = "Your role in this inspection has ended." if held.lapsed else "You have no role in this inspection."
        return Decision(False, reason, hidden=not held.lapsed)
    if (conflict := target.within.conflict_of(actor)) is not None:
        return Decision(False, f"You have declared a conflict of interest: {conflict}")
    if target.sealed_for is not None and actor.id not in target.sealed_for:
        return Decision(False, "This is sealed.", hidden=True)
    if actor.id in target.sealed_from:
        return Decision(False, "This is kept from you until your own reading is signed off.", hidden=True)
    return _by_role(permission, target, actor, held)


def require(actor: Actor, permission: Permission, target: Target, now: datetime) -> Decision:
    """`decide`, raising Refused where the answer is no."""
    decision = decide(actor, permission, target, now)
    if not decision.allowed:
        raise Refused(decision.reason, hidden=decision.hidden)
    return decision


def reaches(grants: Iterable[Grant], permission: Permission, now: datetime) -> frozenset[tuple[Side, Reach]]:
    """Every (side, reach) with which these grants carry a permission now; what `visible_to` filters by."""
    held = _held(tuple(grants), now)
    return frozenset((role.side, role.may[permission]) for role in held.roles if permission in role.may)


def _account(actor: Actor, permission: Permission) -> Decision | None:
    if not actor.signed_in:
        return Decision(False, "Sign in to see this.")
    if not actor.active:
        return Decision(False, "This account is closed.")
    # Whoever has yet to set up a second factor or to read the terms may do so in their own account, and nothing else.
    if permission is Permission.OWN_ACCOUNT or actor.in_order:
        return None
    if actor.second_factor_required and not actor.second_factor:
        return Decision(False, "Set up your second factor first.")
    return Decision(False, "Read and accept the terms of use first.")


def _held(grants: tuple[Grant, ...], now: datetime) -> _Held:
    roles = tuple(ROLES[grant.role] for grant in grants if grant.role in ROLES and grant.holds_at(now))
    return _Held(roles, lapsed=bool(grants) and not roles, grants=grants)


def _by_role(permission: Permission, target: Target, actor: Actor, held: _Held) -> Decision:
    """Rules 5 to 9."""
    near = [role for role in held.roles if _reaches_side(role, permission, target)]
    if held.roles and not near:
        return Decision(False, "This belongs to the other side.", hidden=True)
    if target.closed_because:
        return Decision(False, target.closed_because)
    able = [role for role in near if permission in role.may]
    for role in able:
        if role.may[permission] is not Reach.OWN or actor.id in target.owners:
            return Decision(True, f"{role.title}s may {SAYS[permission]}.", role=role.slug)
    if able:
        return Decision(False, "This was given to somebody else.")
    # What a role may not even see must look as if it were not there; outside an inspection no address is a secret.
    seen = any(SHOWN_BY.get(permission, permission) in role.may for role in near)
    unseen = target.within is not None and not seen
    return Decision(False, f"Your role does not let you {SAYS[permission]}.", hidden=unseen)


def _reaches_side(role: Role, permission: Permission, target: Target) -> bool:
    """Whether a role stands on the side of the wall where the target is, or the target was let through to it."""
    if target.side is None or target.side == role.side:
        return True
    return target.released and role.may.get(permission) is not Reach.SIDE
