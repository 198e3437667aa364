"""The issues of a submission: by rule, by row, by whose rows they are, and how the columns of its lists are filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.models import Submission

if TYPE_CHECKING:
    import polars as pl

SEVERITIES: Mapping[str, str] = {"error": "Error", "query": "Query", "note": "Note"}
"""How grave an issue is, in words, the gravest first."""

THE_FILE = "The file"
"""What stands for the list where an issue is about the file as a whole."""

SORTS: Mapping[str, tuple[str, ...]] = {
    "list": ("list", "row", "rule"),
    "rule": ("rule", "list", "row"),
    "severity": ("severity", "list", "row"),
    "row": ("row", "list", "rule"),
    "worker": ("team", "worker", "list", "row", "rule"),
}
"""By what issues can be sorted."""


@dataclass(frozen=True, slots=True)
class RuleBroken:
    """How many rows of one list break one rule; of the file as a whole where `list` is None."""

    rule: str
    severity: str
    list: int | None
    list_title: str
    says: str
    issues: int
    table: str = ""

    @property
    def numbered(self) -> bool:
        """Whether it is about a list of Annex A, which people know by its number."""
        from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

        return self.table in TABLES_OF_ALL_FORMS and TABLES_OF_ALL_FORMS[self.table].number > 0

    @property
    def place(self) -> str:
        """What it is about, in words within a sentence."""
        return f"list {self.list}" if self.numbered else self.list_title if self.table else THE_FILE.lower()

    @property
    def severity_words(self) -> str:
        """How grave it is, in words."""
        return SEVERITIES.get(self.severity, self.severity)


def rules_broken(submission: Submission, *, local: bool = False) -> list[RuleBroken]:
    """The issues counted by list and rule, the gravest and most frequent of each list first.

    `local` asks for those of local rules, which are never among the others.
    """
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    # A submission checked by an older version may hold a severity that is no longer used.
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    found = [
        RuleBroken(
            one["rule"], one["severity"], one["list"],
            TABLES_OF_ALL_FORMS[one["table"]].title if one["table"] else THE_FILE, one["says"], one["issues"],
            one["table"] or "",
        )
        for one in (submission.counts.get("local", {}) if local else submission.counts).get("rules", [])
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.list or 0, order.get(one.severity, len(order)), -one.issues, one.rule))


@dataclass(frozen=True, slots=True)
class Issue:
    """One row that breaks one rule. `child` is a pseudonym; `row` is the row of the sheet as people count it.

    Without a row, the issue is about the list as a whole, and without a list about the file. `earlier_row` is the row
    of the earlier submission that the issue holds this one against; where it stands without `row`, that row is gone.
    `cells` is a keyed hash of what the rule looked at, by which an acceptance is found again.
    """

    rule: str
    severity: str
    list: int | None
    table: str | None
    row: int | None
    earlier_row: int | None
    fields: str
    says: str
    mend: str
    child: str | None
    written: str | None
    team: str | None
    worker: str | None
    cells: str | None = None

    @property
    def severity_words(self) -> str:
        """How grave it is, in words."""
        return SEVERITIES.get(self.severity, self.severity)

    @property
    def place(self) -> str:
        """Where it is, in words."""
        if self.list is None or self.table is None:
            return THE_FILE
        where = self.table_words
        if self.row is not None:
            return f"{where}, row {self.row:,}"
        return where if self.earlier_row is None else f"Earlier list {self.list}, row {self.earlier_row:,}"

    @property
    def table_words(self) -> str:
        """The list by its number, or the table of another form by its title."""
        from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

        if self.table is None:
            return THE_FILE
        known = TABLES_OF_ALL_FORMS[self.table]
        return f"List {known.number}" if known.number else known.title

    @property
    def whose(self) -> str:
        """Team and worker of the row, as the list has them."""
        return ", ".join(name for name in (self.team, self.worker) if name)


class Issues:
    """Issues that were asked for, made one by one only as they are looked at; what a paginator needs."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __len__(self) -> int:
        return self._frame.height

    @overload
    def __getitem__(self, place: slice) -> list[Issue]: ...
    @overload
    def __getitem__(self, place: int) -> Issue: ...
    def __getitem__(self, place: slice | int) -> list[Issue] | Issue:
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            return [Issue(**row) for row in self._frame.slice(start, max(0, stop - start)).iter_rows(named=True)]
        return Issue(**self._frame.row(place, named=True))

    def __iter__(self) -> Iterator[Issue]:
        return (Issue(**row) for row in self._frame.iter_rows(named=True))


def frame_of(submission: Submission, *, local: bool = False) -> pl.DataFrame:
    """The issues as a frame with the columns of Issue; empty where the submission was not read.

    With `local` those of local rules; empty where it was checked with none.
    """
    import polars as pl

    columns = tuple(Issue.__dataclass_fields__)
    if not submission.issues_key or (local and "local" not in submission.counts):
        numbers = dict.fromkeys(("list", "row", "earlier_row"), pl.Int64)
        return pl.DataFrame(schema={name: numbers.get(name, pl.String) for name in columns})
    held = holdings.fetch_frame(submission, "issues", submission.issues_key, "local" if local else "issues")
    held = held if "team" in held.columns else _with_staff(submission, held)
    if "cells" not in held.columns:  # read before acceptances were kept
        held = held.with_columns(pl.lit(None, pl.String).alias("cells"))
    return held.select(columns)


def _with_staff(submission: Submission, held: pl.DataFrame) -> pl.DataFrame:
    """The issues of a submission that was read before teams were kept with them."""
    from goldthread.kernel.quality import with_staff

    names = holdings.frame_names(submission, "tables", submission.store_key)
    fetched = {name: holdings.fetch_frame(submission, "tables", submission.store_key, name) for name in names}
    return with_staff(held, fetched)


def issues(
    submission: Submission, *, list: int | None = None, rule: str = "", severity: str = "", words: str = "",
    sort: str = "list", team: str = "", worker: str = "", local: bool = False,
) -> Issues:  # fmt: skip
    """The issues of a submission: of one list, rule, severity, team or worker, or with every word in what they say or
    point at. A team or worker called “Not known” has the rows that name none. `local` asks for those of local rules."""
    import polars as pl

    from goldthread.kernel.groups import NOT_KNOWN

    frame = frame_of(submission, local=local)
    if list is not None:
        frame = frame.filter(pl.col("list") == list)
    for column, wanted in (("rule", rule), ("severity", severity)):
        if wanted:
            frame = frame.filter(pl.col(column) == wanted)
    for column, wanted in (("team", team), ("worker", worker)):
        if wanted:
            frame = frame.filter(pl.col("row").is_not_null(), pl.col(column).fill_null(NOT_KNOWN) == wanted)
    searched = pl.concat_str(["rule", "says", "fields", "child"], separator=" ", ignore_nulls=True).str.to_lowercase()
    for word in words.lower().split():
        frame = frame.filter(searched.str.contains(word, literal=True))
    if sort in SORTS and sort != "list":
        frame = frame.sort(SORTS[sort], nulls_last=sort == "worker")
    return Issues(frame)


@dataclass(frozen=True, slots=True)
class Weight:
    """A rule by how much of all issues it makes up, and how much the rules down to it make up together, in per cent.

    `asks` says that nothing is to be mended where the record is right: it asks about the work, or how it was read.
    """

    rule: str
    severity: str
    lists: str
    issues: int
    per_cent: float
    cumulative_per_cent: float
    says: str
    tables: str = ""
    asks: bool = False

    @property
    def severity_words(self) -> str:
        """How grave it is, in words."""
        return SEVERITIES.get(self.severity, self.severity)


def weights(
    submission: Submission, *, list: int | None = None, severity: str = "", local: bool = False
) -> list[Weight]:
    """The rules by how many issues they make, the most frequent first: of everything, or one list or severity.

    `local` asks for local rules, which are weighed by themselves.
    """
    import polars as pl

    from goldthread.kernel.quality import asks_only, pareto

    frame = frame_of(submission, local=local)
    if list is not None:
        frame = frame.filter(pl.col("list") == list)
    if severity:
        frame = frame.filter(pl.col("severity") == severity)
    asking = asks_only(frame, submission.form or "annex_a")
    broken = rules_broken(submission, local=local)
    titles = {} if submission.of_lists else {str(one.list): one.list_title for one in broken}
    return [
        Weight(
            **row,
            tables=", ".join(titles.get(number, "") for number in row["lists"].split(", ")),
            asks=row["rule"] in asking,
        )
        for row in pareto(frame).iter_rows(named=True)
    ]


@dataclass(frozen=True, slots=True)
class Staffed:
    """How many issues the rows of one team have, or of one worker in a team."""

    team: str
    worker: str
    rows: int
    issues: int
    error: int
    query: int
    note: int


SORTS_OF_STAFF: Mapping[str, str] = {
    "error": "Errors", "query": "Queries", "note": "Notes", "issues": "Issues", "rows": "Rows", "team": "Team",
}  # fmt: skip
"""By what the issues of teams can be sorted, in words: of what is counted the most first, of teams by name."""


def by_staff(submission: Submission, *, workers: bool = False, sort: str = "error") -> list[Staffed]:
    """The issues counted by team, or by team and worker, the most errors first, or as `SORTS_OF_STAFF` has it."""
    from goldthread.kernel.quality import by_staff

    columns = ("team", "worker") if workers else ("team",)
    counted = by_staff(frame_of(submission), *columns)
    found = [Staffed(**{"worker": "", **row}) for row in counted.iter_rows(named=True)]
    if sort == "team":
        return sorted(found, key=lambda one: (one.team, one.worker))
    return sorted(found, key=lambda one: -getattr(one, sort)) if sort in SORTS_OF_STAFF else found


def of_everybody(submission: Submission) -> Staffed | None:
    """The same counts of all teams together; None where no row has an issue. A row is of one team, and counts once."""
    counted = by_staff(submission)
    if not counted:
        return None
    names = ("rows", "issues", "error", "query", "note")
    return Staffed("", "", *(sum(getattr(one, name) for one in counted) for name in names))


@dataclass(frozen=True, slots=True)
class OfChild:
    """How many issues the rows of one child have, and the first of these rows."""

    child: str
    table: str
    row: int
    rows: int
    issues: int
    error: int
    query: int
    note: int


def by_child(submission: Submission, *, local: bool = False) -> list[OfChild]:
    """The issues counted by child, the most errors first: whose record has to be opened, where no row names a team.

    A child in one table under two pseudonyms is two. Issues of a table as a whole are of no child.
    """
    import polars as pl

    held = frame_of(submission, local=local).filter(pl.col("child").is_not_null(), pl.col("row").is_not_null())
    counts = [(pl.col("severity") == name).sum().cast(pl.Int64).alias(name) for name in SEVERITIES]
    counted = (
        held.group_by("child", maintain_order=True)
        .agg(
            pl.col("table").first(), pl.col("row").first(),
            pl.struct("table", "row").n_unique().cast(pl.Int64).alias("rows"),
            pl.len().cast(pl.Int64).alias("issues"), *counts,
        )
        .sort("error", "query", "issues", "child", descending=[True, True, True, False])
    )  # fmt: skip
    return [OfChild(**one) for one in counted.iter_rows(named=True)]


def of_row(submission: Submission, table: str, row: int, *, local: bool = False) -> list[Issue]:
    """The issues of one row, in the order of their rules."""
    import polars as pl

    frame = frame_of(submission, local=local).filter(pl.col("table") == table, pl.col("row") == row)
    return [*Issues(frame)]


def staff(submission: Submission, *, local: bool = False) -> tuple[list[str], list[str]]:
    """The teams and the workers whose rows have issues, by name."""
    import polars as pl

    from goldthread.kernel.groups import NOT_KNOWN

    of_rows = frame_of(submission, local=local).filter(pl.col("row").is_not_null())
    teams, workers = (of_rows[name].fill_null(NOT_KNOWN).unique().sort().to_list() for name in ("team", "worker"))
    return teams, workers


@dataclass(frozen=True, slots=True)
class Filled:
    """How one column of one list is filled. `per_cent` is None in a list without rows."""

    list: int
    column: str
    heading: str
    rows: int
    filled: int
    blank: int
    not_understood: int
    placeholder: int
    may_be_blank: bool
    per_cent: float | None


def completeness(submission: Submission) -> list[Filled] | None:
    """How every column of every list is filled; None where that was not kept when the submission was read."""
    if not submission.issues_key or "completeness" not in holdings.frame_names(
        submission, "issues", submission.issues_key
    ):
        return None
    held = holdings.fetch_frame(submission, "issues", submission.issues_key, "completeness")
    return [Filled(**row) for row in held.select(tuple(Filled.__dataclass_fields__)).iter_rows(named=True)]
