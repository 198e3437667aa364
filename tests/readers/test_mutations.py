"""A change to a clean return breaks its rule, and what else it must break is named: from files to report."""

from functools import cache
from pathlib import Path

import pytest
from tests.readers.mutations import RETURNS, Tables, broken, changed, clean, kept

from goldthread.kernel.rules import STATUTORY

PROVIDERS = "It looks providers up in Ofsted's list, and the invented authority has none."
DIRECTORY = "It asks where a placement lies, which a return in files tells by a directory of postcodes alone."
BEFORE = "Last year's return, which is not changed here, would have to hold the other half of what breaks it."
FLAG = "In files no flag says who seeks asylum: the file UASC tells it, which then cannot go against it."
NUMBER = "It is about the child's own number, by which a changed child is known here."
TWO = "It takes two children who are changed alike."
WHOLE = "It is about the return as a whole, and not about a child."
NOT_BY_A_CHILD: dict[str, str] = {
    **dict.fromkeys(("1008", "219", "221", "224", "227", "228", "229"), PROVIDERS),
    **dict.fromkeys(
        ("1015", "164", "169", "179", "392a", "411", "420", "452", "453", "454", "503G", "503H", "503J"), DIRECTORY
    ),
    **dict.fromkeys(("348", "561", "576", "706"), BEFORE),
    **dict.fromkeys(("105", "205C", "303", "406"), FLAG),
    **dict.fromkeys(("1570", "1580", "8500"), NUMBER),
    **dict.fromkeys(("444", "1520"), TWO),
    **dict.fromkeys(("100", "2883", "2886Q", "2887Q", "2888Q"), WHOLE),
}
"""Rules that no change to one child of a clean return breaks, with why; their specs break them through files."""


@cache
def _clean(to: Path, year: int) -> dict[str, tuple[Tables, Path]]:
    return clean(to / str(year), year)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the clean returns are made, each year once."""
    return tmp_path_factory.mktemp("clean")


@pytest.mark.parametrize(("form", "year"), RETURNS)
def test_each_change_breaks_its_rule_and_those_that_it_names(
    form: str, year: int, folder: Path, tmp_path: Path
) -> None:
    tables, last = _clean(folder, year)[form]
    before = broken(form, year, tables, last, tmp_path / "before")
    mutations = kept(form, year)
    otherwise = {}
    for number in {one.round for one in mutations}:
        of_round = [one for one in mutations if one.round == number]
        children = {one.child: one.changes for one in of_round}
        told = broken(form, year, changed(form, tables, children), last, tmp_path / str(number))
        for one in of_round:
            new = told.get(one.child, set()) - before.get(one.child, set())
            if new != {one.rule, *one.also}:
                otherwise[one.rule] = sorted(new ^ {one.rule, *one.also})
    assert otherwise == {}


def test_every_rule_is_broken_by_a_change_or_it_is_said_why_by_none() -> None:
    by_a_change = {(form, one.rule) for form, year in RETURNS for one in kept(form, year)}
    without = {(rule.form, rule.code) for rule in STATUTORY} - by_a_change
    assert {code for _, code in without} - set(NOT_BY_A_CHILD) == set()
    assert set(NOT_BY_A_CHILD) & {code for _, code in by_a_change} == set()
