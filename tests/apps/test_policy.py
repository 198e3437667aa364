"""The one policy, as a table: who may do what to which row, and why not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from goldthread.apps.access.permissions import Permission as P
from goldthread.apps.access.policy import NOBODY, PROGRAMME, Actor, Grant, Target, decide
from goldthread.apps.access.roles import ROLES, Reach, Side

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Here:
    """An inspection in which one actor holds the given grants."""

    def __init__(self, *grants: Grant, conflict: str | None = None) -> None:
        self.grants, self.conflict = grants, conflict

    def grants_of(self, actor: Actor) -> tuple[Grant, ...]:
        return self.grants if actor.id == "p1" else ()

    def conflict_of(self, actor: Actor) -> str | None:
        return self.conflict


def held(role: str, *, begins: timedelta = -DAY, ends: timedelta | None = DAY) -> Grant:
    return Grant(role, NOW + begins, None if ends is None else NOW + ends)


ME = Actor(id="p1", name="Me", second_factor=True, terms_accepted=True)


def ask(
    role: str,
    permission: P,
    *,
    actor: Actor = ME,
    grant: Grant | None = None,
    conflict: str | None = None,
    **target: object,
):
    here = Here(grant or held(role), conflict=conflict)
    return decide(actor, permission, Target(within=here, **target), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "permission", "target", "allowed", "hidden"),
    [
        # the wall: staging is the council's own until it is handed over
        ("lead", P.SUBMISSION_READ, {"side": Side.AUTHORITY}, False, True),
        ("lead", P.SUBMISSION_READ, {"side": Side.AUTHORITY, "released": True}, True, False),
        ("nominated-officer", P.SUBMISSION_READ, {"side": Side.AUTHORITY}, True, False),
        ("nominated-officer", P.SUBMISSION_READ, {"side": Side.TEAM}, False, True),
        ("nominated-officer", P.DRAW_READ, {"side": Side.TEAM}, False, True),
        ("nominated-officer", P.DRAW_READ, {"side": Side.TEAM, "released": True}, True, False),
        # own: an uploader sees only their own, an inspector reviews only what they were given
        ("uploader", P.SUBMISSION_READ, {"side": Side.AUTHORITY, "owners": frozenset({"p1"})}, True, False),
        ("uploader", P.SUBMISSION_READ, {"side": Side.AUTHORITY, "owners": frozenset({"p2"})}, False, False),
        ("inspector", P.CASE_REVIEW_WRITE, {"side": Side.TEAM, "owners": frozenset({"p1"})}, True, False),
        ("inspector", P.CASE_REVIEW_WRITE, {"side": Side.TEAM, "owners": frozenset({"p2"})}, False, False),
        # roles: what each may not do
        ("inspector", P.JUDGEMENT_AGREE, {"side": Side.TEAM}, False, False),
        # what is no business of a role at all must look as if it were not there; what it may see but not change, not
        ("analyst", P.VAULT_READ, {"side": Side.TEAM}, False, True),
        ("analyst", P.CASE_ALLOCATE, {"side": Side.TEAM}, False, False),
        ("improvement-lead", P.SUBMISSION_READ, {"side": Side.AUTHORITY}, False, True),
        ("improvement-lead", P.SUBMISSION_UPLOAD, {"side": Side.AUTHORITY}, False, True),
        ("improvement-lead", P.INSPECTION_EDIT, {}, False, False),
        ("quality-assurance", P.FINDING_WRITE, {"side": Side.TEAM}, False, False),
        ("member", P.INSPECTION_READ, {}, False, True),
        ("director", P.EVIDENCE_READ, {"side": Side.TEAM}, False, True),
    ],
)  # fmt: skip
def test_who_may(role: str, permission: P, target: dict[str, object], allowed: bool, hidden: bool) -> None:
    decision = ask(role, permission, **target)
    assert (decision.allowed, decision.hidden and not decision.allowed) == (allowed, hidden)


def test_a_closed_account_is_refused_before_anything_else() -> None:
    assert ask("lead", P.INSPECTION_READ, actor=replace(ME, active=False)).reason == "This account is closed."


def test_a_missing_second_factor_is_refused_where_one_is_required() -> None:
    bare = replace(ME, second_factor=False)
    assert not ask("lead", P.INSPECTION_READ, actor=bare).allowed
    assert ask("lead", P.INSPECTION_READ, actor=replace(bare, second_factor_required=False)).allowed


@pytest.mark.parametrize(
    ("begins", "ends", "allowed"),
    [
        (timedelta(0), DAY, True),
        (timedelta(seconds=1), DAY, False),
        (-DAY, timedelta(0), False),
        (-DAY, timedelta(seconds=1), True),
        (-DAY, None, True),
    ],
)
def test_a_grant_holds_from_its_first_moment_to_just_before_its_last(
    begins: timedelta, ends: timedelta | None, allowed: bool
) -> None:
    assert ask("lead", P.INSPECTION_READ, grant=held("lead", begins=begins, ends=ends)).allowed is allowed


def test_a_conflict_of_interest_beats_every_role() -> None:
    for role in ROLES:
        if P.INSPECTION_READ in ROLES[role].may:
            decision = ask(role, P.INSPECTION_READ, conflict="worked there")
            assert not decision.allowed
            assert "worked there" in decision.reason


def test_sealed_is_absent_for_all_but_the_named() -> None:
    assert ask("lead", P.CASE_READ, side=Side.TEAM, sealed_for=frozenset({"p2"})).hidden
    assert ask("lead", P.CASE_READ, side=Side.TEAM, sealed_for=frozenset({"p1"})).allowed


def test_an_inspection_in_which_one_has_no_role_looks_absent() -> None:
    decision = decide(ME, P.INSPECTION_READ, Target(within=Here()), NOW)
    assert (decision.allowed, decision.hidden) == (False, True)


def test_terms_that_were_not_accepted_are_asked_for_before_anything_but_ones_own_account() -> None:
    stranger = replace(ME, terms_accepted=False)
    told = ask("lead", P.INSPECTION_READ, actor=stranger)
    assert (told.allowed, told.reason) == (False, "Read and accept the terms of use first.")
    assert not decide(stranger, P.FRAMEWORK_READ, Target(), NOW).allowed
    assert decide(stranger, P.OWN_ACCOUNT, Target(), NOW).allowed
    assert ask("lead", P.INSPECTION_READ, actor=replace(stranger, second_factor=False)).reason.startswith("Set up")


STEPS: list[tuple[str, dict[str, object], str]] = [
    # each target would be refused by this rule and by every one after it
    ("4 sealed", {"side": Side.AUTHORITY, "sealed_for": frozenset({"p2"}), "closed_because": "Closed."}, "sealed"),
    ("5 wrong side", {"side": Side.AUTHORITY, "closed_because": "Closed."}, "other side"),
    ("6 state", {"side": Side.TEAM, "closed_because": "Closed.", "owners": frozenset({"p2"})}, "Closed."),
    ("7 own", {"side": Side.TEAM, "owners": frozenset({"p2"})}, "somebody else"),
]


@pytest.mark.parametrize(("target", "says"), [pytest.param(t, says, id=name) for name, t, says in STEPS])
def test_the_first_rule_that_matches_decides(target: dict[str, object], says: str) -> None:
    assert says in ask("inspector", P.CASE_REVIEW_WRITE, **target).reason
    # and the rules on the account, the dates and the conflict come before all of them
    assert "conflict" in ask("inspector", P.CASE_REVIEW_WRITE, conflict="worked there", **target).reason
    ended = held("inspector", ends=timedelta(0))
    assert "has ended" in ask("inspector", P.CASE_REVIEW_WRITE, grant=ended, conflict="worked there", **target).reason
    closed = replace(ME, active=False)
    assert "closed" in ask("inspector", P.CASE_REVIEW_WRITE, actor=closed, grant=ended, **target).reason


def test_a_state_that_forbids_comes_before_whose_it_is_and_before_the_role() -> None:
    for role in ("inspector", "analyst", "quality-assurance"):
        told = ask(role, P.CASE_REVIEW_WRITE, side=Side.TEAM, owners=frozenset({"p2"}), closed_because="Signed off.")
        assert told.reason == "Signed off."


def test_a_state_that_forbids_is_told_with_its_reason() -> None:
    decision = ask("inspector", P.FINDING_WRITE, side=Side.TEAM, closed_because="This finding is agreed.")
    assert (decision.allowed, decision.hidden, decision.reason) == (False, False, "This finding is agreed.")


def test_nobody_signed_in_may_only_read_what_is_public() -> None:
    for permission in P:
        assert decide(NOBODY, permission, Target(), NOW).allowed is (permission is P.PUBLIC)


def test_the_administrator_has_no_permission_over_content() -> None:
    # Published figures are loaded for the installation and are public; inside an inspection this gives nothing either.
    assert set(ROLES["administrator"].may) == {P.ACCOUNT_MANAGE, P.SITE_READ, P.BENCHMARK_LOAD}
    admin = replace(ME, site_grants=(held("administrator"),))
    for permission in set(P) - {P.PUBLIC, P.OWN_ACCOUNT, P.FRAMEWORK_READ}:
        assert not decide(admin, permission, Target(within=Here()), NOW).allowed


def test_roles_add_up_but_never_weaken_each_other() -> None:
    here = Here(held("uploader"), held("nominated-officer"))
    target = Target(within=here, side=Side.AUTHORITY, owners=frozenset({"p2"}))
    assert decide(ME, P.SUBMISSION_READ, target, NOW).allowed


def test_nothing_of_the_team_reaches_the_authority_without_a_release() -> None:
    """Every role of the authority against every permission, on a row of the team's that was not released."""
    for slug, role in ROLES.items():
        if role.side is not Side.AUTHORITY:
            continue
        for permission in set(P) - {P.PUBLIC, P.OWN_ACCOUNT, P.FRAMEWORK_READ}:
            assert not ask(slug, permission, side=Side.TEAM, owners=frozenset({"p2"})).allowed, (slug, permission)


def test_every_reach_is_used_and_known() -> None:
    assert {reach for role in ROLES.values() for reach in role.may.values()} == set(Reach)


def test_the_programme_may_do_what_it_is_told_to() -> None:
    assert decide(PROGRAMME, P.SUBMISSION_READ, Target(within=Here(), side=Side.AUTHORITY), NOW).allowed
