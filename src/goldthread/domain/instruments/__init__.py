"""The instruments that are known, and how a file becomes one. Files are checked as frameworks are."""

from functools import cache
from pathlib import Path

from goldthread.domain import frameworks
from goldthread.domain.instrument import ANSWERS, NOT_APPLICABLE, URGENT, Instrument, Question
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError, unique

_FOLDER = Path(__file__).parent


class InstrumentError(ValueError):
    """An instrument's file is missing or cannot be used. The message names the file, the line and the mending."""


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of the instruments that come with Goldthread, in order."""
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
        instrument = _instrument(sheet)
        if instrument.slug != path.stem:
            sheet.fail("slug", f"the slug must be the file's name; write slug = “{path.stem}” or rename the file.")
        return instrument
    except SheetError as error:
        raise InstrumentError(str(error)) from error


def _instrument(sheet: Sheet) -> Instrument:
    areas = tuple(dict.fromkeys(a.slug for f in frameworks.slugs() for a in frameworks.load(f).areas))
    asked, closing = sheet.tables("questions"), sheet.tables("overall")
    urgent = sheet.table("urgent")
    instrument = Instrument(
        slug=sheet.slug(),
        title=sheet.text("title"),
        says=sheet.text("says"),
        source=sheet.text("source"),
        questions=tuple(_question(each, areas) for each in asked),
        overall=tuple(_closing(each) for each in closing),
        urgent=Question(URGENT, urgent.text("text"), urgent.text("help"), "flag", "safety", may_not_apply=False),
    )
    urgent.done()
    tables = [*asked, *closing]
    unique(zip(tables, (q.id for q in (*instrument.questions, *instrument.overall)), strict=True), "id")
    sheet.done()
    return instrument


def _question(each: Sheet, areas: tuple[str, ...]) -> Question:
    question = Question(
        id=_id(each),
        text=each.text("text"),
        help=each.text("help"),
        kind=each.one_of("kind", [kind for kind in ANSWERS if kind != "flag"]),
        theme=each.slug("theme"),
        areas=each.some_of("areas", areas),
    )
    each.done()
    return question


def _closing(each: Sheet) -> Question:
    """A closing grade: always graded, always with a reason, never not applicable."""
    question = Question(_id(each), each.text("text"), each.text("help"), "practice", "overall", may_not_apply=False)
    each.done()
    return question


def _id(each: Sheet) -> str:
    id = each.slug("id")
    if id in (URGENT, NOT_APPLICABLE):
        each.fail("id", f"“{id}” is kept for another use; give the question another id.")
    return id
