"""The page of published figures: what it shows, what it takes in, and what it says of a file that is none."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import administrator, client_for, inspection, member
from tests.kernel.benchmark_file import lait_csv, neighbours_csv

from goldthread.apps.comparison.models import PublishedFile
from goldthread.apps.inspections.models import Inspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Inspection:
    return inspection(authority="Derbyshire")


def send(browser: Client, path: str, text: str, name: str = "lait.csv") -> str:
    answer = browser.post(path, {"file": SimpleUploadedFile(name, text.encode(), content_type="text/csv")}, follow=True)
    return words(answer.content.decode())


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split('id="main"', 1)[1]).split())


def test_it_shows_what_comes_with_the_project_until_something_is_loaded(own: Inspection) -> None:
    page = words(client_for(member(own, "inspector")).get(reverse("benchmarks", args=[own.pk])).content.decode())
    assert "Headline figures that come with Goldthread" in page and "In force" in page
    assert "None is loaded, so nothing is compared with neighbours." in page
    assert "Compared as Derbyshire (East Midlands)" in page
    assert "Load a file" not in page


def test_the_analyst_loads_both_files_and_sees_what_is_in_them(own: Inspection) -> None:
    browser, path = client_for(member(own, "analyst")), reverse("benchmarks", args=[own.pk])
    page = send(browser, path, lait_csv(), "LAIT.csv")
    held = PublishedFile.objects.get(kind="lait")
    assert f"Figures of all authorities loaded, and in force from now on. SHA-256 {held.sha256}" in page
    assert f"5 measures, 2023 to 2025, 19 authorities of today, {held.about['figures']} figures" in page
    page = send(browser, path, neighbours_csv(), "neighbours.csv")
    assert "model s of 2021 and 2025" in page.replace("models", "model s")
    assert "Model of 2025, in use: Derby, Leicestershire, Leicester, Nottinghamshire, Invented 0" in page
    assert "Model of 2021: Derby, Leicestershire." in page


def test_a_file_that_is_none_is_refused_beside_the_box(own: Inspection) -> None:
    browser, path = client_for(member(own, "analyst")), reverse("benchmarks", args=[own.pk])
    page = send(browser, path, "name,age\nx,3\n")
    assert "There is a problem" in page and "its columns are not those of either" in page
    assert not PublishedFile.objects.exists()


def test_the_administrator_loads_for_everybody_and_sees_no_inspection(own: Inspection) -> None:
    browser = client_for(administrator())
    page = send(browser, reverse("site_benchmarks"), lait_csv())
    assert "for every inspection that has loaded nothing of its own" in page
    assert own.title not in page
    page = words(client_for(member(own, "inspector")).get(reverse("benchmarks", args=[own.pk])).content.decode())
    assert "for the whole installation" in page


def test_an_invented_authority_is_told_what_it_is_compared_with() -> None:
    own = inspection()
    browser = client_for(member(own, "analyst"))
    path = reverse("benchmarks", args=[own.pk])
    assert "Wexcombe is no authority for which figures are published" in words(browser.get(path).content.decode())
    choose = reverse("compare_as", args=[own.pk])
    answer = browser.post(choose, {"authority": "830", "model": "", "version": "1"}, follow=True)
    assert "Wexcombe is compared as Derbyshire (East Midlands), chosen by" in words(answer.content.decode())
