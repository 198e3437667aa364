"""The 903 that is cut from the lives: episodes that follow one another, codes of their year, two years that agree."""

from collections import defaultdict
from datetime import date, datetime
from itertools import pairwise

import pytest
from tests.synthetic.lasting import story

from goldthread.synthetic.cuts.ssda903 import COLUMNS, tables
from goldthread.synthetic.cuts.year import Year, upn

Record = dict[str, str]

LEGAL = {"C1", "C2", "E1", "V2", "V4", "L1", "L2", "J1"}
ALWAYS = {
    *("A5", "A6", "K1", "K2", "P1", "R1", "R2", "R3", "R5", "S1", "T1", "T3", "T4"),
    *("U1", "U2", "U3", "U4", "U5", "U6"),
}
PLACES = {2024: ALWAYS | {"H5", "P2", "Z1"}, 2025: ALWAYS | {"K3", "Z1"}, 2026: ALWAYS | {"K3", "Z11"}}
WHERE = ("PLACE", "PLACE_PROVIDER", "PL_POST", "URN")


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


def by_child(rows: list[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["CHILD"]].append(row)
    return {child: sorted(each, key=lambda row: day(row["DECOM"])) for child, each in found.items()}


def inconsistent(rows: list[Record]) -> list[str]:
    """What is wrong with one child's episodes of a year, in the words of the rules; nothing where all is well."""
    wrong = [f"begins with {rows[0]['RNE']}" for row in rows[:1] if row["RNE"] not in "SLPTBU"]
    wrong += ["more than one open"] * (sum(not row["DEC"] for row in rows) > 1)
    wrong += ["open, and not the last"] * any(not row["DEC"] for row in rows[:-1])
    wrong += ["an end without a reason, or the reverse"] * any(bool(row["DEC"]) != bool(row["REC"]) for row in rows)
    wrong += ["no length"] * any(row["DEC"] and day(row["DEC"]) <= day(row["DECOM"]) for row in rows)
    for before, after in pairwise(rows):
        if before["REC"] == "X1":
            wrong += ["a gap"] * (before["DEC"] != after["DECOM"])
            wrong += _misfit(before, after)
        elif before["DEC"]:
            wrong += ["a new period that does not begin with S"] * (after["RNE"] != "S")
            wrong += ["a new period on the last day of the old"] * (day(after["DECOM"]) <= day(before["DEC"]))
    return wrong


def _misfit(before: Record, after: Record) -> list[str]:
    status = before["LS"] != after["LS"]
    place = any(before[name] != after[name] for name in WHERE)
    fits = {"L": (True, False), "P": (False, True), "T": (False, True), "B": (True, True), "U": (True, True)}
    wrong = [] if fits.get(after["RNE"]) == (status, place) else [f"{after['RNE']}: status {status}, place {place}"]
    temporary = before["PLACE"].startswith("T") or after["PLACE"].startswith("T")
    needs = place and not temporary
    wrong += ["a reason for a change of place where there is none"] * (bool(before["REASON_PLACE_CHANGE"]) != needs)
    wrong += ["the need changes"] * (before["CIN"] != after["CIN"])
    return wrong


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_episodes_follow_one_another(year: int):
    children = by_child(story().ssda903(year)["episodes"])
    assert len(children) > 100
    assert {child: wrong for child, rows in children.items() if (wrong := inconsistent(rows))} == {}
    kinds = {row["RNE"] for rows in children.values() for row in rows}
    assert {"S", "L", "P", "T"} <= kinds


def test_the_check_of_episodes_sees_what_is_wrong():
    rows = next(rows for rows in by_child(story().ssda903(2026)["episodes"]).values() if len(rows) > 1)
    first, second = dict(rows[0]), dict(rows[1])
    assert "a gap" in inconsistent([first, {**second, "DECOM": "02/01/2026"}])
    assert "open, and not the last" in inconsistent([{**first, "DEC": "", "REC": ""}, second])
    assert inconsistent([first, {**second, "RNE": "S"}]) != []


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_codes_are_those_of_the_year(year: int):
    made = story().ssda903(year)
    assert {row["PLACE"] for row in made["episodes"]} <= PLACES[year]
    assert {row["LS"] for row in made["episodes"]} <= LEGAL
    assert {row["SEX"] for row in made["header"]} <= ({"1", "2"} if year == 2024 else {"M", "F", "U"})
    assert set(made) <= set(tables(Year(year)))
    assert all(tuple(row) == COLUMNS[name] for name, rows in made.items() for row in rows)


def test_placements_fit_the_child_and_the_law():
    made = story().ssda903(2026)
    born = {row["CHILD"]: day(row["DOB"]) for row in made["header"]}
    for child, rows in by_child(made["episodes"]).items():
        for place, row in enumerate(rows):
            years = (day(row["DECOM"]) - born[child]).days / 365.25
            assert row["PLACE"] != "K3" or years >= 16
            assert row["PLACE"] != "P1" or row["LS"] in ("C1", "C2")
            assert (row["PLACE"] == "P1") == (row["PLACE_PROVIDER"] == "PR0")
            assert row["PLACE"] not in ("A5", "A6") or row["LS"] == "E1"
            assert row["REC"] not in ("E11", "E12") or row["PLACE"] in ("A5", "A6")
            assert row["REC"] != "E17" or row["PLACE"].startswith("U")
            if row["PLACE"].startswith("T") and 0 < place < len(rows) - 1:
                assert [rows[place - 1][name] for name in WHERE] == [rows[place + 1][name] for name in WHERE]
                assert row["RNE"] in ("P", "B") and row["PLACE_PROVIDER"] == ""


def test_what_was_open_last_year_is_carried_into_this_year():
    before, after = (by_child(story().ssda903(year)["episodes"]) for year in (2025, 2026))
    open_then = {child: rows[-1] for child, rows in before.items() if not rows[-1]["DEC"]}
    assert len(open_then) > 80
    recoded = {"H5": "K3", "P2": "K3", "Z1": "Z11"}
    for child, row in open_then.items():
        carried = after[child][0]
        assert [carried[name] for name in ("DECOM", "RNE", "LS", "CIN")] == [
            row[name] for name in ("DECOM", "RNE", "LS", "CIN")
        ]
        assert carried["PLACE"] in (row["PLACE"], recoded.get(row["PLACE"]))


def test_every_child_of_a_file_has_a_header_with_the_same_birth_date():
    made = story().ssda903(2026)
    born = {row["CHILD"]: row["DOB"] for row in made["header"]}
    assert len(born) == len(made["header"])
    for name, rows in made.items():
        assert {row["CHILD"] for row in rows} <= set(born), name
        assert all(row["DOB"] == born[row["CHILD"]] for row in rows if "DOB" in row)


def test_health_is_asked_of_those_who_were_in_care_all_year_and_of_nobody_else():
    made = story().ssda903(2026)
    first, last = Year(2026).opens, Year(2026).ends
    all_year = {
        child
        for child, rows in by_child(made["episodes"]).items()
        if day(rows[0]["DECOM"]) <= first
        and not rows[-1]["DEC"]
        and all(row["REC"] in ("", "X1") and row["LS"] != "V4" for row in rows)
        and all(row["RNE"] != "S" or day(row["DECOM"]) < first for row in rows)
    }
    asked = {row["CHILD"] for row in made["oc2"]}
    assert len(asked) > 60
    assert asked == all_year
    for row in made["oc2"]:
        age = last.year - day(row["DOB"]).year - ((last.month, last.day) < (day(row["DOB"]).month, day(row["DOB"]).day))
        assert (row["CONVICTED"] != "") == (age >= 10)
        assert (row["HEALTH_CHECK"] != "") == (age < 5)
        assert bool(row["SDQ_SCORE"] or row["SDQ_REASON"]) == (4 <= age <= 17)


def test_short_breaks_have_no_postcodes_and_no_reviews():
    made = story().ssda903(2026)
    breaks = [row for row in made["episodes"] if row["LS"] == "V4"]
    assert breaks
    assert all(not row["PL_POST"] and not row["HOME_POST"] for row in breaks)


def test_care_leavers_have_their_birthday_in_the_year_and_are_not_in_care():
    made = story().ssda903(2026)
    assert len(made["oc3"]) > 30
    in_care = {child for child, rows in by_child(made["episodes"]).items() if not rows[-1]["DEC"]}
    for row in made["oc3"]:
        assert 17 <= Year(2026).ends.year - day(row["DOB"]).year <= 22
        assert row["CHILD"] not in in_care
        assert (row["ACCOM"] == "") == (row["IN_TOUCH"] in ("DIED", "RHOM"))


def test_a_pupil_number_has_a_true_check_letter():
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    numbers = [upn(life, date(2026, 3, 31)) for life in story().lives[:2000]]
    real = [number for number in numbers if not number.startswith("UN")]
    assert len(real) > 500
    assert len(set(real)) == len(real)
    for number in real:
        assert number[0] == letters[sum(int(digit) * at for at, digit in enumerate(number[1:], start=2)) % 23]
        assert number[1:8] == "8750000"  # an authority that ended, and a school that none has
