"""Setting an inspection up, saying who takes part, and what shuts a door."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.factories import actor, client_for, inspection, member, person, site_lead

from goldthread.apps.access import actions as access
from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, PROGRAMME, Actor, Refused, decide
from goldthread.apps.inspections import actions, queries
from goldthread.apps.inspections.models import Conflict, Inspection, Membership
from goldthread.apps.journal import queries as journal
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

DETAILS: dict[str, Any] = {
    "title": "Wexcombe, autumn 2026", "authority": "Wexcombe", "framework": "ilacs-2026", "kind": "inspection",
    "call_day": date(2026, 11, 2), "fieldwork_from": date(2026, 11, 9), "fieldwork_to": date(2026, 11, 20),
}  # fmt: skip


def membership(within: Inspection, who: Actor, role: str) -> Membership:
    return Membership.objects.get(inspection=within, person_id=who.id, role=role)


def may(who: Actor, within: Inspection, permission: Permission = Permission.INSPECTION_READ) -> bool:
    return decide(who, permission, within.target(), datetime.now(UTC)).allowed


def events(within: Inspection) -> list[str]:
    return [entry.event for entry in journal.entries(within.pk)]


def test_whoever_sets_an_inspection_up_becomes_its_lead() -> None:
    lead = site_lead()
    made = actions.create(**DETAILS, client_key=uuid4(), by=lead)
    assert queries.role_titles(made, lead) == ["Lead inspector"]
    assert events(made) == ["inspection.member-added", "inspection.created"]


def test_the_same_form_twice_sets_up_one_inspection() -> None:
    lead, key = site_lead(), uuid4()
    first = actions.create(**DETAILS, client_key=key, by=lead)
    assert actions.create(**DETAILS, client_key=key, by=lead) == first
    assert (Inspection.objects.count(), first.memberships.count()) == (1, 1)
    assert actions.create(**DETAILS, client_key=uuid4(), by=lead) != first


def test_setting_up_takes_a_role_across_the_site() -> None:
    for who in (actor("Norma No-Role"), NOBODY, member(inspection(), "lead", "Lou Lead-Here-Only")):
        with pytest.raises(Refused):
            actions.create(**DETAILS, client_key=uuid4(), by=who)


@pytest.mark.parametrize(
    "dates",
    [
        {"fieldwork_to": date(2026, 11, 8)},
        {"call_day": date(2026, 11, 10)},
    ],
)
def test_dates_out_of_order_are_refused(dates: dict[str, date]) -> None:
    lead = site_lead()
    with pytest.raises(Refused, match="out of order"):
        actions.create(**{**DETAILS, **dates}, client_key=uuid4(), by=lead)
    assert not Inspection.objects.exists()
    made = inspection(lead=lead)
    with pytest.raises(Refused, match="out of order"):
        actions.change(inspection=made, version=1, by=lead, **dates)


def test_details_are_changed_and_the_journal_names_the_fields() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    changed = actions.change(inspection=made, version=1, title="Renamed", authority=made.authority, by=lead)
    assert (changed.title, changed.version) == ("Renamed", 2)
    entry = journal.entries(made.pk).first()
    assert entry is not None
    assert entry.detail == {"fields": ["title"]}


def test_two_people_who_change_the_details_at_once_see_both_texts() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    actions.change(inspection=made, version=1, title="Theirs", by=lead)
    with pytest.raises(Clash) as clash:
        actions.change(inspection=made, version=1, title="Yours", by=lead)
    assert (clash.value.theirs, clash.value.yours) == ({"title": "Theirs"}, {"title": "Yours"})
    assert clash.value.current_version == 2
    assert Inspection.objects.get(pk=made.pk).title == "Theirs"


def test_what_makes_an_inspection_what_it_is_cannot_be_changed() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    actions.change(inspection=made, version=1, framework="sif-2013", synthetic=False, status="archived", by=lead)
    kept = Inspection.objects.get(pk=made.pk)
    assert (kept.framework, kept.synthetic, kept.status) == ("ilacs-2026", True, "set-up")


def test_only_the_lead_changes_and_moves() -> None:
    made = inspection()
    for role in ("inspector", "quality-assurance", "nominated-officer", "director"):
        who = member(made, role)
        with pytest.raises(Refused):
            actions.change(inspection=made, version=1, title="No", by=who)
        with pytest.raises(Refused):
            actions.move(inspection=made, to="notified", by=who)
    assert Inspection.objects.get(pk=made.pk).status == "set-up"


def test_a_move_back_needs_a_reason_and_a_move_that_is_not_in_the_table_is_refused() -> None:
    lead = site_lead()
    made = actions.move(inspection=inspection(lead=lead), to="notified", by=lead)
    with pytest.raises(Refused, match="needs a reason"):
        actions.move(inspection=made, to="set-up", because="  ", by=lead)
    with pytest.raises(IllegalMove):
        actions.move(inspection=made, to="published", because="in a hurry", by=lead)
    assert actions.move(inspection=made, to="set-up", because="the director is away", by=lead).status == "set-up"


def test_each_side_is_given_its_roles_by_its_own() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    officer = member(made, "nominated-officer")
    newcomer, clerk = person("Newman Newcomer"), person("Clara Clerk")
    assert actions.add_member(inspection=made, person=newcomer, role="inspector", by=lead).role == "inspector"
    assert actions.add_member(inspection=made, person=clerk, role="uploader", by=officer).role == "uploader"
    with pytest.raises(Refused):
        actions.add_member(inspection=made, person=newcomer, role="director", by=lead)
    with pytest.raises(Refused):
        actions.add_member(inspection=made, person=newcomer, role="quality-assurance", by=officer)


def test_nobody_stands_on_both_sides_of_the_wall() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    officer = person("Olive Officer")
    held = actions.add_member(inspection=made, person=officer, role="nominated-officer", by=lead)
    for role in ("inspector", "analyst", "disclosure-checker"):
        with pytest.raises(Refused, match="other side of this inspection"):
            actions.add_member(inspection=made, person=officer, role=role, by=lead)
    actions.end_member(membership=held, by=member(made, "nominated-officer"))
    assert actions.add_member(inspection=made, person=officer, role="inspector", by=lead)


def test_whoever_keeps_the_accounts_takes_part_in_no_inspection() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    ada = person("Ada")
    access.grant_site_role(person=ada, role="administrator", by=PROGRAMME)
    with pytest.raises(Refused, match="administrators see nothing"):
        actions.add_member(inspection=made, person=ada, role="inspector", by=lead)


def test_a_role_cannot_end_before_it_begins() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    with pytest.raises(Refused, match="before it begins"):
        actions.add_member(
            inspection=made, person=person("Ida"), role="inspector", by=lead,
            valid_to=datetime(2020, 1, 1, tzinfo=UTC),
        )  # fmt: skip


def test_every_inspection_of_a_demonstration_is_synthetic(settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert not inspection(synthetic=False).synthetic
    settings.DEMONSTRATION = True
    assert inspection(synthetic=False).synthetic


def test_the_lead_brings_in_the_first_nominated_officer_and_no_more_of_the_authority() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    with pytest.raises(Refused):
        actions.add_member(inspection=made, person=person("Una Uploader"), role="uploader", by=lead)
    assert actions.add_member(inspection=made, person=person("Olive Officer"), role="nominated-officer", by=lead)
    with pytest.raises(Refused):
        actions.add_member(inspection=made, person=person("Oscar Officer"), role="nominated-officer", by=lead)


def test_nobody_gives_themselves_a_role_and_no_role_of_the_site_is_given_here() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    with pytest.raises(Refused, match="yourself"):
        actions.add_member(inspection=made, person=person("Lena Lead"), role="quality-assurance", by=lead)
    for role in ("administrator", "emperor"):
        with pytest.raises(Refused, match="not a role in an inspection"):
            actions.add_member(inspection=made, person=person("Ida"), role=role, by=lead)


@pytest.mark.parametrize("role", ["inspector", "quality-assurance", "analyst", "records-officer", "uploader", "member"])
def test_nobody_else_gives_roles(role: str) -> None:
    made = inspection()
    with pytest.raises(Refused):
        actions.add_member(inspection=made, person=person("Ida"), role="inspector", by=member(made, role))


def test_a_role_given_twice_is_one_and_given_again_after_it_ended_is_another() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    first = actions.add_member(inspection=made, person=person("Ida"), role="inspector", by=lead)
    assert actions.add_member(inspection=made, person=person("Ida"), role="inspector", by=lead) == first
    actions.end_member(membership=first, by=lead)
    assert actions.add_member(inspection=made, person=person("Ida"), role="inspector", by=lead) != first


def test_a_role_ends_by_itself() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    held = actions.add_member(inspection=made, person=person("Ida"), role="inspector", by=lead)
    assert held.valid_to is not None
    assert timedelta(days=269) < held.valid_to - datetime.now(UTC) < timedelta(days=271)


def test_ending_a_role_shuts_the_door_at_the_next_request() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    ida = member(made, "inspector", "Ida Inspector")
    browser, address = client_for(ida), f"/inspections/{made.pk}/"
    assert browser.get(address).status_code == 200
    actions.end_member(membership=membership(made, ida, "inspector"), by=lead)
    refused = browser.get(address)
    assert refused.status_code == 403
    assert "has ended" in refused.content.decode()
    assert "inspection.member-ended" in events(made)


def test_ending_is_for_each_side_its_own_and_a_lead_cannot_leave_the_inspection_without_one() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    officer, uploader = member(made, "nominated-officer"), member(made, "uploader")
    with pytest.raises(Refused):
        actions.end_member(membership=membership(made, uploader, "uploader"), by=lead)
    with pytest.raises(Refused):
        actions.end_member(membership=membership(made, lead, "lead"), by=officer)
    with pytest.raises(Refused, match="cannot end their own"):
        actions.end_member(membership=membership(made, lead, "lead"), by=lead)
    assert actions.end_member(membership=membership(made, uploader, "uploader"), by=officer).valid_to is not None


def test_a_conflict_of_interest_shuts_the_door_at_once_even_for_a_lead() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    browser, address = client_for(lead), f"/inspections/{made.pk}/"
    assert browser.get(address).status_code == 200
    actions.declare_conflict(inspection=made, person=person("Lena Lead"), says="worked there", by=lead)
    refused = browser.get(address)
    assert refused.status_code == 403
    assert "conflict of interest: worked there" in refused.content.decode()
    assert list(queries.visible_to(lead)) == []


def test_who_may_declare_a_conflict() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    ida, stranger = member(made, "inspector", "Ida Inspector"), actor("Stan Stranger")
    assert actions.declare_conflict(inspection=made, person=person("Ida Inspector"), says="a friend", by=lead)
    with pytest.raises(Refused):
        actions.declare_conflict(inspection=made, person=person("Lena Lead"), says="revenge", by=ida)
    with pytest.raises(Refused) as refusal:
        actions.declare_conflict(inspection=made, person=person("Stan Stranger"), says="curious", by=stranger)
    assert refusal.value.hidden
    assert Conflict.objects.count() == 1


def test_only_quality_assurance_waives_and_never_their_own() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    quality, checker = member(made, "quality-assurance"), member(made, "disclosure-checker")
    ida = member(made, "inspector", "Ida Inspector")
    conflict = actions.declare_conflict(inspection=made, person=person("Ida Inspector"), says="a friend", by=ida)
    for by in (lead, ida, checker):
        with pytest.raises(Refused):
            actions.waive_conflict(conflict=conflict, because="it is nothing", by=by)
    assert not may(ida, made)
    actions.waive_conflict(conflict=conflict, because="met once, ten years ago", by=quality)
    assert may(ida, made)
    assert "inspection.conflict-waived" in events(made)

    own = Conflict.objects.create(inspection=made, person_id=quality.id, says="my sister")
    with pytest.raises(Refused):
        actions.waive_conflict(conflict=own, because="I am fair", by=quality)


def test_a_closed_account_is_out_at_its_next_request() -> None:
    made = inspection()
    ida = member(made, "inspector", "Ida Inspector")
    browser, address = client_for(ida), f"/inspections/{made.pk}/"
    assert browser.get(address).status_code == 200
    access.close_person(person=person("Ida Inspector"), by=PROGRAMME)
    answer = browser.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next={address}")


def test_nobody_gives_themselves_a_role_across_the_site_or_closes_themselves() -> None:
    ada = person("Ada")
    access.grant_site_role(person=ada, role="administrator", by=PROGRAMME)
    by = actor(ada)
    with pytest.raises(Refused, match="yourself"):
        access.grant_site_role(person=ada, role="lead", by=by)
    with pytest.raises(Refused, match="your own account"):
        access.close_person(person=ada, by=by)
    with pytest.raises(Refused):
        access.grant_site_role(person=person("Ida"), role="inspector", by=by)
    assert access.grant_site_role(person=person("Ida"), role="lead", by=by).role == "lead"


def test_the_administrator_cannot_let_themselves_into_an_inspection() -> None:
    made = inspection()
    ada = person("Ada")
    access.grant_site_role(person=ada, role="administrator", by=PROGRAMME)
    by = actor(ada)
    for act in (
        lambda: actions.add_member(inspection=made, person=person("Ida"), role="lead", by=by),
        lambda: actions.change(inspection=made, version=1, title="Mine", by=by),
        lambda: actions.declare_conflict(inspection=made, person=person("Lena Lead"), says="out", by=by),
    ):
        with pytest.raises(Refused):
            act()


def test_a_conflict_with_a_team_a_person_or_a_family_leaves_the_inspection_open() -> None:
    lead = site_lead()
    made = inspection(lead=lead)
    ida = member(made, "inspector", "Ida Inspector")
    family = "C-1234567, C-7654321"
    for interest, subject in (
        ("team", " Court  Team ,"),
        ("person", "Rosa Worker"),
        ("family", family),
    ):
        found = actions.declare_conflict(
            inspection=made, person=person("Ida Inspector"), says="close", by=ida, interest=interest, subject=subject
        )
        assert found.interest == interest
    assert [one.subject for one in queries.conflicts(made)] == ["Court Team", "Rosa Worker", family]
    assert queries.conflicts(made)[2].subjects == {"c-1234567", "c-7654321"}
    assert may(ida, made)
    assert made.conflict_of(ida) is None
    with pytest.raises(Refused, match="Say with whom"):
        actions.declare_conflict(
            inspection=made, person=person("Ida Inspector"), says="close", by=ida, interest="team", subject=" , "
        )
    actions.declare_conflict(inspection=made, person=person("Ida Inspector"), says="all of it", by=ida)
    assert not may(ida, made)
