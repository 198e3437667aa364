"""The corrected copy of a return that was handed in as XML."""

import csv
import io
import zipfile

import pytest
from tests.factories import client_for
from tests.form_story import send
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
