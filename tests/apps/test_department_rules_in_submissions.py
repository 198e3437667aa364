"""The Department's rules where the web application reads a return: run, told, and kept without a child in clear."""

from collections import Counter
from pathlib import Path

import pytest
from tests import made_returns
from tests.form_story import a_year_before, of_903, send
from tests.submissions_story import Story, data_folder, story

from goldthread import check
from goldthread.apps.submissions import issues as issue_queries
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import Submission
from goldthread.engines.reference import PROVIDERS
from goldthread.kernel.rules import STATUTORY
from goldthread.readers.providers import read_providers
from goldthread.web.presenters.submissions import warnings

pytestmark = pytest.mark.django_db
CODES = {rule.code for rule in STATUTORY}
LIST = "URN,Placement type code,Placement provider code,Local authority,Setting postcode\nSC012345,K2,PR4,Wexcombe,\n"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def told(row: Submission) -> Counter[str]:
    return Counter(one.rule for one in queries.issues(row) if one.rule in CODES)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_the_page_tells_what_the_command_tells(wexcombe: Story, tmp_path: Path) -> None:
    """The same files through both doors: the same rules run, the same broken, as often."""
    files = of_903(60)
    row = send(wexcombe, files)
    asked = check(written(tmp_path / "return", files), as_form="ssda903", year=2026)
    assert told(row) == Counter(one.rule for one in asked.issues if one.rule in CODES)
    assert len(told(row)) > 20 and row.counts["ran"] == len(asked.run) > 190
    assert {one["rule"] for one in row.counts["not_run"]} >= {one.rule for one in asked.not_run}
    assert f"{row.counts['ran']} of the Department for Education's rules were run" in " ".join(warnings(row))


def test_a_census_is_asked_too(wexcombe: Story) -> None:
    cin = made_returns.csv_files(made_returns.HEADINGS_CIN, made_returns.make_cin(40))
    row = send(wexcombe, cin)
    assert row.form == "cin", row.refusal
    assert row.counts["ran"] > 60 and told(row)


def test_an_issue_points_at_its_row_and_names_the_child_by_pseudonym_alone(wexcombe: Story) -> None:
    files = of_903(60)
    row = send(wexcombe, files)
    numbers = {line.split(b",")[0].decode() for line in files["header.csv"].splitlines()[1:]}
    found = [one for one in queries.issues(row) if one.rule in CODES]
    assert any(one.row is not None and one.child and one.child.startswith("C-") for one in found)
    assert not any(number in str(one) for one in found for number in numbers)
    assert all(one.says and one.mend for one in found)
    assert {one.rule for one in issue_queries.rules_broken(row)} >= set(told(row))


def test_what_the_rules_look_up_is_used_once_it_is_there(wexcombe: Story, tmp_path: Path) -> None:
    files = of_903(30)
    alone = send(wexcombe, files)
    waiting = {one["rule"] for one in alone.counts["not_run"]}
    (tmp_path / "list.csv").write_text(LIST)
    kept = data_folder() / PROVIDERS
    kept.parent.mkdir(parents=True, exist_ok=True)
    read_providers([tmp_path / "list.csv"]).write_parquet(kept)
    try:
        listed = send(wexcombe, files)
    finally:
        kept.unlink()
    assert {one["rule"] for one in listed.counts["not_run"]} < waiting
    with_last = send(wexcombe, files, before=a_year_before(files))
    assert with_last.status == "read", with_last.refusal
    assert with_last.counts["ran"] > alone.counts["ran"]


def test_lists_of_annex_a_have_no_such_rules(wexcombe: Story) -> None:
    row = wexcombe.handed_over()
    assert row.counts["ran"] == 0
    assert "Department for Education" not in " ".join(warnings(row))


def others(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same files of wholly other children: their numbers stand in the first column, of the census too."""
    made = {}
    for name, data in files.items():
        heading, *rows = data.decode().splitlines()
        of_children = heading.lower().startswith(("child,", "lachildid,"))
        made[name] = "\n".join([heading, *(f"9{row}" if of_children else row for row in rows)]).encode()
    return made


def cin_before(files: dict[str, bytes]) -> dict[str, bytes]:
    """A census a year earlier."""
    made = {}
    for name, data in files.items():
        text = data.decode()
        for year in range(2015, 2028):
            text = text.replace(f"{year}-", f"{year - 1}-").replace(f",{year},", f",{year - 1},")
        made[name] = text.encode()
    return made


def test_a_return_of_the_year_before_of_other_children_is_warned_of(wexcombe: Story) -> None:
    """A census of another authority, taken for last year's, is told of as on the command line; the own one is not."""
    cin = made_returns.csv_files(made_returns.HEADINGS_CIN, made_returns.make_cin(60))
    for files, before in ((of_903(60), a_year_before(of_903(60))), (cin, cin_before(cin))):
        own, strange = send(wexcombe, files, before=before), send(wexcombe, files, before=others(before))
        assert own.status == strange.status == "read", own.refusal + strange.refusal
        assert own.lists["apart"] == ""
        assert (
            "still open at the end of the return of the year before, none is in this year’s" in strange.lists["apart"]
        )
        assert strange.counts["ran"] == own.counts["ran"]
