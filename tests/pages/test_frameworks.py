"""The frameworks, the crosswalk and the calculator in the browser."""

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from tests.factories import actor, client_for

from goldthread.domain.frameworks import load, read, slugs

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
    assert page.count("check against the published text") >= len(unchecked)
    assert page.count("check against the published text") > 0


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
    assert "23 of 138 published results had exactly this profile." in page


def test_the_calculator_awards_nothing_where_there_is_no_overall(reader: Client) -> None:
    page = reader.get("/frameworks/ilacs-2026/calculator/?leadership=good").content.decode()
    assert "This framework gives no overall grade." in page


def test_the_calculator_refuses_a_grade_that_does_not_exist(reader: Client) -> None:
    answer = reader.get("/frameworks/sif-2013/calculator/?leadership=splendid")
    assert answer.status_code == 422
    assert "is not a grade" in answer.content.decode()


def test_the_calculator_starts_where_there_are_results_and_goes_where_one_chooses(reader: Client) -> None:
    assert reader.get("/frameworks/calculator/").headers["Location"] == "/frameworks/ilacs-2023/calculator/"
    chosen = reader.get("/frameworks/calculator/?framework=own-audit")
    assert chosen.headers["Location"] == "/frameworks/own-audit/calculator/"
    for unknown in ("sif-1913", "focused-visit"):
        assert reader.get(f"/frameworks/calculator/?framework={unknown}").status_code == 404
    assert reader.get("/frameworks/focused-visit/calculator/").status_code == 404


@pytest.mark.parametrize("slug", [slug for slug in slugs() if load(slug).graded])
def test_the_calculator_offers_every_framework_that_grades(reader: Client, slug: str) -> None:
    page = reader.get(f"/frameworks/{slug}/calculator/").content.decode()
    for other in slugs():
        offered = f'<option value="{other}"' in page
        assert offered is load(other).graded
    assert f'<option value="{slug}" selected>' in page


def test_the_calculator_tells_the_real_results_that_agree_with_what_is_tried(reader: Client) -> None:
    page = reader.get("/frameworks/sif-2013/calculator/").content.decode()
    assert "All 138 published results that are held here." in page
    page = reader.get("/frameworks/sif-2013/calculator/?leadership=good").content.decode()
    assert "48 of 138 published results had every grade tried so far." in page
    page = reader.get(
        "/frameworks/ilacs-2023/calculator/?leadership=good&help-and-protection=requires-improvement"
        "&children-in-care=good"
    ).content.decode()
    assert "21 of 308 published results had exactly this profile." in page
    assert re.search(r"numeric\">\s*18\s*</td>\s*<td[^>]*>\s*3\s*</td>", page)
    page = reader.get("/frameworks/ilacs-2026/calculator/").content.decode()
    assert "No published results are held here for this framework." in page


def test_the_calculator_weighs_a_share_of_cases_and_says_what_luck_would_do(reader: Client) -> None:
    where = "/frameworks/us-cfsr/calculator/?safety-1=conforms&share-safety-1="
    page = html.unescape(reader.get(where + "61%2F65").content.decode())
    assert "61 of 65 cases (93.8%), below the bar of 62" in page
    assert "truly at 90% over the bar 10% of the time, one at 95% over the bar 59% of the time, and one at 97%" in page
    assert "A grade that you tried goes against a rule" in page
    answer = reader.get(where + "66%2F65")
    assert answer.status_code == 422
    assert "Safety 1: “66/65” is no share; write how many of how many cases, such as 62/65." in answer.content.decode()


def test_a_framework_without_grades_shows_none_and_one_with_items_shows_them(reader: Client) -> None:
    page = reader.get("/frameworks/focused-visit/").content.decode()
    assert "None: nothing is graded" in page
    assert 'id="grades"' not in page
    assert "calculator" not in page
    page = reader.get("/frameworks/us-cfsr/").content.decode()
    assert "5 items rated in each case" in page
    assert "at most 1 of the items that apply is not met" in page


def test_two_frameworks_are_laid_side_by_side(reader: Client) -> None:
    page = reader.get("/frameworks/crosswalk/?from=sif-2013&to=ilacs-2026").content.decode()
    assert "Only in ILACS (April 2026)" in page
    assert load("sif-2013").criterion("hp-01").text in page
    assert "check against the published text" in page
    assert "?from=ilacs-2026&amp;to=sif-2013" in page
    tags = reader.get("/frameworks/crosswalk/?from=ilacs-2026&to=national-framework").content.decode()
    assert "Enabler 2" in tags
    assert reader.get("/frameworks/crosswalk/").status_code == 200


@pytest.mark.parametrize("query", ["from=sif-2013&to=sif-2013", "from=nothing&to=sif-2013", "to=us-cfsr"])
def test_what_is_not_in_the_crosswalk_is_refused_on_the_page(reader: Client, query: str) -> None:
    answer = reader.get(f"/frameworks/crosswalk/?{query}")
    assert answer.status_code == 422
    assert "Choose two different frameworks out of the lists." in answer.content.decode()


@pytest.mark.parametrize("slug", slugs())
def test_a_framework_is_downloaded_as_the_file_that_it_is_read_from(reader: Client, slug: str, tmp_path: Path) -> None:
    answer = reader.get(f"/frameworks/{slug}/file/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{slug}.toml"'
    file = tmp_path / f"{slug}.toml"
    file.write_bytes(answer.content)
    assert read(file) == load(slug)
    assert f'href="/frameworks/{slug}/file/"' in reader.get(f"/frameworks/{slug}/").content.decode()


def test_no_file_of_a_framework_that_is_unknown(reader: Client) -> None:
    assert reader.get("/frameworks/sif-1913/file/").status_code == 404
