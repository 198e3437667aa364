"""Statements that are written once find what Django finds, and ask the database each time."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import client_for, inspection, member, person

from goldthread.apps.access import queries
from goldthread.apps.access.models import OpenSession, Person
from goldthread.apps.access.session_store import SessionStore
from goldthread.apps.inspections.models import Conflict, Inspection, Membership, conflicts_of, roles_of
from goldthread.apps.inspections.queries import get

pytestmark = pytest.mark.django_db


def test_they_find_the_rows_that_django_finds_with_every_value_as_it_is() -> None:
    own, other = inspection(), inspection()
    somebody = Person.objects.get(pk=member(own, "inspector").id)
    for _ in range(2):  # written the first time, used the second
        found = queries.account(somebody.pk)
        assert found is not None
        kept = {one.attname: getattr(somebody, one.attname) for one in Person._meta.concrete_fields}
        assert {name: getattr(found, name) for name in kept} == kept
        assert list(roles_of(somebody.pk)) == list(Membership.objects.filter(person=somebody))
        lead = next(iter(Membership.objects.filter(inspection=other))).person
        assert get(queries.actor_for(lead, second_factor=True), other.pk) == other


def test_what_changed_a_moment_ago_is_found_as_it_is_now() -> None:
    own = inspection()
    somebody = person("Robin")
    assert (roles_of(somebody.pk), conflicts_of(somebody.pk)) == ([], [])
    held = Membership.objects.create(inspection=own, person=somebody, role="inspector", valid_from=timezone.now())
    declared = Conflict.objects.create(inspection=own, person=somebody, says="My sister works there.")
    assert (roles_of(somebody.pk), conflicts_of(somebody.pk)) == ([held], [declared])
    Conflict.objects.filter(pk=declared.pk).update(waived_at=timezone.now())
    held.delete()
    assert (roles_of(somebody.pk), conflicts_of(somebody.pk)) == ([], [])


def test_a_session_is_found_while_it_is_open_and_theirs_and_by_nothing_but_its_id() -> None:
    somebody, another = person("Robin"), person("Sasha")
    now = timezone.now()
    held = OpenSession.objects.create(person=somebody, device="A browser", began_at=now, seen_at=now)
    assert queries.open_session(somebody, str(held.pk)) == held
    for who, named in ((another, held.pk), (somebody, uuid4()), (somebody, "none"), (somebody, None)):
        assert queries.open_session(who, named) is None
    OpenSession.objects.filter(pk=held.pk).update(ended_at=now)
    assert queries.open_session(somebody, held.pk) is None


def test_a_browsers_session_that_has_run_out_holds_nothing() -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    assert SessionStore(store.session_key)["word"] == "kept"
    Session.objects.update(expire_date=timezone.now())
    late = SessionStore(store.session_key)
    assert "word" not in late
    assert late.session_key is None, "nobody may go on under the id of a session that has run out"


def test_an_inspection_that_is_not_there_is_not_found() -> None:
    with pytest.raises(Inspection.DoesNotExist):
        get(queries.actor_for(person("Robin"), second_factor=True), uuid4())
    assert queries.account(uuid4()) is None


def test_few_questions_stand_before_a_page_that_is_not_theirs() -> None:
    """The session, whose it is, whether it is open, what they hold across the site; the thing; and what they hold."""
    own = inspection()
    client = client_for(member(inspection(), "inspector"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/inspections/{own.pk}/").status_code == 404
    assert len(asked) <= 6
