"""The pages of a comparison: what they say with and without published figures, their filters and their files."""

import csv
import io
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import client_for, inspection, member
from tests.kernel.benchmark_file import lait_csv, neighbours_csv, values
from tests.submissions_story import Held, assessments

from goldthread.apps.comparison import actions
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions import worker
from goldthread.apps.submissions.models import Submission
from goldthread.synthetic.published import Published

pytestmark = pytest.mark.django_db

OWN = values()["Continue_Assess_Comp", "2025", "830"]


@pytest.fixture
def own() -> Inspection:
    return inspection(authority="Derbyshire")


@pytest.fixture
def browser(own: Inspection) -> Client:
    return client_for(member(own, "analyst"))


@pytest.fixture
def row(own: Inspection) -> Submission:
    return sent(own)


def sent(own: Inspection, *, read: bool = True, late: int = 8) -> Submission:
    with Held(assessments(60, late=late)) as upload:
        made = submissions.receive(
            inspection=own, upload=upload, label="lists.xlsx", client_key=uuid4(), by=member(own, "analyst")
        )
    if read:
        worker.read_all()
    return Submission.objects.get(pk=made.pk)


def load(own: Inspection) -> None:
    for text in (lait_csv(), neighbours_csv()):
        with Held(text.encode()) as upload:
            actions.load(inspection=own, upload=upload, label="f.csv", client_key=uuid4(), by=member(own, "analyst"))


def words(page: bytes) -> str:
    main = page.decode().split('id="main"', 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)).split())


def at(row: Submission, name: str = "submission_compare", *more: str) -> str:
    return reverse(name, args=[row.inspection_id, row.pk, *more])


def test_before_anything_is_loaded_the_page_says_what_is_missing(browser: Client, row: Submission) -> None:
    page = words(browser.get(at(row)).content)
    assert "no figures of single authorities are loaded" in page
    assert "Assessments within 45 working days" in page
    assert "Of 1 measures" not in page


def test_invented_figures_are_called_so_wherever_they_show_and_name_the_invented_authority() -> None:
    own = inspection(authority="Wrenfordshire")
    browser, row = client_for(member(own, "analyst")), sent(own)
    made = Published(2025)
    for text in (made.figures(), made.neighbours()):
        with Held(text.encode()) as upload:
            actions.load(inspection=own, upload=upload, label="made.csv", client_key=uuid4(), by=member(own, "analyst"))
    pages = [at(row), at(row, "submission_compare_measure", "AS-01"), reverse("benchmarks", args=[own.pk])]
    for address in pages:
        page = words(browser.get(address).content)
        assert "The published figures are synthetic : invented for the demonstration" in page
        assert "is no authority for which figures are published" not in page and "()" not in page
    one = words(browser.get(pages[1]).content)
    assert "10 of 10 have a figure; model of SYNTHETIC 2025" in one and "of 153" in one
    table = words(browser.get(pages[0]).content)
    assert "of 153" not in table and "of 10 " not in table, "beside a quarter or a mean these read as a rank"
    choose = browser.get(reverse("compare_as", args=[own.pk])).content.decode()
    assert "Wrenfordshire itself" in choose and "Nobody: England only" not in choose


def test_true_figures_are_not_called_invented(own: Inspection, browser: Client, row: Submission) -> None:
    load(own)
    for address in (at(row), at(row, "submission_compare_measure", "AS-01"), reverse("benchmarks", args=[own.pk])):
        assert "synthetic" not in words(browser.get(address).content).lower()


def test_a_submission_that_was_not_read_is_compared_with_nothing(own: Inspection, browser: Client) -> None:
    row = sent(own, read=False)
    assert "has not been read, so there is nothing to compare yet" in words(browser.get(at(row)).content)
    assert browser.get(at(row, "submission_compare_measure", "AS-01")).status_code == 404
    assert browser.post(at(row, "submission_compare_export"), {"format": "csv"}).status_code == 403


def test_every_figure_of_a_measure_stands_in_its_row(own: Inspection, browser: Client, row: Submission) -> None:
    load(own)
    page = words(browser.get(at(row)).content)
    assert "1 figure compared, in per cent" in page
    assert "AS-01. Higher is better" in page
    assert "86.7%" in page and "75.8 to 93.1" in page  # 52 of 60, Wilson
    assert OWN in page and "80.0" in page and "79.0" in page
    assert "18 of 153" not in page and "these lists: " in page
    assert "By the published figures of 2025, of 1 measure with a quarter: " in page
    assert "18 of 153" in words(browser.get(at(row, "submission_compare_measure", "AS-01")).content)


def test_filters_leave_what_was_asked_for(own: Inspection, browser: Client, row: Submission) -> None:
    load(own)
    band = re.search(r'app-quarter--(\w)"', browser.get(at(row)).content.decode())
    assert band is not None
    other = "A" if band[1] != "a" else "D"
    assert "No measure is like that" in words(browser.get(at(row), {"quarter": other}).content)
    kept = words(browser.get(at(row), {"quarter": band[1].upper(), "sort": "quarter"}).content)
    assert "1 figure compared" in kept
    assert "1 figure compared" in words(browser.get(at(row), {"quarter": "nonsense", "sort": "x"}).content)


def test_one_measure_has_pictures_with_their_numbers(own: Inspection, browser: Client, row: Submission) -> None:
    load(own)
    answer = browser.get(at(row, "submission_compare_measure", "AS-01"))
    page = words(answer.content)
    assert answer.content.count(b"<svg") == 2
    assert "Where all authorities stand" in page and "Over the years" in page
    assert "There is no funnel" in page
    assert f"Derbyshire {OWN} own" in page
    assert "these lists 86.7 not published" in page
    assert "The latest figure" not in page


@pytest.mark.parametrize("form, begins", [("png", b"\x89PNG"), ("svg", b"<svg"), ("csv", b"\xef\xbb\xbfplace")])
def test_a_picture_leaves_as_a_file_and_stands_in_the_journal(
    own: Inspection, browser: Client, row: Submission, form: str, begins: bytes
) -> None:
    load(own)
    answer = browser.post(at(row, "submission_compare_file", "AS-01", "strip"), {"format": form})
    assert answer.status_code == 200 and answer.content.startswith(begins)
    assert f"AS-01-strip-{row.sha256[:12]}-" in answer.headers["Content-Disposition"]
    entry = Entry.objects.filter(event="export.made").latest("number")
    assert entry.detail["what"] == "picture comparison of AS-01: strip"
    assert entry.detail["form"] == form


def test_the_table_leaves_with_small_counts_withheld(own: Inspection, browser: Client) -> None:
    row = sent(own, late=3)
    load(own)
    answer = browser.post(at(row, "submission_compare_export"), {"format": "csv"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["Code"] for line in lines] == ["AS-01"]
    assert lines[0]["Handed in"] == "withheld (small numbers)"
    assert "95" not in lines[0]["Counted"] + lines[0]["Likely to"]
    assert lines[0]["Published"] == OWN
    assert Entry.objects.filter(event="export.made").latest("number").detail["what"] == "comparison"


def test_the_other_side_and_strangers_see_none_of_it(own: Inspection, row: Submission) -> None:
    load(own)
    for role in ("nominated-officer", "uploader"):
        assert client_for(member(own, role)).get(at(row)).status_code == 404
    assert client_for(member(inspection(title="Other"), "analyst", "Otto")).get(at(row)).status_code == 404


def test_the_matrix_of_completeness_is_a_picture_that_leaves_with_its_numbers(browser: Client, row: Submission) -> None:
    page = browser.get(at(row, "submission_completeness"))
    assert page.content.count(b"<svg") == 1
    answer = browser.post(at(row, "submission_completeness_file"), {"format": "csv"})
    lines = {
        (line["list"], line["column"]): line for line in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    }
    filled = lines["4", "Continuous Assessment Start Date"]
    assert (filled["filled"], filled["rows"], filled["%"]) == ("60", "60", "100.0")
    assert Entry.objects.filter(event="export.made").latest("number").detail["what"] == "picture completeness"
