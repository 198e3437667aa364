"""One call from Python: a statutory return against the Department for Education's rules of its year.

    >>> from goldthread import check
    >>> found = check("returns/2026", as_form="ssda903", year=2026)  # doctest: +SKIP
    >>> found.not_run[0]  # doctest: +SKIP
    NotRun(rule='205A', why='...')
    >>> found.frame.group_by("rule").len()  # doctest: +SKIP

The files are read in a child process of limited memory, and nothing leaves the machine. `goldthread check --as` gives
the same on the command line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from goldthread.kernel.refusal import Refused

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.reading import Reading
    from goldthread.kernel.rule import Rule
    from goldthread.kernel.statutory import Beside

FORMS = ("ssda903", "cin")
"""The returns that the Department publishes rules for."""


class NotRun(NamedTuple):
    """A rule that was not run, and why. It was not passed."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One row that breaks one rule.

    `row` counts from 0 beneath the headings and `child` is the number in the file; both are None where the issue is
    about a table as a whole. `severity` is error, query or note; `fields` are headings as the return writes them.
    """

    rule: str
    severity: str
    table: str | None
    row: int | None
    fields: tuple[str, ...]
    child: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a return: its collection year, its rows, the codes of rules run, and those not run with why.

    `frame` holds one row per issue: rule, severity, table, row, fields (joined by '; '), child, message. It names
    children by their numbers: keep it inside the authority. `local` is what rules of the authority's own found, where
    there were any: it is no part of the rest.
    """

    form: str
    year: int
    rows: int
    run: tuple[str, ...]
    not_run: tuple[NotRun, ...]
    frame: "pl.DataFrame" = field(repr=False)
    local: "Local | None" = field(default=None, repr=False)

    @property
    def issues(self) -> Iterator[Issue]:
        """Each issue, in the order of tables, rows and rules."""
        return _each(self.frame)


@dataclass(frozen=True, slots=True)
class Local:
    """What an authority's own rules found: the codes run, those not run with why, and `frame` as that of `Checked`."""

    run: tuple[str, ...]
    not_run: tuple[NotRun, ...]
    frame: "pl.DataFrame" = field(repr=False)

    @property
    def issues(self) -> Iterator[Issue]:
        """Each issue, in the order of tables, rows and rules."""
        return _each(self.frame)


def _each(frame: "pl.DataFrame") -> Iterator[Issue]:
    for rule, severity, table, row, fields, child, message in frame.iter_rows():
        named = tuple(fields.split("; ")) if fields else ()
        yield Issue(rule, severity, table, row, named, child, message)


def check(
    path: str | Path, *, as_form: str, year: int | None = None, last_year: str | Path | None = None,
    providers: Iterable[str | Path] = (), postcodes: str | Path | None = None, rules: Sequence[str] | None = None,
    local_rules: str | Path | None = None, most_mb: int = 300,
) -> Checked:  # fmt: skip
    """Check a return: a folder of CSV files, a zip of them, or XML.

    `year` is the collection year by the March in which it ends; left out, the dates of the file tell it. `last_year`
    is the return of the year before, `providers` Ofsted's lists and `postcodes` the ONS Postcode Directory: rules that
    need one that is not given are not run, and say so. `rules` narrows to these codes. `local_rules` is a file of the
    authority's own rules (`kernel.local_rules`), told of apart, under `local`. Raises `Refused` where a file
    cannot be used, and ValueError on a return or a rule that there is not.
    """
    if as_form not in FORMS:
        raise ValueError(f"there is no return “{as_form}”; the Department has rules for {' and '.join(FORMS)}")
    only = known_rules(rules)
    own = () if local_rules is None else read_local_rules(Path(local_rules))
    reading = _read(Path(path), as_form, year, most_mb)
    if reading.year is None:
        raise Refused("It holds no date that tells its year.", "Say the year, such as year=2026.", code="year")
    last = None if last_year is None else _read(Path(last_year), as_form, reading.year - 1, most_mb)
    beside = _beside(last, [Path(one) for one in providers], postcodes)
    from goldthread.kernel.checked_return import results_of

    results, told = results_of(reading, beside, date(reading.year, 3, 31), only=only)
    not_run = tuple(NotRun(one.rule, one.why) for one in results.not_run)
    local = local_of(reading, own, date(reading.year, 3, 31), beside) if own else None
    return Checked(as_form, reading.year, reading.rows, tuple(results.ran), not_run, told, local)


def read_local_rules(path: Path) -> "tuple[Rule, ...]":
    """The rules of an authority's own in a TOML file. Raises Refused, saying which rule is wrong and how to mend it."""
    from goldthread.kernel.catalogue import codes
    from goldthread.kernel.local_rules import MOST_BYTES, local_rules

    try:
        with path.open("rb") as held:
            data = held.read(MOST_BYTES + 1)
    except OSError:
        raise Refused(f"There is no file {path.name} that can be read.", "Check its name.", code="absent") from None
    if len(data) > MOST_BYTES:
        raise Refused(f"{path.name} is far too long for a file of rules.", "Check its name.", code="local-rules")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path.name} is not in UTF-8.", "Save it as UTF-8, and try again.", code="encoding") from None
    return local_rules(text, path.name, frozenset(code.casefold() for code in codes()))


def local_of(reading: "Reading", rules: "Sequence[Rule]", as_at: date, beside: "Beside") -> Local:
    """What an authority's own rules say of a return: those of its form and year."""
    from goldthread.kernel.rule import in_force
    from goldthread.kernel.statutory import check_statutory
    from goldthread.kernel.statutory_report import report

    asked = [rule for rule in rules if rule.form == reading.form and in_force(rule, reading.year)]
    told = check_statutory(reading, asked, as_at, beside, as_text=True)
    stopped = tuple(NotRun(code, why) for code, why in told.stopped)
    return Local(tuple(told.ran), stopped, report(told.issues, reading, beside.last))


def needed(form: str) -> tuple[str, ...]:
    """The modules that the check of a return needs besides the reading of it, to be fetched while it is read."""
    rules = "goldthread.kernel.rules"
    return (
        "goldthread.kernel.checked_return", "goldthread.kernel.statutory_report", "goldthread.kernel.fitting_day",
        f"{rules}.{form}", f"{rules}.returns",
    )  # fmt: skip


def _beside(last: "Reading | None", lists: list[Path], postcodes: str | Path | None) -> "Beside":
    from goldthread.kernel.statutory import Beside
    from goldthread.readers.postcodes import read_directory
    from goldthread.readers.providers import read_providers

    return Beside(
        last=last,
        providers=read_providers(lists).lazy() if lists else None,
        postcodes=None if postcodes is None else read_directory(Path(postcodes)).lazy(),
    )


def _read(path: Path, form: str, year: int | None, most_mb: int) -> "Reading":
    from goldthread.engines.sandbox import Asked, limits_for, read_safely
    from goldthread.readers.naming import check_name

    if not path.exists():
        raise Refused(f"There is no {path.name} here.", "Check where it lies, and how it is spelt.", code="absent")
    check_name(path.name, path)
    reading = read_safely(path, limits=limits_for(most_mb * 1_000_000), asked=Asked(form, year), fetch=needed(form))
    from goldthread.kernel.fitting_day import check_year

    check_year(reading, datetime.now().astimezone().date())
    return reading


def known_rules(rules: Sequence[str] | None) -> frozenset[str] | None:
    """The codes of the rules that were asked for, as they are declared; None where all were.

    Raises ValueError, with a sentence that says how to mend it, on a code that no rule has.
    """
    if rules is None:
        return None
    from goldthread.kernel.catalogue import codes
    from goldthread.kernel.rules.ssda903.retired import WITHOUT_WORDS

    by_folded = {code.casefold(): code for code in codes()}
    unknown = [code for code in rules if code.casefold() not in by_folded]
    if unknown and unknown[0].casefold() in {code.casefold() for code in WITHOUT_WORDS}:
        raise ValueError(
            f"rule {unknown[0]} ended with the return of 2023-24, and what it asked is in no source that Goldthread "
            "has; leave it out"
        )
    if unknown:
        raise ValueError(f"there is no rule “{unknown[0]}”; docs/reference/rules-of-the-returns.md lists them all")
    return frozenset(by_folded[code.casefold()] for code in rules)
