"""The authority's earlier grades: written down with their source, drawn, taken back, and by whom."""

import csv
import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.factories import client_for, inspection, member

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
    assert "No grade of an earlier inspection is written down yet" in words(browser.get(path).content)
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
    assert grades.picture(own) is None
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
