"""The authority's earlier grades: written down with their source, drawn, taken back, and by whom."""

import csv
import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import client_for, inspection, member
from tests.kernel.benchmark_file import JUDGED, lait_csv, outcomes_csv

from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions, grades
from goldthread.apps.comparison.models import PastGrade
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db

GIVEN = {"on": "04/09/2023", "framework": "ILACS", "area": "Overall", "grade": "good", "source": "Report, page 2"}


@pytest.fixture
def own() -> Inspection:
    return inspection()


def words(page: bytes) -> str:
    main = page.decode().split('id="main"', 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)).split())


def test_a_grade_is_written_down_with_its_source_drawn_and_taken_back(own: Inspection) -> None:
    browser, path = client_for(member(own, "analyst")), reverse("past_grades", args=[own.pk])
    assert "No grade of an earlier inspection was published here or is written down yet" in words(
        browser.get(path).content
    )
    answer = browser.post(path, {**GIVEN, "client_key": str(uuid4())}, follow=True)
    page = words(answer.content)
    assert "4 September 2023 ILACS Overall Good Report, page 2 written down by Analyst of Wexcombe" in page
    assert answer.content.count(b"<svg") == 1
    assert Entry.objects.filter(chain=str(own.pk)).latest("number").event == "past-grade.noted"
    lines = list(csv.reader(io.StringIO(
        browser.post(reverse("past_grades_file", args=[own.pk]), {"format": "csv"}).content.decode("utf-8-sig")
    )))  # fmt: skip
    assert lines == [["on", "framework", "area", "grade"], ["2023-09-04", "ILACS", "Overall", "good"]]
    assert Entry.objects.filter(chain=str(own.pk)).latest("number").detail["what"] == "picture history of grades"
    row = PastGrade.objects.get()
    page = words(browser.post(reverse("past_grade_take_back", args=[own.pk, row.pk]), follow=True).content)
    assert "The grade is taken back" in page and "No grade of an earlier inspection" in page
    assert PastGrade.objects.get().taken_back_at is not None
    assert grades.picture([], own.authority) is None and grades.history(own) == []
    assert browser.post(reverse("past_grades_file", args=[own.pk]), {"format": "csv"}).status_code == 403


@pytest.mark.parametrize(
    "changed, says",
    [({"on": "04/09/2123"}, "cannot be in the future"), ({"source": ""}, "Fill in"), ({"grade": "superb"}, "Choose")],
)
def test_what_cannot_be_a_grade_is_refused(own: Inspection, changed: dict[str, str], says: str) -> None:
    browser = client_for(member(own, "analyst"))
    answer = browser.post(reverse("past_grades", args=[own.pk]), {**GIVEN, **changed})
    assert answer.status_code == 422 and says in words(answer.content)
    assert not PastGrade.objects.exists()


def test_only_whoever_loads_published_figures_writes_grades_and_both_sides_read_them(own: Inspection) -> None:
    said = {"on": date(2023, 9, 4), "framework": "ILACS", "area": "Overall", "grade": "good", "source": "Report"}
    for role in ("inspector", "nominated-officer", "director"):
        with pytest.raises(Refused):
            actions.note_grade(inspection=own, client_key=uuid4(), by=member(own, role), **said)  # type: ignore[arg-type]
    actions.note_grade(inspection=own, client_key=uuid4(), by=member(own, "lead", "Lou Lead"), **said)  # type: ignore[arg-type]
    page = words(client_for(member(own, "director")).get(reverse("past_grades", args=[own.pk])).content)
    assert "4 September 2023" in page and "Write a grade down" not in page


def send(browser: Client, own: Inspection, text: str, key: str = "") -> str:
    path = reverse("past_grades_from_table", args=[own.pk])
    sent = {"file": SimpleUploadedFile("outcomes.csv", text.encode()), "client_key": key or str(uuid4())}
    return words(browser.post(path, sent, follow=True).content)


def test_the_grades_of_the_authority_are_taken_from_the_published_table_with_it_as_their_source() -> None:
    own = inspection(authority="Derbyshire")
    browser, key = client_for(member(own, "analyst")), str(uuid4())
    page = words(browser.get(reverse("past_grades_from_table", args=[own.pk])).content)
    assert "The row of Derbyshire is looked for" in page
    page = send(browser, own, outcomes_csv(), key)
    assert "4 grades are written down from the table" in page
    rows = list(PastGrade.objects.order_by("pk").values_list("on", "framework", "area", "grade"))
    leaders, care, leavers = JUDGED
    assert rows == [
        (date(2024, 6, 10), "ILACS", "Overall effectiveness", "good"),
        (date(2024, 6, 10), "ILACS", leaders, "outstanding"),
        (date(2024, 6, 10), "ILACS", care, "requires improvement"),
        (date(2024, 6, 10), "ILACS", leavers, "good"),
    ]
    assert set(PastGrade.objects.values_list("source", flat=True)) == {
        "Ofsted's table of outcomes, outcomes.csv, published 23 July 2024"
    }
    assert Entry.objects.filter(chain=str(own.pk), event="past-grade.noted").count() == 4
    assert "4 grades are written down" in send(browser, own, outcomes_csv(), key)  # the same form, sent twice
    assert "Nothing is new" in send(browser, own, outcomes_csv())
    assert "1 grade is written down" in send(browser, own, outcomes_csv(overall="Inadequate"))
    assert PastGrade.objects.count() == 5


def test_a_judgement_without_a_grade_is_left_out_and_an_older_inspection_is_of_the_framework_before() -> None:
    own = inspection(authority="Derby")
    send(client_for(member(own, "analyst")), own, outcomes_csv().replace("2022-03-14", "2017-03-14"))
    assert list(PastGrade.objects.values_list("framework", "grade")) == [("SIF", "outstanding"), *[("SIF", "good")] * 2]


@pytest.mark.parametrize(
    "authority, text, says",
    [
        ("Wexcombe", outcomes_csv(), "Wexcombe is no authority of the published tables"),
        ("Leicester", outcomes_csv(), "The table has no row for Leicester"),
        ("Derbyshire", outcomes_csv(on="last summer"), "The inspection date of Derbyshire is not understood"),
        ("Derbyshire", outcomes_csv(leaders="Superb"), "“Superb”, under “The impact of leaders"),
        ("Derbyshire", outcomes_csv(on="2123-06-10"), "cannot be in the future"),
        ("Derbyshire", lait_csv(), "it has no column “local authority area code”"),
        ("Derbyshire", "", "The file is empty"),
        ("Derbyshire", "\x00\x01", "This is not a text file"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_and_nothing_is_written(authority: str, text: str, says: str) -> None:
    own = inspection(authority=authority)
    page = send(client_for(member(own, "analyst")), own, text)
    assert says in page and "There is a problem" in page
    assert not PastGrade.objects.exists()


def test_whoever_may_not_load_published_figures_takes_no_table(own: Inspection) -> None:
    path = reverse("past_grades_from_table", args=[own.pk])
    for role in ("inspector", "nominated-officer", "director"):
        assert client_for(member(own, role)).get(path).status_code in (403, 404)
