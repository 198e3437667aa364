"""Local rules: what they may say, how they read, and that what is badly declared is refused in words."""

from datetime import date

import polars as pl
import pytest

from goldthread.kernel.context import Context
from goldthread.kernel.expressions import NotSaid, parse
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.local_rules import local_rules
from goldthread.kernel.refusal import Refused

EPISODES = TABLES_OF_ALL_FORMS["cla_episodes"]
YEAR = Context(date(2026, 3, 31), year=2026)

ROWS = pl.DataFrame(
    {
        "decom": [date(2025, 4, 1), date(2025, 6, 1), None, date(2024, 2, 29)],
        "dec": [date(2025, 3, 1), None, date(2025, 7, 1), date(2025, 2, 28)],
        "ls": ["C2", "V3", None, "E1"],
        "place": ["U1", None, "K2", "R1"],
        "pl_distance": [3.0, None, 250.5, 10.0],
    }
)

DECLARED = """
[[rule]]
code = "L01"
says = "It ended before it began."
mend = "Mend one of the two."
severity = "error"
form = "ssda903"
table = "Episodes"
fields = ["DECOM", "DEC"]
fails = "DEC < DECOM"
"""


def rows(text: str) -> list[int]:
    """The rows of ROWS at which the expression is true."""
    return ROWS.select(parse(text, EPISODES).fails(YEAR).fill_null(False)).to_series().arg_true().to_list()


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("DEC < DECOM", [0]),
        ("decom >= 2025-04-01", [0, 1]),
        ("DECOM != 2025-04-01", [1, 3]),
        ("LS in ('C2', \"E1\")", [0, 3]),
        ("LS not in ('C2', 'E1')", [1]),
        ("not LS = 'C2'", [1, 3]),
        ("LS is blank", [2]),
        ("PLACE is not blank and DEC is not blank", [0, 2, 3]),
        ("LS = 'V3' or LS = 'E1' and PLACE = 'U1'", [1]),
        ("(LS = 'V3' or LS = 'C2') and PLACE = 'U1'", [0]),
        ("PL_DISTANCE > 9.5", [2, 3]),
        ("days(DECOM, DEC) = 365", [3]),
        ("age(DECOM, DEC) = 0", [3]),
        ("length(LS) = 2", [0, 1, 3]),
        ("DECOM < year_start", [3]),
        ("year_end < 2026-04-01 and DECOM is blank", [2]),
    ],
)
def test_an_expression_is_true_of_the_rows_that_it_says_and_of_no_blank(text: str, broken: list[int]) -> None:
    assert rows(text) == broken


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("DEC", "no condition"),
        ("DEC < ", "breaks off"),
        ("DEC < 'C2'", "holds a date"),
        ("LS = 2", "write as 'C1'"),
        ("DECOMM < DEC", "no column DECOMM"),
        ("LS in 'C2'", "“(” is missing"),
        ("LS in ('C2'", "“)” is missing"),
        ("DEC < 2025-02-30", "no day of any month"),
        ("days(DEC) > 3", "wants a date and a date"),
        ("__import__('os')", "no column __import__"),
        ("DEC < DECOM; 1", "cannot be understood"),
        ("DEC < DECOM DEC", "should end"),
        ("not " * 40 + "LS is blank", "too deep"),
        ("(" * 5000 + "LS is blank", "longer than"),
        ("(DEC < DECOM) = (DEC < DECOM)", "condition cannot be compared"),
        ("LS and PLACE", "no condition"),
    ],
)
def test_an_expression_that_cannot_be_meant_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(NotSaid) as refused:
        parse(text, EPISODES)
    assert says in str(refused.value)


def test_a_file_makes_rules_that_are_declared_as_the_departments_are() -> None:
    (one,) = local_rules(DECLARED, "ours.toml")
    assert (one.code, one.table, one.fields, one.form) == ("L01", "cla_episodes", ("decom", "dec"), "ssda903")
    assert (one.severity, one.mend) == ("error", "Mend one of the two.")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('code = "L01"', 'code = "218"', "write L and up to"),
        ('code = "L01"', 'code = "L401"', "another rule has this code"),
        ('severity = "error"', 'severity = "grave"', "write error, query or note"),
        ('table = "Episodes"', 'table = "Stays"', "there is no table “Stays”"),
        ('form = "ssda903"', 'form = "annex_a"', "write ssda903 or cin"),
        ('fields = ["DECOM", "DEC"]', 'fields = ["DECOM", "ENDED"]', "no column ENDED"),
        ('fields = ["DECOM", "DEC"]', 'fields = "DECOM"', "no list of headings"),
        ('fails = "DEC < DECOM"', 'fails = "DEC less than DECOM"', "should end"),
        ('mend = "Mend one of the two."', "", "it lacks mend"),
        ('mend = "Mend one of the two."', "mend = 3", "its mend is no text"),
        ('code = "L01"', 'code = "L01"\nwhen = "always"', "which no rule has"),
        ('code = "L01"', 'code = "L01"\nsince = 2027\nuntil = 2026', "ends before it begins"),
        ('code = "L01"', 'code = "L01"\nsince = "2026"', "no collection year"),
        ("[[rule]]", "[[rules]]", "Begin each rule with the line [[rule]]"),
        ("[[rule]]", "[[rule", "no sound TOML"),
    ],
)
def test_a_bad_declaration_is_refused_with_file_rule_and_how_to_mend_it(was: str, becomes: str, says: str) -> None:
    assert was in DECLARED
    with pytest.raises(Refused) as refused:
        local_rules(DECLARED.replace(was, becomes), "ours.toml", frozenset({"l401"}))
    told = f"{refused.value.reason} {refused.value.mend}"
    assert told.startswith("ours.toml") and says in told
    if "[[rule" in becomes:
        return
    assert "rule L" in told or "rule 218" in told


def test_two_rules_of_one_code_are_refused() -> None:
    with pytest.raises(Refused, match="another rule has this code"):
        local_rules(DECLARED * 2, "ours.toml")
