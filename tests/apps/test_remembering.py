"""What somebody holds is looked up once for a page, and anew for whatever is changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import client_for, inspection, member

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.remembering import remembering
from goldthread.apps.inspections.models import Membership

pytestmark = pytest.mark.django_db


def test_a_page_that_is_looked_at_asks_once_who_holds_what_however_many_acts_it_offers() -> None:
    own = inspection()
    client = client_for(member(own, "lead"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(reverse("inspection_overview", args=[own.pk])).status_code == 200
    of_roles = [one["sql"] for one in asked if 'FROM "inspections_conflict"' in one["sql"]]
    assert 1 <= len(of_roles) <= 2, "one for the inspection, one for all that the person sees"
    assert len(of_roles) == len(set(of_roles))


def test_a_role_that_ended_is_not_remembered_for_an_action_nor_for_the_next_page() -> None:
    own = inspection()
    lead = member(own, "lead")

    def may() -> bool:
        return policy.decide(lead, Permission.INSPECTION_EDIT, own.target(), timezone.now()).allowed

    assert may()
    with remembering():
        assert may()
        Membership.objects.filter(person_id=lead.id).update(valid_to=timezone.now())
        assert may(), "the page goes on as it began"
    assert not may(), "what is not a page asks each time"
    with remembering():
        assert not may(), "the next page begins anew"
    client = client_for(lead)
    assert client.get(reverse("inspection_overview", args=[own.pk])).status_code == 403
