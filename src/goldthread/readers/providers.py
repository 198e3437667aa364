"""The list of registered providers, in whatever shape it came that year: CSV or a workbook, known by its headings.

Authorities are sent two lists, of children's homes and of other social care providers, whose headings and sheets change
from year to year. What is read is the number, the codes of placement and of provider, the authority, the postcode and
when the registration began and ended. Codes are found in whatever text holds them ("U1-U6", "PR4, PR5"); where a list
has none, they are told by the kind of provision and the sector in words. A number on several rows is one provider.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from goldthread.kernel.postcodes import plain_postcode
from goldthread.kernel.providers import SCHEMA
from goldthread.kernel.refusal import Refused
from goldthread.readers.decoding import decode, plain_lines
from goldthread.readers.delimited import read_cells
from goldthread.readers.return_headings import letters
from goldthread.readers.workbook import open_workbook

MOST_BYTES = 50_000_000
_ROWS_ABOVE = 20

HEADINGS: Mapping[str, str] = {
    "urn": r"(urn|uniquereferencenumber)",
    "place": r"(place|placementtype|placementcategory|(ssda?903)?plac(e|ement)(type)?codes?|.*plac(e|ement)typecodes?)",
    "provider": r"(placeproviders?|plac(e|ement)providers?(code|type)?s?|providercodes?|provider(type)?codes?)",
    "kind": r"(provider(sub)?type|provisiontype|typeofprovi(sion|der)|settingtype|registrationtype|category)",
    "sector": r"(sector|ownership(type)?|.*sector|organisationtype)",
    "authority": r"(la|laname(fromfile)?|localauthority(name)?|authority(name)?|.*localauthority(name)?|placingla)",
    "postcode": r"(.*postcode)",
    "registered_on": r"(regstart|registrationdate|registration(start)?date|dateof(first)?registration|dateregistered|"
    r"firsteffectivedateofregistration|regdate|opendate|dateopened)",
    "closed_on": r"(regend|registrationend(date)?|registrationenddate|de?registrationdate|deregistrationdate|"
    r"datederegistered|dateofderegistration|deregistered|datederegistration|enddate|closed?date|dateclosed|closuredate|"
    r"dateofclosure|.*(cancel|resign)\w*date|date.*(cancel|resign)\w*)",
}
"""What the letters of each heading may be; of several in a row that fit, the shortest is taken."""

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("secure children", ("K1",)),
    ("secure training", ("K1", "R5")),
    ("children's home", ("K2",)),
    ("childrens home", ("K2",)),
    ("supported accommodation", ("K3",)),
    ("residential special school", ("S1",)),
    ("residential school", ("S1",)),
    ("boarding school", ("S1",)),
    ("residential family centre", ("R3",)),
    ("fostering", ("U1", "U2", "U3", "U4", "U5", "U6")),
    ("adoption", ("A3", "A4", "A5", "A6")),
    ("care home", ("R1",)),
)
_SECTORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("local authority", ("PR1", "PR2")),
    ("council", ("PR1", "PR2")),
    ("private", ("PR4",)),
    ("voluntary", ("PR5",)),
    ("third sector", ("PR5",)),
    ("charit", ("PR5",)),
    ("health", ("PR3",)),
    ("public", ("PR3",)),
    ("academy", ("PR3",)),
)
_PLACE_CODE = re.compile(r"\b([AHKPRSTUZ])(\d{1,2})(?:\s*(?:-|–|TO)\s*\1?(\d{1,2}))?\b")
_PROVIDER_CODE = re.compile(r"\bPR([0-5])(?:\s*(?:-|–|TO)\s*(?:PR)?([0-5]))?\b")
_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %B %Y", "%d-%b-%Y", "%d %b %Y", "%d-%b-%y", "%d/%m/%y")
_MEND = (
    "Name the list of children's homes or of social care providers as Ofsted sends it, as CSV or .xlsx, with a column "
    "URN; name both lists where there are two."
)


def read_providers(paths: Sequence[Path]) -> pl.DataFrame:
    """The providers of one list or several (`kernel.providers.SCHEMA`). Raises Refused and OSError."""
    return one_row_each(pl.concat(_named(path) for path in paths))


def _named(path: Path) -> pl.DataFrame:
    """One list; where it is refused, by its name: it may be one of several."""
    try:
        return _read(path)
    except Refused as refused:
        if path.name in refused.reason:
            raise
        raise Refused(f"{path.name}: {refused.reason}", refused.mend, code=refused.code) from None


def _read(path: Path) -> pl.DataFrame:
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise Refused(f"{path.name} is too big for a list of providers.", _MEND, code="file")
    tables = [sheet.cells for sheet in open_workbook(data).sheets()] if data.startswith(b"PK") else [_text(data)]
    found = [made for cells in tables if (made := _providers(cells)) is not None]
    if not found:
        raise Refused(
            f"{path.name} is no list of providers: no row of headings has the URN "
            "and beside it a column that rules ask for, such as the kind of provision.",
            _MEND,
            code="providers",
        )
    return pl.concat(found)


def _text(data: bytes) -> pl.DataFrame:
    return read_cells(plain_lines(decode(data).data))


def _providers(cells: pl.DataFrame) -> pl.DataFrame | None:
    """The providers of one table of cells; None where it has no row of headings with the number."""
    for at, row in enumerate(cells.head(_ROWS_ABOVE).iter_rows()):
        places = _places([letters(cell) if cell else "" for cell in row])
        if "urn" in places and len(places) > 1:
            below = cells.slice(at + 1).select(
                pl.col(cells.columns[place]).cast(pl.String).str.strip_chars().alias(name)
                for name, place in places.items()
            )
            return _typed(below)
    return None


def _places(plain: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in HEADINGS.items():
        fits = [at for at, heading in enumerate(plain) if at not in found.values() and re.fullmatch(pattern, heading)]
        if fits:
            found[name] = min(fits, key=lambda at: (len(plain[at]), at))
    return found


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the columns of the schema."""
    blank = [pl.lit(None, pl.String).alias(name) for name in HEADINGS if name not in rows.columns]
    rows = rows.with_columns(blank).with_columns(
        pl.col("urn").str.to_uppercase().str.replace(r"\.0+$", "").str.replace_all(r"\s", "")
    )
    rows = rows.filter(pl.col("urn").is_not_null() & (pl.col("urn") != ""))
    return rows.select(
        "urn",
        _codes(rows, ("place", "kind"), _PLACE_CODE, "", _KINDS, "kind").alias("place_codes"),
        _codes(rows, ("provider", "sector"), _PROVIDER_CODE, "PR", _SECTORS, "sector").alias("provider_codes"),
        pl.col("authority").str.to_uppercase(),
        plain_postcode(pl.col("postcode")).alias("postcode"),
        _day("registered_on"),
        _day("closed_on"),
    ).cast(SCHEMA)  # type: ignore[arg-type]


def _codes(
    rows: pl.DataFrame, columns: tuple[str, ...], pattern: re.Pattern[str], prefix: str,
    in_words: tuple[tuple[str, tuple[str, ...]], ...], told_by: str,
) -> pl.Series:  # fmt: skip
    """The codes of each row: as written in the first of the columns that has any, or else by words of another."""
    written = [dict(_distinct(rows, name, lambda text: _written(text, pattern, prefix))) for name in columns]
    words = dict(_distinct(rows, told_by, lambda text: _by_words(text, in_words)))
    held = [rows[name].to_list() for name in columns]
    said = rows[told_by].to_list()
    made: list[list[str] | None] = []
    for at in range(rows.height):
        codes = next((known for found, of in zip(written, held, strict=True) if (known := found.get(of[at]))), None)
        made.append(codes or words.get(said[at]))
    return pl.Series(made, dtype=pl.List(pl.String))


def _distinct(rows: pl.DataFrame, name: str, ask: Callable[[str], list[str]]) -> Iterator[tuple[str | None, list[str]]]:
    """Each distinct text of a column with what it says, where it says anything."""
    for text in rows[name].unique().drop_nulls():
        if told := ask(text):
            yield text, told


def _written(text: str, pattern: re.Pattern[str], prefix: str) -> list[str]:
    codes: list[str] = []
    for match in pattern.finditer(text.upper()):
        letter, first, last = match.groups() if not prefix else (prefix, *match.groups())
        codes += [f"{letter}{number}" for number in range(int(first), int(last or first) + 1)]
    return list(dict.fromkeys(codes))


def _by_words(text: str, in_words: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    plain = text.casefold().replace("’", "'")
    return list(next((codes for words, codes in in_words if words in plain), ()))


def _day(column: str) -> pl.Expr:
    text = pl.col(column).str.replace(r"[T ]\d{2}:\d{2}.*$", "")
    return pl.coalesce(text.str.to_date(form, strict=False) for form in _FORMATS).alias(column)


_LISTS = ("place_codes", "provider_codes")


def one_row_each(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each number: every code that any of its rows has; closed only where each of its rows is."""
    closed = pl.when(pl.col("closed_on").is_null().any()).then(None).otherwise(pl.col("closed_on").max())
    made = rows.group_by("urn", maintain_order=True).agg(
        *(pl.col(name).explode().drop_nulls().unique(maintain_order=True) for name in _LISTS),
        *(pl.col(name).drop_nulls().first() for name in ("authority", "postcode")),
        pl.col("registered_on").min(),
        closed.alias("closed_on"),
    )
    none = [pl.when(pl.col(name).list.len() > 0).then(pl.col(name)).alias(name) for name in _LISTS]
    return made.with_columns(none).select(list(SCHEMA)).cast(SCHEMA)  # type: ignore[arg-type]
