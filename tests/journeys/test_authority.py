"""The authority's side: the uploader and the nominated officer hand data in; director and member see only theirs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey


def test_an_uploader_hands_a_workbook_in_and_an_officer_hands_it_over(
    visit: Callable[..., Visitor], workbook: Path
) -> None:
    uploader = visit("uploader")
    enter(uploader, "Data")
    uploader.page.get_by_label("Files to hand in").set_input_files(workbook)
    uploader.press("Upload")
    uploader.reads("The file is received and safe")
    expect(uploader.page.locator("main")).not_to_contain_text("How far reading has come", timeout=60_000)
    uploader.reads("The eleven lists")
    uploader.shoot("submission")
    uploader.follow(re.compile("^Issues"))
    uploader.arrives(re.compile(r"\d+ issues?"))
    uploader.follow("Every row, with filters")
    uploader.arrives("Rows with issues")
    uploader.go("/home/")
    enter(uploader, "Data")
    uploader.reads("What was handed in")
    expect(uploader.page.get_by_role("button", name=re.compile("^Hand"))).to_have_count(0)

    officer = visit("officer")
    enter(officer, "Data")
    officer.page.get_by_role("row").filter(has_text="Annex A.xlsx").get_by_role("link").first.click()
    officer.follow(re.compile("[Hh]and"))
    officer.reads("What does not cross")
    officer.shoot("hand-over")
    officer.press("Hand it over")
    officer.reads("The team sees it now")

    analyst = visit("analyst")
    enter(analyst, "Data")
    expect(analyst.page.get_by_role("row").filter(has_text="Annex A.xlsx")).to_have_count(1)


def test_a_broken_file_is_refused_in_plain_english(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    broken = tmp_path / "Broken.xlsx"
    broken.write_bytes(b"This is a letter that somebody renamed.")
    empty = tmp_path / "Empty.xlsx"
    empty.write_bytes(b"")
    uploader = visit("uploader")
    uploader.expect_status(422)
    enter(uploader, "Data")
    uploader.press("Upload")
    uploader.reads("Choose a file")
    uploader.page.get_by_label("Files to hand in").set_input_files(empty)
    uploader.press("Upload")
    uploader.reads("The file is empty")
    uploader.page.get_by_label("Files to hand in").set_input_files(broken)
    uploader.press("Upload")
    uploader.reads("The file is received and safe")
    expect(uploader.page.locator("#reading")).to_contain_text("Upload again", timeout=30_000)
    said = uploader.page.locator("#reading").inner_text()
    assert "workbook" in said
    assert not re.search(r"Error|Exception|Traceback|zip", said)
    uploader.shoot("refused-file")


def test_a_director_and_a_member_see_only_what_is_theirs(visit: Callable[..., Visitor]) -> None:
    director = visit("director")
    enter(director, "Data")
    director.reads("Wrenfordshire Annex A")
    ways = director.page.locator("nav").get_by_role("link")
    shown = set(ways.all_inner_texts())
    assert shown.isdisjoint({"Evidence", "Findings", "Judgements", "Report", "Cases"})
    inspection = re.search(r"/inspections/[0-9a-f-]{36}/", director.page.url)
    assert inspection
    director.expect_status(403, 404)
    for place in ("findings/", "judgements/", "report/", "shelf/", "cases/"):
        director.go(inspection.group() + place)
        assert director.heading in ("Page not found", "You may not see this page", "You cannot do that") or (
            "not" in director.heading.lower()
        )

    member = visit("member")
    member.expect_status(403, 404)
    member.arrives("Your work")
    expect(member.page.get_by_role("link", name="Data", exact=True)).to_have_count(0)
    member.go(inspection.group() + "data/")
    assert "Annex A" not in member.text

    improvement = visit("improvement")
    improvement.expect_status(403, 404)
    improvement.follow("Wrenfordshire, autumn 2026")
    improvement.arrives("Wrenfordshire, autumn 2026")
    improvement.go(inspection.group() + "data/")
    assert "Annex A" not in improvement.text
