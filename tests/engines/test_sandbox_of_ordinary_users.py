"""The sandbox's child may start no thread once it has begun to read: for every user but root that limit binds.

The suite is often run by root, whom the limit does not bind, so here the child is started as nobody in particular.
"""

import io
import os
import shutil
from pathlib import Path

import polars as pl
import pytest
from tests import made_returns as made
from tests.documents_story import pdf, scan, scanned
from tests.kernel.benchmark_file import lait_csv
from tests.readers.books import all_lists, xlsx, zipped

from goldthread.engines import sandbox
from goldthread.engines.documents import read_document
from goldthread.engines.page_pictures import draw_page, read_page
from goldthread.engines.redacting import burn_page, faults_of, places_in
from goldthread.engines.sandbox import Asked, Limits, made_safely, read_safely, report_safely
from goldthread.kernel.picture_pdf import made_of

PERSONS = b"pers_person_id,pers_sex,pers_ethnicity,pers_dob\n7,F,WBRI,2012-05-01\n8,M,WBRI,2013-06-01\n"
ORDINARY = (
    "setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
)  # fmt: skip
"""Another user, who may read the interpreter wherever it lies, and is not spared the limit on processes."""


@pytest.fixture(autouse=True)
def _child_of_an_ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.getuid() != 0:
        return
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not here, and root is spared the limit")
    start = sandbox.subprocess.Popen

    def as_nobody(command: list[str], **options: object) -> object:
        return start([str(shutil.which("setpriv")), *ORDINARY[1:], *command], **options)

    monkeypatch.setattr(sandbox.subprocess, "Popen", as_nobody)


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def in_parquet() -> bytes:
    held = io.BytesIO()
    pl.read_csv(PERSONS, infer_schema=False).write_parquet(held)
    return held.getvalue()


WHAT = {
    "a workbook": ("sent.xlsx", lambda: xlsx(all_lists(1)), "contacts"),
    "a zip of CSV files": ("sent.zip", lambda: zipped({"persons.csv": PERSONS}), "ssd_person"),
    "a zip of Parquet files": ("sent.zip", lambda: zipped({"persons.parquet": in_parquet()}), "ssd_person"),
}


@pytest.mark.parametrize("what", WHAT)
def test_what_a_council_sends_is_read_for_an_ordinary_user(tmp_path: Path, what: str) -> None:
    name, data, table = WHAT[what]
    reading = read_safely(written(tmp_path, name, data()), limits=Limits(wall_seconds=20))
    assert table in reading.found


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_return_is_checked_where_it_is_read_for_an_ordinary_user(tmp_path: Path, kind: str) -> None:
    for name, data in made.csv_files(made.HEADINGS_903, made.make_903(300)).items():
        written(tmp_path, name, data)
    pieces: list[bytes] = []
    asked = Asked("ssda903", 2026, report=kind, today="2026-05-01")
    limits = Limits(wall_seconds=20).to_check()
    told = report_safely(tmp_path, pieces.append, limits=limits, asked=asked)
    assert told["issues"] > 1_000
    assert b"".join(pieces).count(b"\n") == told["issues"] + (kind == "csv")


def test_published_figures_are_read_for_an_ordinary_user(tmp_path: Path) -> None:
    sent = written(tmp_path, "lait.csv", lait_csv().encode())
    made = made_safely(sent, bytes, asked=Asked(published="lait"), limits=Limits(wall_seconds=20))
    assert len(made) > 100


def test_pages_are_drawn_and_read_from_their_pictures_for_an_ordinary_user(tmp_path: Path) -> None:
    sent = written(tmp_path, "scan.pdf", scanned(scan("Every child is seen alone.")))
    assert draw_page(sent, "pdf", 1).startswith(b"\xff\xd8")
    read = read_page(sent, "pdf", 1, languages="eng", memory=700_000_000, seconds=30)
    assert read.text == "Every child is seen alone."
    assert read_document(sent, "pdf", most_pages=5).pictures == [1]


def test_passages_are_found_and_taken_out_for_an_ordinary_user(tmp_path: Path) -> None:
    sent = written(tmp_path, "plan.pdf", pdf("Ms Okonkwo agreed."))
    boxes = [box for _, held in places_in(sent, ["Okonkwo"]) for box in held]
    assert len(boxes) == 1
    made = written(tmp_path, "made.pdf", made_of([burn_page(sent, "pdf", 1, boxes)]))
    assert faults_of(made, 1, boxes) == []
