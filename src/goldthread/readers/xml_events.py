"""XML taken apart a column at a time: every element of every child at once, instead of one after the other.

A document without comments and marked sections (see `sound_xml`) has a `<` only where an element opens or closes, so
that cutting at each `<` gives its elements in order. Where each stands is known by the last one that opened or closed
around it, and rows are counted by their opening elements; the rest is filling down and joining, which Polars does for
millions at once. What the shape does not know is counted and told.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.reading import Refused
from goldthread.readers.sound_xml import EXPORT_AGAIN, MOST_DEPTH, MOST_ELEMENTS, SoundXml, refuse_deep, refuse_many
from goldthread.readers.xml_shape import Rows, Shape

PIECE = 4_000_000
"""So many bytes are taken apart at once: what they become takes a dozen times the room, and more gains no time."""

MOST_NAMES = 5_000

_UNKNOWN = -1
_ELSE = 0
_QUOTES = r"""["']"""
_TAG = r"""^((?:[^>"']|"[^"]*"|'[^']*')*)>"""
_NUMBERED = re.compile(r"&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});")


@dataclass(slots=True)
class Told:
    """What the document held beside the shape: elements not known, in another place, or twice in a row; stray text."""

    unknown: Counter[str] = field(default_factory=Counter)
    misplaced: Counter[str] = field(default_factory=Counter)
    doubled: Counter[tuple[str, str]] = field(default_factory=Counter)
    stray: int = 0


def _pieces(document: SoundXml, record: str) -> Iterator[bytes]:
    """The document in pieces that are cut after the end of a child, so that none is in two of them."""
    data, at = document.data, document.start
    end = re.compile(rf"</(?:[\w.-]+:)?{record}\s*>".encode(), re.IGNORECASE)
    while len(data) - at > PIECE:
        match = end.search(data, at + PIECE)
        if match is None:
            break
        yield data[at : match.end()]
        at = match.end()
    yield data[at:]


def _local(name: str) -> str:
    """An element's name in small letters, without its prefix."""
    return name.rpartition(":")[2].casefold()


@dataclass(slots=True)
class _Codes:
    """Numbers for element names: those that hold others and those that are cells, opening or closing."""

    shape: Shape
    holders: dict[str, int] = field(init=False)
    leaves: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        names = [*self.shape.holders]
        self.holders = {name: at for at, name in enumerate(names, start=1)}
        self.leaves = {name: at for at, name in enumerate(sorted(self.shape.leaves), start=len(names) + 1)}

    def of(self, tag: str) -> int:
        """The number of an element as it opens; minus it, less 10, as a holder closes; 0 for what tells nothing."""
        closing = tag.startswith("/")
        name = _local(tag.lstrip("/").strip())
        name = self.shape.also.get(name, name)
        if closing:
            return -10 - self.holders[name] if name in self.holders else _ELSE
        return self.holders.get(name) or self.leaves.get(name) or _UNKNOWN

    def inside(self) -> dict[int, int]:
        """After each holder opens or closes, which holder one is in."""
        opened = {at: at for at in self.holders.values()}
        closed = {
            -10 - at: self.holders.get(self.shape.parents.get(name, ""), _ELSE) for name, at in self.holders.items()
        }
        return opened | closed


def _split(piece: bytes) -> tuple[pl.DataFrame, pl.Series]:
    """Every `<` of a piece with its tag and the text behind, and every tag once.

    Elements that close themselves open and close. Few tags are different ones, and what none of them has is not looked
    for in each.
    """
    whole = pl.DataFrame({"piece": pl.Series([piece.decode()]).str.split("<").explode(empty_as_null=True)})
    cut = (
        whole.slice(1).select(pl.col("piece").str.splitn(">", 2).struct.rename_fields(["tag", "text"])).unnest("piece")
    )
    names = cut.get_column("tag").unique()
    if names.str.contains(_QUOTES).any():
        quoted = cut.get_column("tag").str.contains(_QUOTES)
        tag = pl.col("piece").str.extract(_TAG, 1)
        careful = whole.slice(1).filter(quoted).select(tag=tag, text=pl.col("piece").str.slice(tag.str.len_chars() + 1))
        cut = _in_place_of(cut, careful, quoted)
        names = cut.get_column("tag").unique()
    if not names.str.contains(r"\s|/$").any():
        return cut, names
    closed = cut.get_column("tag").str.ends_with("/")
    bare = pl.col("tag").str.strip_chars_end("/").str.extract(r"^(/?[^\s]*)", 1)
    cut = cut.with_columns(bare.alias("tag"))
    if closed.any():
        ends = pl.when(closed).then(pl.concat_list("tag", pl.format("/{}", "tag"))).otherwise(pl.concat_list("tag"))
        cut = cut.with_columns(ends.alias("tag")).explode("tag", empty_as_null=True)
    return cut, cut.get_column("tag").unique()


def _in_place_of(cut: pl.DataFrame, careful: pl.DataFrame, quoted: pl.Series) -> pl.DataFrame:
    at = quoted.arg_true()
    plain = cut.with_row_index("at").filter(~quoted)
    held = careful.with_columns(at.cast(plain.get_column("at").dtype).alias("at")).select(plain.columns)
    return pl.concat([plain, held]).sort("at").drop("at")


def _coded(cut: pl.DataFrame, names: pl.Series, codes: _Codes, told: Told) -> pl.DataFrame:
    """The elements with their numbers and the holder each is in; closing cells are left out, unknown ones counted."""
    if len(names) > MOST_NAMES:
        raise Refused(
            "This XML file has thousands of different elements, which no return has.", EXPORT_AGAIN, code="names"
        )
    numbers = pl.Series([codes.of(name) for name in names], dtype=pl.Int16)
    coded = cut.with_columns(pl.col("tag").replace_strict(names, numbers, return_dtype=pl.Int16).alias("code"))
    unknown = coded.filter(pl.col("code") == _UNKNOWN)
    if unknown.height:
        told.unknown.update({_short(name): n for name, n in unknown.get_column("tag").value_counts().rows()})
    inside = codes.inside()
    known = coded.lazy().with_columns(
        pl.col("code").replace_strict(inside, default=None, return_dtype=pl.Int16).forward_fill().alias("inside")
    )
    return known.with_columns(pl.col("inside").fill_null(_ELSE)).collect(engine=IN_MEMORY)


def _short(tag: str) -> str:
    return tag.rpartition(":")[2][:60]


def _check_depth(cut: pl.DataFrame, before: int) -> int:
    """How deep the piece ends. Raises Refused where it goes too deep."""
    closing = cut.get_column("tag").str.starts_with("/")
    steps = pl.select(pl.when(closing).then(-1).otherwise(1).cast(pl.Int32)).to_series().cum_sum()
    if not len(steps):
        return before
    deepest = steps.max()
    if isinstance(deepest, int) and before + deepest > MOST_DEPTH:
        raise refuse_deep()
    return before + int(steps[-1])


def _stray(coded: pl.DataFrame, codes: _Codes) -> int:
    """How often there is text where only elements belong."""
    most_holder = max(codes.holders.values())
    outside = coded.filter((pl.col("code") <= most_holder) & (pl.col("code") != _UNKNOWN)).get_column("text")
    written = outside.filter(outside.str.len_bytes() > 0)
    return int((written.str.strip_chars().str.len_bytes() > 0).sum())


def _misplaced(coded: pl.DataFrame, codes: _Codes, told: Told) -> None:
    """Count holders that open elsewhere than they should, and cells in an element that should not have them."""
    by_number = {at: name for name, at in (codes.holders | codes.leaves).items()}
    parents = {codes.holders[name]: codes.holders[parent] for name, parent in codes.shape.parents.items()}
    pairs = {(codes.holders[holder], codes.leaves[leaf]) for holder, leaf in codes.shape.pairs}
    held = coded.select("code", "inside", before=pl.col("inside").shift(1)).filter(pl.col("code") > 0)
    for code, inside, before, count in held.group_by("code", "inside", "before").len().rows():
        if code in parents:
            if before is not None and before not in (parents[code], _ELSE):
                told.misplaced[by_number[code]] += count
        elif code in codes.leaves.values() and (inside, code) not in pairs:
            told.misplaced[by_number[code]] += count


def _text(column: pl.Series) -> pl.Series:
    """Text with its references to letters made into the letters."""
    if not column.str.contains("&", literal=True).any():
        return column
    different = column.filter(column.str.contains("&", literal=True).fill_null(value=False)).unique()
    return column.replace(different, pl.Series([plain_text(one) for one in different], dtype=pl.String))


def plain_text(written: str) -> str:
    """Text with its references to letters made into the letters; a number that is no letter becomes a space."""
    written = _NUMBERED.sub(_letter, written)
    for named, letter in (("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&quot;", '"'), ("&amp;", "&")):
        written = written.replace(named, letter)
    return written


def _letter(match: re.Match[str]) -> str:
    number = match.group(1)
    value = int(number[1:], 16) if number.startswith("x") else int(number)
    return chr(value) if 0x20 <= value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF else " "


@dataclass(slots=True)
class _Piece:
    """One piece of the document, taken apart: its elements by the holder that each is in and by what each is."""

    shape: Shape
    codes: _Codes
    parts: dict[tuple[int, int], pl.DataFrame]
    nothing: pl.DataFrame
    told: Told
    plain: bool

    def at(self, holder: str, leaf: str = "") -> pl.DataFrame:
        """The elements of that name in a holder, or the holders of that name as they open: where, and their text."""
        inside = self.codes.holders[holder]
        return self.parts.get((inside, self.codes.leaves[leaf] if leaf else inside), self.nothing)

    def number(self, holder: str, at: pl.Series) -> pl.Series:
        """For each place, how many holders of that name had opened before it: the number of the one that it is in."""
        return self.at(holder).get_column("at").search_sorted(at, side="right")

    def column(self, place: tuple[str, str], holder: str, wanted: pl.Series, *, joined: bool = False) -> pl.Series:
        """The text of a cell for each wanted holder: the first, or all of them where there may be several."""
        found = self.at(*place)
        numbers = found.get_column("number") if place[0] == holder else self.number(holder, found.get_column("at"))
        if len(numbers) == len(wanted) and numbers.equals(wanted):
            return self.text(found)
        found = found.select("text", number=numbers)
        if joined:
            found = found.group_by("number", maintain_order=True).agg(pl.col("text").str.join(","))
        elif (numbers == numbers.shift(1)).any():
            self.told.doubled[place] += len(numbers) - numbers.n_unique()
            found = found.unique("number", keep="first", maintain_order=True)
        lined = pl.DataFrame({"number": wanted}).join(found, on="number", how="left", maintain_order="left")
        return self.text(lined)

    def text(self, found: pl.DataFrame) -> pl.Series:
        """The text of elements; where no letter of the piece is written by a reference, as it stands."""
        text = found.get_column("text")
        return text if self.plain else _text(text)

    def rows(self, rows: Rows, before: dict[str, int]) -> pl.DataFrame:
        """The rows of one table, as text."""
        here = self.at(rows.row, rows.leaf)
        at = here.get_column("at")
        each = here.get_column("number")
        made: dict[str, pl.Series] = {}
        for column, place in rows.cells.items():
            if rows.leaf:
                made[column] = self.text(here)
            else:
                made[column] = self.column(place, rows.row, each, joined=column in rows.joined)
        for column, source in (rows.inherited or {}).items():
            holder, _, leaf = source.partition("/")
            if leaf:
                record = self.shape.record
                made[column] = self.column((holder, leaf), record, self.number(record, at))
            else:
                made[column] = (self.number(holder[1:], at).cast(pl.Int64) + before[holder[1:]]).cast(pl.String)
        frame = pl.DataFrame(made)
        if rows.where:
            frame = frame.filter(pl.any_horizontal(pl.col(*rows.where).str.strip_chars().str.len_bytes() > 0))
        return frame


def _parted(coded: pl.DataFrame, codes: _Codes, told: Told, *, plain: bool) -> _Piece:
    """The elements that open, sorted by what they are and where. `number` counts the holders as `_Piece.number` does,
    for the holder that each is in. `plain`: no letter is written by a reference.
    """
    begins = (pl.col("code") == pl.col("inside")).cast(pl.UInt32)
    opening = (
        coded.lazy()
        .with_row_index("at")
        .filter(pl.col("code") > 0)
        .select("at", "inside", "code", "text", number=begins.cum_sum().over("inside"))
        .collect(engine=IN_MEMORY)
    )
    parts: dict[tuple[int, int], pl.DataFrame] = {}
    for key, part in opening.partition_by("inside", "code", as_dict=True, include_key=False).items():
        parts[int(key[0]), int(key[1])] = part
    return _Piece(codes.shape, codes, parts, opening.clear().select("at", "text", "number"), told, plain)


def take_apart(document: SoundXml, shape: Shape) -> tuple[dict[str, pl.DataFrame], Told]:
    """The tables of a return as text, and what the document held beside them. Raises Refused by the limits."""
    codes, told = _Codes(shape), Told()
    parts: dict[str, list[pl.DataFrame]] = {rows.table: [] for rows in shape.rows}
    before = Counter[str]()
    depth, elements = 0, 0
    for piece in _pieces(document, shape.record):
        told.stray += bool(piece[: max(piece.find(b"<"), 0)].strip())
        cut, names = _split(piece)
        elements += cut.height
        if elements > 2 * MOST_ELEMENTS:
            raise refuse_many()
        depth = _check_depth(cut, depth)
        coded = _coded(cut, names, codes, told)
        told.stray += _stray(coded, codes)
        _misplaced(coded, codes, told)
        one = _parted(coded, codes, told, plain=b"&" not in piece)
        del cut, coded
        for rows in shape.rows:
            frame = one.rows(rows, before)
            if frame.height:
                parts[rows.table].append(frame)
        before.update({holder: one.at(holder).height for holder in codes.holders})
    return {table: pl.concat(frames) for table, frames in parts.items() if frames}, told
