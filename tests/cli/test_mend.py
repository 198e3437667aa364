"""`goldthread mend`: suggested first, made in a copy alone, logged, and suggested once."""

import csv
import io
import zipfile
from pathlib import Path

import polars as pl
import pytest
from tests.cli.submissions import ran
from tests.cli.test_check_as import EPISODES, HEADER, MISSING, folder

from goldthread import check, mend, suggest
from goldthread.kernel.mends import BY_CODE, MENDS, from_bytes, to_bytes
from goldthread.readers.mends import BY_CELL

Capture = pytest.CaptureFixture[str]

CHILD = "101.0, m ,1 Feb 2012,wbri,A123456789012,,\n"
STAY = "101,31.01.2024,S,C2,N1,U1,PR0,N/A,,,m11ae,M1 1AE,\n"
AWAY = "101,01/02/2012,M,01/06/2025,05/06/2025\n"


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "now",
        header=HEADER + CHILD + "102,2,01/02/2012,WBRI,UN1,,\n",
        episodes=EPISODES + STAY,
        missing=MISSING + AWAY + AWAY,
        notes="nothing of the return\n",
    )


def changes(path: Path) -> list[tuple[str, str, str, str, str]]:
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return [(row["mend"], row["file"], row["heading"], row["written"], row["becomes"]) for row in rows]


def test_every_mend_is_declared_once_and_does_what_its_declaration_shows(untidy: Path) -> None:
    assert set(BY_CELL) | {"same-rows"} == set(BY_CODE)
    assert len(BY_CODE) == len(MENDS)
    # One cell or row for each mend but the one for true and false, of which SSDA903 has no example here.
    assert set(suggest(untidy, as_form="ssda903", year=2026).changes["mend"]) == set(BY_CODE) - {"true-false"}


def test_a_preview_counts_and_shows_no_cell_and_makes_nothing(untidy: Path, tmp_path: Path, capsys: Capture) -> None:
    before = {path.name: path.read_bytes() for path in untidy.iterdir()}
    told = ran(capsys, "mend", untidy, "--as", "ssda903", "--year", "2026", "--changes", tmp_path / "all.csv")
    assert told.code == 1
    assert "none made" in told.out and "dates" in told.out
    assert "m11ae" not in told.out and "1 Feb" not in told.out
    assert ("dates", "episodes.csv", "DECOM", "31.01.2024", "31/01/2024") in changes(tmp_path / "all.csv")
    assert {path.name: path.read_bytes() for path in untidy.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.csv", "now"]


def test_all_are_made_in_a_copy_with_a_log_and_a_second_run_suggests_nothing(
    untidy: Path, tmp_path: Path, capsys: Capture
) -> None:
    before = {path.name: path.read_bytes() for path in untidy.iterdir()}
    told = ran(capsys, "mend", untidy, "--as", "ssda903", "--year", "2026", "--all", "--out", tmp_path / "copy")
    assert told.code == 0, told.err
    held = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "copy").iterdir()}
    assert held == {
        "header.csv": HEADER + "101,M,01/02/2012,WBRI,A123456789012,,\n102,F,01/02/2012,WBRI,UN1,,\n",
        "episodes.csv": EPISODES + "101,31/01/2024,S,C2,N1,U1,PR0,,,,M1 1AE,M1 1AE,\n",
        "missing.csv": MISSING + AWAY,
        "notes.csv": "nothing of the return\n",
    }
    log = changes(tmp_path / "copy-mends.csv")
    assert ("case", "episodes.csv", "HOME_POST", "m11ae", "M11AE") in log
    assert ("postcodes", "episodes.csv", "HOME_POST", "M11AE", "M1 1AE") in log
    assert ("same-rows", "missing.csv", "", "", "") in log
    assert {path.name: path.read_bytes() for path in untidy.iterdir()} == before
    again = ran(capsys, "mend", tmp_path / "copy", "--as", "ssda903", "--year", "2026")
    assert again.code == 0 and "0 changes suggested" in again.out


def test_what_was_suggested_is_written_where_the_mends_are_made_too(
    untidy: Path, tmp_path: Path, capsys: Capture
) -> None:
    asked = ("mend", untidy, "--as", "ssda903", "--year", "2026", "--take", "dates", "--out", tmp_path / "copy")
    assert ran(capsys, *asked, "--changes", tmp_path / "all.csv").code == 0
    taken, suggested = changes(tmp_path / "copy-mends.csv"), changes(tmp_path / "all.csv")
    assert set(taken) < set(suggested) and {each[0] for each in taken} == {"dates"}


def test_the_issues_mended_and_new_are_those_of_two_checks(untidy: Path, tmp_path: Path) -> None:
    made = mend(untidy, as_form="ssda903", year=2026, out=tmp_path / "copy", take=["older-codes", "same-rows"])

    def told(path: Path) -> list[tuple[object, ...]]:
        return [one[:3] + one[4:] for one in check(path, as_form="ssda903", year=2026).frame.rows()]

    then, now = told(untidy), told(tmp_path / "copy")
    for one in list(then):
        if one in now:
            then.remove(one)
            now.remove(one)
    assert (made.mended, made.new) == (len(then), len(now))
    assert made.mended > 0
    assert set(made.changes["mend"]) == {"older-codes", "same-rows"}


@pytest.mark.parametrize(
    "cell", ["01/02/12", "45000", "12 Feb 24", "01/01/1900", "31/02/2024", "02/13/2024", "yesterday", "zz/02/2012"]
)
def test_a_date_that_could_be_meant_otherwise_is_left(cell: str, tmp_path: Path) -> None:
    where = folder(tmp_path / "r", header=HEADER + f"101,M,{cell},WBRI,UN1,,\n102,M,01-02-2012,WBRI,UN1,,\n")
    found = suggest(where, as_form="ssda903", year=2026).changes
    assert cell not in found["written"].to_list()
    # One date that is month first makes every date of two numbers in its column doubtful.
    assert found.height == (0 if cell == "02/13/2024" else 1)


def test_older_codes_are_not_mended_in_the_years_in_which_they_held(tmp_path: Path) -> None:
    where = folder(tmp_path / "r", header=HEADER + "101,1,01/02/2012,WBRI,UN1,,\n")
    assert suggest(where, as_form="ssda903", year=2024).changes.is_empty()
    found = suggest(where, as_form="ssda903", year=2025).changes
    assert found.rows() == [("older-codes", "header.csv", "cla_header", 2, "SEX", "1", "M")]


def test_the_census_has_its_dates_the_other_way_round(tmp_path: Path) -> None:
    head = "LAchildID,UPN,FormerUPN,UPNunknown,PersonBirthDate,Sex\n"
    where = folder(tmp_path / "r", ChildIdentifiers=head + "7,,,UN1,1 March 2012,f\n8,,,UN1,01/03/2012,F\n")
    found = suggest(where, as_form="cin", year=2026).changes
    assert sorted(found.select("mend", "becomes").rows()) == [("case", "F"), ("dates", "2012-03-01")]


def test_line_ends_separators_titles_and_strange_columns_stay(tmp_path: Path) -> None:
    text = "The return\r\n\r\nCHILD;SEX;DOB;ETHNIC;UPN;MOTHER;MC_DOB;OWN\r\n101;m;01/02/2012;WBRI;UN1;;; x ;\r\n"
    where = folder(tmp_path / "r", header=text.encode("cp1252"))
    mend(where, as_form="ssda903", year=2026, out=tmp_path / "copy")
    held = (tmp_path / "copy" / "header.csv").read_bytes().decode()
    assert "\r\n101;M;01/02/2012;WBRI;UN1;;; x ;" in held
    assert held.startswith("The return")


def test_a_formula_in_a_cell_is_no_formula_in_the_log(tmp_path: Path) -> None:
    where = folder(tmp_path / "r", header=HEADER + "101,M,01/02/2012,=wbri,UN1,,\n")
    made = mend(where, as_form="ssda903", year=2026, out=tmp_path / "copy")
    assert changes(made.log) == [("case", "header.csv", "ETHNIC", "'=wbri", "'=WBRI")]
    assert "=WBRI" in (made.out / "header.csv").read_text(encoding="utf-8")


def test_a_zip_and_a_single_file_are_mended_as_a_folder_is(tmp_path: Path) -> None:
    text = HEADER + "101,m,01/02/2012,WBRI,UN1,,\n"
    with zipfile.ZipFile(tmp_path / "r.zip", "w") as book:
        book.writestr("of the year/header.csv", text)
    (tmp_path / "header.csv").write_text(text, encoding="utf-8")
    for name in ("r.zip", "header.csv"):
        out = tmp_path / f"copy of {name}"
        mend(tmp_path / name, as_form="ssda903", year=2026, out=out)
        assert [path.name for path in out.iterdir()] == ["header.csv"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--all",), "--out with a new folder"),
        (("--out", "copy"), "--take CODES or --all"),
        (("--all", "--take", "dates", "--out", "copy"), "one of the two"),
        (("--take", "guesses", "--out", "copy"), "no mend “guesses”"),
        (("--all", "--out", "now"), "folder of the return itself"),
        (("--all", "--out", "now/within"), "folder of the return itself"),
        (("--all", "--out", "full"), "not an empty folder"),
        (("--take", "true-false", "--out", "copy"), "None of these mends"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(
    words: tuple[str, ...], says: str, untidy: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "full", held="x\n")
    told = ran(capsys, "mend", "now", "--as", "ssda903", "--year", "2026", *words)
    assert told.code == 2
    assert says in told.err
    assert not (tmp_path / "copy").exists() and len(list((tmp_path / "full").iterdir())) == 1


def test_a_form_that_is_no_return_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no return"):
        suggest(tmp_path, as_form="annex_a")


def test_a_suggestion_crosses_from_the_child_whole_or_not_at_all(untidy: Path) -> None:
    made = suggest(untidy, as_form="ssda903", year=2026)
    data = to_bytes(made)
    back = from_bytes(data)
    assert back.changes.equals(made.changes) and back.files == made.files
    for spoilt in (data[:-1], data + b"x", b"other"):
        with pytest.raises((ValueError, pl.exceptions.PolarsError)):
            from_bytes(spoilt)
