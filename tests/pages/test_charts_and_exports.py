"""Charts and exported tables: the picture shows what it was given, and a file holds values only."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from goldthread.engines import drawing
from goldthread.kernel import charts
from goldthread.web.exports import Table, export, safe
from goldthread.web.files import file_name
from goldthread.web.request_forms import FilterForm

ROWS = [
    charts.ChartRow("Zebra visits in time", 92.6, 91.8, 93.2, "5,033 of 5,438", "Help and protection"),
    charts.ChartRow(
        "A much longer title that has to be broken over two lines", 5.4, 4.2, 6.9, "", "Help and protection"
    ),
    charts.ChartRow("Assessments & plans <seen>", 43.5, 40.5, 46.6, "", "Children in care"),
]


def shown(picture: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", picture).split())


def test_a_chart_shows_every_row_in_the_order_given_and_nothing_else() -> None:
    says = shown(drawing.to_svg(charts.measures_chart(ROWS)))
    places = [says.index(part) for part in ("Zebra visits", "A much longer", "two lines", "Assessments &amp; plans")]
    assert places == sorted(places)
    for label in ("92.6%", "5.4%", "43.5%", "Help and protection", "Children in care"):
        assert label in says


def test_the_same_numbers_are_drawn_once_and_others_anew() -> None:
    first = drawing.to_svg(charts.measures_chart(ROWS))
    assert drawing.to_svg(charts.measures_chart(ROWS)) == first
    assert drawing.to_svg(charts.measures_chart(ROWS[:1])) != first


def test_the_words_for_those_who_do_not_see_it_travel_with_the_chart() -> None:
    assert charts.measures_chart(ROWS, summary="Three percentages.")["description"] == "Three percentages."


def test_a_png_is_a_png() -> None:
    assert drawing.to_png(charts.measures_chart(ROWS), scale=1).startswith(b"\x89PNG")


HOSTILE = ["=1+1", " =1+1", "\t=1", "+44", "-2", "@x", "\r=1", "\u200b=1", "＝1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_could_become_a_formula_is_made_harmless(text: str) -> None:
    assert safe(text) == f"'{text}"
    table = Table("Issues", ("A",), [(text,)])
    cell = list(csv.reader(io.StringIO(export(table, "csv").decode("utf-8-sig"), newline="")))[1][0]
    assert cell.startswith("'")
    with zipfile.ZipFile(io.BytesIO(export(table, "xlsx"))) as book:
        held = "".join(book.read(name).decode() for name in book.namelist())
    assert "<f>" not in held
    assert "<hyperlink " not in held
    assert "externalLink" not in held


def test_harmless_text_numbers_and_dates_stay_what_they_are() -> None:
    table = Table("T", ("A", "B", "C", "D"), [("plain – text", -2, date(2026, 3, 1), None)], about=(("By", "Robin"),))
    assert export(table, "csv").decode("utf-8-sig").splitlines()[1] == "plain – text,-2,01/03/2026,"
    with zipfile.ZipFile(io.BytesIO(export(table, "xlsx"))) as book:
        assert "<v>-2</v>" in book.read("xl/worksheets/sheet2.xml").decode()
        assert "Robin" in book.read("xl/sharedStrings.xml").decode()


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        export(Table("T", ("A",), []), "exe")


def test_a_file_s_name_says_what_is_in_it_how_it_was_narrowed_and_when_and_nothing_that_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = SimpleNamespace(synthetic=True)
    with monkeypatch.context() as stopped:
        stopped.setattr(timezone, "localtime", lambda: datetime(2026, 11, 27, 6, 5, 4, tzinfo=UTC))
        name = file_name("issues-ab12", "csv", of=of, narrowed=["list-4", "", 'Team "Ä/../b"', "x" * 99])
    assert name == f"synthetic-issues-ab12-list-4-team-ab-{'x' * 24}-2026-11-27-060504.csv"
    assert not file_name("draw-1", "json", of=SimpleNamespace(synthetic=False)).startswith("synthetic")
    form = FilterForm({"status": "late", "words": "Mary Smith", "sort": "due"})
    assert (form.narrows(), form.says()) == (["late", "search"], "state late, with “Mary Smith”")
    assert (FilterForm(None).narrows(), FilterForm(None).says()) == ([], "All of them")
