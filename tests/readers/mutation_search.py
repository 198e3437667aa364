"""Looks by trial for changes to a clean return that break each rule, and writes them down for `test_mutations.py`.

`.venv/bin/python -m tests.readers.mutation_search` takes some minutes of one processor; it is no test.
"""

import csv
import random
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.readers.mutations import (
    CHILD,
    GONE,
    HERE,
    MORE,
    RETURNS,
    Change,
    Mutation,
    Tables,
    broken,
    changed,
    clean,
)  # fmt: skip

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.rule import Rule, in_force
from goldthread.kernel.rules import STATUTORY
from goldthread.kernel.table import Kind

ROUNDS = {"ssda903": 90, "cin": 20}
MOST_CHANGES = 4


Found = tuple[int, int, str, tuple[Change, ...]]
"""How many changes, how many rules they break, of which child, and the changes."""

KEPT = 6
"""So many ways to break a rule are kept, for some are due to what was changed of another child."""


E = "cla_episodes"
HAND_MADE: dict[str, tuple[Change, ...]] = {
    "426": (Change(E, 0, MORE, ""), Change(E, 0, "LS", "V3"), Change(E, 1, "LS", "V4")),
    "446": (Change(E, 0, "DECOM", "01/05/2005"), Change(E, 0, "LS", "E1")),
    "1510": (Change("cin_child_identifiers", 0, "UPN", "B801200001001"),),
    "2884": (
        Change("cin_details", 0, "DateOfInitialCPC", "2025-09-10"),
        Change("cin_section_47", 0, "DateOfInitialCPC", "2025-09-10"),
    ),
    "377": (Change(E, 0, MORE, ""), Change(E, 0, MORE, ""), *(Change(E, at, "PLACE", "T3") for at in range(3))),
}
"""What trial hardly finds."""


class Search:
    """A search over one return: what was found so far, and how the next changes are drawn."""

    def __init__(self, form: str, year: int, tables: Tables, wanted: set[str]) -> None:
        self.form, self.year, self.tables, self.wanted = form, year, tables, wanted
        self.dice = random.Random(year)
        self.key = CHILD[form]
        self.of: dict[str, dict[str, list[dict[str, str]]]] = {}
        for name, rows in tables.items():
            held = self.of.setdefault(name, defaultdict(list))
            for row in rows:
                held[row.get(self.key, "")].append(row)
        first = next(name for name in tables if name in ("cla_header", "cin_child_identifiers"))
        self.children = [child for child in self.of[first] if child]
        self.rules: dict[str, list[Rule]] = defaultdict(list)
        for rule in STATUTORY:
            if rule.form == form and in_force(rule, year):
                self.rules[rule.code].append(rule)
        self.found: dict[str, list[Found]] = {}

    def draw(self, rule: str, child: str) -> tuple[Change, ...]:
        """Some changes to a child, in columns that a rule looks at."""
        if rule in HAND_MADE:
            return HAND_MADE[rule]
        dice, changes = self.dice, []
        one = dice.choice(self.rules[rule])
        tables = [one.table, *one.across]
        fields = [(one.table, name) for name in one.fields]
        for other in self.rules[rule]:
            fields += [(other.table, name) for name in other.fields]
        fields = [each for each in fields if each[0] in self.tables]
        for _ in range(dice.choice((1, 1, 2, 2, 3, MOST_CHANGES))):
            if dice.random() < 0.3 or not fields:
                name = dice.choice(tables)
                columns = [c.name for c in TABLES_OF_ALL_FORMS[name].columns]
                field = (name, dice.choice(columns))
            else:
                field = dice.choice(fields)
            changes += self._change(field, child, changes)
        return tuple(changes)

    def _change(self, field: tuple[str, str], child: str, before: list[Change]) -> list[Change]:
        table, name = field
        whose = [column.says for column in TABLES_OF_ALL_FORMS[table].columns]
        if table not in self.tables or self.key not in whose:
            return []
        rows = self.of[table].get(child, [])
        more = sum(change.table == table and change.heading == MORE for change in before)
        made = []
        if not rows and not more:
            if self.dice.random() < 0.1:
                return []
            made, more = [Change(table, 0, MORE, "")], 1
        elif self.dice.random() < 0.12:
            gone = self.dice.random() < 0.4 and rows and not more
            return [Change(table, self.dice.randrange(len(rows)), GONE, "")] if gone else [Change(table, 0, MORE, "")]
        column = TABLES_OF_ALL_FORMS[table].column(name)
        headings = self.tables[table][0] if self.tables[table] else {c.says for c in TABLES_OF_ALL_FORMS[table].columns}
        if column.says not in headings or column.says == self.key:
            # A number of another child's would change what is told of that one.
            return made
        at = self.dice.randrange(len(rows) + more)
        return [*made, Change(table, at, column.says, self._value(table, column.name, child))]

    def _value(self, table: str, name: str, child: str) -> str:
        column, dice = TABLES_OF_ALL_FORMS[table].column(name), self.dice
        if dice.random() < 0.2:
            return ""
        if column.kind is Kind.DATE:
            return "31/02/2024" if dice.random() < 0.05 else self._day(child)
        if dice.random() < 0.15:
            return "QQQ"
        if column.codes is not None and dice.random() < 0.8:
            return dice.choice(list(column.codes.values()))
        if column.kind in (Kind.COUNT, Kind.NUMBER):
            return dice.choice(("0", "1", "12", "41", "351", "1000", "-1"))
        if column.kind is Kind.FLAG:
            return dice.choice(("0", "1", "2"))
        rows = self.tables[table]
        return dice.choice((dice.choice(rows).get(column.says, "") if rows else "", "UN1", "UN4", "XXXXXXX", "A1"))

    def _day(self, child: str) -> str:
        days = [date(self.year, 3, 31), date(self.year - 1, 4, 1), date(self.year - 1, 9, 30)]
        shape = "%d/%m/%Y" if self.form == "ssda903" else "%Y-%m-%d"
        for held in self.of.values():
            for row in held.get(child, []):
                days += [day for cell in row.values() if (day := _day_of(cell)) is not None]
        day = self.dice.choice(days)
        move = self.dice.choice(
            (0, 0, 0, 1, -1, 2, -8, 8, 30, -30, 100, -100, 400, -400, 365 * 4, 365 * 10, 365 * 18, -365 * 15)
        )
        return f"{day + timedelta(days=move):{shape}}"

    def round(self, clean_told: dict[str, set[str]], last: Path, to: Path) -> None:
        """Change every child once, and keep what is shorter or cleaner than what was kept."""
        lacking = [code for code in self.wanted if code not in self.found]
        asked = lacking * 4 + sorted(self.wanted)
        children = {child: self.draw(self.dice.choice(asked), child) for child in self.children}
        told = broken(self.form, self.year, changed(self.form, self.tables, children), last, to)
        for child, changes in children.items():
            new = told.get(child, set()) - clean_told.get(child, set())
            for code in new & self.wanted:
                held = [*self.found.get(code, []), (len(changes), len(new), child, changes)]
                self.found[code] = sorted(held, key=lambda one: one[:3])[:KEPT]


def _day_of(cell: str) -> date | None:
    parts = cell.replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    return date(int(year), int(month), int(day))


def _in_rounds(found: list[tuple[str, Found]]) -> list[Mutation]:
    """The mutations such that each round changes a child once."""
    taken: list[set[str]] = []
    made = []
    for code, (_, _, child, changes) in found:
        at = next((at for at, held in enumerate(taken) if child not in held), len(taken))
        if at == len(taken):
            taken.append(set())
        taken[at].add(child)
        made.append(Mutation(code, at, child, changes, ()))
    return made


def _write(form: str, year: int, made: list[Mutation]) -> None:
    with (HERE / f"mutations_{form}_{year}.csv").open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(("rule", "round", "child", "changes", "also"))
        for one in made:
            written.writerow((one.rule, one.round, one.child, "; ".join(map(str, one.changes)), " ".join(one.also)))


def _searched(form: str, year: int, had: set[str], at: Path) -> set[str]:
    tables, last = clean(at / f"clean-{form}-{year}", year)[form]
    wanted = {r.code for r in STATUTORY if r.form == form and in_force(r, year)} - had
    search = Search(form, year, tables, wanted)
    before = broken(form, year, tables, last, at / f"{form}-{year}")
    for number in range(ROUNDS[form]):
        search.round(before, last, at / f"{form}-{year}-{number}")
        if number % 10 == 0:
            print(form, year, number, len(search.found), "of", len(wanted), flush=True)
    # What else breaks is told anew of the rounds as they are kept: a pupil number may be another changed child's.
    chosen, number = {code: ways[0] for code, ways in search.found.items()}, 0
    while True:
        made = _in_rounds(sorted(chosen.items()))
        sure = []
        for at_round in sorted({one.round for one in made}):
            of = [one for one in made if one.round == at_round]
            number += 1
            told = broken(
                form, year, changed(form, tables, {one.child: one.changes for one in of}), last,
                at / f"{form}{year}sure{number}",
            )  # fmt: skip
            for one in of:
                new = told.get(one.child, set()) - before.get(one.child, set())
                if one.rule in new:
                    sure.append(replace(one, also=tuple(sorted(new - {one.rule}))))
        wrong = {one.rule for one in made} - {one.rule for one in sure}
        if not wrong:
            break
        for code in wrong:
            search.found[code] = search.found[code][1:]
            if search.found[code]:
                chosen[code] = search.found[code][0]
            else:
                del chosen[code]
    _write(form, year, sure)
    found = {one.rule for one in sure}
    print(form, year, "not found:", sorted(wanted - found))
    return found


if __name__ == "__main__":
    done: dict[str, set[str]] = defaultdict(set)
    with TemporaryDirectory() as folder:
        for of_form, of_year in RETURNS:
            if len(sys.argv) == 1 or of_form in sys.argv[1:]:
                done[of_form] |= _searched(of_form, of_year, done[of_form], Path(folder))
