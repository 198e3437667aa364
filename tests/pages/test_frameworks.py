"""The frameworks and the calculator in the browser."""

import pytest
from django.test import Client
from tests.factories import actor, client_for

from goldthread.domain.frameworks import load, slugs

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return client_for(actor("Rita Reader"))


def test_the_list_names_every_framework(reader: Client) -> None:
    page = reader.get("/frameworks/").content.decode()
    for slug in slugs():
        assert load(slug).short_title in page


@pytest.mark.parametrize("slug", slugs())
def test_a_framework_shows_all_that_its_file_holds(reader: Client, slug: str) -> None:
    framework, page = load(slug), reader.get(f"/frameworks/{slug}/").content.decode()
    assert page.count("criteria: what good looks like") == len(framework.areas)
    for request in framework.requests:
        assert request.ref in page
    unchecked = [one for one in (*framework.requests, *framework.rules, *framework.notes) if not one.checked]
    assert page.count("check against the published text") >= len(unchecked) > 0


def test_an_unknown_framework_is_not_there(reader: Client) -> None:
    assert reader.get("/frameworks/sif-1913/").status_code == 404
    assert reader.get("/frameworks/sif-1913/calculator/").status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in() -> None:
    assert Client().get("/frameworks/").status_code == 302


def test_the_calculator_says_which_rules_bite(reader: Client) -> None:
    page = reader.get("/frameworks/sif-2013/calculator/?leadership=inadequate").content.decode()
    assert "leave: <strong>Inadequate</strong>" in page
    assert "consultation notice of June 2013" in page
    assert "Only what is already certain is shown" in page
    assert '<option value="inadequate" selected>' in page


def test_the_calculator_shows_a_grade_against_a_rule_and_precedent(reader: Client) -> None:
    query = "help-and-protection=good&looked-after=good&adoption=inadequate&care-leavers=good&leadership=good"
    page = reader.get(f"/frameworks/sif-2013/calculator/?{query}").content.decode()
    assert "A grade that you tried goes against a rule" in page
    assert "23 published results" in page


def test_the_calculator_awards_nothing_where_there_is_no_overall(reader: Client) -> None:
    page = reader.get("/frameworks/ilacs-2026/calculator/?leadership=good").content.decode()
    assert "This framework gives no overall grade." in page


def test_the_calculator_refuses_a_grade_that_does_not_exist(reader: Client) -> None:
    answer = reader.get("/frameworks/sif-2013/calculator/?leadership=splendid")
    assert answer.status_code == 422
    assert "is not a grade" in answer.content.decode()
