"""What is handed in as a folder of files: the returns SSDA903 and CIN as CSV files or XML, and the two extracts.

The extracts are the Standard Safeguarding Dataset and the practice record, a file a table, as CSV or as Parquet.

Files are known by their headings, XML by its root element; the name of a file is asked only where its headings could be
those of several modules of the census. One return of one year is read at a time: last year's is a reading of its own.
What is not one of the return's files is told and left, and what cannot be meant (two files of one table, two returns in
one folder) is refused, for either choice would be a guess.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import NOTES_SCHEMA, Reading, Refused, SheetRead, make_reading
from goldthread.kernel.return_year import words, year_by_dates, year_it_says
from goldthread.readers.columnar import is_parquet
from goldthread.readers.decoding import decode
from goldthread.readers.handed import Handed
from goldthread.readers.repeated import as_text
from goldthread.readers.return_files import TableRead, looks_like, read_file, recognise_file, refuse_damaged
from goldthread.readers.return_headings import FileHeadings
from goldthread.readers.telling import make_note

if TYPE_CHECKING:
    from goldthread.readers.xml_shape import Shape

# What takes XML apart is fetched where a file is XML: the files of a folder do without it.

RETURNS = ("ssda903", "cin", "ssd", "practice")

_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_BEFORE_ROOT = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_HEAD = 100_000


@dataclass(frozen=True, slots=True)
class _Sight:
    """One file at a glance: the table it has the headings of, or the return whose XML it is, or neither."""

    file: Handed
    headings: FileHeadings | None = None
    shape: "Shape | None" = None
    xml: bool = False

    @property
    def form(self) -> str | None:
        if self.shape is not None:
            return self.shape.form
        return None if self.headings is None else self.headings.table.form


def _look(file: Handed) -> _Sight:
    if is_parquet(file):
        return _Sight(file, headings=recognise_file(file))
    if file.data.startswith(b"PK\x03\x04"):
        return _Sight(file)
    start = file.data[:_HEAD]
    try:
        head = decode(start).data.decode(errors="ignore").lstrip()
    except Refused:
        # A piece may end within a letter; only the whole file can tell.
        try:
            head = decode(file.data).data[:_HEAD].decode(errors="ignore").lstrip()
        except Refused:
            refuse_damaged(file)
            return _Sight(file)
    if not head.startswith("<"):
        return _Sight(file, headings=recognise_file(file))
    root = _ROOT.search(_BEFORE_ROOT.sub("", head))
    name = root.group(1).casefold() if root else ""
    from goldthread.readers.xml_shape import SHAPES

    shape = next((shape for shape in SHAPES if shape.root == name and _census(shape, head)), None)
    return _Sight(file, shape=shape, xml=True)


def _census(shape: "Shape", head: str) -> bool:
    """Other censuses of schools and services share the CIN census's outer form: the collection tells them apart."""
    said = re.search(r"<(?:[\w.-]+:)?Collection\s*>\s*([^<]*?)\s*<", head, re.IGNORECASE)
    return shape.form != "cin" or said is None or said.group(1).upper() == "CIN"


def shape_of(file: Handed) -> "Shape | None":
    """The shape of the return whose XML a file is; None where it is not one."""
    return _look(file).shape


def suits_files(files: Sequence[Handed]) -> bool:
    """Whether any of the files is of one of the returns."""
    return any(_look(file).form is not None for file in files)


def read_files(files: Sequence[Handed], *, year: int | None = None, parted: bool = False) -> Reading:
    """The reading of a return's files. Raises Refused where they cannot be used, or where it is not sure how.

    The codes of a large file may stay `parted` into their values (`repeated`), for whoever makes numbers of them; else
    they are text.
    """
    sights = [_look(file) for file in files]
    documents = [sight for sight in sights if sight.shape is not None]
    tables = [sight for sight in sights if sight.headings is not None]
    form = _one_form(documents, tables)
    if documents and (tables or len(documents) > 1):
        raise _refuse_both(documents, tables)
    notes, sheets = _left([sight for sight in sights if sight.form is None], FORMS[form].called)
    if documents:
        read, more = _read_xml(documents[0])
        notes += more
    else:
        _refuse_twice(tables)
        read = [read_file(sight.file, sight.headings) for sight in tables]
    if not parted:
        read = [replace(one, frame=as_text(one.frame)) for one in read]
    return _with_year(_reading(form, read, notes, sheets), year)


def _left(left: list[_Sight], called: str) -> tuple[list[dict[str, Any]], list[SheetRead]]:
    """What is told of files that are none of the return's: the log of a corrected copy, and others."""
    if not left:
        return [], []
    from goldthread.kernel.mends import is_log

    notes = [_ignored(sight, called) for sight in left if not is_log(sight.file.data)]
    sheets = [
        SheetRead(
            sight.file.called, None, None, None, 0, False,
            "The log of a corrected copy; nothing in it is part of the return." if is_log(sight.file.data)
            else f"Not one of the {called}'s files; not read.",
        )
        for sight in left
    ]  # fmt: skip
    return notes, sheets


def _read_xml(sight: _Sight) -> tuple[list[TableRead], list[dict[str, Any]]]:
    if sight.shape is None:
        raise ValueError("the file is not the XML of a return")
    from goldthread.readers.return_xml import read_document
    from goldthread.readers.sound_xml import sound_xml

    text = decode(sight.file.data)
    read, notes = read_document(sight.file, sound_xml(text.data), sight.shape)
    if text.says:
        notes.insert(0, make_note("encoding", text.says, sheet=sight.file.called))
    return read, notes


def _one_form(documents: list[_Sight], tables: list[_Sight]) -> str:
    forms = {sight.form: sight.file.called for sight in (*documents, *tables)}
    if len(forms) > 1:
        said = " and ".join(f"{FORMS[form].title} ({name})" for form, name in forms.items() if form)
        raise Refused(
            f"There are files of two returns or extracts here: {said}.",
            "Put the files of one of them into a folder of their own, and send that.",
            code="two-returns",
        )
    form = next(iter(forms), None)
    if form is None:
        raise ValueError("none of the files is of a return")
    return form


def _refuse_both(documents: list[_Sight], tables: list[_Sight]) -> Refused:
    if tables:
        return Refused(
            "The return is here twice, as XML and as CSV files.",
            "Keep the XML file or the CSV files, and send those alone.",
            code="two-files",
        )
    names = " and ".join(sight.file.called for sight in documents[:3])
    return Refused(
        f"There is more than one XML file of the return here: {names}.",
        "Keep the one that is meant, and send it alone; last year's return is given separately.",
        code="two-files",
    )


def _refuse_twice(tables: list[_Sight]) -> None:
    seen: dict[str, str] = {}
    for sight in tables:
        if sight.headings is None:
            continue
        table = sight.headings.table
        if table.name in seen:
            raise Refused(
                f"Two files have the headings of {table.title}: {seen[table.name]} and {sight.file.called}.",
                "Keep the one that is meant, or put their rows into one file; last year's return is given separately.",
                code="two-files",
            )
        seen[table.name] = sight.file.called


def _ignored(sight: _Sight, called: str) -> dict[str, Any]:
    like = f"is an XML file, but not of this {called}" if sight.xml else looks_like(sight.file)
    says = (
        f"This file {like}; it was not read." if like else f"This file is not one of the {called}'s; it was not read."
    )
    return make_note("file_ignored", says, sheet=sight.file.called)


def _reading(form: str, read: list[TableRead], notes: list[dict[str, Any]], sheets: list[SheetRead]) -> Reading:
    order = list(FORMS[form].by_name())
    read = sorted(read, key=lambda one: order.index(one.told.table.name))
    unread = [frame for one in read for frame in one.told.unread]
    notes = notes + [note for one in read for note in one.told.notes]
    told = [pl.DataFrame(notes, schema=NOTES_SCHEMA, orient="row"), *(part for one in read for part in one.told.listed)]
    return make_reading(
        {one.told.table.name: one.frame for one in read},
        unread=pl.concat(unread) if unread else None,
        notes=pl.concat(told),
        sheets=(*(one.sheet for one in read), *sheets),
        form=form,
    )


def _with_year(reading: Reading, asked: int | None) -> Reading:
    """The reading with its year, and a note where it is another than was asked for."""
    said = year_it_says(reading)
    known = said or year_by_dates(reading)
    if asked is None or known is None or known == asked:
        return replace(reading, year=asked or known)
    how = "says that it is of" if said else "seems by its dates to be of"
    says = f"This return {how} {words(known)}; it was taken to be that of {words(asked)}, as asked."
    note = pl.DataFrame([make_note("other_year", says)], schema=NOTES_SCHEMA, orient="row")
    return replace(reading, year=asked, notes=pl.concat([note, reading.notes]))


def refuse_strangers(files: Sequence[Handed], form: str | None) -> Refused:
    """What to say of files of which none is of a return: what they look like, and what was expected."""
    wanted = FORMS[form].title if form else "a return or an Annex A workbook"
    if not files:
        return Refused("There is no file in this folder.", "Put the files of the return in it, and send it again.",
                       code="empty")  # fmt: skip
    like = [f"{file.called} {said}" for file in files[:5] if (said := looks_like(file))]
    seen = f" But {'; '.join(like)}." if like else ""
    which = "This file is" if len(files) == 1 else "None of these files is"
    not_ = "not part of" if len(files) == 1 else "part of"
    of_xml = any(file.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") for file in files)
    what = "elements" if of_xml else "headings"
    mend = "check that the XML is whole" if of_xml else "put the return's own headings in the first row"
    return Refused(
        f"{which} {not_} {wanted}: the {what} are not those of its tables.{seen}",
        f"Check that it is the right file; {mend}, and send it again.",
        code="strange-return",
    )
