"""Loading published figures: what is taken in, what is refused, which file is in force, and who may."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from tests.factories import administrator, inspection, member, site_lead
from tests.kernel.benchmark_file import lait_csv, neighbours_csv
from tests.submissions_story import Held

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.comparison import actions, figures, files
from goldthread.apps.comparison.models import ComparedAs, PublishedFile
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.domain.benchmarks import authorities

pytestmark = pytest.mark.django_db

CUMBRIA = "909"
"""An authority that is no more; in the invented file its code is that of an invented one."""
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "benchmarks"


@pytest.fixture
def own() -> Inspection:
    return inspection(authority="Derbyshire")


def load(text: str | bytes, *, by: Actor, within: Inspection | None = None, **more: Any) -> PublishedFile:
    with Held(text.encode() if isinstance(text, str) else text, too_large=more.pop("too_large", False)) as upload:
        return actions.load(
            inspection=within, upload=upload, by=by, **{"label": "lait.csv", "client_key": uuid4(), **more}
        )


def test_what_is_loaded_tells_what_is_in_it_and_stands_in_the_journal(own: Inspection) -> None:
    analyst = member(own, "analyst")
    row = load(lait_csv(), by=analyst, within=own, label="../up/LAIT April.csv")
    text = [line.split(",") for line in lait_csv().splitlines()[1:]]
    assert (row.kind, row.label) == ("lait", "LAIT April.csv")
    assert row.about["measures"] == len({line[1] for line in text}) == 5
    assert (row.about["first"], row.about["last"]) == (2023, 2025)
    codes = {line[-2] for line in text if line[-4] == "Local authority"}
    assert row.about["authorities"] == len(codes - {CUMBRIA}) == 19
    assert row.about["figures"] == sum(line[-1].replace(".", "").isdigit() for line in text)
    entry = Entry.objects.filter(chain=str(own.pk)).latest("number")
    assert (entry.event, entry.by_id) == ("benchmark.loaded", analyst.id)
    assert entry.detail["sha256"] == row.sha256 and row.sha256[:12] in entry.about_label


def test_what_is_read_back_is_what_was_in_the_file(own: Inspection) -> None:
    figures._made.cache_clear()
    row = load(lait_csv(), by=member(own, "analyst"), within=own)
    found = figures.benchmarks(row)
    shown = found.of("LAC").filter(code="830", period="2025")["value"].item()
    line = next(line for line in lait_csv().splitlines() if ",LAC," in line and ",2025," in line and ",830," in line)
    assert shown == float(line.rsplit(",", 1)[1])
    assert row.sha256[:12] in found.source and row.label in found.source
    near = load(neighbours_csv(), by=member(own, "analyst"), within=own)
    assert near.kind == "neighbours"
    assert figures.neighbours(near).models == ("2021", "2025")


@pytest.mark.parametrize(
    "text, says",
    [
        ("a,b\n1,2\n", "neither a download of the Local Authority Interactive Tool nor a table of statistical"),
        (lait_csv().splitlines()[0] + "\n", "no row of it has a level and a year"),
        ("", "empty"),
        (b"PK\x03\x04" + b"\x00" * 40, "not a text file"),
        (b"PAR1 nothing", "damaged"),
    ],
)
def test_what_is_no_such_file_is_refused_in_plain_english(own: Inspection, text: str | bytes, says: str) -> None:
    with pytest.raises(Refused) as refusal:
        load(text, by=member(own, "analyst"), within=own)
    assert says in refusal.value.reason
    assert not PublishedFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(own: Inspection) -> None:
    with pytest.raises(Refused, match="larger than"):
        load(lait_csv(), by=member(own, "analyst"), within=own, too_large=True)


def test_the_latest_file_is_in_force_and_an_inspections_own_goes_before_the_sites(own: Inspection) -> None:
    other = inspection(title="Another", authority="Derby")
    keeper, analyst = administrator(), member(own, "analyst")
    first = load(lait_csv(), by=keeper)
    second = load(lait_csv({("LAC", "2025", "830"): "1"}), by=keeper)
    assert files.in_force(files.Shelf(own), "lait") == files.in_force(files.Shelf(other), "lait") == second
    mine = load(lait_csv({("LAC", "2025", "830"): "2"}), by=analyst, within=own)
    assert files.loaded(files.Shelf(own), "lait") == [mine, second, first]
    assert files.in_force(files.Shelf(other), "lait") == second
    assert files.beside(own).benchmarks.of("LAC").filter(code="830", period="2025")["value"].item() == 2
    assert Entry.objects.filter(chain="site", event="benchmark.loaded").count() == 2


def test_the_same_key_twice_is_one_file_and_another_file_under_it_is_refused(own: Inspection) -> None:
    analyst, key = member(own, "analyst"), uuid4()
    assert load(lait_csv(), by=analyst, within=own, client_key=key) == load(
        lait_csv(), by=analyst, within=own, client_key=key
    )
    with pytest.raises(Refused, match="Another file was sent"):
        load(neighbours_csv(), by=analyst, within=own, client_key=key)


def test_only_whoever_may_load_does(own: Inspection) -> None:
    for role in ("inspector", "quality-assurance", "nominated-officer", "uploader"):
        with pytest.raises(Refused):
            load(lait_csv(), by=member(own, role), within=own)
    with pytest.raises(Refused):
        load(lait_csv(), by=member(own, "analyst"))  # the whole installation's
    with pytest.raises(Refused):
        load(lait_csv(), by=administrator(), within=own)  # an administrator takes no part
    assert load(lait_csv(), by=site_lead()).inspection is None


def test_nothing_is_loaded_where_the_journal_cannot_be_written(own: Inspection) -> None:
    analyst = member(own, "analyst")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON journal_entry BEGIN SELECT RAISE(ABORT, 'no journal'); END"
        )
    try:
        with pytest.raises(Exception, match="no journal"):
            load(lait_csv(), by=analyst, within=own)
        assert not PublishedFile.objects.exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER broken")


def test_without_anything_loaded_there_are_england_and_the_regions(own: Inspection) -> None:
    found = files.beside(own)
    assert found.only_headlines and found.neighbours is None
    assert found.authority is not None and found.authority.name == "Derbyshire" and not found.chosen
    shipped = files.shipped()
    assert (shipped.figures, shipped.first <= shipped.last) == (found.benchmarks.values.height, True)


def test_an_invented_authority_is_compared_as_the_one_that_was_chosen() -> None:
    own = inspection()
    analyst = member(own, "analyst")
    assert files.beside(own).authority is None
    load(neighbours_csv(), by=analyst, within=own)
    held = actions.compare_as(inspection=own, authority="830", model="2021", version=1, by=analyst)
    found = files.beside(own)
    assert found.authority is not None
    assert (found.authority.name, found.chosen, found.model) == ("Derbyshire", True, "2021")
    assert dict(files.neighbours_here(found))["2021"] == ("Derby", "Leicestershire")
    assert Entry.objects.latest("pk").event == "comparison.chosen"
    with pytest.raises(Clash):
        actions.compare_as(inspection=own, authority="831", model="", version=1, by=analyst)
    with pytest.raises(Refused):
        actions.compare_as(inspection=own, authority="999", model="", version=held.version, by=analyst)
    with pytest.raises(Refused):
        actions.compare_as(inspection=own, authority="831", model="", version=2, by=member(own, "inspector"))
    assert ComparedAs.objects.get(inspection=own).authority == "830"


def test_the_departments_own_files_are_read(own: Inspection) -> None:
    if not SHARED.exists():
        pytest.skip("the Department's files are not beside this repository")
    analyst = member(own, "analyst")
    lait = load((SHARED / "lait_csc_long.csv.gz").read_bytes(), by=analyst, within=own)
    near = load((SHARED / "statistical_neighbours_long.csv").read_bytes(), by=analyst, within=own)
    in_force = sum(one.until is None for one in authorities())
    assert (lait.about["measures"], lait.about["authorities"], in_force) == (175, 153, 153)
    assert near.about["models"] == ["2021", "2025"]


def test_a_file_that_is_lost_is_told_and_the_projects_own_figures_stand_in(own: Inspection, tmp_path: Path) -> None:
    from django.test import override_settings

    analyst = member(own, "analyst")
    load(lait_csv(), by=analyst, within=own, label="LAIT.csv")
    load(neighbours_csv(), by=analyst, within=own, label="near.csv")
    figures._made.cache_clear()
    with override_settings(DATA=tmp_path):
        found = files.beside(own)
    assert found.lost == ("LAIT.csv", "near.csv")
    assert (found.only_headlines, found.neighbours, found.file) == (True, None, None)
    assert files.beside(own).lost == ()


def test_of_a_download_only_what_is_compared_is_held(own: Inspection) -> None:
    extra = lait_csv() + 'T,Unheard_of,"Nothing",High,Financial Year,2025,National,England,970,1\n'
    row = load(extra, by=member(own, "analyst"), within=own)
    assert row.about["measures"] == 6
    assert "Unheard_of" not in figures.benchmarks(row).measures and "LAC" in figures.benchmarks(row).measures
