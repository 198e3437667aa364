"""Which criteria of one framework correspond to those of another, and which have no counterpart there.

A file lists subjects, and for each the criteria that ask about it. It is checked against the frameworks whole: every
criterion that a row names exists, and every criterion of every framework stands in a row, so that nothing is left out
of a comparison unseen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goldthread.domain import frameworks
from goldthread.domain.toml_sheet import Sheet, SheetError, unique

_FILE = Path(__file__).parent / "childrens-services.toml"


class CrosswalkError(ValueError):
    """A crosswalk's file cannot be used, or there is none between two frameworks. The message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A criterion, or a tag, as a crosswalk shows it: its id, what it belongs to, and its words."""

    id: str
    area: str
    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the frameworks that are laid side by side. `inspects` is false for what has tags and no areas."""

    slug: str
    title: str
    source: str
    inspects: bool
    points: Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class Row:
    """One subject, with the ids that ask about it in each column."""

    subject: str
    ids: Mapping[str, tuple[str, ...]]
    note: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A whole file. `columns` says in which column of its rows each framework stands."""

    title: str
    source: str
    checked: bool
    sides: Mapping[str, Side]
    columns: Mapping[str, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One subject on which two frameworks correspond. `note` says where they do so in part only."""

    subject: str
    ours: tuple[Point, ...]
    theirs: tuple[Point, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Between:
    """Two frameworks side by side: what corresponds, and what of each has no counterpart in the other."""

    ours: Side
    theirs: Side
    pairs: tuple[Pair, ...]
    only_ours: tuple[Point, ...]
    only_theirs: tuple[Point, ...]


@cache
def load() -> Crosswalk:
    """The crosswalk that comes with Goldthread."""
    return read(_FILE)


def read(path: Path) -> Crosswalk:
    """The crosswalk that a file describes. Raises CrosswalkError, with the line, when anything in it is wrong."""
    try:
        return _crosswalk(Sheet.read(path))
    except SheetError as error:
        raise CrosswalkError(str(error)) from error


def between(crosswalk: Crosswalk, ours: str, theirs: str) -> Between:
    """Two frameworks side by side. Raises CrosswalkError for one that the crosswalk does not hold, or the same twice.

    Frameworks that share a column are versions of one, and correspond where the id is the same.
    """
    for slug in (ours, theirs):
        if slug not in crosswalk.sides:
            raise CrosswalkError(f"“{slug}” is not in the crosswalk; use two of {', '.join(crosswalk.sides)}.")
    if ours == theirs:
        raise CrosswalkError(f"“{ours}” corresponds to itself; name two frameworks.")
    one, other = crosswalk.sides[ours], crosswalk.sides[theirs]
    pairs = tuple(_same(crosswalk, one, other) if _share(crosswalk, ours, theirs) else _rows(crosswalk, one, other))
    paired_ours = {point.id for pair in pairs for point in pair.ours}
    paired_theirs = {point.id for pair in pairs for point in pair.theirs}
    return Between(
        ours=one,
        theirs=other,
        pairs=pairs,
        only_ours=tuple(point for id, point in one.points.items() if id not in paired_ours),
        only_theirs=tuple(point for id, point in other.points.items() if id not in paired_theirs),
    )


def _share(crosswalk: Crosswalk, ours: str, theirs: str) -> bool:
    return crosswalk.columns[ours] == crosswalk.columns[theirs]


def _same(crosswalk: Crosswalk, one: Side, other: Side) -> Iterable[Pair]:
    """Versions of one framework: each criterion beside itself, under the first subject that names it."""
    for id, point in one.points.items():
        if id in other.points:
            row = next(row for row in crosswalk.rows if id in row.ids.get(crosswalk.columns[one.slug], ()))
            yield Pair(row.subject, (point,), (other.points[id],), "")


def _rows(crosswalk: Crosswalk, one: Side, other: Side) -> Iterable[Pair]:
    for row in crosswalk.rows:
        ours = _held(one, row.ids.get(crosswalk.columns[one.slug], ()))
        theirs = _held(other, row.ids.get(crosswalk.columns[other.slug], ()))
        if ours and theirs:
            # A note is about how the inspection frameworks differ; it says nothing of tags.
            yield Pair(row.subject, ours, theirs, row.note if one.inspects and other.inspects else "")


def _held(side: Side, ids: Iterable[str]) -> tuple[Point, ...]:
    return tuple(side.points[id] for id in ids if id in side.points)


def _crosswalk(sheet: Sheet) -> Crosswalk:
    sides, columns = _sides(sheet)
    known = {key: [id for slug, side in sides.items() if columns[slug] == key for id in side.points]
             for key in columns.values()}  # fmt: skip
    tables = sheet.tables("rows")
    rows = tuple(_row(each, known) for each in tables)
    unique(zip(tables, (row.subject for row in rows), strict=True), "subject")
    found = Crosswalk(
        title=sheet.text("title"),
        source=sheet.text("source"),
        checked=sheet.flag("checked"),
        sides=sides,
        columns=columns,
        rows=rows,
    )
    for slug, side in sides.items():
        named = {id for row in rows for id in row.ids.get(columns[slug], ())}
        for id in side.points:
            if id not in named:
                sheet.fail("rows", f"“{id}” of {slug} stands in no row; add it to one, alone if nothing is like it.")
    sheet.done()
    return found


def _row(each: Sheet, known: Mapping[str, list[str]]) -> Row:
    subject, ids = each.text("subject"), {}
    for key in known:
        each.may_have(key)
        if key in each:
            ids[key] = each.some_of(key, dict.fromkeys(known[key]))
    if not any(ids.values()):
        each.fail(None, f"“{subject}” names no criterion; name one, or take the row out.")
    row = Row(subject, ids, each.text_or("note"))
    each.done()
    return row


def _sides(sheet: Sheet) -> tuple[dict[str, Side], dict[str, str]]:
    """Every side by its slug, inspection frameworks first, and the column in which it stands."""
    sides: dict[str, Side] = {}
    columns: dict[str, str] = {}
    for each in (tables := sheet.tables("columns")):
        key = each.slug("key")
        for slug in each.some_of("frameworks", frameworks.slugs()):
            if slug in sides:
                each.fail("frameworks", f"“{slug}” stands in another column already; leave one.")
            sides[slug], columns[slug] = _of_framework(slug), key
        each.done()
    unique(((each, each.slug("key")) for each in tables), "key")
    for each in sheet.tables("tags", least=0):
        side = _of_tags(each)
        if side.slug in sides or side.slug in columns.values():
            each.fail("slug", f"“{side.slug}” is the name of another column; give this one another.")
        sides[side.slug], columns[side.slug] = side, side.slug
    return sides, columns


def _of_framework(slug: str) -> Side:
    held = frameworks.load(slug)
    points = {one.id: Point(one.id, area.short, one.text, area.checked) for area in held.areas for one in area.criteria}
    return Side(slug, held.short_title, held.source, True, points)


def _of_tags(each: Sheet) -> Side:
    words, sure = each.words_by_key("points"), each.table("checked")
    if not words:
        each.fail("points", "there are no tags; write one at least.")
    points = {id: Point(id, id.replace("-", " ").capitalize(), text, sure.flag(id)) for id, text in words.items()}
    sure.done()
    side = Side(each.slug(), each.text("title"), f"{each.text('says')} {each.text('source')}", False, points)
    each.done()
    return side
