"""The pages of submissions of every form: uploading files together, measures of the record, the rows behind them."""

import csv
import io
import re
import zipfile
from math import exp, sqrt
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import made_returns
from tests.canaries import Canaries
from tests.canary_returns import files as canary_files
from tests.factories import client_for
from tests.submissions_story import Story, assessments, story

from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions, amounts, record, worker
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db

FORMS = ("ssda903", "cin", "ssd", "practice")
OF_A_SUBMISSION = (
    "submission", "submission_receipt", "submission_issues", "submission_issue_rows", "submission_issues_by_rule",
    "submission_completeness", "submission_issues_by_team", "submission_measures", "submission_record",
    "submission_children", "submission_differences", "submission_hand_over", "submission_values",
    "submission_read_again", "submission_compare", "submission_watch",
)  # fmt: skip


@pytest.fixture
def wexcombe() -> Story:
    return story()


def page(row: Submission, name: str, *more: Any) -> str:
    return reverse(name, args=[row.inspection_id, row.pk, *more])


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def upload(client: Client, story: Story, files: dict[str, bytes], **more: Any) -> Any:
    form = {
        "file": [SimpleUploadedFile(name, data, "text/csv") for name, data in files.items()],
        "client_key": str(uuid4()), **more,
    }  # fmt: skip
    return client.post(reverse("submissions", args=[story.inspection.pk]), form)


def of_903(children: int = 40) -> dict[str, bytes]:
    return made_returns.csv_files(made_returns.HEADINGS_903, made_returns.make_903(children))


def read(story: Story, files: dict[str, bytes], by: str = "uploader", **more: Any) -> Submission:
    answer = upload(client_for(story[by]), story, files, **more)
    assert answer.status_code == 302, text(answer)
    worker.read_all()
    row = Submission.objects.select_related("inspection").latest("created_at")
    assert row.readable, row.refusal
    return row


# Uploading


def test_files_chosen_together_are_one_submission_with_each_on_the_receipt(wexcombe: Story) -> None:
    files = of_903()
    row = read(wexcombe, files)
    client = client_for(wexcombe["uploader"])
    shown = text(client.get(page(row, "submission")))
    assert "SSDA903 return (children looked after), 2025-26" in shown
    assert "2. Episodes" in shown
    receipt = text(client.get(page(row, "submission_receipt")))
    assert all(f"{part['name']}, {part['size']:,} bytes {part['sha256']}" in receipt for part in row.parts)
    assert len(row.parts) == len(files)
    listed = text(client.get(reverse("submissions", args=[wexcombe.inspection.pk])))
    assert f"header.csv and {len(files) - 1} more files , as at 31 March 2026, received on" in listed
    assert "SSDA903 return (children looked after), 2025-26" in listed


def test_the_same_files_sent_again_are_taken_and_said_to_be_the_same(wexcombe: Story) -> None:
    client = client_for(wexcombe["uploader"])
    said = "It is the same, byte for byte, as what came on"
    for again in (False, True):
        shown = text(client.get(upload(client, wexcombe, of_903())["Location"]))
        assert (said in shown) is again
    assert Submission.objects.count() == 2
    assert said not in text(client.get(upload(client, wexcombe, of_903(41))["Location"]))


def test_the_year_before_is_chosen_in_a_box_of_its_own(wexcombe: Story) -> None:
    files = of_903()
    before = {name: data.replace(b"/2026", b"/2025").replace(b"/2025,", b"/2024,") for name, data in files.items()}
    held = [SimpleUploadedFile(name, data, "text/csv") for name, data in before.items()]
    answer = upload(client_for(wexcombe["uploader"]), wexcombe, files, before=held)
    assert answer.status_code == 302
    row = Submission.objects.get()
    assert {part["when"] for part in row.parts} == {"now", "before"}
    assert "(the year before)" in text(client_for(wexcombe["uploader"]).get(page(row, "submission_receipt")))


def test_the_cap_is_for_all_files_together(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "UPLOAD_CAP_BYTES", 100_000)
    files = {f"{name}.csv": b"a,b\n" * 10_000 for name in "abc"}
    answer = upload(client_for(wexcombe["uploader"]), wexcombe, files)
    assert answer.status_code == 422
    assert "together larger than" in text(answer)
    assert not Submission.objects.exists()


def test_an_empty_file_among_several_is_said_at_the_field(wexcombe: Story) -> None:
    answer = upload(client_for(wexcombe["uploader"]), wexcombe, {**of_903(3), "empty.csv": b""})
    assert answer.status_code == 422
    assert "One of the files is empty" in text(answer)


def test_a_file_of_the_wrong_name_is_refused_among_others_too(wexcombe: Story) -> None:
    files = of_903(3)
    files["lists.xlsx"] = files.pop("episodes.csv")
    answer = upload(client_for(wexcombe["uploader"]), wexcombe, files)
    assert answer.status_code == 422
    assert "named as an Excel workbook, and is a text file" in text(answer)


# Pages of every form


@pytest.mark.parametrize("form", FORMS)
def test_every_page_of_a_submission_of_a_form_is_shown_and_tells_no_identity(wexcombe: Story, form: str) -> None:
    canaries = Canaries()
    row = read(wexcombe, canary_files(canaries, form, "handed-over", "own"))
    client = client_for(wexcombe["nominated-officer"])
    paths = [page(row, name) for name in OF_A_SUBMISSION]
    paths += [page(row, "submission_service", "care"), page(row, "submission_issues_by_team") + "?by=worker"]
    paths += [page(row, "submission_completeness") + f"?list={number}" for number in (1, 2, 4)]
    measures = record.measures(row)
    paths += [page(row, "submission_record_measure", one.code) for one in measures]
    paths += [page(row, "submission_measure_rows", one.code) for one in measures]
    paths += [page(row, "submission_record_amount", one.code) for one in amounts.amounts(row)]
    paths += [page(row, "submission_measure_rows", one.code) for one in amounts.amounts(row)]
    for table, rows in row.lists["rows"].items():
        if rows:
            paths += [page(row, "submission_row", f"{table}-2")]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        leaks = {one.what for one in canaries.found_in(answer.content.decode()) if one.klass == "vault"}
        assert leaks == set(), path
    exports = [page(row, name) for name in ("submission_issues_export", "submission_record_export")]
    exports += [page(row, "submission_measure_rows_export", one.code) for one in measures[:3]]
    for path in exports:
        told = client.post(path, {"format": "csv"})
        assert told.status_code == 200, path
        assert {one for one in canaries.found_in(told.content.decode()) if one.klass == "vault"} == set()


def test_pages_that_need_the_lists_say_so_in_plain_words(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(10))
    client = client_for(wexcombe["nominated-officer"])
    for name, more in (
        ("submission_service", ("care",)), ("submission_measures", ()), ("submission_differences", ()),
        ("submission_values", ()), ("submission_journey", ("cla_header-2",)),
    ):  # fmt: skip
        shown = text(client.get(page(row, name, *more)))
        assert "Hand in the Annex A lists to see it" in shown, name
    assert "which team or worker" in text(client.get(page(row, "submission_issues_by_team")))
    opened = client.post(page(row, "submission_journey", "cla_header-2"))
    assert opened.status_code == 403
    assert not Entry.objects.filter(event="journey.opened").exists()
    assert client.get(page(row, "submission_behind", "care", "placements", "1-0")).status_code == 404


def test_a_return_alone_is_nothing_to_draw_from(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(10))
    actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    shown = text(client_for(wexcombe["lead"]).get(reverse("draw_new", args=[wexcombe.inspection.pk])))
    assert "names no open cases to draw from" in shown


def test_the_moves_of_a_return_are_drawn_true_for_those_who_may_read_rows_and_safe_for_others(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(120))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    lead = client_for(wexcombe["lead"])
    assert page(row, "submission_service", "care") in lead.get(page(row, "submission")).content.decode()
    answer = lead.get(page(row, "submission_service", "care"))
    shown = next(one for one in answer.context["pictures"] if one.read.slug == "moves")
    assert shown.read.chart.title.startswith("Of ") and any(address for _, address in shown.rows)
    assert "the other pictures of this page are made of the Annex A lists" in text(answer)
    behind = next(address for _, address in shown.rows if address)
    assert lead.get(behind).status_code == 200
    answer = client_for(wexcombe["inspector"]).get(page(row, "submission_service", "care"))
    safe = next(one for one in answer.context["pictures"] if one.read.slug == "moves")
    counts = [cells[2] for cells, address in safe.rows if not address]
    assert len(counts) == len(safe.rows) > 3
    assert not [count for count in counts if count != "c" and 1 <= count <= 5]
    for form, begins in (("csv", b"\xef\xbb\xbf"), ("svg", b"<svg"), ("png", b"\x89PNG")):
        file = lead.post(page(row, "submission_picture_file", "care", "moves"), {"format": form})
        assert file.status_code == 200 and file.content.startswith(begins)
    told = lead.post(page(row, "submission_picture_file", "care", "moves"), {"format": "csv"}).content.decode(
        "utf-8-sig"
    )
    assert [tuple(line) for line in csv.reader(io.StringIO(told))][1:] == [
        tuple(str(cell) for cell in cells) for cells, _ in safe.rows
    ]
    assert "made of the Annex A lists" in text(lead.get(page(row, "submission_service", "adoption")))


def test_a_return_leads_only_to_services_that_it_has_something_to_show_of(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(10))
    client = client_for(wexcombe["nominated-officer"])
    shown = client.get(page(row, "submission_service", "care"))
    assert [slug for slug, _ in shown.context["services"]] == ["care"]
    assert page(row, "submission_service", "adoption") not in shown.content.decode()


def test_issues_of_no_single_table_have_a_row_so_that_the_rows_add_up(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(10))
    client = client_for(wexcombe["nominated-officer"])
    before = client.get(page(row, "submission"))
    assert before.context["of_no_list"] == 0 and "of no single table" not in text(before)
    row.counts["total"] += 2
    row.save(update_fields=["counts"])
    shown = client.get(page(row, "submission"))
    held = sum(one.issues for one in shown.context["lists"])
    assert held + shown.context["of_no_list"] == row.counts["total"] and shown.context["of_no_list"] == 2
    assert "Of the submission as a whole, and of no single table" in text(shown)


def test_why_no_distance_is_known_is_told_on_the_pages(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(40))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    for role in ("lead", "inspector"):
        client = client_for(wexcombe[role])
        for name, *more in (("submission_record",), ("submission_record_measure", "CLA-07")):
            assert "no directory of postcodes is loaded" in text(client.get(page(row, name, *more))), (role, name)
        record = client.get(page(row, "submission_record"))
        warned = [pair for one in record.context["unknown"] if one.code == "CLA-07" for pair in one.warnings]
        codes = [codes for _, codes in warned if codes]
        assert codes and not any(codes[0] in words for words, _ in warned), "codes of rules stand in a fold"
        assert f"by how many rows it is broken: {codes[0]}." in text(record)
        care = client.get(page(row, "submission_service", "care"))
        drawn = next(one for one in care.context["pictures"] if one.read.slug == "distances")
        assert drawn.drawn is not None
        assert "Not known: no directory is loaded" in text(care)
        assert "is it known how far from home they live" in drawn.drawn.title
        assert any(address for _, address in drawn.rows) == (role == "lead")


def test_issues_of_files_are_told_by_their_table(wexcombe: Story) -> None:
    files = of_903(10)
    files["header.csv"] = files["header.csv"].replace(b"/20", b"/x", 1)
    row = read(wexcombe, files)
    client = client_for(wexcombe["nominated-officer"])
    assert "1. Header: 1" in text(client.get(page(row, "submission_issues")))
    rows = text(client.get(page(row, "submission_issue_rows")))
    assert "Header, row 2" in rows
    assert "Every table" in rows
    assert "withheld" in rows
    by_rule = text(client.get(page(row, "submission_issues_by_rule")))
    assert "Error Header 1 rows break G08" in by_rule
    told = client.post(page(row, "submission_issues_export"), {"format": "csv"}).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(told)))[1][:2] == ["Header", "2"]


def test_a_question_can_be_asked_about_a_table_of_a_return(wexcombe: Story) -> None:
    files = of_903(10)
    files["header.csv"] = files["header.csv"].replace(b"/20", b"/x", 1)
    row = read(wexcombe, files)
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    client = client_for(wexcombe["lead"])
    asked = client.post(page(row, "question_ask"), {"about": "G08:1", "question": "What is this day?"})
    assert asked.status_code == 302
    assert "About Header Rule" in text(client.get(asked["Location"]))


# Measures of the record


def test_the_page_has_each_measure_with_all_that_a_number_must_carry(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(120))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    for role in ("inspector", "lead", "director"):
        shown = text(client_for(wexcombe[role]).get(page(row, "submission_record")))
        assert "Measures of the record as at 31 March 2026" in shown
        assert "Children in care" in shown
        assert "What could not be asked, and why" in shown
        assert "not in what was handed in" in shown
        assert "Early help" in shown, "which measure could not be asked"
        assert "Likely between" in shown
        assert row.sha256 in shown
    one = record.measure(row, "CLA-04")[0]
    inspector = text(client_for(wexcombe["inspector"]).get(page(row, "submission_record_measure", "CLA-04")))
    assert one.finding.replace("\N{NO-BREAK SPACE}", " ") in inspector.replace("\N{NO-BREAK SPACE}", " ")
    assert "By age" in inspector
    assert "The rows behind it" not in inspector
    lead = client_for(wexcombe["lead"]).get(page(row, "submission_record_measure", "CLA-04"))
    assert "The rows behind it" in text(lead)
    picture = client_for(wexcombe["inspector"]).get(page(row, "submission_record_chart"))
    assert picture["Content-Type"] == "image/svg+xml"
    file = client_for(wexcombe["inspector"]).post(page(row, "submission_record_chart_file"), {"format": "csv"})
    drawn = [each for each in record.measures(row) if each.share.value.value is not None]
    assert len(file.content.decode().splitlines()) == len(drawn) + 1 > 2
    for each in drawn:
        held = each.share.value
        line = next(line for line in file.content.decode().splitlines() if each.title in line)
        small = {held.numerator, held.denominator - held.numerator} & {1, 2, 3, 4, 5} or held.denominator < 10
        assert line.endswith(",c,c,c,c") is bool(small)


def test_the_item_on_the_shelf_leads_to_the_measure_of_the_record(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(60))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    item = row.measures.get(code="CLA-05", breakdown="").evidence_item
    assert item is not None
    client = client_for(wexcombe["lead"])
    shown = client.get(reverse("shelf_item", args=[wexcombe.inspection.pk, item.pk])).content.decode()
    address = page(row, "submission_record_measure", "CLA-05")
    assert f'href="{address}"' in shown
    assert client.get(address).status_code == 200


def test_work_with_a_limit_is_in_four_states(wexcombe: Story) -> None:
    row = read(wexcombe, made_returns.csv_files(made_returns.HEADINGS_CIN, made_returns.make_cin(60)))
    shown = text(client_for(wexcombe["nominated-officer"]).get(page(row, "submission_record")))
    assert "Assessments, from their start 45 working days" in shown
    paces = {one.name: one for one in record.paces(row)}
    assert {"assessments", "conferences"} <= set(paces)
    assert paces["assessments"].in_time + paces["assessments"].late > 0


def test_rows_behind_a_measure_are_for_those_who_may_read_rows_and_lead_to_each_row(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(120))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    path = page(row, "submission_measure_rows", "CLA-04")
    assert client_for(wexcombe["inspector"]).get(path).status_code == 403
    client = client_for(wexcombe["lead"])
    behind = record.behind(row, "CLA-04", "yes")
    assert len(behind) > 0
    shown = text(client.get(path + "?state=yes"))
    assert f"{len(behind)} row" in shown
    assert f"{behind[0].child} {behind[0].place.says} In the numerator" in shown
    assert client.get(page(row, "submission_row", behind[0].place)).status_code == 200
    everything = text(client.get(path + "?state=nonsense"))
    assert "Not in the numerator" in everything
    told = client.post(page(row, "submission_measure_rows_export", "CLA-04"), {"format": "csv", "state": "yes"})
    lines = list(csv.reader(io.StringIO(told.content.decode("utf-8-sig"))))
    assert len(lines) == 1 + len(behind)
    assert lines[1] == [behind[0].child, behind[0].where, "In the numerator"]
    entry = Entry.objects.filter(event="export.made").latest("pk")
    assert (entry.detail["what"], entry.detail["rows"]) == ("rows of CLA-04", len(behind))


def test_the_rows_behind_a_measure_of_a_list_are_shown_too(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=12, late=3))
    client = client_for(wexcombe["lead"])
    assert "Not in the numerator: 3 rows" in text(client.get(page(row, "submission_measure", "AS-01")))
    shown = text(client.get(page(row, "submission_measure_rows", "AS-01") + "?state=no"))
    assert "3 rows" in shown
    assert "List 4, row 2" in shown
    assert client.get(page(row, "submission_measure_rows", "ZZ-99")).status_code == 404


def test_the_measures_go_out_as_a_file_that_says_what_it_is(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(60))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    client = client_for(wexcombe["analyst"])
    told = client.post(page(row, "submission_record_export"), {"format": "csv"})
    lines = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig"))))
    whole = {line["Code"]: line for line in lines if line["Group"] == "All"}
    assert set(whole) == {one.code for one in (*record.measures(row), *amounts.amounts(row))}
    for one in record.measures(row):
        assert whole[one.code]["Numerator"] == str(one.share.value.numerator)
        assert whole[one.code]["Definition"]
    assert any(line["By"] == "Age" for line in lines)
    book = client.post(page(row, "submission_record_export"), {"format": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(book.content)) as held:
        words = held.read("xl/sharedStrings.xml").decode()
    assert row.sha256 in words
    assert "SSDA903 return" in words
    assert (
        client_for(wexcombe["inspector"]).post(page(row, "submission_record_export"), {"format": "csv"}).status_code
        == 403
    )
    assert client.post(page(row, "submission_record_export"), {"format": "pdf"}).status_code == 403


def test_of_lists_the_page_has_what_no_list_answers(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=12))
    shown = text(client_for(wexcombe["lead"]).get(page(row, "submission_record")))
    assert "those that no single list answers" in shown


def test_a_submission_read_before_says_that_the_record_was_not_asked(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=12))
    row.measures.filter(of_record=True).delete()
    Submission.objects.filter(pk=row.pk).update(counts={"total": 0, "rules": [], "severities": {}, "not_run": []})
    assert "did not ask the record" in text(client_for(wexcombe["lead"]).get(page(row, "submission_record")))


def test_groups_are_held_against_the_others_with_a_range_and_a_picture(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(120))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    answer = client_for(wexcombe["analyst"]).get(page(row, "submission_record_measure", "CLA-10"))
    shown = text(answer)
    held = {
        one.group: (one.numerator, one.denominator) for one in row.measures.filter(code="CLA-10", breakdown="gender")
    }
    yes, of = held["Female"]
    others, whole = (sum(each[at] for each in held.values()) - held["Female"][at] for at in (0, 1))
    assert min(yes, others) > 0 and min(of, whole) >= 10
    ratio = (yes / of) / (others / whole)
    spread = exp(1.959964 * sqrt(1 / yes - 1 / of + 1 / others - 1 / whole))
    assert f"{ratio:.2f}, likely from {ratio / spread:.2f} to {ratio * spread:.2f}" in shown
    assert "A range that holds 1 says that chance alone could explain" in shown
    assert answer.content.count(b"<svg") >= 1
