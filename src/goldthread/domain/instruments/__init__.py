"""The instruments that are known, and how a file becomes one. Files are checked as frameworks are."""

from functools import cache
from pathlib import Path

from goldthread.domain.instrument import Instrument
from goldthread.domain.instruments import reading
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError

_FOLDER = Path(__file__).parent

DEFAULT = "case-review-short"
"""The series that stands first where an instrument is chosen."""


class InstrumentError(ValueError):
    """An instrument's file is missing or cannot be used. The message names the file, the line and the mending."""


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of the instruments that come with Goldthread, every version, in order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load(slug: str) -> Instrument:
    """An instrument that comes with Goldthread. Raises InstrumentError when there is none of that name."""
    path = _FOLDER / f"{slug}.toml"
    if not SLUG.fullmatch(slug) or not path.is_file():
        raise InstrumentError(f"There is no instrument called “{slug}”; use one of {', '.join(slugs())}.")
    return read(path)


def read(path: Path) -> Instrument:
    """The instrument that a file describes. Raises InstrumentError, with the line, when anything in it is wrong."""
    try:
        sheet = Sheet.read(path)
        instrument = reading.instrument(sheet)
        if instrument.slug != path.stem:
            sheet.fail("slug", f"the slug must be the file's name; write slug = “{path.stem}” or rename the file.")
        return instrument
    except SheetError as error:
        raise InstrumentError(str(error)) from error


def read_text(text: str, file: str, more_areas: tuple[str, ...] = ()) -> Instrument:
    """The instrument that the text of a file describes. Raises InstrumentError, with the line, as `read` does."""
    try:
        return reading.instrument(Sheet.of_text(file, text), more_areas)
    except SheetError as error:
        raise InstrumentError(str(error)) from error


def current() -> tuple[str, ...]:
    """The slugs that a new draw may choose: of each series its newest version, the default first, then by title."""
    newest: dict[str, Instrument] = {}
    for held in map(load, slugs()):
        if held.series not in newest or newest[held.series].version < held.version:
            newest[held.series] = held
    chosen = sorted(newest.values(), key=lambda each: (each.series != DEFAULT, each.title.casefold()))
    return tuple(each.slug for each in chosen)


def superseded_by(slug: str) -> Instrument | None:
    """The newest version of the same instrument; None where this is the newest, or is not known."""
    if slug not in slugs():
        return None
    newest = next((held for held in map(load, current()) if held.series == load(slug).series), None)
    return newest if newest is not None and newest.slug != slug else None
