"""Accounts, as administrators keep them."""

import re

import pytest
from django.test import Client
from tests import factories as make

from goldthread.apps.access import actions, queries, second_factor
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.journal import queries as journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return make.client_for(make.administrator())


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_only_an_administrator_reaches_the_accounts() -> None:
    lead = make.client_for(make.site_lead())
    other = make.person("Otto Other")
    for address in ("/people/", "/people/new/", f"/people/{other.pk}/", f"/people/{other.pk}/close/", "/installation/"):
        assert lead.get(address).status_code == 403, address
    assert lead.post(f"/people/{other.pk}/password-link/").status_code == 403
    assert Client().get("/people/")["Location"].startswith("/sign-in/")


def test_accounts_are_found_by_parts_of_name_and_address(admin: Client) -> None:
    make.person("Quentin Quill")
    make.person("Rosa Quartz")
    shown = text(admin.get("/people/?q=qu+rosa"))
    assert "Rosa Quartz" in shown and "Quentin" not in shown
    assert "No account fits" in text(admin.get("/people/?q=zzzz"))


def test_a_long_list_has_pages_and_keeps_its_search(admin: Client) -> None:
    for number in range(30):
        make.person(f"Colleague {number:02}")
    shown = text(admin.get("/people/?q=colleague"))
    assert "30 in all, 1 to 25 shown" in shown
    assert "?q=colleague&amp;page=2" in shown
    assert "Colleague 29" in text(admin.get("/people/?q=colleague&page=2"))


def test_adding_an_account_and_adding_it_again(admin: Client) -> None:
    sent = {"name": "Nia New", "email": "nia@example.org"}
    first = admin.post("/people/new/", sent)
    assert first.status_code == 302
    again = admin.post("/people/new/", {**sent, "email": "NIA@example.org"})
    assert again["Location"] == first["Location"]
    assert Person.objects.filter(email__iexact="nia@example.org").count() == 1
    assert "already" in text(admin.get(again["Location"]))


def test_a_bad_address_keeps_what_was_typed(admin: Client) -> None:
    answer = admin.post("/people/new/", {"name": "Nia New", "email": "nia at home"})
    assert answer.status_code == 422
    assert 'value="Nia New"' in text(answer) and "in full" in text(answer)


def test_two_who_change_a_name_see_both_texts(admin: Client) -> None:
    person = make.person("Nia New")
    version = person.version
    assert admin.post(f"/people/{person.pk}/", {"name": "Nia Newer", "version": version}).status_code == 302
    clash = admin.post(f"/people/{person.pk}/", {"name": "Nia Newest", "version": version})
    assert clash.status_code == 409
    assert "Nia Newer" in text(clash) and "Nia Newest" in text(clash)
    current = re.findall(r'name="version" value="(\d+)"', text(clash))[0]
    assert admin.post(f"/people/{person.pk}/", {"name": "Nia Newest", "version": current}).status_code == 302
    assert Person.objects.get(pk=person.pk).name == "Nia Newest"


def test_closing_asks_first_then_ends_access_and_can_be_undone(admin: Client) -> None:
    person = make.person("Cora Closed")
    theirs = make.client_for(person)
    assert "Close the account" in text(admin.get(f"/people/{person.pk}/close/"))
    assert Person.objects.get(pk=person.pk).is_active
    admin.post(f"/people/{person.pk}/close/")
    assert theirs.get("/home/")["Location"].startswith("/sign-in/")
    admin.post(f"/people/{person.pk}/reopen/")
    assert Person.objects.get(pk=person.pk).is_active


def test_nobody_closes_or_raises_themselves() -> None:
    me = make.administrator()
    client = make.client_for(me)
    client.post(f"/people/{me.id}/close/")
    assert Person.objects.get(pk=me.id).is_active
    client.post(f"/people/{me.id}/roles/", {"role": "lead"})
    assert queries.site_grants(queries.person(me.id)).count() == 1
    assert "cannot give yourself" in text(client.get(f"/people/{me.id}/"))


def test_a_role_across_the_site_is_given_until_the_end_of_its_last_day_and_ended(admin: Client) -> None:
    person = make.person("Lara Later")
    admin.post(f"/people/{person.pk}/roles/", {"role": "lead", "until": "31/12/2030"})
    grant = queries.site_grants(person).get()
    assert grant.role == "lead"
    assert grant.valid_to is not None and grant.valid_to.isoformat().startswith("2031-01-01T00:00")
    assert make.client_for(person).get("/inspections/new/").status_code == 200
    admin.post(f"/people/{person.pk}/roles/{grant.pk}/end/")
    assert make.client_for(person).get("/inspections/new/").status_code == 403


def test_a_role_needs_choosing_and_a_real_day(admin: Client) -> None:
    person = make.person("Lara Later")
    answer = admin.post(f"/people/{person.pk}/roles/", {"until": "31/02/2030"})
    assert answer.status_code == 422
    assert "Choose an answer" in text(answer) and "must be a real date" in text(answer)


def test_a_link_is_shown_once_works_and_is_in_the_journal_without_its_token(admin: Client) -> None:
    person = make.person("Nia New", password=None)
    shown = text(admin.post(f"/people/{person.pk}/password-link/"))
    found = re.search(r"http://testserver(/choose-password/[^<\s]+)", shown)
    assert found
    assert Client().get(found[1]).status_code == 200
    entry = journal.entries("site").get(event="access.password-link-made")
    assert found[1].split("/")[3] not in str(entry.detail) + entry.about_label
    assert admin.get(f"/people/{person.pk}/password-link/").status_code == 405


def test_a_closed_account_gets_no_link(admin: Client) -> None:
    person = make.person("Cora Closed")
    actions.close_person(person=person, by=PROGRAMME)
    answer = admin.post(f"/people/{person.pk}/password-link/", follow=True)
    assert "This account is closed" in text(answer)


def test_a_lost_second_factor_is_removed_by_another_and_its_sessions_end(admin: Client) -> None:
    person = make.person("Fay Factor")
    actions.set_second_factor(person=person, secret="JBSWY3DPEHPK3PXP", by=make.actor(person))
    admin.post(f"/people/{person.pk}/remove-second-factor/")
    assert not second_factor.is_set_up(person)
    assert journal.entries("site").first().event == "access.second-factor-removed"  # type: ignore[union-attr]
    with pytest.raises(Refused):
        actions.remove_second_factor(person=person, by=make.actor(person))


def test_an_unknown_account_is_not_found(admin: Client) -> None:
    assert admin.get("/people/00000000-0000-0000-0000-000000000000/").status_code == 404
