"""A return mended in a copy, handed in again, and a query explained once for this year and the next.

By the keyboard alone, as a council's data officer would. The guide's pictures are taken on the way
(GOLDTHREAD_PICTURES=1).
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.form_story import a_year_before
from tests.made_returns import HEADINGS_903, Record, csv_files, make_903

from .conftest import Visitor
from .keyboard import Keys

pytestmark = pytest.mark.journey

CHILDREN = 30
ASKED = "392d"
"""Home and placement have the same postcode, and the child is not placed with parents."""

A_YEAR_THAT_STAYS = 2019
"""Birth dates before it are the same in the return of the year before, as it is made here."""

SINCE = re.compile(r"([\d,]+) mended, (?:[\d,]+ of children who are no longer in the return, )?([\d,]+) new")
REASON = "The carer lives three doors from the home; both addresses were checked."


def tables() -> dict[str, list[Record]]:
    """A return with one query of which the answer is the same every year: a home and a placement of one postcode."""
    rows = make_903(CHILDREN)
    stay = next(row for row in rows["episodes"] if born(rows, row["CHILD"]) < A_YEAR_THAT_STAYS)
    stay["PLACE"], stay["PL_POST"] = "U6", stay["HOME_POST"]
    return rows


def born(rows: dict[str, list[Record]], child: str) -> int:
    return next(int(head["DOB"][-4:]) for head in rows["header"] if head["CHILD"] == child)


def untidy() -> dict[str, bytes]:
    """The same a year earlier, as a spreadsheet leaves it: older codes of sex, and a row that is there twice."""
    rows = tables()
    for head in rows["header"]:
        head["SEX"] = {"M": "1", "F": "2"}[head["SEX"]]
    rows["reviews"].append(rows["reviews"][0])
    return a_year_before(csv_files(HEADINGS_903, rows))


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def hand_in(visitor: Visitor, now: list[Path], before: list[Path]) -> None:
    """Hand this year's files in with last year's, and wait until they are read and checked."""
    page, keys = visitor.page, Keys(visitor.page)
    keys.enter_part(visitor, "Data")
    keys.tab_to("Files to hand in")
    page.locator(":focus").set_input_files(now)
    keys.tab_to("The same return of the year before")
    page.locator(":focus").set_input_files(before)
    keys.go("Upload |")
    expect(page.locator("main")).to_contain_text("Before you use the numbers", timeout=90_000)


def test_a_return_is_mended_in_a_copy_and_a_query_explained_for_next_year_too(
    visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    files = untidy()
    last = written(tmp_path / "last", a_year_before(files))
    uploader = visit("uploader")
    hand_in(uploader, written(tmp_path / "now", files), last)
    looks_through_the_results(uploader)
    mended = takes_some_mends(uploader, files)

    copy = written(tmp_path / "mended", mended)
    hand_in(uploader, copy, last)
    reads_what_was_mended(uploader)
    accepts_a_query(uploader)

    hand_in(uploader, written(tmp_path / "next", csv_files(HEADINGS_903, tables())), copy)
    finds_it_accepted_before(uploader)


def looks_through_the_results(uploader: Visitor) -> None:
    """By rule, by child, since a return says no team, and row by row."""
    keys = Keys(uploader.page)
    keys.go("Issues |")
    uploader.arrives(re.compile(r"[\d,]+ issues"))
    keys.go("By rule |")
    uploader.reads("101")
    uploader.picture("return-by-rule", at="main h1", height=900)
    keys.go("By child |")
    uploader.reads("No table of this form says which team or worker a row belongs to")
    keys.go("Every row |")
    uploader.arrives("Rows with issues")
    # A child by the pseudonym, which the page of every row may be narrowed to.
    children = uploader.page.locator("main tbody tr td:nth-of-type(1)")
    expect(children.filter(has_text=re.compile(r"C-[0-9A-Z]{7}")).first).to_be_visible()


def takes_some_mends(uploader: Visitor, files: dict[str, bytes]) -> dict[str, bytes]:
    """Previews the mends, leaves one out, and takes the copy and its log; the files of the copy."""
    page, keys = uploader.page, Keys(uploader.page)
    keys.go("Mends |")
    uploader.arrives("Suggested mends")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    uploader.reads("Where they would change something")
    uploader.picture("mends", at="main h1", height=900)
    keys.tab_to("A row that stands in its file twice")
    keys.press("Space")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    keys.tab_to("Take the corrected copy and its log")
    taken = keys.take().path()
    with zipfile.ZipFile(taken) as book:
        mended = {name.removeprefix("corrected/"): book.read(name) for name in book.namelist() if "/" in name}
        log = list(csv.DictReader(io.StringIO(book.read("mends-log.csv").decode("utf-8-sig"))))
    assert len(log) == CHILDREN
    assert {(one["mend"], one["heading"], one["written"], one["becomes"]) for one in log} == {
        ("older-codes", "SEX", "1", "M"), ("older-codes", "SEX", "2", "F"),
    }  # fmt: skip
    assert mended["reviews.csv"] == files["reviews.csv"]
    assert mended["header.csv"] != files["header.csv"]
    return mended


def reads_what_was_mended(uploader: Visitor) -> None:
    """Checked again, the page says how many issues are gone, and which came to light.

    Of whom the code of sex was no code, nobody could say before that a boy is told of as a mother or none (165).
    """
    keys = Keys(uploader.page)
    keys.go("Issues |")
    uploader.reads("Since the hand-in of")
    told = SINCE.search(uploader.text)
    assert told, uploader.text[:2_000]
    assert int(told[1].replace(",", "")) >= CHILDREN
    assert int(told[2]) == sum(head["SEX"] == "M" for head in tables()["header"]) > 0
    uploader.picture("mended-since", at="#since-heading", height=420)


def accepts_a_query(uploader: Visitor) -> None:
    """Explains a query with a reason, which stands beside it from then on."""
    page, keys = uploader.page, Keys(uploader.page)
    keys.go("Every row |")
    page.locator("select[name=rule]").select_option(ASKED)
    keys.go("Show")
    keys.go("Accept with a reason")
    uploader.arrives("Accept a query")
    keys.write("reason", REASON)
    uploader.picture("accept-a-query", at="main h1", height=760)
    keys.go("Accept the query")
    uploader.reads(f"Accepted: {REASON}")


def finds_it_accepted_before(uploader: Visitor) -> None:
    """In next year's return the reason is there already, and the query counted apart."""
    page, keys = uploader.page, Keys(uploader.page)
    keys.go("Issues |", "Every row |")
    page.locator("select[name=rule]").select_option(ASKED)
    keys.go("Show")
    uploader.reads(f"Accepted before: {REASON}")
    uploader.picture("accepted-before", at="main table", height=520)
