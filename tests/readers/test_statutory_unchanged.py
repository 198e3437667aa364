"""What holds of a whole return, from files to report: neither the order of its rows and columns, nor how its headings
are written, nor a child more or less changes what is told of the other children."""

import random
from collections import Counter
from datetime import date

import pytest
from tests import made_returns as made

from goldthread.kernel.checked import check_reading
from goldthread.kernel.statutory import Beside
from goldthread.kernel.statutory_report import report
from goldthread.readers import read_files
from goldthread.readers.handed import Handed

YEAR = 2026
STRANGER = "999999"
Tables = dict[str, list[made.Record]]
Told = Counter[tuple[str, str, str, str | None, str]]

HEADINGS = {"ssda903": made.HEADINGS_903, "cin": made.HEADINGS_CIN}
CHILD = {"ssda903": "CHILD", "cin": "LAchildID"}


def _return(form: str, seed: int, children: int = 40) -> Tables:
    return made.make_903(children, seed) if form == "ssda903" else made.make_cin(children, seed)


def _told(form: str, headings: dict[str, tuple[str, ...]], tables: Tables) -> Told:
    """How often each thing is told of each child; rows are not told, for they move."""
    files = [Handed(name, data) for name, data in made.csv_files(headings, tables).items()]
    reading = read_files(files, form=form, year=YEAR)
    assert set(reading.found), "something was read"
    issues = check_reading(reading, as_at=date(YEAR, 3, 31), beside=Beside()).issues
    lines = report(issues, reading, None).select("rule", "table", "fields", "child", "message")
    return Counter(lines.iter_rows())


def _shuffled(tables: Tables, seed: int) -> Tables:
    dice = random.Random(seed)
    return {name: dice.sample(rows, len(rows)) for name, rows in tables.items()}


def _respelt(
    headings: dict[str, tuple[str, ...]], tables: Tables, seed: int
) -> tuple[dict[str, tuple[str, ...]], Tables]:
    """The columns in another order, the headings in other letters."""
    dice = random.Random(seed)
    spelt = {
        name: {one: dice.choice((one.lower(), one.upper(), one.title())) for one in of} for name, of in headings.items()
    }
    turned = {name: tuple(dice.sample(list(of.values()), len(of))) for name, of in spelt.items()}
    rows = {
        name: [{spelt[name][key]: cell for key, cell in row.items() if key in spelt[name]} for row in tables[name]]
        for name in tables
    }
    return turned, rows


@pytest.mark.parametrize("form", ["ssda903", "cin"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_neither_order_nor_letters_change_what_is_told(form: str, seed: int) -> None:
    tables = _return(form, seed)
    plain = _told(form, HEADINGS[form], tables)
    assert len(plain) > 50
    assert _told(form, HEADINGS[form], _shuffled(tables, seed)) == plain
    assert _told(form, *_respelt(HEADINGS[form], tables, seed)) == plain


@pytest.mark.parametrize("form", ["ssda903", "cin"])
@pytest.mark.parametrize("seed", [4, 5, 6])
def test_another_child_changes_nothing_for_the_others(form: str, seed: int) -> None:
    tables, key = _return(form, seed), CHILD[form]
    stranger = _return(form, seed + 100, children=1)
    more = {
        name: [*rows, *({**row, **_own(name, row, key)} for row in stranger[name] if key in row)]
        for name, rows in tables.items()
    }
    plain = _told(form, HEADINGS[form], tables)
    with_stranger = _told(form, HEADINGS[form], more)
    others = {line: count for line, count in with_stranger.items() if line[3] not in (STRANGER, None)}
    assert others == {line: count for line, count in plain.items() if line[3] is not None}
    assert any(line[3] == STRANGER for line in with_stranger)


def _own(name: str, row: made.Record, key: str) -> made.Record:
    """What makes the row the stranger's: its number, and numbers of episodes that no other child has."""
    numbers = {column: f"9{row[column]}" for column in ("CINdetailsID", "CPPID") if column in row}
    upn = {"UPN": "A999999999999"} if "UPN" in row else {}
    return {key: STRANGER, **numbers, **upn}
