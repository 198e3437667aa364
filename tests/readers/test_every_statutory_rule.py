"""Every rule of the Department's through the whole path: files that break it are written, read, checked and reported.

The specs of many rules are put together into one return of each kind, their children renumbered, so that all of them
cost little; a spec that comes out otherwise in company (a pupil number that two of them use) is asked alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest
from tests.kernel.statutory_context import context_of
from tests.kernel.statutory_specs import SPECS, StatutorySpec
from tests.kernel.statutory_specs_of_all import LOADED
from tests.readers.statutory_files import Mapped, Unread, as_csv, as_xml

from goldthread.kernel.checked import check_reading
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading
from goldthread.kernel.rule import in_force
from goldthread.kernel.rules import STATUTORY
from goldthread.kernel.statutory import Beside
from goldthread.kernel.statutory_report import lines, report
from goldthread.kernel.table_names import LAST, TABLE_NAMES
from goldthread.readers.handed import Handed
from goldthread.readers.returns import read_files

KINDS = ("tidy", "untidy", "xml")
ONE_RECORD = "In XML a child's rows stand within the child's one record: nothing of it can be without it or differ."
NOT_IN_XML = dict.fromkeys(
    (
        "INT01", "INT02", "INT03", "INT04", "INT05", "INT06", "INT07", "INT08", "INT09", "INT11", "INT12", "INT13",
        "INT14", "INT15", "INT16", "INT17", "INT18", "INT21",
    ),
    ONE_RECORD,
)  # fmt: skip
"""Rules that no XML can break, with why."""

Places = set[tuple[str, int]]
CHILD = ("child", "la_child_id")


@dataclass
class Company:
    """Specs put together: their tables, renumbered, and where the rows of each begin."""

    specs: list[StatutorySpec]
    now: dict[str, pl.DataFrame]
    last: dict[str, pl.DataFrame] | None
    begins: list[dict[str, int]]
    unread: Unread
    unread_last: Unread

    @property
    def form(self) -> str:
        return TABLES_OF_ALL_FORMS[next(iter(self.now))].form


def _renumbered(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """The rows with children of their own: A of spec 12 is 1200001, a number, as many systems have them."""
    for column in (*CHILD, "cin_details_id", "cpp_id"):
        if column not in frame.columns:
            continue
        known = {value: at for at, value in enumerate(NUMBERS.setdefault(number, []), 1)}
        for value in frame[column].drop_nulls().unique(maintain_order=True):
            if value not in known:
                NUMBERS[number].append(value)
                known[value] = len(known) + 1
        told = {value: str((number + 10) * 10_000 + at) for value, at in known.items()}
        frame = frame.with_columns(pl.col(column).replace_strict(told, default=None, return_dtype=pl.String))
    return frame


NUMBERS: dict[int, list[str]] = {}


def _as_they_are(frame: pl.DataFrame, _: int) -> pl.DataFrame:
    return frame


def _together(numbered: Sequence[tuple[int, StatutorySpec]]) -> Company:
    """The specs as one return; a spec alone keeps the numbers that it has, for some rules are about them."""
    renumbered = _renumbered if len(numbered) > 1 else _as_they_are
    now: dict[str, list[pl.DataFrame]] = {}
    last: dict[str, list[pl.DataFrame]] = {}
    begins, unread, unread_last = [], set(), set()
    for number, spec in numbered:
        context = context_of(spec)
        begun = {}
        for name, frame in context.tables.items():
            begun[name] = sum(each.height for each in now.get(name, ()))
            now.setdefault(name, []).append(renumbered(frame.collect(), number))
        for name, frame in (context.last or {}).items():
            begun[name + LAST] = sum(each.height for each in last.get(name, ()))
            last.setdefault(name, []).append(renumbered(frame.collect(), number))
        for of, rows in spec.unread.items():
            table, column = of.split(".")
            unread |= {(table, column, begun[table] + row) for row in rows}
        for of, rows in spec.unread_last.items():
            table, column = of.split(".")
            unread_last |= {(table, column, begun[table + LAST] + row) for row in rows}
        begins.append(begun)
    specs = [spec for _, spec in numbered]
    whole = {name: pl.concat(frames) for name, frames in now.items()}
    before = {name: pl.concat(frames) for name, frames in last.items()} if specs[0].last is not None else None
    return Company(specs, whole, before, begins, frozenset(unread), frozenset(unread_last))


def _beside(specs: Sequence[StatutorySpec], last: Reading | None) -> Beside:
    contexts = [context_of(spec) for spec in specs]
    providers = [context.providers for context in contexts if context.providers is not None]
    postcodes = [context.postcodes for context in contexts if context.postcodes is not None]
    listed = pl.concat(providers) if providers else None
    if listed is not None and len(specs) > 1:
        listed = listed.unique("urn", keep="first", maintain_order=True)
    return Beside(
        last=last,
        providers=listed,
        postcodes=pl.concat(postcodes).unique("postcode", keep="first", maintain_order=True) if postcodes else None,
        authority=specs[0].authority,
    )


def _read(
    kind: str, frames: Mapping[str, pl.DataFrame], unread: Unread, year: int, form: str
) -> tuple[Reading, Mapped | None]:
    if kind == "xml":
        document, mapped = as_xml(form, frames, unread, year)
        return read_files([document], year=year), mapped
    files: list[Handed] = as_csv(frames, unread, untidy=kind == "untidy")
    return read_files(files, year=year), None


def _found(company: Company, kind: str) -> tuple[dict[str, Places], Mapped | None]:
    """By rule, the table and row (from 0) of every issue, as the report tells them."""
    year = company.specs[0].year
    reading, mapped = _read(kind, company.now, company.unread, year, company.form)
    last = None
    if company.last is not None:
        last, _ = _read(kind, company.last, company.unread_last, year - 1, company.form)
    only = frozenset(spec.rule for spec in company.specs)
    results = check_reading(reading, as_at=date(year, 3, 31), beside=_beside(company.specs, last), only=only)
    found: dict[str, Places] = {}
    told = report(results.issues.filter(pl.col("rule").is_in(sorted(only))), reading, last)
    for line in lines(told).iter_rows(named=True):
        if line["row"] is not None:
            found.setdefault(str(line["rule"]), set()).add((str(line["table"]), int(str(line["row"]))))
    return found, mapped


def _is_told(company: Company, at: int, found: Mapping[str, Places], mapped: Mapped | None) -> bool:
    """Whether the rule of a spec is told at the rows that break it, and at no other row of the spec."""
    spec, begun = company.specs[at], company.begins[at]
    told = found.get(spec.rule, set())
    for name, frame in context_of(spec).tables.items():
        for row in range(1, frame.collect().height + 1):
            place = begun[name] + row - 1
            if mapped is not None:
                place = mapped.get((name, begun[name] + row), -1) - 2
            if ((TABLE_NAMES[name], place) in told) != (row in spec.breaks.get(name, ())):
                return False
    return True


def _kept_together(spec: StatutorySpec) -> tuple[object, ...]:
    """What specs of one return must have in common."""
    frames = {name: frame.collect() for name, frame in context_of(spec).tables.items()}
    drawn = tuple(
        f"{name}.{column.name}"
        for name, frame in frames.items()
        for column in TABLES_OF_ALL_FORMS[name].columns
        if column.newer and column.name != "cpp_id" and frame[column.name].is_not_null().any()
    )
    form = TABLES_OF_ALL_FORMS[next(iter(frames))].form
    single = spec if "cin_header" in frames else None
    return form, spec.year, spec.last is None, spec.providers is None, spec.postcodes is None, spec.authority, drawn, (
        id(single) if single else 0
    )  # fmt: skip


BREAKING = [(number, spec) for number, spec in enumerate(SPECS) if any(spec.breaks.values())]


def _companies() -> Iterable[list[tuple[int, StatutorySpec]]]:
    groups: dict[tuple[object, ...], list[tuple[int, StatutorySpec]]] = {}
    for number, spec in BREAKING:
        groups.setdefault(_kept_together(spec), []).append((number, spec))
    return groups.values()


@pytest.fixture(scope="module", params=KINDS)
def told(request: pytest.FixtureRequest) -> tuple[str, dict[str, list[bool]]]:
    """The kind of file, and by rule whether each of its specs came out as it should."""
    answers: dict[str, list[bool]] = {}
    for group in _companies():
        company = _together(group)
        found, mapped = _found(company, request.param)
        for at, (number, spec) in enumerate(group):
            right = _is_told(company, at, found, mapped)
            if not right and len(group) > 1:
                alone = _together([(number, spec)])
                right = _is_told(alone, 0, *_found(alone, request.param))
            answers.setdefault(spec.rule, []).append(right)
    return request.param, answers


def test_every_rule_is_told_at_its_rows_through_the_whole_path(told: tuple[str, dict[str, list[bool]]]) -> None:
    kind, answers = told
    wrong = {
        rule
        for rule, right in answers.items()
        if not (any(right) or rule in NOT_IN_XML if kind == "xml" else all(right))
    }
    assert sorted(wrong) == []


def test_every_rule_has_rows_that_break_it_in_every_range_of_years() -> None:
    assert LOADED
    broken = {(spec.rule, spec.year) for _, spec in BREAKING}
    without = {
        (rule.code, rule.since, rule.until)
        for rule in STATUTORY
        if not any(code == rule.code and in_force(rule, year) for code, year in broken)
    }
    assert sorted(without, key=str) == []


def test_what_cannot_be_in_xml_is_a_rule_and_says_why() -> None:
    assert set(NOT_IN_XML) <= {rule.code for rule in STATUTORY}
    assert all(NOT_IN_XML.values())
