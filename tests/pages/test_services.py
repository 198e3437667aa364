"""One page for each service: measures, pictures, the rows behind a mark, and files; what each role is shown of it."""

import csv
import io
import re
import zipfile
from datetime import date
from functools import cache
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import client_for
from tests.submissions_story import AS_AT, Story, assessments, canaries, story, workbook

from goldthread.apps.comparison import comparing, watching
from goldthread.apps.comparison.actions import set_target
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import services
from goldthread.apps.submissions.models import Submission
from goldthread.kernel.pictures import PICTURES
from goldthread.kernel.tables import TABLES

pytestmark = pytest.mark.django_db

PSEUDONYM = re.compile(r"[CAF]-[0-9A-HJKMNP-TV-Z]{7}")


@cache
def made() -> bytes:
    """A workbook of an invented authority, as the command line makes it."""
    from tempfile import TemporaryDirectory

    from goldthread.synthetic import authority
    from goldthread.synthetic import workbook as writer

    with TemporaryDirectory() as folder:
        from pathlib import Path

        path = Path(folder) / "lists.xlsx"
        spec = authority.AuthoritySpec(name="Wexcombe", size=0.05, seed=11, as_at=AS_AT)
        writer.write(authority.make(spec), path)
        return path.read_bytes()


@pytest.fixture
def wexcombe() -> Story:
    return story()


def page(row: Submission, name: str, *more: Any) -> str:
    return reverse(name, args=[row.inspection_id, row.pk, *more])


def browser(story: Story, role: str) -> Client:
    return client_for(story[role])


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def slugs() -> list[str]:
    return [slug for slug, _ in services.services()]


def test_the_submission_leads_to_a_page_for_each_service(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments())
    shown = browser(wexcombe, "inspector").get(page(row, "submission")).content.decode()
    assert len(slugs()) == 7
    for slug in slugs():
        assert page(row, "submission_service", slug) in shown
    assert browser(wexcombe, "lead").get(page(row, "submission_service", "nothing")).status_code == 404


def test_every_picture_of_a_whole_submission_is_drawn_with_title_table_and_links(wexcombe: Story) -> None:
    row = wexcombe.handed_over(made())
    client, drawn = browser(wexcombe, "analyst"), set()
    for slug in slugs():
        answer = client.get(page(row, "submission_service", slug))
        html = answer.content.decode()
        for one in answer.context["pictures"]:
            assert one.drawn is not None, one.read.slug
            drawn.add(one.read.slug)
            assert f'id="{one.read.slug}"' in html
            assert any(address for _, address in one.rows), one.read.slug
            for _, address in one.rows:
                assert not address or address in html
        assert not re.search(r"\sstyle=|<style|\son\w+=|vega\.github\.io", html)
        assert not PSEUDONYM.search(html), "a page of a service shows counts, and no child"
    assert drawn == {picture.slug for picture in PICTURES} - {"moves", "distances"}, "these need a return"


def test_beside_a_headline_stand_what_is_published_and_the_target_of_ones_own_side(wexcombe: Story) -> None:
    row = wexcombe.handed_over(made())
    answer = browser(wexcombe, "lead").get(page(row, "submission_service", "assessment"))
    beside = {one.code: told for one, told in answer.context["measures"] if told is not None}
    compared = {one.ours.code: one for one in comparing.compared(row).rows}
    assert set(beside) == set(compared) & {one.code for one, _ in answer.context["measures"]} != set()
    for code, told in beside.items():
        england = compared[code].published.comparator(compared[code].published.england)
        assert ("England", f"{england:.{compared[code].published.decimals}f}%") in told.published
        assert page(row, "submission_compare_measure", code) in answer.content.decode()
    code = next(iter(beside))
    one = watching.one(wexcombe.__getitem__("lead"), row.inspection_id, row.pk, code)
    set_target(found=one, target=87.5, source="The plan, page 6", version=one.watched.series.version,
               by=wexcombe.__getitem__("lead"))  # fmt: skip
    shown = browser(wexcombe, "inspector").get(page(row, "submission_service", "assessment"))
    assert "Target 87.5%" in text(shown) and page(row, "submission_watch_series", code) in shown.content.decode()
    assert "Target 87.5%" not in text(browser(wexcombe, "director").get(page(row, "submission_service", "assessment")))


def test_a_mark_leads_to_as_many_rows_as_it_counts(wexcombe: Story) -> None:
    row = wexcombe.handed_over(made())
    client = browser(wexcombe, "quality-assurance")
    answer = client.get(page(row, "submission_service", "assessment"))
    for one in answer.context["pictures"]:
        columns = one.read.chart.columns
        if "count" not in columns:
            continue
        for cells, address in one.rows:
            if address:
                behind = client.get(address)
                assert behind.context["page_obj"].paginator.count == cells[columns.index("count")]
            else:
                assert cells[columns.index("count")] == 0


def test_the_picture_itself_leads_where_its_table_does(wexcombe: Story) -> None:
    row = wexcombe.handed_over(made())
    answer = browser(wexcombe, "lead").get(page(row, "submission_service", "protection"))
    html, here = answer.content.decode(), page(row, "submission_service", "protection")
    links = set(re.findall(r'<a tabindex="-1" xlink:href="([^"]+)"', html))
    assert links
    tables = {address for one in answer.context["pictures"] for _, address in one.rows if address}
    assert {here + link for link in links} <= tables


def test_the_list_behind_a_mark_is_paged_and_names_no_identity(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=70, late=60))
    client = browser(wexcombe, "analyst")
    address = page(row, "submission_behind", "assessment", "assessment-days", "5-0")
    first = client.get(address)
    assert first.context["page_obj"].paginator.count == 60
    assert "60 rows" in text(first) and "46 or more" in text(first)
    assert len(PSEUDONYM.findall(first.content.decode())) >= 50
    second = client.get(address, {"page": "2"})
    assert len(second.context["page_obj"]) == 10
    assert 'href="?page=1"' in second.content.decode()
    for mark in ("9-0", "0-9", "x", "0", "0-0-0"):
        assert client.get(page(row, "submission_behind", "assessment", "assessment-days", mark)).status_code == 404
    assert client.get(page(row, "submission_behind", "assessment", "homes", "0-0")).status_code == 404
    assert client.get(page(row, "submission_behind", "care", "homes", "0-0")).status_code == 404, "no list 8 here"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_behind_a_mark_go_out_as_a_file_and_the_journal_says_so(wexcombe: Story, form: str) -> None:
    row = wexcombe.handed_over(assessments(count=12, late=3))
    address = page(row, "submission_behind_export", "assessment", "assessment-days", "5-0")
    client = browser(wexcombe, "analyst")
    answer = client.post(address, {"format": form})
    assert f'"synthetic-assessment-days-5-0-{row.sha256[:12]}-20' in answer["Content-Disposition"]
    if form == "csv":
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert lines[0] == ["Pseudonym", "Where it stands", "Days"]
        assert len(lines) == 4 and all(PSEUDONYM.fullmatch(line[0]) and int(line[2]) > 45 for line in lines[1:])
    else:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            told = "".join(book.read(name).decode() for name in book.namelist())
        assert row.sha256 in told and "46 or more" in told and "<f>" not in told
    entry = Entry.objects.get(event="export.made")
    assert entry.detail == {"what": "rows of assessment-days", "rows": 3, "form": form}
    assert client.get(address).status_code == 405
    assert client.post(address, {"format": "exe"}).status_code == 403


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("csv", b"\xef\xbb\xbf")])
def test_a_picture_goes_out_as_a_file_and_the_journal_says_so(wexcombe: Story, form: str, begins: bytes) -> None:
    row = wexcombe.handed_over(assessments(count=40, late=3))
    address = page(row, "submission_picture_file", "assessment", "assessment-days")
    answer = browser(wexcombe, "lead").post(address, {"format": form})
    assert answer.content.startswith(begins)
    assert f'"synthetic-assessment-days-{row.sha256[:12]}-20' in answer["Content-Disposition"]
    assert Entry.objects.get(event="export.made").detail["what"] == "picture assessment-days"
    if form == "csv":
        assert "46 or more,late,c" in answer.content.decode(), "small numbers stay, whoever takes it out"
    if form == "svg":
        assert b"href" not in answer.content, "a file leads nowhere"


def test_whoever_may_not_read_rows_is_shown_no_small_number_and_no_way_to_a_row(wexcombe: Story) -> None:
    row = wexcombe.handed_over(made())
    client, withheld = browser(wexcombe, "inspector"), 0
    for slug in slugs():
        answer = client.get(page(row, "submission_service", slug))
        html = answer.content.decode()
        assert "xlink:href" not in html and "/rows/" not in html
        for one in answer.context["pictures"]:
            assert not any(address for _, address in one.rows)
            if one.read.chart is None:
                assert one.read.why_not in html
                continue
            at = [one.read.chart.columns.index(name) for name in ("count", "overdue") if name in one.read.chart.columns]
            cells = [line[place] for line in one.read.chart.rows for place in at]
            assert not [cell for cell in cells if cell != "c" and 1 <= cell <= 5]
            withheld += cells.count("c")
    assert withheld > 10
    assert "no list of staff" in text(client.get(page(row, "submission_service", "workforce")))
    assert "single children or workers" in text(client.get(page(row, "submission_service", "workforce")))


def test_a_file_for_whoever_may_not_read_rows_withholds_small_numbers(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=40, late=3))
    client = browser(wexcombe, "inspector")
    address = page(row, "submission_picture_file", "assessment", "assessment-days")
    answer = client.post(address, {"format": "csv"})
    told = answer.content.decode()
    assert "46 or more,late,c" in told and ",3\r\n" not in told
    personal = client.post(page(row, "submission_picture_file", "assessment", "assessment-waits"), {"format": "csv"})
    assert personal.status_code == 403
    lead = browser(wexcombe, "lead")
    refused = lead.post(page(row, "submission_picture_file", "assessment", "assessment-waits"), {"format": "csv"})
    assert refused.status_code == 403 and "single children or workers" in text(refused)
    offered = lead.get(page(row, "submission_service", "assessment")).content.decode()
    assert "assessment/assessment-days/file/" in offered and "assessment/assessment-waits/file/" not in offered
    assert Entry.objects.filter(event="export.made").count() == 1
    for name in ("submission_behind", "submission_behind_export"):
        path = page(row, name, "assessment", "assessment-days", "5-0")
        assert client.post(path, {"format": "csv"}).status_code in (403, 405)
        assert client.get(path).status_code in (403, 405)


def test_a_headline_s_warning_says_how_grave_it_is_and_folds_the_codes(wexcombe: Story) -> None:
    row = wexcombe.handed_over(made())
    answer = browser(wexcombe, "lead").get(page(row, "submission_service", "assessment"))
    warned = [one for one in answer.context["measures"] if any(codes for _, codes in one[0].warnings)]
    assert warned, "the invented authority breaks a rule about some headline measure"
    tree = lxml.html.fromstring(answer.content)
    said = " ".join(tree.xpath("string(//table)").split())
    folded = [" ".join(one.text_content().split()) for one in tree.xpath("//table//details")]
    for measure, _ in warned:
        for words, codes in measure.warnings:
            assert words in said and (not codes or any(codes in one for one in folded))
            assert not codes or codes not in words
            assert not codes or re.search(r"\d (error|query|note|errors|queries|notes)\b", words)


def test_the_council_sees_its_own_staged_data_and_the_team_does_not(wexcombe: Story) -> None:
    row = wexcombe.read(assessments())
    address = page(row, "submission_service", "assessment")
    for role, status in (("uploader", 200), ("nominated-officer", 200), ("director", 200), ("lead", 404),
                         ("analyst", 404), ("uploader-2", 404), ("member", 404)):  # fmt: skip
        assert browser(wexcombe, role).get(address).status_code == status, role


def test_a_page_says_what_it_cannot_show(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments())
    shown = text(browser(wexcombe, "lead").get(page(row, "submission_service", "care")))
    assert "No measure of this service could be worked out" in shown
    empty = workbook({"List 8": [[column.says for column in TABLES["children_in_care"].columns]],
                      "List 4": [[column.says for column in TABLES["assessments"].columns]]})  # fmt: skip
    bare = wexcombe.handed_over(empty)
    for slug in slugs():
        answer = browser(wexcombe, "lead").get(page(bare, "submission_service", slug))
        assert answer.status_code == 200
    waiting = wexcombe.send(canaries())
    told = text(browser(wexcombe, "uploader").get(page(waiting, "submission_service", "care")))
    assert "has not been read" in told


def test_what_a_council_writes_is_text_in_a_picture_and_never_obeyed(wexcombe: Story) -> None:
    hostile = '</text></svg><script>alert(1)</script>" onload="alert(2)'
    heads = [column.says for column in TABLES["assessments"].columns]
    given = {"gender": "F", "ethnicity": "WBRI", "age": 12, "disability": "N", "started_on": date(2026, 5, 5),
             "child_seen": "Y", "authorised_on": date(2026, 8, 28), "needs_support": "Y", "team": hostile,
             "worker": hostile}  # fmt: skip
    rows = [
        [{"child": f"A{number}", **given}.get(column.name, "") for column in TABLES["assessments"].columns]
        for number in range(20)
    ]
    row = wexcombe.handed_over(workbook({"List 4": [heads, *rows]}))
    client = browser(wexcombe, "analyst")
    answer = client.get(page(row, "submission_service", "assessment"))
    rug = next(one for one in answer.context["pictures"] if one.read.slug == "assessment-teams")
    assert hostile in {cells[0] for cells, _ in rug.rows}
    file = client.post(page(row, "submission_picture_file", "assessment", "assessment-teams"), {"format": "svg"})
    for held in (answer.content.decode(), file.content.decode()):
        tree = lxml.html.fromstring(held.encode())
        assert tree.xpath("//*[@onload]") == [] and tree.xpath("//script[contains(., 'alert')]") == []
    behind = client.get(page(row, "submission_behind", "assessment", "assessment-teams", "0-0")).content.decode()
    assert "&lt;script&gt;" in behind and "<script>alert" not in behind
