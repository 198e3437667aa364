"""The corrected copy of a return that was handed in as XML."""

import csv
import io
import re
import zipfile

import pytest
from tests import made_returns
from tests.factories import client_for
from tests.form_story import of_903, send
from tests.made_returns import make_903, xml_903
from tests.submissions_story import story

from goldthread.apps.submissions import actions, mends

pytestmark = pytest.mark.django_db


def test_mends_of_xml_are_counted_and_the_copy_keeps_every_other_byte() -> None:
    held = story()
    clean = xml_903(make_903(20))
    untidy = clean.replace(b"<ETHNIC>WBRI</ETHNIC>", b"<ETHNIC>wbri</ETHNIC>")
    row = send(held, {"return.xml": untidy})
    found = mends.suggestions(row)
    assert not found.why_not and found.changes == clean.count(b">WBRI<") > 0
    [case] = found.mends
    assert [(place.table, place.heading) for place in case.places] == [("Header", "ETHNIC")]

    packed = actions.corrected_copy(submission=row, codes=["case"], by=held["uploader"])
    with zipfile.ZipFile(io.BytesIO(packed)) as book:
        [name] = [one for one in book.namelist() if one.startswith("corrected/")]
        assert name.endswith(".xml")
        assert book.read(name) == clean
        log = list(csv.DictReader(io.StringIO(book.read("mends-log.csv").decode("utf-8-sig"))))
    assert {(one["mend"], one["written"], one["becomes"]) for one in log} == {("case", "wbri", "WBRI")}
    assert len(log) == found.changes

    page = client_for(held["uploader"]).get(f"/inspections/{held.inspection.pk}/data/{row.pk}/issues/mends/")
    text = page.content.decode()
    assert page.status_code == 200 and "Codes and postcodes are written in capitals" in text
    assert ">wbri</td>" in text and ">WBRI</td>" in text, "a code that names nobody is shown as it is and as it becomes"


@pytest.mark.parametrize(
    ("form", "own", "other"), [("ssda903", "31/01/2026", "2026-01-31"), ("cin", "2026-01-31", "31/01/2026")]
)
def test_the_page_says_the_form_of_dates_that_the_copy_of_this_return_gets(form: str, own: str, other: str) -> None:
    held = story()
    census = made_returns.csv_files(made_returns.HEADINGS_CIN, made_returns.make_cin(20))
    files = of_903(20) if form == "ssda903" else census
    name = next(one for one in files if one.casefold() in ("episodes.csv", "cindetails.csv"))
    text = files[name].decode()
    day = re.search(r"\d\d/\d\d/\d{4}" if form == "ssda903" else r"\d{4}-\d\d-\d\d", text)
    assert day
    row = send(held, files | {name: text.replace(day[0], "17 Nov 2025").encode()})
    page = client_for(held["uploader"]).get(f"/inspections/{held.inspection.pk}/data/{row.pk}/issues/mends/")
    said = page.content.decode()
    assert f"31 Jan 2026 becomes {own}" in said
    assert other not in said
