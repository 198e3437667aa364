"""What ships with the project to compare with: the authorities and their codes, and a few headline figures.

Facts of the Department for Education and the Office for National Statistics. Contains public sector information
licensed under the Open Government Licence v3.0. Everything else is loaded by the user from the Department's own
downloads, which are newer and hold every authority.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENGLAND = "England"

_NOT_TELLING = frozenset(
    ("council", "county", "city", "borough", "metropolitan", "district", "london", "royal", "of", "upon", "the")
)

SOURCES: dict[str, str] = {
    "LAIT": "Department for Education, Local Authority Interactive Tool, April 2026",
    "EES": "Department for Education, Explore education statistics, as of April 2026: children looked after in England",
}
"""What the short names of sources in the table stand for."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority with children's services: the Department's code, the nine-character codes, name and region.

    `gss` begins with the code in force; a reorganisation can change it. `until` is the year in which the authority
    was abolished, or nothing.
    """

    code: str
    gss: tuple[str, ...]
    name: str
    region: str
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One published figure for England or a region: of which measure, for which year, and where it was read."""

    code: str
    place: str
    period: str
    value: float
    source: str


class NoSuchAuthority(ValueError):
    """No authority, or more than one, answers to a name or code. The message says what would."""


def _rows(name: str) -> Iterable[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return csv.DictReader(text.splitlines())


@cache
def authorities() -> tuple[Authority, ...]:
    """Every authority in England since 2016, those abolished among them."""
    return tuple(
        Authority(
            row["code"],
            tuple(row["gss"].split()),
            row["name"],
            row["region"],
            int(row["until"]) if row["until"] else None,
        )
        for row in _rows("authorities.csv")
    )


@cache
def headlines() -> tuple[Headline, ...]:
    """Every headline figure."""
    return tuple(
        Headline(row["code"], row["place"], row["period"], float(row["value"]), _source(row["source"]))
        for row in _rows("headlines.csv")
    )


def _source(short: str) -> str:
    name, _, rest = short.partition(" ")
    return SOURCES[name] + (f", measure {rest.partition(', ')[2]}" if ", " in rest else "")


def find_authority(words: str, among: Iterable[Authority] | None = None) -> Authority:
    """The authority of a name, a three-figure code or a nine-character code, in any case; those in force come first.

    Raises NoSuchAuthority where there is none, or several.
    """
    known = tuple(authorities() if among is None else among)
    wanted = _plain(words)
    found = [entry for entry in known if wanted in {_plain(entry.name), entry.code, *map(_plain, entry.gss)}]
    in_force = [entry for entry in found if entry.until is None] or found
    if len(in_force) == 1:
        return in_force[0]
    near = [entry.name for entry in known if wanted and entry.until is None and wanted in _plain(entry.name)]
    hint = f" Did you mean {' or '.join(sorted(near)[:4])}?" if near else ""
    raise NoSuchAuthority(f"there is no authority “{words.strip()}”; write its name or its code.{hint}")


def _plain(name: str) -> str:
    words = name.casefold().replace("&", " and ").replace(",", " ").replace(".", " ").replace("-", " ").split()
    kept = [word for word in words if word not in _NOT_TELLING]
    return " ".join(kept or words)
