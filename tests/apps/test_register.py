"""The register of published reports and the home pages: which version, its grades, and its editions."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps import test_editions as editions
from tests.apps.test_corrections_of_reports import WRONG, corrected, passed
from tests.apps.test_reports import approved, publish
from tests.apps.test_reports import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story

from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import Publication

pytestmark = pytest.mark.django_db


def both(told: Story) -> tuple[Publication, Publication]:
    """A published report with an edition for children, and its corrected version."""
    report = approved(told)
    edition = editions.written(told, editions.begun(told, report))
    editions.passed(told, edition)
    held = publish(told, report)
    actions.publish_edition(edition=edition, by=told["lead"])
    for place in [str(one.place) for one in queries.published_places(held) if WRONG in one.words]:
        passed(told, held, place=place)
    return held, publish(told, corrected(told, report))


def words(client: Client, name: str) -> str:
    return " ".join(client.get(reverse(name)).content.decode().split())


def test_two_versions_of_one_report_are_told_apart_by_their_links(wexcombe: Story) -> None:
    held, after = both(wexcombe)
    day = f"{after.published_at:%-d %B %Y}"
    for page in (words(Client(), "register"), words(client_for(wexcombe.person("nominated-officer")), "home")):
        assert f"{held.title} (first version, replaced {day})</a>" in page
        assert f"{after.title} (corrected version)</a>" in page


def test_grades_and_editions_stand_in_the_register_and_on_the_home_of_the_officer(wexcombe: Story) -> None:
    held, _ = both(wexcombe)
    at = reverse("published_edition", args=[held.slug, held.editions.get().slug])
    for page in (words(Client(), "register"), words(client_for(wexcombe.person("nominated-officer")), "home")):
        assert "Children who need help and protection: <strong>good</strong>" in page
        assert "not judged" not in page.lower()
        assert f'href="{at}">For children and young people' in page


def test_a_report_with_no_other_version_is_called_none(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    page = words(Client(), "register")
    assert f"{held.title}</a>" in page and "version" not in page.split("<main")[1].split("</main>")[0]


def test_the_corrected_version_leads_to_editions_of_the_earlier_one_and_says_that_they_do_not_follow(
    wexcombe: Story,
) -> None:
    held, after = both(wexcombe)
    at = reverse("published_edition", args=[held.slug, held.editions.get().slug])
    page = Client().get(reverse("published_report", args=[after.slug])).content.decode()
    assert at in page and "Told in other ways, of the earlier version" in page and "Told in other ways<" not in page
    page = Client().get(reverse("published_report", args=[held.slug])).content.decode()
    assert at in page and "of the earlier version" not in page and "Told in other ways<" in page
