"""The practice cases that come with Goldthread, and how a file becomes one. Files are checked as instruments are."""

from functools import cache
from pathlib import Path

from goldthread.domain.practice_case import PracticeCase
from goldthread.domain.practice_cases import reading
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError

_FOLDER = Path(__file__).parent


class PracticeCaseError(ValueError):
    """A practice case is missing or cannot be used. The message names the file, the line and the mending."""


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of the practice cases, in order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load(slug: str) -> PracticeCase:
    """A practice case by its slug. Raises PracticeCaseError when there is none of that name."""
    path = _FOLDER / f"{slug}.toml"
    if not SLUG.fullmatch(slug) or not path.is_file():
        raise PracticeCaseError(f"There is no practice case called “{slug}”; use one of {', '.join(slugs())}.")
    return read_text(path.read_text("utf-8"), path.name)


def read_text(text: str, file: str) -> PracticeCase:
    """The case that the text of a file describes. Raises PracticeCaseError, with the line, when it is wrong."""
    try:
        sheet = Sheet.of_text(file, text)
        found = reading.practice_case(sheet)
        if f"{found.slug}.toml" != file:
            sheet.fail("slug", f"the slug must be the file's name; write slug = “{file.removesuffix('.toml')}”.")
        return found
    except SheetError as error:
        raise PracticeCaseError(str(error)) from error
